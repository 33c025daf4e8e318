"""Scheduled reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import Bulletin
from bot.services.ports.messages import PostIntent


class BulletinStore(Protocol):
    """Scheduled reports, by the moment at which they were due."""

    def add(self, bulletin: Bulletin, posts: Sequence[PostIntent]) -> bool:
        """Stores it and intends its messages, at once. False: one that was due then is there; nothing happens."""
        ...

    def get(self, project_id: str, due_ms: int) -> Bulletin:
        """Raises NotFoundError."""
        ...

    def latest_due(self, project_id: str) -> datetime | None:
        """When the newest one was due."""
        ...
