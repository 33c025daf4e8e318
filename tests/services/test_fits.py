"""On what a project's features are fitted, over its rounds, and that every process comes to the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_embedder import write_model

from bot.domain import Item, Project, RoundtableError, Via, VoteKind
from bot.services import embedding_model, projects, voting
from bot.services.clock import ManualClock
from bot.services.feature_cache import FeatureCache
from bot.services.features import PoolFeatures, Sources, rows_of_texts
from bot.services.files import FileError
from bot.services.ports import NewItem, Store
from bot.services.rounds import RoundKeeper
from bot.services.rows import text_hash
from bot.services.training import Trainer, fit_of
from learner import persist
from learner.features import TfidfFeatures

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORDS = {"bad": ("terrible", "awful", "rude", "late"), "good": ("lovely", "great", "friendly", "prompt")}


def label_of(number: int) -> str:
    return "bad" if number % 5 == 0 else "good"


def add(store: Store, project: Project, start: int, end: int, *, labelled: int = 0) -> None:
    new = []
    for n in range(start, end):
        words = WORDS[label_of(n)]
        text = f"{words[n % 4]} {words[n // 4 % 4]} visit {n}"
        item = Item(id=f"i{n}", text=text, text_hash=text_hash(text))
        new.append(NewItem(item, label_of(n) if n < labelled else None, n))
    store.items.add_many(project.id, new, START)


class Club:
    """A project and someone who answers."""

    def __init__(self, store: Store, clock: ManualClock, folder: Path, *, fill: bool = True, **options: Any) -> None:
        self.store, self.clock, self.folder = store, clock, folder
        values = {"name": "Club", "batch_size": 6, "audit_per_round": 2, "random_state": 3} | options
        self.project = projects.create(
            store, clock, channel_id="C1", channel_name="club", labels=["bad", "good"], **values
        )
        if fill:
            add(store, self.project, 0, 60, labelled=20)

    def features(self, *, cached: bool = True) -> PoolFeatures:
        return PoolFeatures(self.store, cache=FeatureCache(self.folder / "features", 10**9) if cached else None)

    def keeper(self, name: str = "one", *, cached: bool = True) -> RoundKeeper:
        return RoundKeeper(self.store, self.clock, name, self.features(cached=cached))

    def play(self, number: int, keeper: RoundKeeper) -> None:
        """Answers a round, closes it and opens the next."""
        for query in self.store.rounds.queries(self.project.id, number):
            voting.cast_vote(
                self.store,
                self.clock,
                query_id=query.id,
                user_id="U1",
                label=label_of(int(query.item_id[1:])),
                kind=VoteKind.VOTE,
                via=Via.BUTTON,
                action_id=query.id,
                message_ts=None,
            )
        keeper.advance_all()

    def fitted_on(self) -> list[int]:
        return [version.parameters["features"]["items"] for version in self.store.models.versions(self.project.id)]


@pytest.fixture
def club(store: Store, clock: ManualClock, tmp_path: Path) -> Club:
    return Club(store, clock, tmp_path)


def test_a_fit_lasts_until_the_pool_has_doubled_and_a_round_opens(club: Club) -> None:
    keeper = club.keeper()
    keeper.advance_all()
    assert club.fitted_on() == [60]
    add(club.store, club.project, 60, 119)
    club.play(1, keeper)
    assert club.fitted_on() == [60, 60]  # grown, but not to the double
    add(club.store, club.project, 119, 120)
    club.play(2, keeper)
    # Round 2 is reported on the features that it was asked with; the same labels are learned anew for the third.
    assert club.fitted_on() == [60, 60, 60, 120]
    *_, before, after = club.store.models.versions(club.project.id)
    assert (before.round, before.label_revision) == (after.round, after.label_revision)
    assert before.id != after.id and after.id.startswith(before.id)
    club.play(3, keeper)
    assert club.fitted_on()[-1] == 120
    for version in club.store.models.versions(club.project.id):
        rows = club.features().rows(club.project, fit_of(version))
        assert persist.load(club.store.models.blob(version.id)).classifier.n_features == rows.X.shape[1]


def test_every_process_comes_to_the_same_rows(club: Club) -> None:
    club.keeper().advance_all()
    add(club.store, club.project, 60, 90)
    workers = [Trainer(club.store, club.clock, club.features(cached=cached)) for cached in (True, False, True)]
    pools = [worker.pool(club.project) for worker in workers]
    for pool in pools[1:]:
        assert pool.ids == pools[0].ids and pool.fingerprint == pools[0].fingerprint
        assert (pool.X != pools[0].X).nnz == 0
    assert workers[0].pool(club.project) is pools[0]
    add(club.store, club.project, 90, 95)
    extended, fresh = workers[0].pool(club.project), Trainer(club.store, club.clock, club.features()).pool(club.project)
    assert extended.row == fresh.row and (extended.priorities == fresh.priorities).all()
    assert [extended.row[item] for item in extended.ids] == list(range(95))


def test_workers_that_take_over_ask_the_same(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    def asked(name: str, *, one_worker: bool) -> list[list[str]]:
        club = Club(store, clock, tmp_path / name, name=name)
        keeper = club.keeper()
        keeper.advance_all()
        for number, end in ((1, 90), (2, 125), (3, 126)):
            add(store, club.project, 60 if number == 1 else [90, 125][number - 2], end)
            club.play(number, keeper if one_worker else club.keeper(f"w{number}", cached=number == 2))
        projects.pause(store, clock, club.project.id, "U9")
        return [[q.item_id for q in store.rounds.queries(club.project.id, number)] for number in range(1, 5)]

    assert asked("Through", one_worker=True) == asked("Changing", one_worker=False)


def test_a_step_taken_twice_keeps_its_model(club: Club) -> None:
    club.keeper().advance_all()
    add(club.store, club.project, 60, 130)
    keeper = club.keeper("two")
    club.play(1, keeper)
    versions = club.store.models.versions(club.project.id)
    club.keeper("three", cached=False).advance_all()
    assert club.store.models.versions(club.project.id) == versions


def test_a_project_on_embeddings(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    write_model(tmp_path / "model")
    club = Club(store, clock, tmp_path, features="embeddings")
    done: list[int] = []
    sources = Sources(tmp_path / "model", done.append)
    cache = FeatureCache(tmp_path / "features", 10**9)
    keeper = RoundKeeper(store, clock, "one", PoolFeatures(store, cache=cache, sources=sources))
    keeper.advance_all()
    assert sum(done) == 60
    add(store, club.project, 60, 200)
    club.play(1, keeper)
    assert sum(done) == 200  # each text once, though the pool has more than doubled
    version = store.models.current(club.project.id)
    assert version is not None
    assert "sentence embeddings" in version.algorithm
    with pytest.raises(RoundtableError, match="ROUNDTABLE_EMBEDDINGS_MODEL: is not set"):
        Trainer(store, clock).pool(club.project)


def test_hashed_projects(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    club = Club(store, clock, tmp_path, features="hashed")
    club.keeper().advance_all()
    version = store.models.current(club.project.id)
    assert version is not None and version.parameters["features"]["source"].startswith("hashed-1")
    assert version.parameters["C"] == 1.0  # too few labels for another
    assert club.features().rows(club.project, fit_of(version)).X.shape == (60, 2 << 20)


def test_model_folders(tmp_path: Path) -> None:
    with pytest.raises(RoundtableError, match="there is no folder"):
        embedding_model.load(tmp_path / "nowhere")
    with pytest.raises(RoundtableError, match=r"no model\.onnx or onnx/model\.onnx in"):
        embedding_model.load(tmp_path)
    write_model(tmp_path)
    assert embedding_model.load(tmp_path).name.endswith(":256:mean")
    (tmp_path / "sentence_bert_config.json").write_text('{"max_seq_length": 7}')
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true, "dim": 6}')
    assert embedding_model.load(tmp_path).name.endswith(":7:cls")
    (tmp_path / "1_Pooling" / "config.json").write_text('{"pooling_mode_max_tokens": true}')
    with pytest.raises(RoundtableError, match="pools by pooling_mode_max_tokens"):
        embedding_model.load(tmp_path)
    (tmp_path / "1_Pooling" / "config.json").write_text("no json")
    with pytest.raises(RoundtableError, match="can't be read"):
        embedding_model.load(tmp_path)
    (tmp_path / "1_Pooling" / "config.json").unlink()
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(RoundtableError, match="can't load the model"):
        embedding_model.load(tmp_path)


def nothing_shared(number: int) -> str:
    return chr(0x4E00 + 2 * number) + chr(0x4E01 + 2 * number)


@pytest.mark.parametrize("kind", ["tfidf", "hashed", "embeddings"])
@pytest.mark.parametrize(
    "text_of",
    [
        nothing_shared,
        lambda n: "same",
        lambda n: "!?.…"[n % 4],
        lambda n: "\u200b ",
        lambda n: "x" * (n % 2 * 1_000_000),
    ],
    ids=["nothing shared", "all alike", "no letters", "invisible", "very long or empty"],
)
def test_rounds_go_on_whatever_the_texts(
    store: Store, clock: ManualClock, tmp_path: Path, kind: str, text_of: Callable[[int], str]
) -> None:
    """Nothing tells such items apart: the loop asks and reports all the same, and no number in it is anything but a number."""
    write_model(tmp_path / "model")
    club = Club(store, clock, tmp_path, fill=False, features=kind)
    project = club.project
    items = [Item(id=f"i{n}", text=text_of(n), text_hash=f"h{n}") for n in range(40)]
    new = [NewItem(item, label_of(n) if n < 20 else None, n) for n, item in enumerate(items)]
    store.items.add_many(project.id, new, START)
    cache = FeatureCache(tmp_path / "features", 10**9)
    features = PoolFeatures(store, cache=cache, sources=Sources(tmp_path / "model"))
    keeper = RoundKeeper(store, clock, "one", features)
    keeper.advance_all()
    club.play(1, keeper)
    rows = features.rows(project, fit_of(store.models.current(project.id)))
    assert rows.X.shape[0] == 40
    assert np.isfinite(rows.X.data).all()
    report = store.rounds.report(project.id, 1)
    assert report is not None and report.labels == 26
    assert report.threshold is not None and np.isfinite(report.threshold)


def test_texts_without_a_project(tmp_path: Path) -> None:
    texts = ["a great place", "a poor place", "great service"]
    cache = FeatureCache(tmp_path / "kept", 10**9)
    first, second = (rows_of_texts(texts, TfidfFeatures(), cache) for _ in range(2))
    assert (first != second).nnz == 0
    assert (first != rows_of_texts(texts, TfidfFeatures())).nnz == 0
    assert np.isfinite(rows_of_texts(texts[:1], TfidfFeatures(), cache).data).all()
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError, match="can't be used"):
        rows_of_texts(texts, TfidfFeatures(), FeatureCache(tmp_path / "file", 1))
