"""Scheduled reports, by the moment at which they were due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain import Bulletin, NotFoundError
from bot.services.ports import PostIntent
from bot.store.client import Db
from bot.store.codec import millis, posts_json, stored_value
from bot.words import say


class Bulletins:
    """Implements `ports.BulletinStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, bulletin: Bulletin, posts: Sequence[PostIntent]) -> bool:
        """Stores it and intends its messages, at once. False: one that was due then is there; nothing happens."""
        due = millis(bulletin.due)
        return bool(
            self._db.run(
                "add_bulletin", bulletin.project_id, due, bulletin.model_dump_json(), posts_json(posts), durable=True
            )
        )

    def get(self, project_id: str, due_ms: int) -> Bulletin:
        """Raises NotFoundError."""
        text = self._db.read("HGET", self._db.keys("bulletins", project_id), due_ms)
        if text is None:
            raise NotFoundError(say("store-no-report", project=project_id))
        return stored_value(Bulletin, text)

    def latest_due(self, project_id: str) -> datetime | None:
        """When the newest one was due."""
        newest = max(map(int, self._db.read("HKEYS", self._db.keys("bulletins", project_id))), default=None)
        return self.get(project_id, newest).due if newest is not None else None
