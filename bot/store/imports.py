"""Imports that people asked for in Slack: few, and small."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain import Act, ConflictError, ImportJob, NotFoundError
from bot.services.ports import PostIntent
from bot.store.acts import act_fields
from bot.store.client import Db
from bot.store.codec import millis, posts_json, stored_value
from bot.store.keys import REJECTS_TTL
from bot.words import say


class Imports:
    """Implements `ports.ImportStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, job: ImportJob, posts: Sequence[PostIntent]) -> bool:
        """Stores it, intends its message and wakes a worker; nothing if it is there."""
        is_open = 1 if job.open else 0
        return bool(self._db.run("add_import", job.id, job.model_dump_json(), posts_json(posts), is_open, durable=True))

    def get(self, job_id: str) -> ImportJob:
        """Raises NotFoundError."""
        return stored_value(ImportJob, self._text(job_id))

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
        """Puts `after` in the place of `before`, and logs the act that this ends.

        Raises ConflictError if that is not what is stored, or for an old token."""
        text = self._text(before.id)
        if stored_value(ImportJob, text) != before or not self._db.run(
            "save_import",
            before.id,
            text,
            after.model_dump_json(),
            1 if after.open else 0,
            millis(touched_at),
            posts_json(posts),
            "" if token is None else token,
            act_fields(act, {}),
            durable=True,
        ):
            raise ConflictError(say("imports-moved-on", file=before.name))
        return after

    def open(self) -> list[ImportJob]:
        """Those that a worker has something to do with, oldest first."""
        ids = sorted(self._db.read("SMEMBERS", self._db.keys("open_imports")))
        texts = self._db.read("HMGET", self._db.keys("imports"), *ids) if ids else []
        jobs = [stored_value(ImportJob, text) for text in texts if text is not None]
        return sorted((job for job in jobs if job.open), key=lambda job: (job.created_at, job.id))

    def busy(self, project_id: str) -> bool:
        """Whether items of that project are on their way."""
        return any(job.project_id == project_id for job in self.open())

    def keep_rejects(self, job_id: str, text: str) -> None:
        """The refused rows as CSV, until they are posted."""
        self._db.write("SET", self._db.keys("rejects", job_id), text, "EX", REJECTS_TTL)

    def rejects(self, job_id: str) -> str:
        """Raises NotFoundError."""
        text: str | None = self._db.read("GET", self._db.keys("rejects", job_id))
        if text is None:
            raise NotFoundError(say("imports-no-rejects", id=job_id))
        return text

    def _text(self, job_id: str) -> str:
        text: str | None = self._db.read("HGET", self._db.keys("imports"), job_id)
        if text is None:
            raise NotFoundError(say("imports-unknown", id=job_id))
        return text
