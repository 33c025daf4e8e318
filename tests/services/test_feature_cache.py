"""The feature cache: what is kept is what was made, for any process; what is damaged, too much or of another history is made anew."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bot.domain import Item, Project
from bot.services import shelf
from bot.services.feature_cache import FeatureCache
from bot.services.features import Fit, PoolFeatures, PoolRows, Sources
from bot.services.ports import NewItem, Store
from bot.services.rows import text_hash
from learner.features import TfidfFeatures
from learner.hashing import HashedFeatures

T0 = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORDS = ("great", "poor", "service", "place", "late", "lovely", "room", "staff", "price")
Watched = Callable[[str], TfidfFeatures | HashedFeatures]


def text_of(number: int) -> str:
    return " ".join(WORDS[(number * step + step) % len(WORDS)] for step in (1, 2, 5, 7)) + f" {number}"


def add(store: Store, start: int, end: int, project: str = "game", text: Callable[[int], str] = text_of) -> None:
    items = [Item(id=f"i{n}", text=text(n), text_hash=text_hash(text(n))) for n in range(start, end)]
    store.items.add_many(project, [NewItem(item, None, n) for n, item in enumerate(items)], T0)


def a_project(**options: str) -> Project:
    values = {"id": "game", "name": "Game", "channel_id": "C1", "channel_name": "game", "positive": "a"} | options
    return Project(labels=("a", "b"), created_at=T0, **values)


class Counting(Sources):
    """Counts how many texts go through the sources that it makes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = 0

    def __call__(self, kind: str) -> TfidfFeatures:
        outer = self

        class Source(TfidfFeatures):
            def fit_blocks(self, texts):  # type: ignore[no-untyped-def]
                outer.texts += len(texts)
                return super().fit_blocks(texts)

            def transform_blocks(self, texts):  # type: ignore[no-untyped-def]
                outer.texts += len(texts)
                return super().transform_blocks(texts)

        return Source()


