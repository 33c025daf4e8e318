"""Export: the whole provenance of each vote, the part that each label plays, and files that nobody's spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import Decision, DecisionKind, NotFoundError, Project, Query, Round, RoundState, Via, Vote, VoteKind
from bot.services.clock import ManualClock
from bot.services.export import LABEL_COLUMNS, VOTE_COLUMNS, Format, What, export
from bot.services.files import FileError, write_whole
from bot.services.intake import ImportSummary, import_file
from bot.services.ports import Store

Run = Callable[..., ImportSummary]


def exported(store: Store, what: What, form: Format, project_id: str = "brand") -> str:
    file = io.StringIO(newline="")
    export(store, project_id, what, form, file)
    return file.getvalue()


def rows(store: Store, what: What) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(store, what, Format.JSONL).split("\n") if line]


def query(position: int, item_id: str, *, audit: bool) -> Query:
    return Query(
        id=f"brand:1:{position}",
        project_id="brand",
        round=1,
        position=position,
        item_id=item_id,
        strategy="audit" if audit else "entropy",
        score=None if audit else 0.75,
        rank=None if audit else position + 1,
        audit=audit,
        inclusion_probability=0.25 if audit else None,
        model_version="brand:m0-1",
        note="",
    )


@pytest.fixture
def asked(store: Store, clock: ManualClock, project: Project, run: Run) -> None:
    """A seed label, and a round of two: one chosen, one audit."""
    run("id,text,label,lang\ns,seed,negative,en\na,=active,,\nb,audit,,\nc,never asked,,\n")
    lease = store.locks.acquire("round:brand", "test", 60)
    assert lease is not None
    opened = Round(
        project_id="brand", number=1, state=RoundState.OPEN, total=2, model_version="brand:m0-1", opened_at=clock.now()
    )
    store.rounds.open_round(opened, [query(0, "a", audit=False), query(1, "b", audit=True)], [], lease.token)


@pytest.fixture
def answer(store: Store, clock: ManualClock, asked: None) -> Callable[..., None]:
    """One answer to a query, a minute after the last."""

    def answer(user: str, position: int, label: str | None, kind: VoteKind = VoteKind.VOTE) -> None:
        clock.advance(timedelta(minutes=1))
        vote = Vote(
            kind=kind,
            project_id="brand",
            item_id="ab"[position],
            user_id=user,
            label=label,
            via=Via.BUTTON,
            action_id=f"{clock.now():%s}",
            at=clock.now(),
            query_id=f"brand:1:{position}",
            message_ts="1.5",
            model_version="brand:m0-1",
        )
        store.votes.cast(vote, overlap=1)

    return answer


def test_each_vote_has_its_provenance(store: Store, answer: Callable[..., None]) -> None:
    answer("U1", 0, "negative")
    seed, vote = rows(store, What.VOTES)
    assert list(vote) == list(VOTE_COLUMNS)
    assert {name: value for name, value in vote.items() if name not in ("seq", "action_id")} == {
        "at": "2026-03-02T09:01:00+00:00",
        "kind": "vote",
        "item_id": "a",
        "user_id": "U1",
        "label": "negative",
        "reason": "",
        "current": True,
        "superseded_by": None,
        "via": "button",
        "query_id": "brand:1:0",
        "round": 1,
        "position": 0,
        "strategy": "entropy",
        "score": 0.75,
        "rank": 1,
        "audit": False,
        "inclusion_probability": None,
        "note": "",
        "model_version": "brand:m0-1",
        "message_ts": "1.5",
        "text": "=active",
    }
    assert (seed["user_id"], seed["via"], seed["round"], seed["text"]) == ("import", "import", None, "seed")


def test_what_took_the_place_of_a_vote(store: Store, answer: Callable[..., None]) -> None:
    answer("U1", 0, "negative")
    answer("U2", 0, "negative")
    answer("U1", 0, "other")
    answer("U1", 0, None, VoteKind.UNDO)
    answer("U1", 0, "negative")
    answer("U2", 1, None, VoteKind.SKIP)
    _, first, second, changed, undo, last, skip = rows(store, What.VOTES)
    assert (first["current"], first["superseded_by"]) == (False, changed["seq"])
    assert (second["current"], second["superseded_by"]) == (True, None)
    assert (changed["current"], changed["superseded_by"]) == (False, undo["seq"])
    assert (undo["current"], undo["superseded_by"]) == (False, None)
    assert (last["current"], skip["current"], skip["kind"]) == (True, True, "skip")
    standing = {
        (row["item_id"], row["user_id"]): row["label"] for row in (first, second, changed, last) if row["current"]
    }
    assert standing == {("a", user): label for user, label in store.votes.votes_on("brand")["a"].items()}


def test_decisions_stand_among_the_answers_with_who_and_why(
    store: Store, clock: ManualClock, answer: Callable[..., None]
) -> None:
    answer("U1", 0, "negative")
    for number, (kind, label, reason) in enumerate(
        (("flag", None, "a name"), ("override", "other", "irony"), ("override", "negative", "no"), ("unflag", None, ""))
    ):
        clock.advance(timedelta(minutes=1))
        decision = Decision(
            kind=DecisionKind(kind),
            project_id="brand",
            item_id="a",
            user_id="UL" if kind == "override" else "U1",
            label=label,
            reason=reason,
            action_id=f"v{number}",
            at=clock.now(),
            query_id="brand:1:0",
        )
        store.decisions.record(decision, overlap=1)
    answer("U2", 0, "other")
    _, vote, flag, first, second, unflag, late = rows(store, What.VOTES)
    assert [row["kind"] for row in (vote, flag, first, second, unflag, late)] == [
        "vote", "flag", "override", "override", "unflag", "vote",
    ]  # fmt: skip
    assert (first["user_id"], first["label"], first["reason"], first["via"]) == ("UL", "other", "irony", "modal")
    assert (first["strategy"], first["round"], first["message_ts"]) == ("entropy", 1, None)
    assert (first["current"], first["superseded_by"]) == (False, second["seq"])
    assert (flag["current"], flag["superseded_by"]) == (False, unflag["seq"])
    assert (second["current"], vote["current"], late["current"]) == (True, True, True)
    (label,) = [row for row in rows(store, What.LABELS) if row["item_id"] == "a"]
    assert (label["label"], label["decided_by"]) == ("negative", "override")
    assert (label["override_by"], label["override_reason"]) == ("UL", "no")
    assert label["override_at"] == second["at"]


def test_labels_and_the_part_they_play(store: Store, answer: Callable[..., None]) -> None:
    answer("U1", 0, "negative")
    answer("U2", 0, "negative")
    answer("U3", 0, "other")
    answer("U1", 1, "other")
    found = {row["item_id"]: row for row in rows(store, What.LABELS)}
    assert list(found["a"]) == list(LABEL_COLUMNS)
    assert {item: (row["role"], row["round"], row["label"]) for item, row in found.items()} == {
        "s": ("seed", None, "negative"),
        "a": ("active", 1, "negative"),
        "b": ("audit", 1, "other"),
    }
    assert found["a"]["votes"] == {"negative": 2, "other": 1}
    assert found["a"]["agreement"] == pytest.approx(2 / 3)
    assert (found["s"]["decided_by"], found["s"]["metadata"]) == ("import", {"lang": "en"})
    assert (found["a"]["decided_by"], found["s"]["source"]) == ("majority", "tweets.csv:2")


def test_csv_has_the_same_with_formulas_defused(store: Store, answer: Callable[..., None]) -> None:
    answer("U1", 0, "negative")
    for what in (What.VOTES, What.LABELS):
        table = list(csv.DictReader(io.StringIO(exported(store, what, Format.CSV), newline="")))
        assert [row["item_id"] for row in table] == [row["item_id"] for row in rows(store, what)]
        assert "'=active" in [row["text"] for row in table]
    vote = list(csv.DictReader(io.StringIO(exported(store, What.VOTES, Format.CSV), newline="")))[-1]
    assert (vote["score"], vote["audit"], vote["current"], vote["superseded_by"]) == ("0.75", "false", "true", "")


def test_an_empty_project_has_a_header_only(store: Store, project: Project) -> None:
    assert exported(store, What.LABELS, Format.CSV).count("\n") == 1
    assert exported(store, What.VOTES, Format.JSONL) == ""
    with pytest.raises(NotFoundError):
        exported(store, What.VOTES, Format.CSV, "nope")


def test_a_file_appears_whole_or_not_at_all(store: Store, asked: None, tmp_path: Path) -> None:
    place = tmp_path / "labels.csv"
    place.write_text("earlier", "utf-8")
    with pytest.raises(NotFoundError):
        export(store, "nope", What.LABELS, Format.CSV, place)

    def break_off() -> None:
        with write_whole(place) as file:
            file.write("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert place.read_text("utf-8") == "earlier"
    assert export(store, "brand", What.LABELS, Format.CSV, place) == 1
    assert place.read_text("utf-8") == exported(store, What.LABELS, Format.CSV)
    assert {path.name for path in tmp_path.iterdir()} <= {"labels.csv", "tweets.csv"}
    with pytest.raises(FileError, match=r"none/labels\.csv: can't be written"):
        export(store, "brand", What.LABELS, Format.CSV, tmp_path / "none" / "labels.csv")
    with pytest.raises(FileError, match="can't be written"):
        export(store, "brand", What.LABELS, Format.CSV, tmp_path)


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with write_whole(pipe) as file:
        file.write("through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_link_keeps_pointing(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old", "utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    with write_whole(tmp_path / "link.csv") as file:
        file.write("new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text("utf-8") == "new"


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
START = st.sampled_from(["", "=", " =", "'=", "\t", "\r\n", "'", "+1", "-", "@", '"', ";=1"])


@pytest.mark.parametrize("form", list(Format))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(st.tuples(START, TEXT).map("".join), min_size=1, max_size=12))
def test_what_is_exported_is_imported_again_to_the_letter(
    store: Store, clock: ManualClock, tmp_path: Path, form: Format, texts: list[str]
) -> None:
    """From one project into a file, from the file into another project."""
    number = len(store.projects.all())
    for name in (f"a{number}", f"b{number}"):
        store.projects.add(
            Project(
                id=name,
                name=name,
                channel_id="C",
                channel_name="c",
                labels=("=yes", "no"),
                positive="no",
                created_at=clock.now(),
            )
        )
    first = tmp_path / "first.jsonl"
    first.write_text("".join(json.dumps({"text": text, "label": "=yes"}) + "\n" for text in texts), "utf-8")
    import_file(store, clock, f"a{number}", first, max_text_length=1000)
    second = tmp_path / f"second.{form.value}"
    count = export(store, f"a{number}", What.LABELS, form, second)
    summary = import_file(store, clock, f"b{number}", second, max_text_length=1000, defused=form is Format.CSV)
    assert summary.added == summary.labelled == count
    assert summary.rejected == {}
    before, after = ({item.text for item in store.items.iter(f"{name}{number}")} for name in "ab")
    assert before == after
    for item in store.items.iter(f"b{number}"):
        assert store.votes.labels(f"b{number}")[item.id].value == "=yes"
