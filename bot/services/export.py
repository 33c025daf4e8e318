"""Export: the vote log with its provenance, and the labels, as CSV or JSON Lines.

In CSV, cells that a spreadsheet would run as a formula are defused (see `escaping`); JSONL holds everything as it is.
"""

from __future__ import annotations

import csv
import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from bot.domain import DecisionKind, Item, Label, LoggedDecision, LoggedVote, Note, Project, Query, VoteKind, labelsets
from bot.services.escaping import defuse
from bot.services.files import write_whole
from bot.services.ports import Store
from bot.services.standing import standing

Entry = LoggedVote | LoggedDecision
# Which lines of the log can take each other's place, where they are no answers; and which stand for nothing themselves.
WHAT: dict[VoteKind | DecisionKind, str] = {
    DecisionKind.FLAG: "flag",
    DecisionKind.UNFLAG: "flag",
    DecisionKind.CORRECTION: "correction",
    DecisionKind.SETTLE: "settle",
    DecisionKind.OVERRIDE: "override",
    DecisionKind.WITHDRAW: "override",
}
TAKEN_BACK = frozenset({VoteKind.UNDO, DecisionKind.UNFLAG, DecisionKind.WITHDRAW})


class What(StrEnum):
    """What to export."""

    VOTES = "votes"
    LABELS = "labels"
    LOG = "log"


class Format(StrEnum):
    """As what."""

    CSV = "csv"
    JSONL = "jsonl"


VOTE_COLUMNS = (
    "seq", "at", "kind", "item_id", "user_id", "label", "reason", "current", "superseded_by", "via", "query_id", "round", "position",
    "strategy", "score", "rank", "audit", "inclusion_probability", "note", "model_version", "message_ts", "action_id", "text",
)  # fmt: skip
ACT_COLUMNS = ("seq", "at", "by", "kind", "note", "changes")
LABEL_COLUMNS = (
    "item_id", "text", "label", "votes", "decided_by", "override_by", "override_at", "override_reason", "agreement", "role", "round", "url",
    "image_url", "metadata", "source",
)  # fmt: skip


def export(store: Store, project_id: str, what: What, form: Format, output: Path | TextIO) -> int:
    """Writes it and returns the number of lines (without the CSV header). A file appears complete or not at all.

    Raises NotFoundError, and FileError if the file can't be written.
    """
    store.projects.get(project_id)
    makes = {
        What.VOTES: (votes, VOTE_COLUMNS),
        What.LABELS: (labels, LABEL_COLUMNS),
        What.LOG: (acts, ACT_COLUMNS),
    }
    make, columns = makes[what]
    rows = make(store, project_id)
    if isinstance(output, Path):
        with write_whole(output) as file:
            return _write(rows, columns, form, file)
    return _write(rows, columns, form, output)


def votes(store: Store, project_id: str) -> Iterator[dict[str, Any]]:
    """One row for each line of the log, oldest first: answers, flags, corrections, overrides.

    `current`: it stands, as the person's answer, flag or correction on the item, or as the override of it. `superseded_by`: the
    `seq` of the line that took its place, or took it back.
    """
    project = store.projects.get(project_id)
    superseded, fates = _fates(_log(store, project_id))
    texts = {item.id: item.text for item in store.items.iter(project_id)}
    queries = {query.id: query for query in store.rounds.all_queries(project_id)}
    # What is logged while this runs is left out: nothing is known of its fate.
    for entry in _log(store, project_id):
        if entry.seq in fates:
            yield _vote_row(entry, queries.get(entry.query_id or ""), texts.get(entry.item_id, "")) | {
                "label": _answer(project, entry.label),
                "current": fates[entry.seq],
                "superseded_by": superseded.get(entry.seq),
            }


def _log(store: Store, project_id: str) -> Iterator[Entry]:
    """Answers and decisions in the order in which they were logged."""
    return heapq.merge(store.votes.log(project_id), store.decisions.log(project_id), key=_place)


def _place(entry: Entry) -> tuple[int, ...]:
    return tuple(map(int, entry.seq.split("-")))


def acts(store: Store, project_id: str) -> Iterator[dict[str, Any]]:
    """One row for each act of those who run the project, oldest first. `changes`: setting -> [old, new]."""
    for act in reversed(store.acts.latest(project_id)):
        yield act.model_dump(include={"seq", "at", "by", "note", "changes"}) | {"kind": act.kind.value}