class World:
    """A pool and its cache; each `process` knows nothing but what is in the store and on disk."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.project = a_project()
        self.counting = Counting()
        add(store, 0, 60)

    def process(self, max_bytes: int = 10**9) -> PoolFeatures:
        self.counting = Counting()
        return PoolFeatures(self.store, cache=FeatureCache(self.folder, max_bytes), sources=self.counting)

    def rows(self, fit: Fit | None = None) -> PoolRows:
        return self.process().rows(self.project, fit)

    def bare(self, fit: Fit | None = None) -> PoolRows:
        return PoolFeatures(self.store).rows(self.project, fit)

    def entries(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if path.is_dir())


@pytest.fixture
def world(store: Store, tmp_path: Path) -> World:
    return World(store, tmp_path / "features")


def same(a: PoolRows, b: PoolRows) -> bool:
    return (
        a.ids == b.ids
        and a.fit == b.fit
        and a.fingerprint == b.fingerprint
        and a.X.shape == b.X.shape
        and all(np.array_equal(getattr(a.X, n), getattr(b.X, n)) for n in ("data", "indices", "indptr"))
    )


def test_the_next_process_reads_what_the_first_one_made(world: World) -> None:
    first = world.rows()
    assert world.counting.texts == 60
    second = world.rows(first.fit)
    assert world.counting.texts == 0
    assert same(first, second)
    assert same(first, world.bare())
    assert second.ids == tuple(f"i{n}" for n in range(60))
    assert (second.source.transform(["a great place"]) != first.source.transform(["a great place"])).nnz == 0
    assert isinstance(second.X.data.base, np.memmap | np.ndarray)
    assert not second.X.data.flags.writeable


def test_items_that_come_are_added_in_terms_of_the_first_fit(world: World) -> None:
    first = world.rows()
    add(world.store, 60, 75)
    process = world.process()
    before = process.rows(world.project, first.fit)
    assert world.counting.texts == 15
    assert (before.X[:60] != first.X).nnz == 0
    add(world.store, 75, 80)
    after = process.rows(world.project, first.fit, before)
    assert world.counting.texts == 20
    assert same(after, world.rows(first.fit))
    assert same(after, world.bare(first.fit))
    assert world.counting.texts == 0
    assert len(after.ids) == 80
    assert after.fingerprint != before.fingerprint


def test_without_a_cache_rows_are_extended_too(world: World) -> None:
    process = PoolFeatures(world.store, sources=(counting := Counting()))
    first = process.rows(world.project)
    assert process.rows(world.project, first.fit, first) is first
    add(world.store, 60, 70)
    second = process.rows(world.project, first.fit, first)
    assert counting.texts == 70
    assert same(second, world.rows(first.fit))


def test_another_fit_is_another_entry(world: World) -> None:
    first = world.rows()
    add(world.store, 60, 130)
    assert first.fit.outgrown(world.store.items.arrivals("game"))
    anew = world.rows()
    assert anew.fit.items == 130
    assert len(world.entries()) == 2
    assert same(world.rows(first.fit), world.bare(first.fit))
    assert same(world.rows(anew.fit), world.bare())


@pytest.mark.parametrize("file", ["values", "columns", "lengths", "ids", "state.npz", "manifest.json"])
@pytest.mark.parametrize("how", ["changed", "cut off", "gone"])
def test_what_is_damaged_is_made_anew(world: World, file: str, how: str) -> None:
    fit = world.rows().fit
    (entry,) = world.entries()
    path = entry / file
    content = path.read_bytes()
    if how == "changed":
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 16]) + content[middle + 1 :])
    elif how == "cut off":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.unlink()
    again = world.rows(fit)
    assert world.counting.texts == 60
    assert same(again, world.bare())
    assert same(world.rows(fit), again)
    assert world.counting.texts == 0


def test_an_addition_that_was_cut_off_leaves_nothing(world: World) -> None:
    first = world.rows()
    (entry,) = world.entries()
    for name in shelf.FILES:
        with (entry / name).open("ab") as file:
            file.write(b"left by a process that was killed")
    (entry / "manifest.part").write_text("{")
    assert same(world.rows(first.fit), first)
    add(world.store, 60, 64)
    assert same(world.rows(first.fit), world.bare(first.fit))
    assert world.rows(first.fit).ids[-1] == "i63"
    assert world.counting.texts == 0


def test_a_building_that_was_killed_is_begun_anew(world: World) -> None:
    first = world.rows()
    (entry,) = world.entries()
    shutil.move(entry, entry.with_name(entry.name + ".building"))
    assert same(world.rows(first.fit), first)
    assert [path.name for path in world.entries()] == [entry.name]


def test_another_history_under_the_same_name_is_noticed(world: World) -> None:
    first = world.rows()
    world.store.items.add_many("game", [], T0)
    other = PoolFeatures(world.store, cache=FeatureCache(world.folder, 10**9))
    stranger = Fit(first.fit.source, 40, "0" * 40)
    anew = other.rows(world.project, stranger)
    assert anew.fit == first.fit
    assert same(anew, first)
    # The very fit, but what came after it differs from what the entry holds.
    (entry, *_) = world.entries()
    manifest = json.loads((entry / "manifest.json").read_text())
    manifest["segments"][-1]["chain"] = "1" * 40
    (entry / "manifest.json").write_text(json.dumps(manifest))
    assert same(world.rows(first.fit), first)
    assert world.counting.texts == 60


def test_the_folder_stays_small(world: World) -> None:
    for number in range(4):
        add(world.store, 0, 30, f"p{number}")
    keys = []
    for number in range(4):
        process = world.process(max_bytes=1)
        project = a_project(id=f"p{number}")
        rows = process.rows(project)
        keys.append(world.entries())
        assert same(rows, PoolFeatures(world.store).rows(project))  # evicting others leaves this one whole
    assert [len(entries) for entries in keys] == [1, 1, 1, 1]
    assert len(list(world.folder.glob("*.lock"))) == 1


def test_what_is_evicted_while_in_use_stays_usable(world: World) -> None:
    rows = world.rows()
    shutil.rmtree(world.folder)
    assert np.isfinite(rows.X.sum())
    add(world.store, 60, 61)
    assert same(world.process().rows(world.project, rows.fit, rows), world.bare(rows.fit))


def test_a_folder_that_cant_be_written_is_no_obstacle(world: World) -> None:
    world.folder.write_text("a file where the folder should be")
    rows = world.process().rows(world.project)
    assert same(rows, world.bare())
    add(world.store, 60, 64)
    assert same(world.process().rows(world.project, rows.fit, rows), world.bare(rows.fit))


def test_two_at_once_share_the_work(world: World) -> None:
    results: list[PoolRows] = []
    counts = [Counting() for _ in range(4)]

    def work(counting: Counting) -> None:
        cache = FeatureCache(world.folder, 10**9)
        results.append(PoolFeatures(world.store, cache=cache, sources=counting).rows(world.project))

    threads = [threading.Thread(target=work, args=(counting,)) for counting in counts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert all(same(results[0], other) for other in results)
    assert sum(counting.texts for counting in counts) == 60


@pytest.mark.parametrize("kind", ["tfidf", "hashed"])
@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["word"],
        ["the same text"] * 3,
        ["alpha", "omega"],
        ["!", "?", "—"],
        ["huge " * 2_000_000, "a huge one"],
    ],
    ids=["none", "one word", "copies", "nothing shared", "no letters", "10 MB"],
)
def test_hardly_anything(store: Store, tmp_path: Path, kind: str, texts: list[str]) -> None:
    project = a_project(features=kind)
    items = [Item(id=f"i{n}", text=text, text_hash=f"h{n}") for n, text in enumerate(texts)]
    store.items.add_many("game", [NewItem(item, None, n) for n, item in enumerate(items)], T0)
    made = [PoolFeatures(store, cache=FeatureCache(tmp_path, 10**9)).rows(project) for _ in range(2)]
    assert same(*made)
    assert made[0].X.shape[0] == len(texts)
    assert np.isfinite(made[0].X.data).all()
    add(store, 10, 20)
    more = PoolFeatures(store, cache=FeatureCache(tmp_path, 10**9)).rows(project, made[0].fit)
    assert more.X.shape == (len(texts) + 10, made[0].X.shape[1])
