"""Lines for csv.reader that can be read again: what a faulty record took with it is given back."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

MAX_RECORD = 1 << 26  # characters; a record's lines are kept until it is known to be one
MAX_REPEATED = (
    1 << 30
)  # characters read again: some ten seconds; only a file that is made for it has so many open quotes
# As the module's own error for a field that is too large, by which it is known.
TOO_LARGE = "larger"


class Source:
    """Lines for csv.reader, and those of the present record kept, so that all but the first can be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._size = self._repeated = 0  # characters: of the record, and read again in all
        self.record: list[str] = []
        self.read = 0  # lines, those of the record included

    def __iter__(self) -> Source:
        return self

    def __next__(self) -> str:
        # An error of csv's own kind, as for a field that is too large.
        if self._size > MAX_RECORD:
            raise csv.Error(TOO_LARGE)
        line = self._again.popleft() if self._again else next(self._lines)
        self.record.append(line)
        self._size += len(line)
        self.read += 1
        return line

    def begin(self) -> int:
        """A new record; returns the line that it begins on."""
        self.record.clear()
        self._size = 0
        return self.read + 1

    def give_back(self) -> bool:
        """All lines of the record but its first come again. False if so much was read again that there may be no end."""
        rest = self.record[1:]
        self._repeated += self._size - len(self.record[0])
        self._again.extendleft(reversed(rest))
        self.read -= len(rest)
        return self._repeated <= MAX_REPEATED
