"""Import into a real store: every fault by line, nothing twice, nothing stopped."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import Item, NotFoundError, Project, Via
from bot.services.clock import ManualClock
from bot.services.files import FileError
from bot.services.intake import ImportStoppedError, ImportSummary, Progress, import_file
from bot.services.ports import NewItem, Store
from bot.services.rows import Columns, normalise, text_hash
from bot.services.tabular import TableError

Run = Callable[..., ImportSummary]


def by_id(store: Store) -> dict[str, Item]:
    return {item.id: item for item in store.items.iter("brand")}


def rejects(summary: ImportSummary) -> list[tuple[int, str, str]]:
    assert summary.rejects_file is not None
    with summary.rejects_file.open(encoding="utf-8", newline="") as file:
        return [(int(row["line"]), row["reason"], row["message"]) for row in csv.DictReader(file)]


def test_all_that_a_row_holds(run: Run, store: Store) -> None:
    summary = run(
        "id,text,label,url,image_url,author,likes\n"
        'a1,"Great, really",other,https://example.org/1,https://example.org/1.png,Ana,3\n'
    )
    assert summary == ImportSummary(
        rows=1, added=1, known=0, duplicates=0, labelled=1, label_conflicts=0, rejected={}, rejects_file=None
    )
    item = store.items.get("brand", "a1")
    assert item == Item(
        id="a1",
        text="Great, really",
        text_hash=text_hash("great,   REALLY"),
        url="https://example.org/1",
        image_url="https://example.org/1.png",
        metadata={"author": "Ana", "likes": "3"},
        source="tweets.csv:2",
    )
    (vote,) = store.votes.log("brand")
    assert (vote.item_id, vote.label, vote.via, vote.user_id) == ("a1", "other", Via.IMPORT, "import")


def test_json_lines(run: Run, store: Store) -> None:
    rows = [
        {"id": 7, "text": "seven", "label": None, "metadata": {"lang": "en", "n": [1, 2]}, "score": 0.5},
        {"text": "no id", "url": "https://example.org"},
    ]
    summary = run("".join(json.dumps(row) + "\n" for row in rows), "tweets.jsonl")
    assert summary.added == 2
    assert by_id(store)["7"].metadata == {"lang": "en", "n": [1, 2], "score": 0.5}


def test_chosen_columns(run: Run, store: Store) -> None:
    content = "tweet,text,sentiment,id\nhello,not this,negative,x\nworld,nor this,other,x\n"
    summary = run(content, columns=Columns(text="tweet", id="", label="sentiment"))
    assert (summary.added, summary.labelled) == (2, 2)
    assert {item.text for item in by_id(store).values()} == {"hello", "world"}
    assert all(item.metadata == {"text": item.metadata["text"], "id": "x"} for item in by_id(store).values())


CASES = [
    ("empty-text", '"  "', "", "the text is empty"),
    ("empty-text", "\u200b\u00a0", "", "the text is empty"),
    ("long-text", "x" * 1001, "", "1,001 characters; at most 1,000"),
    ("unknown-label", "fine", "label=Negative", "'Negative' is none of the labels negative, other"),
    ("bad-url", "fine", "url=javascript:alert(1)", "no http or https address"),
    ("bad-url", "fine", "url=https://", "no http or https address"),
    ("bad-url", "fine", "url=https://a b", "no http or https address"),
    ("bad-url", "fine", "image_url=https://h:x/", "the image url"),
    ("bad-url", "fine", "url=https://example.org/" + "x" * 3000, "at most 3000 characters"),
    ("bad-id", "fine", "id=" + "x" * 201, "201 characters"),
    ("bad-id", "fine", "id= x", "white space"),
    ("repeated-id", "fine", "id=first", "'first' stands on line 2 already"),
]


@pytest.mark.parametrize(("reason", "text", "extra", "said"), CASES)
def test_a_faulty_row_is_told_by_line_and_stops_nothing(
    run: Run, store: Store, reason: str, text: str, extra: str, said: str
) -> None:
    columns = {"id": "", "label": "", "url": "", "image_url": "", **dict([extra.split("=", 1)] if extra else [])}
    row = ",".join([text, *columns.values()])
    summary = run(f"text,id,label,url,image_url\nbefore,first,,,\n{row}\nafter,,other,,\n")
    assert (summary.rows, summary.added, summary.rejected) == (3, 2, {reason: 1})
    ((line, told, message),) = rejects(summary)
    assert (line, told) == (3, reason)
    assert said in message
    assert {item.text for item in by_id(store).values()} == {"before", "after"}


def test_unreadable_records_are_rejected_too(run: Run) -> None:
    summary = run('text,id\na,1,x\n"b"b,2\nc,3\n')
    assert [(line, reason) for line, reason, _ in rejects(summary)] == [(2, "columns"), (3, "quotes")]
    assert summary.added == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"id": "x"}, "missing-column"),
        ({"text": 5}, "not-text"),
        ({"text": "a", "id": True}, "not-text"),
        ({"text": "a", "label": ["other"]}, "not-text"),
        ({"text": "a", "url": 1.5}, "not-text"),
        ({"text": None}, "empty-text"),
    ],
)
def test_json_values_of_a_wrong_kind(run: Run, row: dict[str, object], reason: str) -> None:
    summary = run(json.dumps(row) + "\n" + json.dumps({"text": "good"}), "tweets.jsonl")
    assert (summary.rejected, summary.added) == ({reason: 1}, 1)


def test_a_missing_column_imports_nothing(run: Run, store: Store) -> None:
    with pytest.raises(TableError, match="line 1: there is no column 'text'; there are 'tweet'"):
        run("tweet\nhello\n")
    with pytest.raises(TableError, match="no column 'nope'"):
        run("text\nhello\n", columns=Columns(label="nope"))
    assert store.items.count("brand") == 0


def test_another_encoding_imports_nothing(run: Run, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes(b"text\n" + b"good\n" * 2000 + b"caf\xe9\n")
    with pytest.raises(TableError, match=r"line 2002, byte 4 of the line"):
        run(path)
    assert store.items.count("brand") == 0


def test_unknown_project(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        import_file(store, clock, "nope", tmp_path / "a.csv", max_text_length=10)


def test_exact_duplicates_are_imported_once_and_linked(run: Run, store: Store) -> None:
    summary = run("text,id\nHello  World,1\nhello world,2\nＨＥＬＬＯ　world,3\nother,4\n")
    assert (summary.added, summary.duplicates) == (2, 2)
    assert set(by_id(store)) == {"1", "4"}
    again = run("text,id\nHello  World,1\nhello world,2\nＨＥＬＬＯ　world,3\nother,4\n")
    assert (again.added, again.known, again.duplicates) == (0, 2, 2)


def test_duplicates_without_ids(run: Run, store: Store) -> None:
    content = "text\nHello World\nhello world\nother\n"
    assert run(content).model_dump(include={"added", "known", "duplicates"}) == {
        "added": 2,
        "known": 0,
        "duplicates": 1,
    }
    assert run(content).model_dump(include={"added", "known", "duplicates"}) == {
        "added": 0,
        "known": 2,
        "duplicates": 1,
    }
    assert store.items.count("brand") == 2


def test_labels_of_duplicates(run: Run, store: Store) -> None:
    summary = run("text,id,label\na,1,\nA,2,negative\na ,3,negative\n a,4,other\nb,5,other\n")
    assert (summary.labelled, summary.label_conflicts) == (2, 1)
    assert {item: label.value for item, label in store.votes.labels("brand").items()} == {"1": "negative", "5": "other"}
    later = run("text,id,label\na,1,other\nb,5,other\n", "more.csv")
    assert (later.labelled, later.label_conflicts) == (0, 1)


def test_an_id_with_another_text(run: Run, store: Store) -> None:
    run("text,id\nfirst,1\n")
    summary = run("text,id\nsecond,1\nthird,2\n", "more.csv")
    assert (summary.rejected, summary.added) == ({"repeated-id": 1}, 1)
    assert rejects(summary)[0][0] == 2
    assert by_id(store)["1"].text == "first"


def test_a_second_run_adds_nothing(run: Run, store: Store) -> None:
    content = "text,label\n" + "".join(f"text {n},{'negative' if n % 7 else ''}\n" for n in range(1200))
    first = run(content)
    revision = store.votes.label_revision("brand")
    second = run(content)
    assert first.added == second.known == 1200
    assert (second.added, second.labelled, second.label_conflicts) == (0, 0, 0)
    assert store.votes.label_revision("brand") == revision
    assert store.rebuild("brand", write=False) == []


class CutShortError(Exception):
    """Stands for whatever may cut an import short."""


class BreakingItems:
    """The real items, but the second chunk never gets there."""

    def __init__(self, store: Store) -> None:
        self._store, self._calls = store, 0

    def __getattr__(self, name: str) -> object:
        return self if name == "items" else getattr(self._store, name)

    def add_many(self, project_id: str, items: list[NewItem], at: object) -> object:
        self._calls += 1
        if self._calls == 2:
            raise CutShortError
        return self._store.items.add_many(project_id, items, at)  # type: ignore[arg-type]


def test_an_import_cut_short_is_finished_by_running_it_again(
    run: Run, store: Store, clock: ManualClock, tmp_path: Path
) -> None:
    path = tmp_path / "tweets.csv"
    path.write_text("text,label\n,\n" + "".join(f"text {n},other\n" for n in range(1500)), "utf-8")
    with pytest.raises(CutShortError):
        import_file(BreakingItems(store), clock, "brand", path, max_text_length=100)  # type: ignore[arg-type]
    assert 0 < store.items.count("brand") < 1500
    assert sorted(found.name for found in tmp_path.iterdir()) == ["tweets.csv"], "no half-written rejects file stays"
    summary = run(path)
    assert summary.known + summary.added == 1500
    assert store.items.count("brand") == len(store.votes.labels("brand")) == 1500


def test_strict_imports_nothing_if_anything_is_wrong(run: Run, store: Store, tmp_path: Path) -> None:
    content = "text,id\n" + "".join(f"text {n},{n}\n" for n in range(1000)) + ",1001\n"
    with pytest.raises(ImportStoppedError, match=r"tweets.csv, line 1002: the text is empty. Nothing was imported."):
        run(content, strict=True)
    assert store.items.count("brand") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["tweets.csv"]
    assert run("text,id\nfine,1\n", strict=True).added == 1
    with pytest.raises(ImportStoppedError, match="line 3: the id '1' is there already, with another text"):
        run("text,id\nnew,2\nelse,1\n", strict=True)
    assert store.items.count("brand") == 1


def test_rejects_file(run: Run, tmp_path: Path) -> None:
    summary = run("text,label\nfine,=cmd()\n")
    beside = tmp_path / "tweets.csv.rejects.csv"
    assert summary.rejects_file == beside
    rows = list(csv.reader(beside.open(encoding="utf-8", newline="")))
    assert rows[0] == ["line", "reason", "message", "record"]
    assert json.loads(rows[1][3]) == {"text": "fine", "label": "=cmd()"}
    assert run("text,label\nfine,other\n").rejects_file is None
    assert not beside.exists(), "an earlier run's rejects would tell of faults that are mended"


def test_a_file_of_somebody_else_under_that_name_stays(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "tweets.csv.rejects.csv"
    other.write_text("my,own\n", "utf-8")
    run("text\nfine\n")
    assert other.read_text("utf-8") == "my,own\n"


def test_rejects_elsewhere(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "bad.csv"
    assert run("text\n''\n,\n", rejects=place).rejects_file == place
    assert place.exists()
    with pytest.raises(FileError, match="is the file to be imported"):
        run("text\n,\n", rejects=tmp_path / "tweets.csv")
    with pytest.raises(FileError, match="can't be written"):
        run("text\na,b\n", rejects=tmp_path / "none" / "bad.csv")


def test_progress_ends_at_the_files_size(run: Run) -> None:
    seen: list[Progress] = []
    run("text\n" + "".join(f"text {n}\n" for n in range(1200)), progress=seen.append)
    assert [step.rows for step in seen] == [500, 1000, 1200]
    assert seen[-1].done == seen[-1].size > 0


def test_the_worker_is_woken(run: Run, store: Store) -> None:
    run("text\nfine\n")
    assert store.guard.wait(0.01)


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, st.sampled_from(["", "negative", "other", "?"])), max_size=20))
def test_any_rows_are_each_accounted_for(
    store: Store, clock: ManualClock, tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    """A fresh project for each example: nothing is lost, and the second run finds all there."""
    number = len(store.projects.all())
    project = Project(
        id=f"p{number}",
        name="P",
        channel_id="C",
        channel_name="c",
        labels=("negative", "other"),
        positive="negative",
        created_at=clock.now(),
    )
    store.projects.add(project)
    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([("id", "text", "label"), *rows])
    first = import_file(store, clock, project.id, path, max_text_length=1000)
    assert first.rows == len(rows) == first.added + first.duplicates + first.known + sum(first.rejected.values())
    assert store.items.count(project.id) == first.added
    assert len(store.votes.labels(project.id)) == first.labelled
    second = import_file(store, clock, project.id, path, max_text_length=1000)
    assert (second.added, second.labelled, second.rejected) == (0, 0, first.rejected)
    assert second.known + second.duplicates == first.added + first.duplicates + first.known
    assert store.rebuild(project.id, write=False) == []
