"""One project after the other, so that one client's trouble is not another's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain import Project
from bot.services.ports import Store
from bot.words import speaking

Fault = Callable[[Project, Exception], None]


def each(store: Store, step: Callable[[Project], datetime | None], fault: Fault | None) -> dict[str, datetime]:
    """Takes `step` with every project, in its language; project id -> the moment that it returned, if any.

    `fault` hears of what went wrong with a project, and the others go on; without it, the first fault is raised.
    """
    due: dict[str, datetime] = {}
    for project in store.projects.all():
        try:
            with speaking(project.language):
                moment = step(project)
        except Exception as error:  # the edge between projects
            if fault is None:
                raise
            fault(project, error)
            continue
        if moment is not None:
            due[project.id] = moment
    return due
