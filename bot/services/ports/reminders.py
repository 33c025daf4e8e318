"""Who was reminded when, and who does not want to be."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.services.ports.messages import PostIntent


class ReminderStore(Protocol):
    """Reminders, by person and day."""

    def remind(self, user_id: str, day: str, at: datetime, post: PostIntent) -> bool:
        """Intends the message if that person was not reminded on that day of theirs and does not want to be left alone; all at once."""
        ...

    def quieten(self, user_id: str, until: datetime | None) -> None:
        """No reminders until then; None: never again. On disk when this returns. "Never" stands against a shorter wish."""
        ...

    def resume(self, user_id: str) -> None:
        """Reminders may come again. On disk when this returns."""
        ...

    def is_off(self, user_id: str, at: datetime) -> bool:
        """Whether that person wants none at that moment."""
        ...

    def is_never(self, user_id: str) -> bool:
        """Whether that person wants none at all."""
        ...
