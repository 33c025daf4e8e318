"""The administrative log of a project: append-only."""

from __future__ import annotations

from typing import Protocol

from bot.domain import Act, LoggedAct


class ActStore(Protocol):
    """What was done to a project by those who run it. Whatever one write does is appended by the script that does it."""

    def append(self, project_id: str, act: Act) -> None:
        """Appends an act of the command line's that no one write of the store could carry along (see adminlog.record)."""
        ...

    def latest(self, project_id: str, limit: int | None = None) -> list[LoggedAct]:
        """Newest first; all of them without a limit."""
        ...
