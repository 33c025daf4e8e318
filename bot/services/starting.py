"""A project set up by people in Slack: stored, and told in its channel."""

from __future__ import annotations

from bot.domain import Act, ActKind, Project
from bot.services.ports import PostIntent, Store


def welcome_key(project_id: str) -> str:
    """The key of the message with which a project begins."""
    return f"welcome:{project_id}"


def begin(store: Store, project: Project, user_id: str) -> None:
    """Stores a new project and has its channel told. Raises ConflictError if the name is taken."""
    store.projects.add(project, Act(kind=ActKind.CREATE, by=user_id, at=project.created_at))
    store.outbox.intend([PostIntent(welcome_key(project.id), project.id, project.channel_id, None)])
