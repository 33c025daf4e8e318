"""Projects in one hash: they are few and always read together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.domain import Act, ConflictError, NotFoundError, Project
from bot.store.acts import act_fields
from bot.store.client import Db
from bot.store.codec import compact, stored_value

STAMPS = {"state_by", "state_at"}  # the log's entry says so itself
ATTEMPTS = 50  # each lost one means that somebody else's change was saved


class Projects:
    """Implements `ports.ProjectStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, project: Project, act: Act | None = None) -> None:
        """Raises ConflictError if the id is taken."""
        entry = act_fields(act, {})
        added = self._db.run("add_project", project.id, project.model_dump_json(), entry, durable=True)
        # The very same again is a repeated call after an answer that got lost.
        if not added and self.get(project.id) != project:
            raise ConflictError(f"There is a project {project.id} already; choose another name.")

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
    ) -> Project:
        """Changes these settings and no others, so two changes at once both stand. Returns the project after it.

        `expected`: only if the project is still that one; ConflictError otherwise.
        Raises NotFoundError, ValidationError (a ValueError) for values that can't be, ConflictError if others never cease to
        change it."""
        for _ in range(ATTEMPTS):
            text = self._text(project_id)
            before = stored_value(Project, text)
            if expected is not None and before != expected:
                raise ConflictError(
                    f"Project {project_id} was changed by somebody else just now; look at it and try again."
                )
            after = Project.model_validate(before.model_dump() | dict(changes))
            if after == before:
                return before
            # What a newer version wrote stays: only the changed fields are replaced.
            fields = json.loads(text) | json.loads(after.model_dump_json(include=set(changes)))
            entry = act_fields(act, _moved(before, after))
            if self._db.run("save_project", project_id, text, compact(fields), entry, durable=True):
                return after
        raise ConflictError(f"Project {project_id} is being changed by others just now; try again.")

    def _text(self, project_id: str) -> str:
        text: str | None = self._db.read("HGET", self._db.keys("projects"), project_id)
        if text is None:
            known = ", ".join(project.id for project in self.all()) or "none yet"
            raise NotFoundError(f"There is no project {project_id}; there are: {known}.")
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
