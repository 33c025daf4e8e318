"""`roundtable rebuild`: is all that is derived what the vote log says?

Votes may come in while this runs. So the log is read in chunks up to its end, and then, in one MULTI, what was appended
meanwhile together with the stored state: a comparison of one moment. Writing watches the log and starts over if it moved;
if votes come in too fast for that, the log takes none for the moment of writing (people see "not saved, try again").
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from redis.exceptions import WatchError

from bot.domain import ConflictError, Project
from bot.services.ports import Difference
from bot.store.client import Db
from bot.store.codec import compact, stored_value
from bot.store.keys import FREEZE_MS
from bot.store.replay import Answer, Derived, apply

CHUNK = 1_000
ATTEMPTS = 3  # before votes are held off
TABLES = ("answers", "labels", "overrides", "disputes", "notes", "counts", "meta")

Tables = dict[str, dict[str, Any]]  # what it is about -> field -> value; of the stored and of the rebuilt alike


class Reader:
    """Reads a project's log to its end, then the stored state of the same moment."""

    def __init__(self, db: Db, project_id: str) -> None:
        self._db = db
        self._project = project_id
        self._last = "0"
        project = stored_value(Project, db.read("HGET", db.keys("projects"), project_id))
        self._state = Derived(label_set=project.labels if project.multi_label else None)

    @property
    def last(self) -> str:
        """Id of the last entry read."""
        return self._last

    def read(self) -> tuple[Tables, Tables]:
        """What is stored and what the log says, both of one moment."""
        log, keys = self._db.keys("log", self._project), self._db.keys
        while len(entries := self._db.read("XRANGE", log, f"({self._last}", "+", "COUNT", CHUNK)) == CHUNK:
            self._apply(entries)
        self._apply(entries)
        rounds = range(1, int(self._db.read("HGET", keys("meta", self._project), "round") or 0) + 1)
        entries, *hashes = self._db.read_all(
            [
                ("XRANGE", log, f"({self._last}", "+"),
                *(("HGETALL", keys(name, self._project)) for name in TABLES),
                *(("HGETALL", keys("round", self._project, n)) for n in rounds),
                *(("HGETALL", keys("people", self._project, n)) for n in rounds),
            ],
            atomic=True,
        )
        self._apply(entries)
        at_start = {n: int(hashes[len(TABLES) - 1 + n].get("answered_at_start", 0)) for n in rounds}
        return _stored(hashes, rounds), _rebuilt(self._state, at_start)

    def _apply(self, entries: list[tuple[str, Mapping[str, str]]]) -> None:
        self._look_up_what_was_asked_again()
        for seq, fields in entries:
            apply(self._state, fields)
            self._last = seq

    def _look_up_what_was_asked_again(self) -> None:
        """After the entries were read: it stands from the moment that a round opens, and its votes come later."""
        read, keys, state = self._db.read, self._db.keys, self._state
        for number in range(len(state.again) + 1, int(read("HGET", keys("meta", self._project), "round") or 0) + 1):
            stored = read("HGETALL", keys("again", self._project, number))
            state.again[number] = {item: frozenset(json.loads(users)) for item, users in stored.items()}
        state.gold = frozenset(read("SMEMBERS", keys("gold", self._project)))


def derive(db: Db, project_id: str, *names: str) -> None:
    """Puts these tables in place as the log says, for a layout that did not have them."""
    _, rebuilt = Reader(db, project_id).read()

    def body(pipe: Any) -> None:
        pipe.multi()
        for name in names:
            key = db.keys(name, project_id)
            pipe.execute_command("DEL", key)
            _put(pipe, key, rebuilt[name])
        pipe.execute()

    db.transaction(body)


def rebuild(db: Db, project_id: str, *, write: bool) -> list[Difference]:
    """Compares what is stored with what the log says; `write` puts the rebuilt in place, all at once.

    Raises ConflictError if it can't write even while votes are held off: a round was opened or another rebuild ran just then."""
    reader = Reader(db, project_id)
    frozen = db.keys("frozen", project_id)
    try:
        for attempt in range(2 * ATTEMPTS):
            if attempt >= ATTEMPTS:
                db.write("SET", frozen, 1, "PX", FREEZE_MS)
            stored, rebuilt = reader.read()
            differences = list(_compare(stored, rebuilt))
            if not (write and differences) or _write(db, project_id, reader.last, rebuilt):
                return differences
    finally:
        if write:
            db.write("DEL", frozen)
    raise ConflictError("The project changed while it was being rebuilt; try again.")


def _stored(hashes: list[dict[str, str]], rounds: range) -> Tables:
    answers, labels, overrides, disputes, notes, counts, meta = hashes[: len(TABLES)]
    progress, people = hashes[len(TABLES) :][: len(rounds)], hashes[len(TABLES) + len(rounds) :]
    return {
        "answers": {item: _loads(text) for item, text in answers.items()},
        "labels": {item: _loads(text) for item, text in labels.items()},
        "overrides": dict(overrides),
        "disputes": dict(disputes),
        "notes": {item: _loads(text) for item, text in notes.items()},
        "counts": {label: _number(n) for label, n in counts.items()},
        "meta": {"label_revision": _number(meta.get("label_revision", "0"))},
        **{f"round {n}": {"answered": _number(progress[n - 1].get("answered", "0"))} for n in rounds},
        **{f"people {n}": {user: _number(k) for user, k in people[n - 1].items()} for n in rounds},
    }


def _rebuilt(state: Derived, at_start: Mapping[int, int]) -> Tables:
    return {
        "answers": {
            item: {user: _answer(each) for user, each in answers.items()} for item, answers in state.answers.items()
        },
        "labels": {
            item: {"value": value, "votes": state.tally(item), "decided_by": how}
            for item, (value, how) in state.labels.items()
        },
        "overrides": dict(state.overrides),
        "disputes": dict(state.disputes),
        "notes": dict(state.notes),
        "counts": state.counts(),
        "meta": {"label_revision": state.revision},
        **{f"round {n}": {"answered": start + state.answered.get(n, 0)} for n, start in at_start.items()},
        **{f"people {n}": {user: k for user, k in state.people.get(n, {}).items() if k > 0} for n in at_start},
    }


def _answer(given: Answer) -> list[Any]:
    return [False if given.label is None else given.label, given.round, *(["unsure"] if given.unsure else [])]


def _compare(stored: Tables, rebuilt: Tables) -> Iterator[Difference]:
    for table in rebuilt:
        ours, theirs = rebuilt[table], stored[table]
        for name in sorted(ours.keys() | theirs.keys()):
            if ours.get(name) != theirs.get(name):
                yield Difference(f"{table}: {name}", _shown(theirs.get(name)), _shown(ours.get(name)))


def _write(db: Db, project_id: str, last: str, rebuilt: Tables) -> bool:
    """Replaces all derived hashes in one MULTI. False if the log moved since it was read."""
    keys = db.keys
    log = keys("log", project_id)

    def body(pipe: Any) -> bool:
        pipe.watch(log, keys("meta", project_id))
        newest = pipe.execute_command("XREVRANGE", log, "+", "-", "COUNT", 1)
        if (newest[0][0] if newest else "0") != last:
            return False
        pipe.multi()
        for table, fields in rebuilt.items():
            name, _, number = table.partition(" ")
            key = keys(name, project_id, *([number] if number else []))
            if name not in ("meta", "round"):  # these hold more than what is derived
                pipe.execute_command("DEL", key)
            _put(pipe, key, fields)
        pipe.execute()
        return True

    try:
        return db.transaction(body)
    except WatchError:
        return False


def _put(pipe: Any, key: str, fields: Mapping[str, Any]) -> None:
    flat = [
        part for name, value in fields.items() for part in (name, value if isinstance(value, str) else compact(value))
    ]
    for start in range(0, len(flat), 2 * CHUNK):
        pipe.execute_command("HSET", key, *flat[start : start + 2 * CHUNK])


def _loads(text: str) -> Any:
    """JSON, or the damaged text itself, so that it shows as a difference."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _number(text: str) -> int | str:
    return int(text) if text.lstrip("-").isdecimal() else text


def _shown(value: Any) -> str:
    return "nothing" if value is None else value if isinstance(value, str) else compact(value)
