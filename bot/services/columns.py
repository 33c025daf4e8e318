"""Which column of a file is the text, and which the label: found by name and by what is in it, for a person to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bot.services.label_cells import LabelCells
from bot.services.tabular import BadRecord, Record, TableError, open_table
from bot.words import say

LOOKED_AT = 200  # records
SAMPLE = 200  # characters
MAX_COLUMNS = 100  # as many as a Slack menu has options
# Spelt without case, spaces and underscores; the usual name first.
TEXT_NAMES = (
    "text", "tweet", "comment", "kommentar", "review", "bewertung", "rezension", "message", "nachricht", "body", "content", "inhalt",
    "post", "beitrag", "sentence", "satz", "description", "beschreibung",
)  # fmt: skip
LABEL_NAMES = (
    "label", "class", "klasse", "category", "kategorie", "target", "tag", "annotation", "sentiment", "stimmung",
)  # fmt: skip


class Look(NamedTuple):
    """What was found. `text` or `label` None: no column is plainly it. `sure`: nothing has to be asked."""

    columns: tuple[str, ...]
    text: str | None
    label: str | None
    sample: str
    sure: bool


def look(path: Path, labels: LabelCells) -> Look:
    """Reads the beginning of a table. Raises TableError: it can't be read, or holds nothing."""
    with open_table(path) as table:
        records = [row for row in islice(table, LOOKED_AT) if not isinstance(row, BadRecord)]
        header = table.columns
    if not records:
        raise TableError(say("table-no-row", file=path.name))
    columns = header if header is not None else list(dict.fromkeys(name for row in records for name in row.values))
    shown = tuple(columns[:MAX_COLUMNS])
    text = _by_name(shown, TEXT_NAMES) or (shown[0] if len(shown) == 1 else None)
    others = tuple(name for name in shown if name != text)
    candidate, fitting = _by_name(others, LABEL_NAMES), [name for name in others if _holds(name, records, labels)]
    named = candidate is not None and all(_fits(row.values.get(candidate), labels) for row in records)
    label = candidate if named else fitting[0] if len(fitting) == 1 else None
    first = records[0].values
    sample = (
        str(first.get(text) or "") if text is not None else " · ".join(str(first.get(name) or "") for name in shown)
    )
    # A label column with other values than the project's may be the wrong column, or labels that are spelt otherwise;
    # one of another name that holds the project's labels may well be it. Labels that are left out now are hard to add.
    return Look(shown, text, label, sample[:SAMPLE], text is not None and candidate == label)


def _holds(column: str, records: Sequence[Record], labels: LabelCells) -> bool:
    """Whether there are labels in it, and nothing else."""
    cells = [row.values.get(column) for row in records]
    return any(cell not in (None, "") for cell in cells) and all(_fits(cell, labels) for cell in cells)


def _fits(cell: object, labels: LabelCells) -> bool:
    try:
        labels.read("" if cell is None else cell)
    except ValueError:
        return False
    return True


def _by_name(columns: Sequence[str], names: Sequence[str]) -> str | None:
    plain = {_plain(column): column for column in reversed(columns)}
    return next((plain[name] for name in names if name in plain), None)


def _plain(name: str) -> str:
    return "".join(mark for mark in name.casefold() if mark.isalnum())
