"""Imports that people ask for in Slack, and the worker that may be killed in the middle of one."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain import ActKind, ConflictError, ImportJob, ImportState, NotFoundError, Project
from bot.services import adminlog, imports
from bot.services.clock import ManualClock
from bot.services.columns import look
from bot.services.download import FetchError, FetchLaterError
from bot.services.importing import ATTEMPTS, Importer
from bot.services.intake import import_file
from bot.services.label_cells import LabelCells
from bot.services.ports import Store, in_thread_of
from bot.services.rounds import RoundKeeper
from bot.services.tabular import TableError
from bot.words import speaking

ROWS = 1_200  # more than two chunks


class Cupboard:
    """Gives files out as Slack or the web would, and fails as told."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.faults: list[Exception] = []

    def fetch(self, job: ImportJob, folder: Path) -> Path:
        if self.faults:
            raise self.faults.pop(0)
        path = folder / job.name
        path.write_text(self.files[job.name], encoding="utf-8")
        return path


@pytest.fixture
def cupboard() -> Cupboard:
    return Cupboard()


@pytest.fixture
def project(store: Store, clock: ManualClock) -> Project:
    made = Project(
        id="brand",
        name="Brand safety",
        channel_id="C1",
        channel_name="brand",
        labels=("negative", "other"),
        positive="negative",
        batch_size=5,
        audit_per_round=1,
        created_at=clock.now(),
    )
    store.projects.add(made)
    return made


@pytest.fixture
def worker(store: Store, clock: ManualClock, cupboard: Cupboard, tmp_path: Path) -> Importer:
    return Importer(store, clock, "worker-1", cupboard, tmp_path, max_text_length=100)


def asked(store: Store, clock: ManualClock, project: Project, name: str = "pool.csv", **more: Any) -> ImportJob:
    fields: dict[str, Any] = {"file_id": "F1", "name": name, "size": None, "user_id": "ULEAD", "thread_ts": "1.5"}
    job = imports.job_for_file(store, clock, project, **(fields | more))
    assert imports.ask(store, job)
    return job


def table(rows: int = ROWS, header: str = "text,label") -> str:
    return header + "\n" + "".join(f"item number {n},{('negative', 'other', '')[n % 3]}\n" for n in range(rows))


def test_a_plain_file_fills_an_empty_project(
    store: Store, clock: ManualClock, project: Project, cupboard: Cupboard, worker: Importer, tmp_path: Path
) -> None:
    cupboard.files["pool.csv"] = table() + "a text,nonsense\n" + ",other\n" + "item number 1,\n"
    job = asked(store, clock, project)
    assert not imports.ask(store, job), "a second delivery makes no second import"
    assert worker.step() and not worker.step()
    done = store.imports.get(job.id)
    assert done.state is ImportState.DONE and done.result is not None
    assert (done.result.rows, done.result.added, done.result.duplicates) == (ROWS + 3, ROWS, 1)
    assert (done.result.labelled, done.result.rejected) == (800, {"unknown-label": 1, "empty-text": 1})
    assert store.items.count("brand") == ROWS
    assert store.votes.label_counts("brand") == {"negative": 400, "other": 400}
    assert "empty-text" in store.imports.rejects(job.id)
    message, rejects = store.outbox.pending(10)
    assert (message.key, message.thread_key) == (f"import:{job.id}", in_thread_of("1.5"))
    assert (rejects.key, rejects.kind, rejects.thread_key) == (f"rejects:{job.id}", "file", in_thread_of("1.5"))
    assert not list(tmp_path.iterdir()), "nothing of the file is left behind"


