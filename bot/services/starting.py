"""A project set up by people in Slack: stored, told in its channel, and its items asked for."""

from __future__ import annotations

import hashlib

from bot.domain import Act, ActKind, Project
from bot.services import imports
from bot.services.ports import Clock, FirstItems, PostIntent, Store


def welcome_key(project_id: str) -> str:
    """The key of the message with which a project begins."""
    return f"welcome:{project_id}"


def begin(store: Store, clock: Clock, project: Project, user_id: str, *, delivery: str, url: str = "") -> None:
    """Stores a new project, has its channel told, and its items fetched if there is an address: in one write, so that none of it is
    there without the rest. The same form (`delivery`) sent again begins it once.

    Raises ConflictError if the name is taken."""
    wanted = f"{delivery}\n{project.model_dump_json(exclude={'created_at'})}\n{url}"
    request = f"begin:{hashlib.blake2b(wanted.encode(), digest_size=16).hexdigest()}"
    act = Act(kind=ActKind.CREATE, by=user_id, at=project.created_at)
    welcome = PostIntent(welcome_key(project.id), project.id, project.channel_id, None)
    first = None
    if url:
        job = imports.job_for_address(clock, project, url=url, user_id=user_id, delivery=delivery)
        first = FirstItems(job, (imports.post(job),))
    store.projects.begin(project, act, [welcome], request, first)
