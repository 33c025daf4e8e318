"""Messages on their way to Slack: keys and states, never their content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain import Act, NotFoundError
from bot.services.ports import MessageRecord, PostIntent
from bot.store.acts import act_fields
from bot.store.client import Db
from bot.store.codec import message_record, millis, posts_json
from bot.words import say


class Outbox:
    """Implements `ports.OutboxStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def intend(self, posts: Sequence[PostIntent], act: Act | None = None) -> None:
        """Queues posts, in order, and logs what they come of. A key that is there already is left as it is."""
        if posts:
            self._db.run("intend", posts_json(posts), posts[0].project_id, act_fields(act, {}), durable=True)

    def get(self, key: str) -> MessageRecord | None:
        """The message of that key."""
        fields = self._db.read("HGETALL", self._db.keys("message", key))
        return message_record(key, fields) if fields else None

    def get_many(self, keys: Sequence[str]) -> list[MessageRecord]:
        """Those of the messages that there are, in the order of the keys; one round trip."""
        return self._records(keys)

    def pending(self, limit: int) -> list[MessageRecord]:
        """Queued or sending, oldest first."""
        keys = self._db.read("ZRANGE", self._db.keys("queue"), 0, limit - 1) if limit > 0 else []
        return [record for record in self._records(keys) if record.state in ("queued", "sending")]

    def pending_count(self, project_id: str) -> int:
        """Messages of one project that are queued or sending."""
        return int(self._db.read("SCARD", self._db.keys("waiting", project_id)))

    def begin(self, key: str, token: int, channel_id: str | None = None) -> MessageRecord:
        """Marks it as sending, one attempt more, on disk before this returns. `channel_id`: the conversation with the person it was
        intended for. Raises NotFoundError, ConflictError (token)."""
        return self._step("begin", key, token, *([channel_id] if channel_id else []), durable=True)

    def posted(self, key: str, ts: str, token: int) -> None:
        """It is in Slack under `ts`. If it was touched since `begin`, its update is due at once."""
        self._step("posted", key, token, ts)

    def failed(self, key: str, error: str, token: int) -> None:
        """Gives up: taken out of the queue, kept with its error."""
        self._step("failed", key, token, error)

    def retry(self, key: str, error: str, token: int) -> None:
        """Known not to have been posted: back to queued, at its old place."""
        self._step("retry", key, token, error)

    def touch(self, keys: Iterable[str], due: datetime) -> None:
        """Marks messages for update, not before `due` (an earlier due time stands)."""
        touched = list(keys)
        if touched:
            self._db.run("touch", millis(due), *touched)

    def settle(self, key: str, revision: int) -> bool:
        """The message shows the state of `revision`. True if no update is due then.

        An older revision than was settled before means that two senders crossed: the message is due again, at once."""
        return bool(self._db.run("settle", key, revision))

    def due_updates(self, now: datetime, limit: int) -> list[MessageRecord]:
        """Posted messages whose update is due, longest due first."""
        keys = self._db.read("ZRANGEBYSCORE", self._db.keys("due"), "-inf", millis(now), "LIMIT", 0, limit)
        return [record for record in self._records(keys) if record.state == "posted"]

    def link(self, key: str, address: str) -> None:
        """Keeps a posted message's address, which never changes."""
        self._db.write("HSET", self._db.keys("message", key), "link", address)

    def key_of(self, channel_id: str, ts: str) -> str | None:
        """The key of a posted message."""
        key: str | None = self._db.read("HGET", self._db.keys("posted"), f"{channel_id}|{ts}")
        return key

    def _records(self, keys: Sequence[str]) -> list[MessageRecord]:
        if not keys:
            return []
        found = self._db.read_all([("HGETALL", self._db.keys("message", key)) for key in keys])
        return [message_record(key, fields) for key, fields in zip(keys, found, strict=True) if fields]

    def _step(self, step: str, key: str, token: int, *args: str, durable: bool = False) -> MessageRecord:
        flat = self._db.run("message", step, key, token, *args, durable=durable)
        if not flat:
            raise NotFoundError(say("store-no-message", key=key))
        return message_record(key, dict(zip(flat[::2], flat[1::2], strict=True)))
