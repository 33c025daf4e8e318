"""Projects in one hash: they are few and always read together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain import Act, ConflictError, NotFoundError, Project
from bot.services.ports import FirstItems, PostIntent
from bot.store.acts import act_fields
from bot.store.client import Db
from bot.store.codec import compact, posts_json, stored_value
from bot.words import say

STAMPS = {"state_by", "state_at", "report_since"}  # the log's entry says so itself
USED = -1  # save_project.lua: a label that goes is in use
ATTEMPTS = 50  # each lost one means that somebody else's change was saved


class Projects:
    """Implements `ports.ProjectStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, project: Project, act: Act | None = None) -> None:
        """Raises ConflictError if the id is taken."""
        # The very same again is a repeated call after an answer that got lost.
        if not self._added(project, act, (), "", None) and self.get(project.id) != project:
            raise ConflictError(say("project-taken", project=project.id))

    def begin(
        self, project: Project, act: Act, posts: Sequence[PostIntent], request: str, first: FirstItems | None = None
    ) -> None:
        """Adds a project, intends its messages and takes up the import of its first items, all or nothing, once for each `request`.

        Raises ConflictError if the id is taken by another one."""
        if not self._added(project, act, posts, request, first):
            raise ConflictError(say("project-taken", project=project.id))

    def _added(
        self, project: Project, act: Act | None, posts: Sequence[PostIntent], request: str, first: FirstItems | None
    ) -> bool:
        job = (first.job.id, first.job.model_dump_json(), posts_json(first.posts)) if first else ("", "", "[]")
        mine = (project.id, project.model_dump_json(), act_fields(act, {}), posts_json(posts), request)
        return bool(self._db.run("add_project", *mine, *job, durable=True))

    def get(self, project_id: str) -> Project:
        """Raises NotFoundError."""
        return stored_value(Project, self._text(project_id))

    def update(
        self,
        project_id: str,
        changes: Mapping[str, Any],
        act: Act | None = None,
        *,
        expected: Project | None = None,
        looked_at: str = "0-0",
    ) -> Project:
        """Changes these settings and no others, so two changes at once both stand. Returns the project after it.

        `expected`: only if the project is still that one; ConflictError otherwise. So it is where a label is taken away that somebody
        gave after `looked_at` (see `Votes.log_end`): from this write on it can't be given any more.
        Raises NotFoundError, ValidationError (a ValueError) for values that can't be, ConflictError if others never cease to
        change it."""
        for _ in range(ATTEMPTS):
            text = self._text(project_id)
            before = stored_value(Project, text)
            if expected is not None and before != expected:
                raise ConflictError(say("project-changed", project=project_id))
            after = Project.model_validate(before.model_dump() | dict(changes))
            if after == before:
                return before
            # What a newer version wrote stays: only the changed fields are replaced.
            fields = json.loads(text) | json.loads(after.model_dump_json(include=set(changes)))
            entry = act_fields(act, _moved(before, after))
            going = [label for label in before.labels if label not in after.labels]
            coming = [label for label in after.labels if label not in before.labels]
            marks = (compact(going), compact(coming), looked_at)
            saved = self._db.run("save_project", project_id, text, compact(fields), entry, *marks, durable=True)
            if saved == USED:
                raise ConflictError(say("project-changed", project=project_id))
            if saved:
                return after
        raise ConflictError(say("project-busy", project=project_id))

    def _text(self, project_id: str) -> str:
        text: str | None = self._db.read("HGET", self._db.keys("projects"), project_id)
        if text is None:
            known = ", ".join(project.id for project in self.all())
            raise NotFoundError(
                say("project-gone", project=project_id, known=known)
                if known
                else say("project-gone-none", project=project_id)
            )
        return text

    def all(self) -> list[Project]:
        """All, by creation."""
        texts = self._db.read("HVALS", self._db.keys("projects"))
        return sorted((stored_value(Project, text) for text in texts), key=lambda p: (p.created_at, p.id))

    def by_channel(self, channel_id: str) -> list[Project]:
        """Those of one channel, by creation."""
        return [project for project in self.all() if project.channel_id == channel_id]


def _moved(before: Project, after: Project) -> dict[str, tuple[Any, Any]]:
    """What each setting that changed was and is."""
    was, now = before.model_dump(mode="json", exclude=STAMPS), after.model_dump(mode="json", exclude=STAMPS)
    return {name: (was[name], value) for name, value in now.items() if value != was[name]}