def test_what_is_wrong_is_told_in_the_projects_language(
    store: Store, clock: ManualClock, project: Project, cupboard: Cupboard, worker: Importer
) -> None:
    store.projects.update("brand", {"language": "de"})
    cupboard.files = {"pool.csv": "text,label\na,other\nb,nonsense\n", "empty.csv": ""}
    asking, empty = asked(store, clock, project), asked(store, clock, project, "empty.csv", file_id="F2")
    while worker.step():
        pass
    assert store.imports.get(empty.id).error == "empty.csv: die Datei ist leer"
    waits = store.imports.get(asking.id)
    with speaking("de"):
        imports.choose(store, clock, waits.id, "ULEAD", project=project, text_column="text", label_column="label")
    assert worker.step()
    assert "'nonsense' ist keines der Labels negative, other" in store.imports.rejects(asking.id)
    told = adminlog.latest(store, "brand", 1)[0]
    with speaking("de"):
        assert adminlog.told(told).startswith("hat importiert") and "pool.csv" in adminlog.told(told)


@pytest.mark.parametrize("break_at", [1, 2, 3, 4, 5, 6, 7])
def test_a_worker_killed_anywhere_is_followed_by_one_that_ends_the_import(
    store: Store,
    clock: ManualClock,
    project: Project,
    cupboard: Cupboard,
    worker: Importer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    break_at: int,
) -> None:
    """The kill comes right after the n-th write: of the import's state, or of a chunk of items."""
    cupboard.files["pool.csv"] = table()
    job = asked(store, clock, project)
    writes = 0

    def killing(write: Any) -> Any:
        def run(*args: Any, **more: Any) -> Any:
            nonlocal writes
            done = write(*args, **more)
            writes += 1
            if writes == break_at:
                raise KeyboardInterrupt
            return done

        return run

    with monkeypatch.context() as patch:
        patch.setattr(store.items, "add_many", killing(store.items.add_many))
        patch.setattr(store.imports, "save", killing(store.imports.save))
        with pytest.raises(KeyboardInterrupt):
            worker.step()
    clock.advance(timedelta(minutes=1))
    second = Importer(store, clock, "worker-2", cupboard, tmp_path, max_text_length=100)
    while second.step():
        pass
    done = store.imports.get(job.id)
    assert done.state is ImportState.DONE and done.result is not None
    assert (done.result.rows, done.result.added, done.result.known) == (ROWS, ROWS, 0)
    assert done.result.labelled == sum(store.votes.label_counts("brand").values()) == 800
    assert store.items.count("brand") == ROWS and not store.imports.open()
    assert [(act.kind, act.by, act.note) for act in store.acts.latest("brand")] == [
        (ActKind.IMPORT, "ULEAD", "pool.csv: 1,200 added")
    ], "in the log, once, as soon as it is done"


def test_a_worker_that_ends_in_order_leaves_the_rest_to_the_next(
    store: Store, clock: ManualClock, project: Project, cupboard: Cupboard, worker: Importer, tmp_path: Path
) -> None:
    cupboard.files["pool.csv"] = table()
    job = asked(store, clock, project)
    ending = Importer(store, clock, "worker-2", cupboard, tmp_path, max_text_length=100, ended=lambda: True)
    assert not ending.step()
    left = store.imports.get(job.id)
    assert left.state is ImportState.RUNNING and 0 < store.items.count("brand") < ROWS
    clock.advance(timedelta(minutes=1))
    assert worker.step()
    done = store.imports.get(job.id)
    assert done.result is not None and (done.result.added, done.result.known) == (ROWS, 0)


def test_the_same_file_again_is_asked_about_and_adds_nothing(
    store: Store, clock: ManualClock, project: Project, cupboard: Cupboard, worker: Importer
) -> None:
    cupboard.files["pool.csv"] = table(30)
    asked(store, clock, project)
    assert worker.step()
    again = asked(store, clock, project, file_id="F2")
    assert worker.step()
    assert store.imports.get(again.id).state is ImportState.ASKING, "items can't be taken out again"
    imports.choose(store, clock, again.id, "ULEAD", project=project, text_column="text", label_column=None)
    with pytest.raises(ConflictError, match="not waiting for an answer"):
        imports.choose(store, clock, again.id, "UBEN", project=project, text_column="text", label_column=None)
    assert worker.step()
    result = store.imports.get(again.id).result
    assert result is not None and (result.added, result.known, result.labelled) == (0, 30, 0)
    third = asked(store, clock, project, file_id="F3")
    assert worker.step()
    assert imports.drop(store, clock, third.id, "ULEAD").state is ImportState.DROPPED
    with pytest.raises(ConflictError):
        imports.drop(store, clock, third.id, "ULEAD")
    assert not worker.step() and store.items.count("brand") == 30


