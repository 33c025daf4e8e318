"""The sender: brings the store's intended and touched messages to Slack, paced, each exactly once.

Before a post the intent is marked as `sending`; its ts is stored after. A record found as `sending` therefore may have
been posted by a sender that died, or by a call without an answer: Slack is asked (by the message's metadata) before a
second try. Updates carry no such risk: they show the present state, whenever they come.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.domain import ConflictError, NotFoundError
from bot.services.leases import renewed
from bot.services.ports import Clock, MessageRecord, PostIntent, Store, thread_ts_of
from bot.slack.blocks.message import Attachment, Message, Picture
from bot.slack.errors import RateLimitedError, RefusedError, SlackError, UncertainError
from bot.slack.gateway import Gateway
from bot.slack.limits import LimitsError
from bot.slack.pacing import Pace, Pacer

log = logging.getLogger("roundtable.outbox")

LEASE: Final = "outbox"
# Short, so that what a killed sender left is soon taken up; renewed in the background while a call is slow.
LEASE_SECONDS: Final = 6.0
NOT_MINE: Final = 1.0  # seconds until the lease of another sender is looked at again
IDLE: Final = 1.0
BATCH: Final = 60  # messages looked at in one step
FAR: Final = 1_500
PERSON: Final = "UW"  # what people's ids begin with


class Renders(Protocol):
    """What makes messages from keys."""

    def render(self, key: str) -> Message | Picture | Attachment: ...

    def filename(self, key: str) -> str: ...

    def thread_of(self, key: str) -> list[str]: ...


class OutboxSender:
    """Sends for all projects. Any number may exist; the one that holds the lease "outbox" works."""

    def __init__(
        self, store: Store, gateway: Gateway, renderer: Renders, clock: Clock, pace: Pace, holder: str
    ) -> None:
        self._store, self._gateway, self._renderer, self._clock = store, gateway, renderer, clock
        self._holder = holder
        self._pacer = Pacer(pace)

    def step(self) -> float:
        """Sends what may be sent now; returns the seconds until it is worth calling again (0: at once).

        Raises StoreUnavailableError; nothing else, save for faults of ours.
        """
        lease = self._store.locks.acquire(LEASE, self._holder, LEASE_SECONDS)
        if lease is None:
            return NOT_MINE
        try:
            with renewed(self._store, lease, LEASE_SECONDS):
                waits = [*self._send_posts(lease.token), *self._send_updates()]
        except ConflictError:
            log.warning("another sender took over")
            return NOT_MINE
        now = self._clock.now()
        return max(0.0, min([IDLE, *((moment - now).total_seconds() for moment in waits)]))

    def close(self) -> None:
        """Lets another sender take over at once."""
        lease = self._store.locks.acquire(LEASE, self._holder, LEASE_SECONDS)
        if lease is not None:
            self._store.locks.release(lease)

    # Posts

    def _send_posts(self, token: int) -> list[datetime]:
        """Posts in order, channel by channel; returns the moments from which more may be sent."""
        waits: list[datetime] = []
        held: set[str] = set()
        records = self._to_post()
        for record in records:
            if record.channel_id in held:
                continue
            now = self._clock.now()
            ready = self._pacer.post_ready(record.channel_id, record.key)
            if ready is not None and ready > now:
                held.add(record.channel_id)
                waits.append(ready)
            elif not self._post(record, token):
                held.add(record.channel_id)
                waits.append(self._pacer.post_ready(record.channel_id, record.key) or now + timedelta(seconds=IDLE))
        if len(records) >= BATCH and not waits:
            waits.append(self._clock.now())
        return waits

    def _to_post(self) -> list[MessageRecord]:
        """The oldest; many more when all of these wait for one channel, lest it hold the others up."""
        records = self._store.outbox.pending(BATCH)
        now = self._clock.now()
        held = [r for r in records if (self._pacer.post_ready(r.channel_id, r.key) or now) > now]
        return self._store.outbox.pending(FAR) if len(held) == BATCH else records

    def _post(self, record: MessageRecord, token: int) -> bool:
        """One message; False: it stays queued, and what follows in its channel must wait for it."""
        if record.thread_key and (given := thread_ts_of(record.thread_key)):
            return self._guarded(record, token, lambda: self._post_once(record, given, token))
        parent = self._store.outbox.get(record.thread_key) if record.thread_key else None
        if record.thread_key and (parent is None or parent.state == "failed"):
            why = parent.error if parent and parent.error else "it was never intended"
            self._give_up(record, f"its thread's first message was not posted: {why}", token)
            return True
        thread_ts = parent.ts if parent else None
        if parent is not None and thread_ts is None:
            return False
        return self._guarded(record, token, lambda: self._post_once(record, thread_ts, token))

    def _guarded(self, record: MessageRecord, token: int, send: Callable[[], None]) -> bool:
        """Runs `send` and draws the consequence of what Slack answered."""
        now = self._clock.now()
        try:
            send()
        except RateLimitedError as error:
            self._pacer.hold_channel(record.channel_id, now + timedelta(seconds=error.seconds))
            self._retry(record, str(error), token)
            return False
        except (RefusedError, LimitsError, NotFoundError) as error:
            self._give_up(record, str(error), token)
        except UncertainError as error:
            # It stays `sending`: Slack is asked before another try.
            again = self._pacer.hold_key(record.key, now)
            log.warning("%s: %s; looked at again %s", record.key, error, f"{again:%H:%M:%S}")
            return False
        else:
            self._pacer.forget(record.key)
        self._pacer.posted(record.channel_id, self._clock.now())
        return True

    def _post_once(self, record: MessageRecord, thread_ts: str | None, token: int) -> None:
        self._intend_thread(record)
        if record.state == "sending" and self._was_posted(record, thread_ts, token):
            return
        # Marked first, rendered after: a touch in between is then seen as newer than what is sent.
        channel = self._gateway.direct(record.channel_id) if record.channel_id[0] in PERSON else record.channel_id
        self._store.outbox.begin(record.key, token, channel if channel != record.channel_id else None)
        content = self._renderer.render(record.key)
        if not isinstance(content, Message):
            ts = self._gateway.upload(channel, content, thread_ts)
        else:
            ts = self._gateway.post(channel, content, record.key, thread_ts).ts
        self._store.outbox.posted(record.key, ts, token)

    def _was_posted(self, record: MessageRecord, thread_ts: str | None, token: int) -> bool:
        """Asks Slack whether an earlier try did post it. Raises UncertainError while Slack does not say."""
        name = self._renderer.filename(record.key) if record.kind == "file" else None
        try:
            found = self._gateway.find(record.channel_id, record.key, thread_ts, name)
        except RateLimitedError as error:
            # Not as a limited post, which is known not to have been made: this one may have been.
            raise UncertainError(f"Slack can't be asked whether it was posted: {error}") from error
        if found is None:
            return False
        self._store.outbox.posted(record.key, found, token)
        # What was posted back then may be old by now.
        self._store.outbox.touch([record.key], self._clock.now())
        return True

    def _intend_thread(self, record: MessageRecord) -> None:
        """The files of a report's thread: before it is posted, lest a sender that dies in between leave them out."""
        files = [
            PostIntent(key, record.project_id, record.channel_id, record.key, "file")
            for key in self._renderer.thread_of(record.key)
        ]
        if files:
            self._store.outbox.intend(files)

    def _retry(self, record: MessageRecord, why: str, token: int) -> None:
        self._store.outbox.retry(record.key, why, token)
        log.info("%s: %s", record.key, why)

    def _give_up(self, record: MessageRecord, why: str, token: int) -> None:
        self._store.outbox.failed(record.key, why, token)
        self._pacer.forget(record.key)
        log.error("%s could not be sent to %s: %s", record.key, record.channel_id, why)

    # Updates

    def _send_updates(self) -> list[datetime]:
        """Updates of posted messages, the rounds' progress first; returns the moments from which more may be sent."""
        now = self._clock.now()
        free = self._pacer.updates_free(now)
        if free is not None and free > now:
            return [free]
        waits: list[datetime] = []
        records = self._store.outbox.due_updates(now, BATCH)
        for record in sorted(records, key=lambda record: not record.key.startswith("round:")):
            ready = self._pacer.update_ready(record.key, self._clock.now())
            if ready is not None and ready > self._clock.now():
                waits.append(ready)
            elif (again := self._update(record)) is not None:
                waits.append(again)
        return waits

    def _update(self, record: MessageRecord) -> datetime | None:
        """One update; returns the moment of the next try if it was not made."""
        now = self._clock.now()
        try:
            # The record's revision was read before the state: what is shown is that revision or a newer one.
            self._update_once(record)
        except RateLimitedError as error:
            until = now + timedelta(seconds=error.seconds)
            self._pacer.hold_updates(until)
            return until
        except UncertainError as error:
            log.warning("%s: update: %s", record.key, error)
            return self._pacer.hold_key(record.key, now)
        except (SlackError, LimitsError, NotFoundError) as error:
            # Deleted by a person, archived, too old to be edited: there is nothing left to keep up to date.
            log.warning("%s is no longer updated: %s", record.key, error)
        self._store.outbox.settle(record.key, record.revision)
        self._pacer.updated(record.key, now)
        return None

    def _update_once(self, record: MessageRecord) -> None:
        if record.ts is None or record.kind == "file":
            return
        content = self._renderer.render(record.key)
        if isinstance(content, Message):
            self._gateway.update(record.channel_id, record.ts, content, record.key)
