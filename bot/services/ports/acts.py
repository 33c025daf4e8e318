"""The administrative log of a project: append-only."""

from __future__ import annotations

from typing import Protocol

from bot.domain import Act, LoggedAct


class ActStore(Protocol):
    """What was done to a project by those who run it. Changes of settings are appended by the very script that makes them."""

    def append(self, project_id: str, act: Act) -> None:
        """Appends an act that changes nothing stored (an export), or was made of many writes (an import)."""
        ...

    def latest(self, project_id: str, limit: int | None = None) -> list[LoggedAct]:
        """Newest first; all of them without a limit."""
        ...
