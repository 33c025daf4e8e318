"""Tables in files: CSV, TSV and JSON Lines read as a stream, every fault with its line.

CSV is RFC 4180 (quotes, line breaks within quotes), read strictly: a stray quote is a fault, not a guess. TSV is the IANA's
text/tab-separated-values, where a quote is an ordinary character. JSONL is one object a line, ended by a line feed.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, TextIO

from bot.domain import RoundtableError
from bot.services.csv_source import Source
from bot.words import say

Kind = Literal["csv", "tsv", "jsonl"]
SUFFIXES: dict[str, Kind] = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
MAX_FIELD = 16 * 1024 * 1024  # characters; Python's own limit of 131,072 is less than some real articles have
MAX_LINE = 4 * MAX_FIELD  # beyond this it is no text file, and reading it whole would only fill the memory
_BLOCK = 1 << 20
_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class TableError(RoundtableError):
    """The file as a whole can't be read; the text names it, and the line where there is one."""


class Record(NamedTuple):
    """One record: column -> value (always str in CSV and TSV), and the line on which it begins, from 1."""

    line: int
    values: dict[str, Any]


class BadRecord(NamedTuple):
    """A record that can't be read. `reason` is a short code, `message` a sentence, `raw` what there is of it."""

    line: int
    reason: str
    message: str
    raw: str


class Table:
    """An open table, to be iterated once. Iteration yields records and bad records, in the file's order.

    `columns` are the header's names, or "1", "2", ... without a header; None for JSONL, where each line has its own.
    """

    def __init__(self, path: Path, file: TextIO, kind: Kind, *, header: bool) -> None:
        """Raises TableError if the header is missing or names a column twice."""
        self.path, self.kind = path, kind
        self.size = path.stat().st_size
        self._file = file
        self.columns: list[str] | None = None
        self._reader: _Csv | None = None
        if kind != "jsonl":
            self._reader = _Csv(_lines(file, path), kind, path.name)
            self.columns = self._reader.read_header(path) if header else self._reader.number_columns(path)

    @property
    def position(self) -> int:
        """Bytes read so far, of `size`."""
        return self._file.buffer.tell() if isinstance(self._file, io.TextIOWrapper) else 0

    def __iter__(self) -> Iterator[Record | BadRecord]:
        if self._reader is None:
            return _json_records(_lines(self._file, self.path))
        return self._reader.records(self.columns or [])

    def require(self, column: str) -> str:
        """`column`, if the table has it (JSONL: always, it shows line by line). Raises TableError, which names those there are."""
        if self.columns is None or column in self.columns:
            return column
        if len(self.columns) == 1 and any(mark in self.columns[0] for mark in ";\t|"):
            raise _at(self.path.name, 1, say("table-no-commas"))
        there = ", ".join(repr(name) for name in self.columns)
        raise _at(self.path.name, 1, say("table-no-column", column=repr(column), known=there))


@contextlib.contextmanager
def open_table(path: Path, *, header: bool = True, kind: Kind | None = None) -> Iterator[Table]:
    """Opens a table; `kind` goes by the suffix unless it is given.

    With `header=False` the columns of CSV and TSV are called "1", "2", ..., counted from 1.
    Raises TableError: no such file, an unknown suffix, not UTF-8 (with line and byte; checked before anything is yielded), no header.
    """
    kind = kind or kind_of(path)
    try:
        if not path.is_file():
            raise TableError(say("table-no-regular-file" if path.exists() else "table-no-file", file=str(path)))
        check_utf8(path)
        # newline="": csv finds the ends of records itself; JSONL ends lines with a line feed only.
        with path.open(encoding="utf-8-sig", newline="\n" if kind == "jsonl" else "") as file:
            yield Table(path, file, kind, header=header)
    except OSError as error:
        if error.filename is None or Path(os.fsdecode(error.filename)) != path:
            raise
        raise TableError(say("table-unreadable", file=str(path), why=error.strerror or str(error))) from None


def kind_of(path: Path) -> Kind:
    """The format by the suffix. Raises TableError."""
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise TableError(say("table-suffix", file=path.name, known=", ".join(SUFFIXES))) from None


def check_utf8(path: Path) -> None:
    """Reads it through once. Raises TableError naming the line and the byte of the first fault."""
    start, rest = 0, b""  # `rest`: a character cut by the end of a block; `start`: where it begins
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            data = rest + block
            try:
                used = len(data) if data.isascii() else _decodable(data, final=not block)
            except UnicodeDecodeError as error:
                raise _not_utf8(path, start + error.start) from None
            if not block:
                return
            start, rest = start + used, data[used:]


def _decodable(data: bytes, *, final: bool) -> int:
    from codecs import utf_8_decode

    return utf_8_decode(data, "strict", final)[1]


