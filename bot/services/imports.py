"""Imports that people ask for in Slack: asked for here, and worked on by bot.services.importing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.domain import ConflictError, ImportJob, ImportState, Project
from bot.services.ports import Clock, PostIntent, Store, in_thread_of
from bot.services.tabular import SUFFIXES, TableError
from bot.words import say


def message_key(job_id: str) -> str:
    """The key of an import's message."""
    return f"import:{job_id}"


def rejects_key(job_id: str) -> str:
    """The key of the file with its refused rows."""
    return f"rejects:{job_id}"


def is_table(name: str) -> bool:
    """Whether a file of that name can be imported."""
    return Path(name).suffix.lower() in SUFFIXES


def ask(store: Store, job: ImportJob) -> bool:
    """Takes up an import, which a worker then looks at. False: that very one was asked for before."""
    return store.imports.add(job, [post(job)])


def post(job: ImportJob) -> PostIntent:
    """Its message, which tells how it goes."""
    thread = in_thread_of(job.thread_ts) if job.thread_ts else None
    return PostIntent(message_key(job.id), job.project_id, job.channel_id, thread)


def choose(
    store: Store,
    clock: Clock,
    job_id: str,
    user_id: str,
    *,
    project: Project,
    text_column: str,
    label_column: str | None,
) -> ImportJob:
    """A person says what the columns are, and the import begins. Said twice, it begins once.

    Raises NotFoundError, ConflictError (it is not waiting for an answer), TableError (a column that can't be)."""
    job = store.imports.get(job_id)
    if job.state is not ImportState.ASKING:
        raise ConflictError(say("imports-not-waiting", file=job.name))
    for column in filter(None, (text_column, label_column)):
        if column not in job.columns:
            raise TableError(say("imports-no-column", file=job.name, column=repr(column)))
    if text_column == label_column:
        raise TableError(say("imports-same-column"))
    changes = {
        "state": ImportState.RUNNING,
        "project_id": project.id,
        "text_column": text_column,
        "label_column": label_column,
        "chosen_by": user_id,
        "attempts": 0,
        "not_before": None,
    }
    return store.imports.save(job, job.model_copy(update=changes), clock.now())


def drop(store: Store, clock: Clock, job_id: str, user_id: str) -> ImportJob:
    """A person says that a file is not to be imported. Raises NotFoundError, ConflictError."""
    job = store.imports.get(job_id)
    if job.state is not ImportState.ASKING:
        raise ConflictError(say("imports-not-waiting", file=job.name))
    dropped = job.model_copy(update={"state": ImportState.DROPPED, "chosen_by": user_id})
    return store.imports.save(job, dropped, clock.now())


def job_for_file(
    store: Store,
    clock: Clock,
    project: Project,
    *,
    file_id: str,
    name: str,
    size: int | None,
    user_id: str,
    thread_ts: str | None,
) -> ImportJob:
    """What a file that was dropped into a project's channel asks for.

    Into a project that has items nothing is imported unasked: items can't be taken out again. Nor where the channel has
    several projects."""
    several = len(store.projects.by_channel(project.channel_id)) > 1
    return ImportJob(
        id=f"{file_id}.{project.channel_id}",
        project_id=project.id,
        channel_id=project.channel_id,
        user_id=user_id,
        thread_ts=thread_ts,
        name=name,
        file_id=file_id,
        size=size,
        confirm=several or store.items.count(project.id) > 0,
        created_at=clock.now(),
    )


def refused(job: ImportJob, why: str) -> ImportJob:
    """An import that comes to nothing, so that whoever dropped the file is told why."""
    return job.model_copy(update={"state": ImportState.FAILED, "error": why})


def job_for_address(clock: Clock, project: Project, *, url: str, user_id: str, delivery: str) -> ImportJob:
    """What a person who gives a web address asks for. `delivery` is what makes this request this one."""
    parts = urlsplit(url)
    mark = hashlib.blake2b(delivery.encode(), digest_size=8).hexdigest()
    return ImportJob(
        id=f"web-{mark}",
        project_id=project.id,
        channel_id=project.channel_id,
        user_id=user_id,
        name=unquote(parts.path).rpartition("/")[2] or parts.hostname or "file",
        url=url,
        created_at=clock.now(),
    )


def likely_project(store: Store, candidates: Sequence[Project]) -> Project:
    """The project that a file is most likely for: one without items goes first, the newest of them. `candidates`: one at least."""
    return next((project for project in reversed(candidates) if store.items.count(project.id) == 0), candidates[-1])
