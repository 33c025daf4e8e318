"""Rows of a table as items: which column holds what, and every check on a single row."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bot.domain import Item
from bot.services.escaping import restore
from bot.services.label_cells import LabelCells
from bot.services.ports import NewItem
from bot.services.tabular import BadRecord, Record, Table, TableError, open_table
from bot.words import say

MAX_ID = 200
MAX_URL = 3000  # Slack's limit for an image's address


class Columns(NamedTuple):
    """Which column holds what. None: the usual name, if the file has it (only the text must be there). "": none."""

    text: str | None = None
    id: str | None = None
    label: str | None = None
    url: str | None = None
    image: str | None = None


USUAL = ("text", "id", "label", "url", "image_url")
NO_CHOICE = Columns()


class _RowError(Exception):
    """One row that can't be imported."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason, self.message = reason, message


def normalise(text: str) -> str:
    """The text by which duplicates are found: NFKC, case folded, runs of white space as one space."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())


def text_hash(text: str) -> str:
    """128-bit BLAKE2b of the normalised text, in hex."""
    return hashlib.blake2b(normalise(text).encode(), digest_size=16).hexdigest()


def derived_id(hash_of_text: str) -> str:
    """The id of an item whose file gives none: made of the text, so that a second run finds it."""
    return f"t-{hash_of_text[:20]}"


class Reading:
    """A file as a stream of items and faults; each pass reads it anew."""

    def __init__(
        self,
        path: Path,
        columns: Columns,
        *,
        labels: LabelCells,
        max_text_length: int,
        defused: bool = False,
        header: bool = True,
    ) -> None:
        self.path, self._wanted, self._labels = path, columns, labels
        self._max, self._defused, self._header = max_text_length, defused, header
        self._table: Table | None = None
        self._columns: tuple[str, str, str, str, str] = ("", "", "", "", "")
        self.size = 0

    @property
    def position(self) -> int:
        """Bytes read so far, of `size`."""
        return self._table.position if self._table else 0

    @contextlib.contextmanager
    def rows(self) -> Iterator[Iterator[NewItem | BadRecord]]:
        """Opens the file and yields its rows, in order. Raises TableError."""
        with open_table(self.path, header=self._header) as table:
            self._table, self.size = table, table.size
            self._columns = self._choose(table)
            yield self._read(table)

    def _choose(self, table: Table) -> tuple[str, str, str, str, str]:
        text, *rest = (
            _chosen(table, wanted, usual, needed=usual == USUAL[0])
            for wanted, usual in zip(self._wanted, USUAL, strict=True)
        )
        if not text:
            raise TableError(say("table-text-column"))
        return text, rest[0], rest[1], rest[2], rest[3]

    def _read(self, table: Table) -> Iterator[NewItem | BadRecord]:
        seen: dict[str, int] = {}  # ids that the file gives, and where
        for record in table:
            if isinstance(record, BadRecord):
                yield record
                continue
            try:
                new, given = self._item(record)
                first = seen.setdefault(new.item.id, record.line) if given else record.line
                if first != record.line:
                    raise _RowError("repeated-id", say("row-repeated-id", id=repr(new.item.id), line=str(first)))
            except _RowError as fault:
                raw = json.dumps(record.values, ensure_ascii=False)
                yield BadRecord(record.line, fault.reason, fault.message, raw)
            else:
                yield new

    def _item(self, record: Record) -> tuple[NewItem, bool]:
        """The item, and whether the file gives its id."""
        values = record.values
        text_column, id_column, label_column, url_column, image_column = self._columns
        if text_column not in values:
            raise _RowError("missing-column", say("row-no-column", column=repr(text_column)))
        text = self._string(values, text_column)
        _check_text(text, self._max)
        hashed = text_hash(text)
        given = self._string(values, id_column)
        if given:
            _check_id(given)
        label = self._label(values, label_column)
        item = Item(
            id=given or derived_id(hashed),
            text=text,
            text_hash=hashed,
            url=_checked_url(self._string(values, url_column), "row-bad-url"),
            image_url=_checked_url(self._string(values, image_column), "row-bad-image-url"),
            metadata=self._metadata(values),
            source=f"{self.path.name}:{record.line}",
        )
        return NewItem(item, label, record.line), bool(given)

    def _label(self, values: dict[str, Any], column: str) -> str | None:
        cell = values.get(column) if column else None
        is_list = self._labels.several and isinstance(cell, list)
        try:
            return self._labels.read(cell if is_list else self._string(values, column))
        except ValueError as fault:
            raise _RowError("unknown-label", str(fault)) from fault

    def _string(self, values: dict[str, Any], column: str) -> str:
        value = values.get(column, "") if column else ""
        if isinstance(value, str):
            return restore(value) if self._defused else value
        if value is None:
            return ""
        if column != self._columns[0] and isinstance(value, int) and not isinstance(value, bool):
            return str(value)  # ids and labels are numbers in many files; a text that is one is a mix-up of columns
        raise _RowError("not-text", say("row-not-text", column=repr(column), kind=_json_kind(value)))

    def _metadata(self, values: dict[str, Any]) -> dict[str, Any]:
        used = set(self._columns)
        rest = {name: value for name, value in values.items() if name not in used}
        nested = rest.get("metadata")
        if isinstance(nested, dict):
            del rest["metadata"]
            rest = {**nested, **rest}
        if self._defused:
            rest = {name: restore(value) if isinstance(value, str) else value for name, value in rest.items()}
        return rest


def _chosen(table: Table, wanted: str | None, usual: str, *, needed: bool) -> str:
    """The column to be read; "" for none."""
    if wanted is not None:
        return table.require(wanted) if wanted else ""
    if needed:
        return table.require(usual)
    return usual if table.columns is None or usual in table.columns else ""


def _check_text(text: str, max_length: int) -> None:
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise _RowError("empty-text", say("row-empty-text"))
    if len(text) > max_length:
        raise _RowError("long-text", say("row-long-text", characters=len(text), most=max_length))


def _check_id(value: str) -> None:
    if len(value) > MAX_ID:
        raise _RowError("bad-id", say("row-long-id", characters=str(len(value)), most=str(MAX_ID)))
    if not value.isprintable() or value != value.strip():
        raise _RowError("bad-id", say("row-bad-id", id=repr(value)))


def _checked_url(value: str, fault: str) -> str | None:
    value = value.strip()
    if not value:
        return None
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound or len(value) > MAX_URL or not value.isprintable() or re.search(r"[\s<>|\"]", value):
        raise _RowError("bad-url", say(fault, url=repr(value[:80]), most=str(MAX_URL)))
    return value


def _json_kind(value: object) -> str:
    return {bool: "bool", int: "number", float: "number", list: "list", dict: "object"}[type(value)]
