"""Files written all or nothing."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO
from uuid import uuid4

from bot.domain import RoundtableError
from bot.words import say


class FileError(RoundtableError):
    """A file can't be written; the text names it and says why."""


@contextlib.contextmanager
def write_whole(path: Path) -> Iterator[TextIO]:
    """A UTF-8 text file that appears under its name complete or not at all: written beside it, synced, then renamed.

    What is no regular file (a pipe, /dev/stdout) is written to directly: renaming would put a file in its place.
    Raises FileError if it can't be written.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", newline="") as file:
                yield file
            return
        part = target.with_name(f".{target.name}.{uuid4().hex[:8]}.part")
        try:
            with part.open("x", encoding="utf-8", newline="") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except BrokenPipeError:
        raise  # the reader of a pipe went away: the command line's affair
    except OSError as error:
        raise FileError(say("file-not-written", file=str(path), why=error.strerror or str(error))) from None


def check_writable(path: Path) -> None:
    """Tries out whether `write_whole(path)` can work, for the start of a long run. Raises FileError."""
    target = path.resolve()
    try:
        if target.is_dir():
            raise FileError(say("file-folder", file=str(path)))
        if target.exists() and not target.is_file():
            return  # a pipe or a device: trying it out would send something
        part = target.with_name(f".{target.name}.{uuid4().hex[:8]}.part")
        part.open("x").close()
        part.unlink()
    except OSError as error:
        raise FileError(say("file-not-written", file=str(path), why=error.strerror or str(error))) from None
