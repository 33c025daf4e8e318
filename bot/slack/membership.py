"""Who is in a project's channel: its items are shown in the queue to nobody else. And how long Slack is asked about people at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, wait
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Final, TypeVar

from bot.domain import RoundtableError
from bot.services.ports import Clock
from bot.slack.gateway import Gateway
from bot.words import say

KEPT: Final = timedelta(minutes=5)  # so soon those who left the channel get no more
ASKED_AGAIN: Final = timedelta(seconds=10)  # so soon those who came in do
CHANNELS: Final = 1_000
PATIENCE: Final = 2.0  # seconds for all that one acknowledgement has to know of Slack, which waits 3 s for it

V = TypeVar("V")


class _Request:
    """One that waits for its acknowledgement; `ends`: until when, by the machine's own clock; None: it has it."""

    def __init__(self) -> None:
        self.ends: float | None = time.monotonic() + PATIENCE


_request: Final[ContextVar[_Request | None]] = ContextVar("roundtable-request", default=None)


@contextmanager
def acknowledging() -> Iterator[None]:
    """Within the block Slack is asked for PATIENCE seconds in all, however often. What was begun in it and goes on behind it is free."""
    mine = _Request()
    before = _request.set(mine)
    try:
        yield
    finally:
        mine.ends = None
        _request.reset(before)


def seconds_left() -> float | None:
    """That Slack may still be asked before the acknowledgement; None where none is waited for."""
    request = _request.get()
    ends = request.ends if request is not None else None
    return max(0.0, ends - time.monotonic()) if ends is not None else None


class SlowSlackError(RoundtableError):
    """Slack did not say in time what has to be known before anything is saved."""


def in_time(background: Executor, ask: Callable[[], V]) -> V:
    """What `ask` finds out by asking Slack, before an acknowledgement. It must not write anything: it may go on after this has given up.

    What comes too late is remembered by those who asked, so that it helps to try again. Raises SlowSlackError, and what `ask` does."""
    left = seconds_left()
    asked = background.submit(ask)
    if not wait([asked], PATIENCE if left is None else left).done:
        asked.cancel()
        raise SlowSlackError(say("trouble-slow"))
    return asked.result()


class Members:
    """Members of channels, remembered for a while. Safe to use from several threads."""

    def __init__(self, gateway: Gateway, clock: Clock) -> None:
        self._gateway, self._clock = gateway, clock
        self._known: dict[str, tuple[frozenset[str], datetime]] = {}
        self._lock = threading.Lock()

    def has(self, channel_id: str, user_id: str) -> bool:
        """Whether that person is in the channel. Raises SlackError if Slack can't be asked and nothing recent is known."""
        now = self._clock.now()
        with self._lock:
            found = self._known.get(channel_id)
        if found is not None:
            age = now - found[1]
            if age < ASKED_AGAIN or (age < KEPT and user_id in found[0]):
                return user_id in found[0]
        members = self._gateway.members(channel_id)
        with self._lock:
            if len(self._known) >= CHANNELS:
                self._known.clear()
            self._known[channel_id] = (members, now)
        return user_id in members
