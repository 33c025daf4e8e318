"""Who is an admin and who is in which user group, as Slack says it, remembered for a while."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Generic, Literal, TypeVar

from bot.services.ports import Clock, DirectoryError
from bot.slack.errors import RefusedError, SlackError, reason
from bot.slack.gateway import Gateway
from bot.slack.membership import seconds_left
from bot.words import say

log = logging.getLogger("roundtable.slack")

FRESH: Final = timedelta(minutes=5)  # used as it is
KEPT: Final = timedelta(minutes=30)  # used, and asked for anew in the background: a click must not wait for it
ASKED_AGAIN: Final = timedelta(seconds=10)  # so long after a failure
SIZE: Final = 10_000
TIMEOUT: Final = 2  # seconds: a vote may wait for the first answer, and Slack waits 3 s for the vote

V = TypeVar("V")
Unknown = Literal["trouble-admin", "trouble-zone", "trouble-group"]  # what is said where Slack can't tell


@dataclass
class _Entry(Generic[V]):
    """What was last known, when it was learned, and when Slack was last asked."""

    value: V | None
    known_at: datetime | None
    asked_at: datetime
    refusal: str = ""  # Slack's code, where it said no


class _Remembered(Generic[V]):
    """Answers of Slack's by id. Slack is asked at once where nothing recent is known; where that fails, the last known answer stands."""

    def __init__(self, ask: Callable[[str], V], clock: Clock, background: Executor, unknown: Unknown) -> None:
        self._ask, self._clock, self._background, self._unknown = ask, clock, background, unknown
        self._known: OrderedDict[str, _Entry[V]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, key: str) -> V:
        """Raises DirectoryError."""
        now = self._clock.now()
        with self._lock:
            entry = self._known.get(key)
            due = entry is None or now - entry.asked_at >= ASKED_AGAIN
            age = now - entry.known_at if entry is not None and entry.known_at is not None else KEPT
            if entry is not None and due and FRESH <= age < KEPT:
                entry.asked_at = now
        if due and FRESH <= age < KEPT:
            self._background.submit(self._refresh, key)
        if entry is None or (due and age >= KEPT):
            entry = self._asked_now(key, entry)
        if entry.value is None:
            raise DirectoryError(_sentence(say(self._unknown, who=key), reason(entry.refusal)))
        return entry.value

    def _asked_now(self, key: str, before: _Entry[V] | None) -> _Entry[V]:
        """Waits for Slack, before an acknowledgement only so long: then the last known answer stands, and what comes is known next time."""
        left = seconds_left()
        if left is None:
            return self._refresh(key)
        asked = self._background.submit(self._refresh, key)
        if wait([asked], left).done:
            return asked.result()
        if before is None or before.value is None:
            raise DirectoryError(say("trouble-slow"))
        return before

    def _refresh(self, key: str) -> _Entry[V]:
        now = self._clock.now()
        try:
            entry: _Entry[V] = _Entry(self._ask(key), now, now)
        except SlackError as error:
            log.warning("Slack could not be asked about %s: %s", key, error)
            with self._lock:
                before = self._known.get(key)
            # Slack's own word that it is gone ends what was known; a broken line does not.
            refusal = error.code if isinstance(error, RefusedError) else ""
            kept = None if refusal else before
            entry = _Entry(kept.value if kept else None, kept.known_at if kept else None, now, refusal)
        with self._lock:
            self._known[key] = entry
            self._known.move_to_end(key)
            while len(self._known) > SIZE:
                self._known.popitem(last=False)
        return entry


def _sentence(trouble: str, why: str) -> str:
    return say("trouble-because", trouble=trouble, why=why) if why else trouble


class SlackDirectory:
    """Implements `ports.Directory`. Safe to use from several threads."""

    def __init__(self, gateway: Gateway, clock: Clock, background: Executor) -> None:
        self._admins: _Remembered[bool] = _Remembered(gateway.is_admin, clock, background, "trouble-admin")
        self._zones: _Remembered[str] = _Remembered(gateway.timezone, clock, background, "trouble-zone")
        self._groups: _Remembered[frozenset[str]] = _Remembered(gateway.group, clock, background, "trouble-group")

    def is_admin(self, user_id: str) -> bool:
        """users.info: an admin or an owner of the workspace. Raises DirectoryError."""
        return self._admins(user_id)

    def timezone(self, user_id: str) -> str | None:
        """users.info: the name of the person's time zone; None for who can't be written to. Raises DirectoryError."""
        return self._zones(user_id) or None

    def group(self, group_id: str) -> frozenset[str]:
        """usergroups.users.list. Raises DirectoryError."""
        return self._groups(group_id)
