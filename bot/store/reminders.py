"""Who was reminded on which day, and who does not want to be."""

from __future__ import annotations

from datetime import datetime

from bot.services.ports import PostIntent
from bot.store.client import Db
from bot.store.codec import millis, posts_json
from bot.store.keys import REMINDED_TTL

NEVER = "never"


class Reminders:
    """Implements `ports.ReminderStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def remind(self, user_id: str, day: str, at: datetime, post: PostIntent) -> bool:
        """Intends the message if that person was not reminded on that day of theirs and does not want to be left alone; all at once."""
        return bool(self._db.run("remind", user_id, day, millis(at), posts_json([post]), REMINDED_TTL, durable=True))

    def quieten(self, user_id: str, until: datetime | None) -> None:
        """No reminders until then; None: never again. "Never" stands against a shorter wish."""
        self._db.run("quieten", user_id, NEVER if until is None else millis(until), durable=True)

    def resume(self, user_id: str) -> None:
        """Reminders may come again."""
        self._db.run("quieten", user_id, "no", durable=True)

    def is_off(self, user_id: str, at: datetime) -> bool:
        """Whether that person wants none at that moment."""
        wish = self._wish(user_id)
        return wish is not None and (wish == NEVER or int(wish) > millis(at))

    def is_never(self, user_id: str) -> bool:
        """Whether that person wants none at all."""
        return self._wish(user_id) == NEVER

    def _wish(self, user_id: str) -> str | None:
        wish: str | None = self._db.read("HGET", self._db.keys("quiet"), user_id)
        return wish
