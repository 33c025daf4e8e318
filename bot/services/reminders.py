"""Reminders: a private word to people for whom an open round waits, and never a nuisance.

Only where the project wants them, only on working days from nine to five where the person lives, never more than one a day over all
projects, and not to who said "not today" or "never". Whether one was sent is decided in one write by person and day, so that any number of
workers remind nobody twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from bot.domain import Project, ProjectState, Round, RoundState
from bot.services import schedule
from bot.services.ports import Clock, DirectoryError, PostIntent, Store
from bot.services.rights import Rights, is_group

BEGINS, ENDS = time(9), time(17)
SATURDAY = 5
QUIET = timedelta(days=1)  # without an answer of theirs: they may have forgotten it
HURRY = timedelta(hours=4)  # the same where the deadline nears
NEAR = timedelta(days=1)  # of a deadline
ROUNDS_BACK = 3  # who answered in these labels here
MOST = 5  # projects in one reminder
REST = timedelta(hours=14)  # of "not today": over the evening, wherever the person is


class TimeZones(Protocol):
    """Where people live."""

    def timezone(self, user_id: str) -> str | None:
        """The IANA name; None for who can't be written to. Raises DirectoryError."""
        ...


class Waiting(NamedTuple):
    """A project whose open round waits for somebody: so many items of it."""

    project: Project
    round: Round
    items: int


class Reminders:
    """Sends those that are due. Any number may exist."""

    def __init__(self, store: Store, clock: Clock, rights: Rights, zones: TimeZones) -> None:
        self._store, self._clock, self._rights, self._zones = store, clock, rights, zones

    def step(self) -> list[str]:
        """Looks at everybody once; returns who is reminded now."""
        forgotten: dict[str, list[Project]] = {}
        for project in self._store.projects.all():
            current = _open_round(self._store, project)
            for user in self._people(project, current) if current is not None else ():
                if current is not None and self._forgot(project, current, user):
                    forgotten.setdefault(user, []).append(project)
        return [user for user, projects in sorted(forgotten.items()) if self._remind(projects, user)]

    def _people(self, project: Project, current: Round) -> Iterator[str]:
        """Those who label here: the annotators if they are named, else who answered in the last rounds."""
        found: set[str] = set()
        for entry in project.annotators:
            found |= self._group(entry) if is_group(entry) else {entry}
        if not project.annotators:
            for number in range(max(1, current.number - ROUNDS_BACK + 1), current.number + 1):
                found |= self._store.rounds.answers_by_person(project.id, number).keys()
        yield from sorted(found)

    def _group(self, group_id: str) -> frozenset[str]:
        try:
            return self._rights.directory.group(group_id)
        except DirectoryError:
            return frozenset()  # nobody knows who they are: another time

    def _forgot(self, project: Project, current: Round, user: str) -> bool:
        """Whether the round waits for that person, and they have not been at it lately."""
        now = self._clock.now()
        quiet = HURRY if _deadline_nears(current, now) else QUIET
        if now - current.opened_at < min(quiet, _half(current) or quiet):
            return False
        _, lately = self._store.queue.recent(project.id, user, now - quiet)
        return not lately and self._store.queue.standing(project.id, user, now).left > 0

    def _remind(self, projects: list[Project], user: str) -> bool:
        now = self._clock.now()
        if self._store.reminders.is_off(user, now):
            return False
        try:
            theirs = [project for project in projects if self._rights.may_vote(project, user)][:MOST]
            name = self._zones.timezone(user) if theirs else None
        except DirectoryError:
            return False
        local = now.astimezone(_zone(name, theirs[0])) if name is not None else None
        if local is None or not at_work(local):
            return False
        day = f"{local:%Y-%m-%d}"
        key = f"remind:{','.join(project.id for project in theirs)}:{day}:{user}"
        return self._store.reminders.remind(user, day, now, PostIntent(key, theirs[0].id, user, None))


def _zone(name: str, project: Project) -> ZoneInfo:
    try:
        return schedule.zone(name)
    except schedule.ScheduleError:
        return schedule.zone(project.timezone)  # one that this machine does not know


def at_work(local: datetime) -> bool:
    """Whether a local time lies in working hours."""
    return local.weekday() < SATURDAY and BEGINS <= local.time() < ENDS


def _half(current: Round) -> timedelta | None:
    return (current.deadline - current.opened_at) / 2 if current.deadline is not None else None


def _deadline_nears(current: Round, now: datetime) -> bool:
    half = _half(current)
    return (
        half is not None
        and current.deadline is not None
        and current.deadline - now <= NEAR
        and now - current.opened_at >= half
    )


def _open_round(store: Store, project: Project) -> Round | None:
    if not project.reminders or project.state is not ProjectState.ACTIVE:
        return None
    current = store.rounds.current(project.id)
    return current if current is not None and current.state is RoundState.OPEN else None


def waiting_for(store: Store, project_ids: Iterable[str], user: str, now: datetime) -> list[Waiting]:
    """What of these projects still waits for that person."""
    found = []
    for project in map(store.projects.get, project_ids):
        current = _open_round(store, project)
        if current is not None and (left := store.queue.standing(project.id, user, now).left):
            found.append(Waiting(project, current, left))
    return found


def not_today(store: Store, clock: Clock, user: str) -> None:
    """No more reminders until tomorrow."""
    store.reminders.quieten(user, clock.now() + REST)


def never(store: Store, user: str) -> None:
    """No more reminders, until the person wants them again."""
    store.reminders.quieten(user, None)


def again(store: Store, user: str) -> None:
    """Reminders may come again."""
    store.reminders.resume(user)
