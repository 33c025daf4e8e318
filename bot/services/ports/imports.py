"""Files on their way into a project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.domain import Act, ImportJob
from bot.services.ports.messages import PostIntent


class ImportStore(Protocol):
    """Imports that people asked for in Slack. Each is known by its id, so that a delivery twice makes one."""

    def add(self, job: ImportJob, posts: Sequence[PostIntent]) -> bool:
        """Stores it, intends its message and wakes a worker, all at once. False: it was there already, nothing happened."""
        ...

    def get(self, job_id: str) -> ImportJob:
        """Raises NotFoundError."""
        ...

    def save(
        self,
        before: ImportJob,
        after: ImportJob,
        touched_at: datetime,
        *,
        posts: Sequence[PostIntent] = (),
        token: int | None = None,
        act: Act | None = None,
    ) -> ImportJob:
        """Puts `after` in the place of `before`, intends posts, marks its message for update and logs `act`, all at once.

        Raises ConflictError if it is not `before` any more, or if the token is too old."""
        ...

    def open(self) -> list[ImportJob]:
        """Those that a worker has something to do with, oldest first."""
        ...

    def busy(self, project_id: str) -> bool:
        """Whether items of that project are on their way: its first round waits for them."""
        ...

    def keep_rejects(self, job_id: str, text: str) -> None:
        """The refused rows as CSV, until they are posted."""
        ...

    def rejects(self, job_id: str) -> str:
        """Raises NotFoundError."""
        ...


class Fetches(Protocol):
    """Brings a file to this machine."""

    def fetch(self, job: ImportJob, folder: Path) -> Path:
        """The file, in `folder`. Raises FetchError (it can't be had), FetchLaterError (not now) of bot.services.download."""
        ...
