"""Who is who in the workspace: its admins, and the people in its user groups."""

from __future__ import annotations

from typing import Protocol

from bot.domain import RoundtableError


class DirectoryError(RoundtableError):
    """The workspace can't say just now, and nothing is known from before. The text says so, and what to do."""


class Directory(Protocol):
    """What the workspace knows of people. Both raise DirectoryError."""

    def is_admin(self, user_id: str) -> bool:
        """Whether that person is an admin or an owner of the workspace."""
        ...

    def group(self, group_id: str) -> frozenset[str]:
        """The ids of those in a user group."""
        ...
