"""Ended from outside, the demo must still end its processes, and in order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def interruptible() -> None:
    """Each of the signals turns into the exception that Ctrl-C is, once."""
    for number in SIGNALS:
        signal.signal(number, _interrupted)


def undisturbed() -> None:
    """From now on nothing but `kill -9` interrupts: the end has begun, and no process may be left behind."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def held_back() -> Iterator[None]:
    """A signal within the block comes at its end, so that no process is started and not known of."""
    noted: list[int] = []
    before = {number: signal.signal(number, lambda number, _: noted.append(number)) for number in SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        if noted:
            signal.raise_signal(noted[0])


def _interrupted(number: int, frame: object) -> None:
    del number, frame
    undisturbed()
    raise KeyboardInterrupt