def _fates(log: Iterable[Entry]) -> tuple[dict[str, str], dict[str, bool]]:
    """What took the place of which line; and of each line that was read whether it stands. What takes another back does not."""
    present: dict[tuple[str, str, str], str] = {}
    superseded: dict[str, str] = {}
    stands: dict[str, bool] = {}
    for entry in log:
        what = WHAT.get(entry.kind, "answer")
        slot = (what, entry.item_id, "" if what in ("override", "settle") else entry.user_id)
        earlier = present.pop(slot, None)
        if earlier is not None:
            superseded[earlier] = entry.seq
            stands[earlier] = False
        stands[entry.seq] = entry.kind not in TAKEN_BACK
        if stands[entry.seq]:
            present[slot] = entry.seq
    return superseded, stands


def _vote_row(vote: Entry, query: Query | None, text: str) -> dict[str, Any]:
    asked_by, message_ts = (vote.model_version, vote.message_ts) if isinstance(vote, LoggedVote) else (None, None)
    return {
        "seq": vote.seq,
        "at": vote.at,
        "kind": vote.kind.value,
        "item_id": vote.item_id,
        "user_id": vote.user_id,
        "reason": vote.reason,
        "via": vote.via.value,
        "query_id": vote.query_id,
        "round": query and query.round,
        "position": query and query.position,
        "strategy": query and query.strategy,
        "score": query and query.score,
        "rank": query and query.rank,
        "audit": query and query.audit,
        "inclusion_probability": query and query.inclusion_probability,
        "note": query and query.note,
        "model_version": asked_by or (query and query.model_version),
        "message_ts": message_ts,
        "action_id": vote.action_id,
        "text": text,
    }


def labels(store: Store, project_id: str) -> Iterator[dict[str, Any]]:
    """One row for each item that has a label, by item id.

    `agreement`: the share of the present votes that say what the label says. `role`: "seed" (imported), "active" (trains; the
    strategy chose it) or "audit" (serves for measuring only); `round`: that asked for it last, be it to
    ask again.
    """
    project = store.projects.get(project_id)
    now, notes = standing(store, project), store.decisions.notes(project_id)
    chosen = now.chosen()
    asked = {query.item_id: query.round for _, queries in sorted(now.queries.items()) for query in queries}
    found = sorted((item for item in store.items.iter(project_id) if item.id in now.labels), key=lambda item: item.id)
    for item in found:
        round_ = asked.get(item.id)
        role = "seed" if item.id not in chosen else "audit" if item.id in now.serving else "active"
        label = now.labels[item.id]
        row = _label_row(item, label) | _override_row(notes.get(item.id, ()))
        yield row | {"label": _answer(project, label.value), "role": role, "round": round_}


def _override_row(notes: Iterable[Note]) -> dict[str, Any]:
    decided = next((note for note in notes if note.kind == "override"), None)
    return {
        "override_by": decided and decided.user_id,
        "override_at": decided and decided.at,
        "override_reason": decided and decided.reason,
    }


def _answer(project: Project, value: str | None) -> str | list[str] | None:
    """A label; where items carry several, the list of them, as an import reads it."""
    return value if value is None or not project.multi_label else list(labelsets.decode(value))


def _label_row(item: Item, label: Label) -> dict[str, Any]:
    total = sum(label.votes.values())
    return {
        "item_id": item.id,
        "text": item.text,
        "votes": dict(Counter(label.votes).most_common()),
        "decided_by": label.decided_by,
        "agreement": label.votes.get(label.value, 0) / total if total else None,
        "url": item.url,
        "image_url": item.image_url,
        "metadata": item.metadata,
        "source": item.source,
    }


def _write(rows: Iterable[dict[str, Any]], columns: tuple[str, ...], form: Format, file: TextIO) -> int:
    count = 0
    if form is Format.JSONL:
        for row in rows:
            ordered = {column: row[column] for column in columns}
            file.write(json.dumps(ordered, ensure_ascii=False, default=_plain) + "\n")
            count += 1
        return count
    # All text in quotes: a program that takes semicolons for separators must not find a new cell within a text.
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
        count += 1
    return count


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export")


def _cell(value: object) -> str | int | float:
    """Numbers as they are, nothing as an empty cell, the rest as harmless text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, dict):
        return defuse(json.dumps(value, ensure_ascii=False)) if value else ""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return defuse(_plain(value) if isinstance(value, datetime) else str(value))