@pytest.mark.parametrize(
    ("text", "label", "said"),
    [
        ("nothing", None, "has no column 'nothing'"),
        ("text", "nothing", "has no column 'nothing'"),
        ("text", "text", "can't be the same column"),
    ],
)
def test_columns_that_can_not_be(
    store: Store,
    clock: ManualClock,
    project: Project,
    cupboard: Cupboard,
    worker: Importer,
    text: str,
    label: str | None,
    said: str,
) -> None:
    cupboard.files["pool.csv"] = "a,text\n1,2\n"
    job = asked(store, clock, project)
    store.imports.save(job, job.model_copy(update={"confirm": True}), clock.now())
    assert worker.step()
    with pytest.raises(TableError, match=said):
        imports.choose(store, clock, job.id, "ULEAD", project=project, text_column=text, label_column=label)
    assert store.imports.get(job.id).state is ImportState.ASKING


@pytest.mark.parametrize(
    ("name", "content", "text", "label", "sure"),
    [
        ("a.csv", "id,Tweet,Sentiment\n1,hello,negative\n", "Tweet", "Sentiment", True),
        ("a.csv", "id,tweet,sentiment\n1,hello,bad\n", "tweet", None, False),
        ("a.csv", "one,two\n1,2\n", None, None, False),
        ("a.csv", "only\nhello\n", "only", None, True),
        ("a.tsv", "text\tlabel\nhello\t\n", "text", "label", True),
        ("a.csv", "text,label\nhello,5\n", "text", None, False),
        ("a.csv", "Nr,Kommentar,Klasse\n1,hallo,negative\n", "Kommentar", "Klasse", True),
        ("a.csv", "Bewertung,Kategorie,Text\ngut,other,hallo\n", "Text", "Kategorie", True),
        ("a.csv", "nr,Text,Urteil\n1,hello,negative\n2,hello,\n", "Text", "Urteil", False),
        ("a.csv", "text,topic,tag\nhello,negative,planes\n", "text", "topic", False),
        ("a.csv", "text,first,second\nhello,negative,other\n", "text", None, True),
        ("a.csv", "text,note\nhello,\n", "text", None, True),
        ("a.jsonl", '{"review": "x"}\n{"review": "y", "label": "other"}\n', "review", "label", True),
    ],
)
def test_columns_are_found_by_name_and_content(
    tmp_path: Path, project: Project, name: str, content: str, text: str | None, label: str | None, sure: bool
) -> None:
    (tmp_path / name).write_text(content)
    found = look(tmp_path / name, LabelCells(project))
    assert (found.text, found.label, found.sure) == (text, label, sure)


@pytest.mark.parametrize(
    ("content", "said"), [("text\n", "no row in it"), ("text,text\na,b\n", "two columns"), ("", "empty")]
)
def test_a_file_that_is_no_table_is_refused_in_words(
    store: Store, clock: ManualClock, project: Project, cupboard: Cupboard, worker: Importer, content: str, said: str
) -> None:
    cupboard.files["pool.csv"] = content
    job = asked(store, clock, project)
    assert worker.step()
    failed = store.imports.get(job.id)
    assert failed.state is ImportState.FAILED and store.items.count("brand") == 0
    assert said in failed.error