def _not_utf8(path: Path, offset: int) -> TableError:
    with path.open("rb") as raw:
        if raw.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return TableError(say("table-utf16", file=path.name))
        raw.seek(offset)
        byte = raw.read(1)
    before, number = 0, 1
    with path.open(encoding="latin-1", newline="") as text:  # one character a byte; ends lines as csv does
        for line in text:
            if before + len(line) > offset:
                break
            before, number = before + len(line), number + 1
    place = {"line": str(number), "byte": str(offset - before + 1), "offset": str(offset + 1)}
    return TableError(say("table-not-utf8", file=path.name, value=byte.hex().upper(), **place))


def _at(name: str, line: int, fault: str) -> TableError:
    """A fault at one line that makes the whole file unreadable."""
    return TableError(say("table-at", file=name, line=str(line), fault=fault))


def _lines(file: TextIO, path: Path) -> Iterator[str]:
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise _at(path.name, number, say("table-long-line", most=MAX_LINE))
        yield line


class _Csv:
    """csv.reader with the line on which each record begins, and faults as values.

    A quote that is opened and not closed properly would take all that follows with it, so only the line that opens it is
    a fault, and the next line is read as a record of its own.
    """

    def __init__(self, lines: Iterator[str], kind: Kind, name: str) -> None:
        csv.field_size_limit(MAX_FIELD)  # the module's own, for the whole process: set to one value, always the same
        self._name, self._source = name, Source(lines)
        quoting: Any = csv.QUOTE_NONE if kind == "tsv" else csv.QUOTE_MINIMAL
        self._reader = csv.reader(self._source, delimiter="\t" if kind == "tsv" else ",", quoting=quoting, strict=True)
        self._first: tuple[int, list[str] | BadRecord] | None = None

    def _next(self) -> tuple[int, list[str] | BadRecord] | None:
        """The next record that isn't a blank line, with the line it begins on."""
        while True:
            line = self._source.begin()
            try:
                row = next(self._reader)
            except StopIteration:
                return None
            except csv.Error as error:
                bad = self._unreadable(line, str(error))
                if not self._source.give_back():
                    raise _at(self._name, line, say("table-quotes")) from None
                return line, bad
            if row:
                return line, row

    def read_header(self, path: Path) -> list[str]:
        first = self._next()
        if first is None:
            raise TableError(say("table-empty", file=path.name))
        line, row = first
        if isinstance(row, BadRecord):
            raise _at(path.name, line, say("table-header", why=row.message))
        names = [name.strip() or f"column {number}" for number, name in enumerate(row, start=1)]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise _at(path.name, line, say("table-twice", column=repr(twice)))
        return names

    def number_columns(self, path: Path) -> list[str]:
        self._first = self._next()
        if self._first is None:
            raise TableError(say("table-empty", file=path.name))
        row = self._first[1]
        return [] if isinstance(row, BadRecord) else [str(number) for number in range(1, len(row) + 1)]

    def records(self, columns: list[str]) -> Iterator[Record | BadRecord]:
        found, self._first = self._first or self._next(), None
        while found is not None:
            line, row = found
            if isinstance(row, BadRecord):
                yield row
            elif len(row) != len(columns):
                message = say("row-columns", found=str(len(row)), wanted=str(len(columns)))
                yield BadRecord(line, "columns", message, self._raw())
            elif any("\0" in field for field in row):
                yield BadRecord(line, "nul", say("row-nul"), self._raw())
            else:
                yield Record(line, dict(zip(columns, row, strict=True)))
            found = self._next()

    def _raw(self) -> str:
        return "".join(self._source.record[:50])  # enough to recognise it by

    def _unreadable(self, line: int, error: str) -> BadRecord:
        opening, last = self._source.record[0], self._source.read
        if last > line:
            message = say("row-quote-open-until", line=str(last))
        elif "unexpected" in error:  # end of data, in csv's own words
            message = say("row-quote-open")
        elif "larger" in error:
            return BadRecord(line, "too-long", say("row-long-field", most=MAX_FIELD), opening)
        else:
            message = say("row-quote-stray")
        return BadRecord(line, "quotes", message, opening)


def _json_records(lines: Iterator[str]) -> Iterator[Record | BadRecord]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line, parse_constant=_no_constant)
            if _ESCAPED_NUL.search(line):
                raise ValueError(say("row-json-nul"))
            if _ESCAPED_SURROGATE.search(line):
                json.dumps(values, ensure_ascii=False).encode()  # half a surrogate pair can't be stored or sent
        except UnicodeEncodeError:
            yield BadRecord(number, "json", say("row-json-surrogate"), line)
        except json.JSONDecodeError as error:
            yield BadRecord(number, "json", say("row-json", why=error.msg, column=str(error.colno)), line)
        except (ValueError, RecursionError) as error:
            yield BadRecord(number, "json", say("row-json-unusable", why=str(error)), line)
        else:
            if isinstance(values, dict):
                yield Record(number, values)
            else:
                yield BadRecord(number, "json", say("row-json-object"), line)


def _no_constant(name: str) -> None:
    raise ValueError(say("row-json-constant", value=name))
