"""Import: a file of texts becomes the items of a project. What is wrong is reported by line and never stops the rest.

A second run of the same file adds nothing, so an import that was cut short is finished by running it again.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from bot.domain import Frozen, RoundtableError
from bot.services.escaping import defuse
from bot.services.files import FileError, write_whole
from bot.services.label_cells import USUAL_FORM, LabelCells, LabelForm
from bot.services.leases import claimed, project_lock
from bot.services.ports import AddOutcome, Clock, NewItem, Store
from bot.services.rows import NO_CHOICE, Columns, Reading
from bot.services.tabular import BadRecord
from bot.words import say

CHUNK_ROWS = 500
CHUNK_CHARACTERS = 2_000_000  # long texts go in smaller chunks: a chunk is one write to the store
REJECTS_HEADER = ["line", "reason", "message", "record"]
_RAW_KEPT = 2000


class ImportStoppedError(RoundtableError):
    """Strict, and something is wrong: nothing was imported. The text names the first fault's line."""


class Progress(NamedTuple):
    """How far an import is, in bytes of the file."""

    done: int
    size: int
    rows: int


class ImportSummary(Frozen):
    """What an import did. `rows` = added + known + duplicates + all rejected."""

    rows: int
    added: int
    known: int  # were there already, from an earlier run
    duplicates: int  # same text as another item (normalised): linked to it
    labelled: int  # items that got a seed label now
    label_conflicts: int  # rows whose label differs from the one that their item has; that one stands
    rejected: dict[str, int]  # reason -> rows
    rejects_file: Path | None


