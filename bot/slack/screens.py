"""Open modals, brought up to date behind the acknowledgement.

Slack takes about 100 `views.update` a minute of the whole app. What is beyond waits its turn, and only the newest state of
a modal waits. A modal that the person has moved on from is left alone: its hash is another then.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.domain import RoundtableError
from bot.services.ports import Clock
from bot.slack.blocks.text import Block
from bot.slack.errors import RateLimitedError, RefusedError, SlackError
from bot.slack.gateway import Gateway
from bot.slack.limits import LimitsError
from bot.words import language, speaking

log = logging.getLogger("roundtable.screens")

MINUTE: Final = timedelta(minutes=1)
PER_MINUTE: Final = 95  # of Slack's 100, in this process; another process's are learned by Slack's refusal
TIGHT: Final = 75  # from here on people are told of the way that costs nothing
LONGEST: Final = 60.0  # seconds that a state waits
GONE: Final = frozenset({"not_found", "view_not_found"})

Render = Callable[[bool], Block]  # True: without pictures
Later = Callable[[float, Callable[[], None]], None]


def by_timer(seconds: float, call: Callable[[], None]) -> None:
    """Calls in a thread of its own, after that time."""
    timer = threading.Timer(seconds, call)
    timer.daemon = True  # at the process's end, what is on screen stays there
    timer.start()


class Screens:
    """One object per process; safe to use from several threads."""

    def __init__(self, gateway: Gateway, clock: Clock, later: Later = by_timer) -> None:
        self._gateway, self._clock, self._later = gateway, clock, later
        self._lock = threading.Lock()
        self._made: deque[datetime] = deque()
        self._waiting: dict[str, tuple[str, Render, str]] = {}  # view -> hash, what to show, in which language

    def tight(self) -> bool:
        """Whether updates may soon have to wait."""
        with self._lock:
            self._forget(self._clock.now())
            return len(self._made) >= TIGHT

    def update(self, view_id: str, view_hash: str, render: Render) -> bool:
        """Shows what `render` makes, now or as soon as Slack takes it. False: that modal is gone.

        `render` is called when it is shown, so what waited is not old. Raises RoundtableError from `render`."""
        wait = self._take()
        if wait > 0:
            self._wait(wait, view_id, view_hash, render)
            return True
        try:
            self._send(view_id, view_hash, render)
        except RateLimitedError as error:
            self._wait(error.seconds, view_id, view_hash, render)
        except RefusedError as error:
            if error.code in GONE:
                return False
            if error.code != "hash_conflict":
                log.warning("a modal could not be shown: %s", error)
        except (SlackError, LimitsError) as error:
            log.warning("a modal could not be shown: %s", error)
        return True

    def _send(self, view_id: str, view_hash: str, render: Render) -> None:
        try:
            self._gateway.update_view(view_id, render(False), view_hash)
        except RefusedError as error:
            # A picture that Slack can't fetch makes the whole view invalid.
            if error.code not in ("invalid_blocks", "invalid_arguments", "invalid_blocks_format"):
                raise
            self._gateway.update_view(view_id, render(True), view_hash)

    def _take(self) -> float:
        """0: taken. Else seconds until the next one may be made."""
        now = self._clock.now()
        with self._lock:
            self._forget(now)
            if len(self._made) >= PER_MINUTE:
                return max(0.05, (self._made[0] + MINUTE - now).total_seconds())
            self._made.append(now)
            return 0.0

    def _forget(self, now: datetime) -> None:
        while self._made and self._made[0] <= now - MINUTE:
            self._made.popleft()

    def _wait(self, seconds: float, view_id: str, view_hash: str, render: Render) -> None:
        with self._lock:
            waits = view_id in self._waiting
            self._waiting[view_id] = (view_hash, render, language())
        if not waits:
            self._later(min(seconds, LONGEST), lambda: self._again(view_id))

    def _again(self, view_id: str) -> None:
        with self._lock:
            view_hash, render, spoken = self._waiting.pop(view_id)
        try:
            with speaking(spoken):
                self.update(view_id, view_hash, render)
        except RoundtableError as error:
            log.warning("a modal could not be shown: %s", error)
        except Exception as error:  # noqa: BLE001 - a thread's edge
            log.error("a modal could not be shown: unexpected %s", type(error).__name__)
