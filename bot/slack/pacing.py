"""When the next call may be made. Pure time arithmetic: moments in, moments out; nothing here waits."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MINUTE: Final = timedelta(minutes=1)
# Seconds before the second, third, ... try. The last is short: a round's items wait for its first message.
BACKOFF: Final = (1.0, 2.0, 4.0, 8.0, 15.0)


@dataclass(frozen=True)
class Pace:
    """How fast Slack may be called.

    Slack allows about one message a second per channel and 50 updates or so a minute in the whole workspace.
    """

    post_interval: float = 1.0  # seconds between two posts in a channel
    update_interval: float = 3.0  # seconds between two updates of a message
    updates_per_minute: int = 45  # in all


class Pacer:
    """Keeps the moments of past calls and answers from when on the next one may be made."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._channels: dict[str, datetime] = {}  # channel -> not before
        self._messages: dict[str, datetime] = {}  # key -> no update before
        self._tries: dict[str, tuple[int, datetime]] = {}  # key -> failed tries, no further one before
        self._updates: deque[datetime] = deque()
        self._updates_held: datetime | None = None

    def post_ready(self, channel: str, key: str) -> datetime | None:
        """Not before this moment; None: at once."""
        return _latest(self._channels.get(channel), self._next_try(key))

    def posted(self, channel: str, now: datetime) -> None:
        """A post was made."""
        self._channels[channel] = now + timedelta(seconds=self._pace.post_interval)

    def hold_channel(self, channel: str, until: datetime) -> None:
        """Slack said when the channel takes the next message."""
        self._channels[channel] = until

    def hold_key(self, key: str, now: datetime) -> datetime:
        """After a failed try: the moment from which the next may be made, later each time."""
        tries = self._tries[key][0] + 1 if key in self._tries else 1
        again = now + timedelta(seconds=BACKOFF[min(tries, len(BACKOFF)) - 1])
        self._tries[key] = (tries, again)
        return again

    def _next_try(self, key: str) -> datetime | None:
        return self._tries[key][1] if key in self._tries else None

    def update_ready(self, key: str, now: datetime) -> datetime | None:
        """Not before this moment; None: at once."""
        return _latest(self.updates_free(now), self._messages.get(key), self._next_try(key))

    def updates_free(self, now: datetime) -> datetime | None:
        """When any update at all may be made; None: at once."""
        while self._updates and self._updates[0] <= now - MINUTE:
            self._updates.popleft()
        full = len(self._updates) >= self._pace.updates_per_minute
        return _latest(self._updates_held, self._updates[0] + MINUTE if full else None)

    def updated(self, key: str, now: datetime) -> None:
        """An update was made."""
        self._updates.append(now)
        self._tries.pop(key, None)
        self._messages[key] = now + timedelta(seconds=self._pace.update_interval)
        if len(self._messages) > 2_000:
            self._messages = {key: at for key, at in self._messages.items() if at > now}

    def hold_updates(self, until: datetime) -> None:
        """Slack said when it takes the next update."""
        self._updates_held = until

    def forget(self, key: str) -> None:
        """The message is through: no more tries of it."""
        self._tries.pop(key, None)


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)