def import_file(
    store: Store,
    clock: Clock,
    project_id: str,
    path: Path,
    *,
    columns: Columns = NO_CHOICE,
    label_form: LabelForm = USUAL_FORM,
    max_text_length: int,
    strict: bool = False,
    defused: bool = False,
    header: bool = True,
    rejects: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> ImportSummary:
    """Imports a CSV, TSV or JSONL file; `rejects` (default: FILE.rejects.csv) gets the rows that could not be.

    `header=False`: CSV and TSV have none, and `columns` are numbers from 1. `defused`: the file is an export of
    Roundtable, whose apostrophes before formulas are taken off again. `label_form`: how several labels stand in one cell.
    Raises NotFoundError, ConflictError (another import is under way), TableError (the file as a whole), LabelCellError (the
    form), FileError (the rejects file), ImportStoppedError (strict).
    """
    project = store.projects.get(project_id)
    reading = Reading(
        path,
        columns,
        labels=LabelCells(project, label_form),
        max_text_length=max_text_length,
        defused=defused,
        header=header,
    )
    target = rejects or path.with_name(path.name + ".rejects.csv")
    if target.resolve() == path.resolve():
        raise FileError(say("intake-rejects-file", file=str(target)))
    if strict:
        _check_all(store, project_id, reading)
    # Under the lock that rounds are advanced under: no round must be planned from half a pool.
    with claimed(store, project_lock(project_id)), _Rejects(target) as writer, reading.rows() as rows:
        run = _Run(store, clock, project_id)
        for chunk in _chunks(rows):
            faults = run.take(chunk)
            if faults and strict:  # an id that stands for another text since an earlier import: only the store sees it
                raise ImportStoppedError(say("intake-stopped-midway", fault=_at(reading, faults[0])))
            writer.write(faults)
            if progress:
                progress(Progress(reading.position, reading.size, run.rows))
    store.guard.wake()  # a worker may be waiting for items or labels to begin with
    return run.summary(target)


class _Run:
    """One import under way: chunks go in, counts come out."""

    def __init__(self, store: Store, clock: Clock, project_id: str) -> None:
        self._store, self._clock, self._project_id = store, clock, project_id
        self._labels = {item_id: label.value for item_id, label in store.votes.labels(project_id).items()}
        self._seen: set[str] = set()
        self._kinds: Counter[str] = Counter()
        self._rejected: Counter[str] = Counter()
        self._labelled = self._conflicts = self.rows = 0

    def take(self, chunk: Sequence[NewItem | BadRecord]) -> list[BadRecord]:
        """Imports a chunk and returns what could not be, by line."""
        new = [row for row in chunk if isinstance(row, NewItem)]
        faults = [row for row in chunk if isinstance(row, BadRecord)]
        outcomes = self._store.items.add_many(self._project_id, new, self._clock.now()) if new else []
        for row, outcome in zip(new, outcomes, strict=True):
            if outcome.kind == "clash":
                faults.append(_clash(row))
                continue
            # Without an id in the file, the second of two equal texts has the first one's id: "known" to the store.
            again = outcome.kind == "known" and row.item.id in self._seen
            self._seen.add(row.item.id)
            self._kinds["duplicate" if again else outcome.kind] += 1
            self._note_label(row, outcome)
        self.rows += len(chunk)
        self._rejected.update(fault.reason for fault in faults)
        return sorted(faults, key=lambda fault: fault.line)

    def _note_label(self, row: NewItem, outcome: AddOutcome) -> None:
        """The store gives a label to an item that has none yet; here it is only counted."""
        if row.label is None:
            return
        item_id = outcome.of or row.item.id
        if item_id not in self._labels:
            self._labels[item_id] = row.label
            self._labelled += 1
        elif self._labels[item_id] != row.label:
            self._conflicts += 1

    def summary(self, rejects: Path) -> ImportSummary:
        """What was done so far."""
        return ImportSummary(
            rows=self.rows,
            added=self._kinds["added"],
            known=self._kinds["known"],
            duplicates=self._kinds["duplicate"],
            labelled=self._labelled,
            label_conflicts=self._conflicts,
            rejected=dict(self._rejected.most_common()),
            rejects_file=rejects if self._rejected else None,
        )


class _Rejects:
    """The rejects file, begun at the first reject. One that an earlier run left is replaced, or removed if all is well now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open = ExitStack()
        self._writer: Any = None

    def __enter__(self) -> Self:
        self._open.__enter__()
        return self

    def write(self, faults: Sequence[BadRecord]) -> None:
        if faults and self._writer is None:
            self._writer = csv.writer(self._open.enter_context(write_whole(self._path)), lineterminator="\n")
            self._writer.writerow(REJECTS_HEADER)
        for fault in faults:
            raw = fault.raw.rstrip("\r\n")[:_RAW_KEPT]
            self._writer.writerow([fault.line, fault.reason, defuse(fault.message), defuse(raw)])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        if kind is None and self._writer is None and _is_rejects_file(self._path):
            self._path.unlink()
        return self._open.__exit__(kind, error, trace)


def _is_rejects_file(path: Path) -> bool:
    """Whether this is a file that an earlier import wrote; nobody else's is ever removed."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.readline().strip() == ",".join(REJECTS_HEADER).encode()


def _check_all(store: Store, project_id: str, reading: Reading) -> None:
    """Raises ImportStoppedError at the first fault, before anything is imported."""
    known = {item.id: item.text_hash for item in store.items.iter(project_id)}
    with reading.rows() as rows:
        for row in rows:
            fault = row
            if isinstance(row, NewItem):
                if known.get(row.item.id, row.item.text_hash) == row.item.text_hash:
                    continue
                fault = _clash(row)
            if isinstance(fault, BadRecord):
                raise ImportStoppedError(say("intake-stopped", fault=_at(reading, fault)))


def _at(reading: Reading, fault: BadRecord) -> str:
    return say("table-at", file=reading.path.name, line=str(fault.line), fault=fault.message)


def _clash(row: NewItem) -> BadRecord:
    message = say("row-known-id", id=repr(row.item.id))
    return BadRecord(row.line, "repeated-id", message, row.item.text)


def _chunks(rows: Iterator[NewItem | BadRecord]) -> Iterator[list[NewItem | BadRecord]]:
    chunk: list[NewItem | BadRecord] = []
    characters = 0
    for row in rows:
        chunk.append(row)
        characters += len(row.item.text) if isinstance(row, NewItem) else 0
        if len(chunk) >= CHUNK_ROWS or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk
