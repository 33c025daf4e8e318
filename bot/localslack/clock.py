"""The one clock of the workspace: the machine's, or one that tests move. All expiry, pacing and retries go by it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
import time
from typing import Protocol


class Clock(Protocol):
    """Seconds since the epoch, and waiting for them to pass."""

    def now(self) -> float:
        """The present moment, in seconds since the epoch."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Returns once that many seconds have passed on this clock."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """The present moment, in seconds since the epoch."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Waits in real time."""
        await asyncio.sleep(seconds)


class ManualClock:
    """Stands still until `advance` is called, from any thread."""

    def __init__(self, start: float = 1_700_000_000.0) -> None:
        self._now = start
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.AbstractEventLoop, asyncio.Future[None]]] = []
        self._changed = threading.Condition()

    def now(self) -> float:
        """The moment it was moved to."""
        with self._changed:
            return self._now

    async def sleep(self, seconds: float) -> None:
        """Returns once the clock was moved that far."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        with self._changed:
            if seconds <= 0:
                return
            heapq.heappush(self._sleepers, (self._now + seconds, next(self._order), loop, done))
            self._changed.notify_all()
        try:
            await done
        finally:
            with self._changed:
                self._sleepers = [entry for entry in self._sleepers if entry[3] is not done]
                heapq.heapify(self._sleepers)
                self._changed.notify_all()

    def advance(self, seconds: float) -> None:
        """Moves the clock forward and wakes whoever waited for less."""
        with self._changed:
            self._now += seconds
            while self._sleepers and self._sleepers[0][0] <= self._now:
                _, _, loop, done = heapq.heappop(self._sleepers)
                loop.call_soon_threadsafe(_finish, done)

    def sleeping(self) -> list[float]:
        """For how many seconds each of those that wait still has to, shortest first."""
        with self._changed:
            return sorted(round(due - self._now, 6) for due, *_ in self._sleepers)

    def wait_for_sleepers(self, count: int = 1, timeout: float = 10.0) -> bool:
        """Blocks (in real time) until at least `count` wait on this clock. False: they didn't within `timeout`."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._sleepers) >= count, timeout)


def _finish(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_result(None)