def test_what_can_not_be_had_just_now_is_tried_again_and_then_given_up(
    store: Store, clock: ManualClock, project: Project, cupboard: Cupboard, worker: Importer
) -> None:
    cupboard.files["pool.csv"] = table(3)
    job = asked(store, clock, project)
    cupboard.faults = [FetchLaterError("Slack is away.")]
    assert worker.step() and not worker.step(), "not at once"
    clock.advance(timedelta(seconds=10))
    assert worker.step() and store.imports.get(job.id).state is ImportState.DONE
    other = asked(store, clock, project, file_id="F2")
    cupboard.faults = [FetchLaterError("Slack is away.") for _ in range(ATTEMPTS)]
    for _ in range(ATTEMPTS):
        assert worker.step()
        clock.advance(timedelta(minutes=5))
    assert store.imports.get(other.id).error == f"Slack is away. It was tried {ATTEMPTS} times."
    third = asked(store, clock, project, file_id="F3")
    cupboard.faults = [FetchError("It is gone.")]
    assert worker.step() and store.imports.get(third.id).error == "It is gone."


def test_a_file_that_takes_its_worker_down_is_not_tried_for_ever(
    store: Store, clock: ManualClock, project: Project, cupboard: Cupboard, worker: Importer
) -> None:
    job = asked(store, clock, project)  # the cupboard has no such file: a fault that nobody foresaw
    for _ in range(ATTEMPTS):
        with pytest.raises(KeyError):
            worker.step()
        clock.advance(timedelta(minutes=5))
    assert worker.step()
    assert "the worker broke off" in store.imports.get(job.id).error


def test_another_workers_import_is_left_to_it(
    store: Store, clock: ManualClock, project: Project, cupboard: Cupboard, worker: Importer
) -> None:
    cupboard.files["pool.csv"] = table(3)
    job = asked(store, clock, project)
    lease = store.locks.acquire(f"import:{job.id}", "worker-2", 60)
    assert lease is not None and not worker.step()
    store.locks.release(lease)
    newer = store.locks.acquire(f"import:{job.id}", "worker-3", 60)
    assert newer is not None
    with pytest.raises(ConflictError):
        store.imports.save(job, job, clock.now(), token=lease.token)


def test_the_first_round_waits_for_the_whole_pool(
    store: Store, clock: ManualClock, project: Project, cupboard: Cupboard, worker: Importer, tmp_path: Path
) -> None:
    cupboard.files["pool.csv"] = table(50)
    keeper = RoundKeeper(store, clock, "keeper")
    keeper.advance_all()
    job = asked(store, clock, project)
    store.imports.save(job, job.model_copy(update={"state": ImportState.RUNNING, "text_column": "text"}), clock.now())
    part = tmp_path / "part.csv"
    part.write_text(table(20))
    import_file(store, clock, project.id, part, max_text_length=100)
    keeper.advance_all()
    assert store.rounds.current("brand") is None, "a killed import's part of the pool is not what is drawn from"
    assert worker.step()
    keeper.advance_all()
    current = store.rounds.current("brand")
    assert current is not None and current.total == 5


def test_what_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.imports.get("F9.C9")
    with pytest.raises(NotFoundError):
        store.imports.rejects("F9.C9")


def test_an_address_is_forgotten_when_its_import_is_over(
    store: Store, clock: ManualClock, project: Project, cupboard: Cupboard, worker: Importer, redis_url: str
) -> None:
    cupboard.files["pool.csv"] = table(3)
    url = "https://data.example/deep/pool.csv?key=secret"
    job = imports.job_for_address(clock, project, url=url, user_id="ULEAD", delivery="trigger.1")
    assert job.name == "pool.csv" and imports.ask(store, job)
    assert worker.step()
    done = store.imports.get(job.id)
    assert done.state is ImportState.DONE and "secret" not in json.dumps(done.model_dump(mode="json"))


def test_several_labels_in_one_cell_are_a_label_column(tmp_path: Path, project: Project) -> None:
    several = project.model_copy(update={"multi_label": True})
    (tmp_path / "a.jsonl").write_text('{"text": "x", "labels": 1}\n{"text": "y", "label": ["negative", "other"]}\n')
    assert look(tmp_path / "a.jsonl", LabelCells(several)).label == "label"
    (tmp_path / "a.csv").write_text("text,label\nx,negative|other\ny,negative|good\n")
    assert look(tmp_path / "a.csv", LabelCells(several)).label is None
