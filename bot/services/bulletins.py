"""Scheduled reports: how a project stands and what is new since the last one, whatever its rounds are doing.

A report is known by the moment it was due, so that it comes once however many workers look. What was missed while nobody worked is made
up for by one report, not by all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from bot.domain import Bulletin, Figures, Project, ProjectState
from bot.services import measuring, projects, schedule
from bot.services.by_project import Fault, each
from bot.services.ports import Clock, PostIntent, Store


class Bulletins:
    """Makes those that are due. `leads`: who they are; the channel stands in where a project has none."""

    def __init__(self, store: Store, clock: Clock, leads: Callable[[Project], Collection[str]]) -> None:
        self._store, self._clock, self._leads = store, clock, leads

    def step_all(self, fault: Fault | None = None) -> dict[str, datetime]:
        """Makes all that are due; project id -> when the next one will be. `fault` as in by_project.each."""
        return each(self._store, self.step, fault)

    def step(self, project: Project) -> datetime | None:
        """Makes the one that is due, if one is; returns when the next one will be."""
        if project.report_schedule is None:
            return None
        now = self._clock.now()
        last = self._store.bulletins.latest_due(project.id)
        since = max(filter(None, (last, project.report_since, project.created_at)))
        due = schedule.last_time(project.report_schedule, project.timezone, since, now)
        if due is not None:
            before = self._store.bulletins.get(project.id, _millis(last)).now if last is not None else None
            made = Bulletin(
                project_id=project.id, due=due, now=figures(self._store, self._clock, project), before=before
            )
            self._store.bulletins.add(made, self._posts(project, due))
        return schedule.next_time(project.report_schedule, project.timezone, now)

    def _posts(self, project: Project, due: datetime) -> list[PostIntent]:
        key = f"bulletin:{project.id}:{_millis(due)}"
        leads = sorted(self._leads(project)) if project.report_to != "channel" else []
        posts = [PostIntent(f"{key}:{user}", project.id, user, None) for user in leads]
        if project.report_to != "leads" or not leads:
            posts.insert(0, PostIntent(key, project.id, project.channel_id, None))
        return posts


def figures(store: Store, clock: Clock, project: Project) -> Figures:
    """How the project stands now."""
    status = projects.status(store, clock, project.id)
    report, current = status.last_report, status.round
    return Figures(
        at=clock.now(),
        labels=status.labels,
        positives=status.positives,
        pool_size=status.pool_size,
        round=current.number if current else None,
        round_state=current.state if current else None,
        answered=current.answered if current else 0,
        total=current.total if current else 0,
        paused=status.project.state is ProjectState.PAUSED,
        report=report.round if report else None,
        estimate=measuring.plain(report.estimate) if report else None,
        learned_at=status.learned_since.trained_at if status.learned_since else None,
    )


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)
