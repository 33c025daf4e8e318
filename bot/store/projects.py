"""Projects in one hash: they are few and always read together."""

from __future__ import annotations

from bot.domain import ConflictError, NotFoundError, Project
from bot.store.client import Db


class Projects:
    """Implements `ports.ProjectStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, project: Project) -> None:
        """Raises ConflictError if the id is taken."""
        added = self._db.run("add_project", project.id, project.model_dump_json(), durable=True)
        # The very same again is a repeated call after an answer that got lost.
        if not added and self.get(project.id) != project:
            raise ConflictError(f"There is a project {project.id} already; choose another name.")

    def get(self, project_id: str) -> Project:
        """Raises NotFoundError."""
        text = self._db.read("HGET", self._db.keys("projects"), project_id)
        if text is None:
            known = ", ".join(project.id for project in self.all()) or "none yet"
            raise NotFoundError(f"There is no project {project_id}; there are: {known}.")
        return Project.model_validate_json(text)

    def save(self, project: Project) -> None:
        """Replaces the project of that id. Raises NotFoundError."""
        if not self._db.run("save_project", project.id, project.model_dump_json(), durable=True):
            raise NotFoundError(f"There is no project {project.id}.")

    def all(self) -> list[Project]:
        """All, by creation."""
        texts = self._db.read("HVALS", self._db.keys("projects"))
        return sorted((Project.model_validate_json(text) for text in texts), key=lambda p: (p.created_at, p.id))

    def by_channel(self, channel_id: str) -> list[Project]:
        """Those of one channel, by creation."""
        return [project for project in self.all() if project.channel_id == channel_id]
