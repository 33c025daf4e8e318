"""What the command line does when things outside it end or are wrong."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

import typer

from bot.domain import RoundtableError


@contextlib.contextmanager
def quiet_pipe() -> Iterator[None]:
    """`roundtable export ... | head` closes the pipe early: that is no fault worth a stack trace. Ends with code 1, silently."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes standard output once more at its end, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None


@contextlib.contextmanager
def extra(name: str) -> Iterator[None]:
    """Around imports that need an optional extra: what is missing is named, with what to do. Raises RoundtableError."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"bot", "learner"}:
            raise
        raise RoundtableError(
            f"This command needs the extra '{name}' ({error.name} is not installed): pip install 'roundtable-learning[{name}]'."
        ) from error
