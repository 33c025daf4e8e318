"""Setting a project up, pausing it, asking how it stands."""

from __future__ import annotations

from typing import Any

from bot.domain import (
    Act,
    ActKind,
    ConflictError,
    NotFoundError,
    Project,
    ProjectState,
    Report,
    RoundState,
    Status,
    labelsets,
)
from bot.domain.acts import audit_note, round_note
from bot.services import schedule
from bot.services.late_learning import learned_since
from bot.services.ports import Clock, Store
from bot.services.project_rules import ProjectError, checked, slug
from bot.words import say

MAX_AUDIT = 500  # as many as the largest batch


def create(
    store: Store,
    clock: Clock,
    *,
    name: str,
    channel_id: str,
    channel_name: str,
    labels: list[str] | tuple[str, ...],
    positive: str | None = None,
    by: str | None = None,
    **options: Any,
) -> Project:
    """A new project. `positive` defaults to the first label; `by`: who makes it.

    Raises ProjectError, ConflictError if the name is taken."""
    places = {"channel_id": channel_id, "channel_name": channel_name}
    project = planned(clock, name=name, labels=labels, positive=positive, **places, **options)
    store.projects.add(project, Act(kind=ActKind.CREATE, by=by, at=clock.now()))
    return project


def planned(
    clock: Clock,
    *,
    name: str,
    channel_id: str,
    channel_name: str,
    labels: list[str] | tuple[str, ...],
    positive: str | None = None,
    **options: Any,
) -> Project:
    """A new project that can be, not stored yet. Raises ProjectError."""
    cleaned = tuple(label.strip() for label in labels)
    return checked(
        {
            "id": slug(name),
            "name": name.strip(),
            "channel_id": channel_id,
            "channel_name": channel_name.lstrip("#"),
            "labels": cleaned,
            "positive": positive or next(iter(cleaned), ""),
            "created_at": clock.now(),
            **options,
        },
        clock,
    )


def pause(store: Store, clock: Clock, project_id: str, user_id: str) -> Project:
    """No new round until it is resumed; the open one can still be answered. Pausing twice is no fault."""
    return _set_state(store, clock, project_id, user_id, ProjectState.PAUSED)


def pause_for_silence(store: Store, clock: Clock, project_id: str) -> Project:
    """The same, by Roundtable itself: a round passed without an answer."""
    return _set_state(store, clock, project_id, None, ProjectState.PAUSED)


def resume(store: Store, clock: Clock, project_id: str, user_id: str) -> Project:
    """Rounds go on where they were."""
    project = _set_state(store, clock, project_id, user_id, ProjectState.ACTIVE)
    store.guard.wake()
    return project


def _set_state(store: Store, clock: Clock, project_id: str, user_id: str | None, state: ProjectState) -> Project:
    project = store.projects.get(project_id)
    if project.state is not state:
        now = clock.now()
        kind = ActKind.PAUSE if state is ProjectState.PAUSED else ActKind.RESUME
        changes = {"state": state, "state_by": user_id, "state_at": now}
        project = store.projects.update(project_id, changes, Act(kind=kind, by=user_id, at=now))
    return project


def close_round(store: Store, clock: Clock, project_id: str, user_id: str) -> int:
    """Asks the worker to close the open round now; returns its number. Raises ConflictError if none is open."""
    current = store.rounds.current(project_id)
    if current is None or current.state is not RoundState.OPEN:
        raise ConflictError(say("project-none-open"))
    now = clock.now()
    act = Act(kind=ActKind.CLOSE_ROUND, by=user_id, at=now, note=round_note(current.number))
    store.rounds.ask_to_close(project_id, current.number, user_id, now, act)
    store.guard.wake()
    return current.number


def audit(store: Store, clock: Clock, project_id: str, labels: int, user_id: str) -> int:
    """Makes the next round one that measures only: `labels` audit items. Returns that round's number.

    Raises ProjectError for a number that can't be, ConflictError if nothing is left to draw or the project is paused.
    """
    project = store.projects.get(project_id)
    if not 1 <= labels <= MAX_AUDIT:
        raise ProjectError(say("project-audit-labels", most=MAX_AUDIT, given=str(labels)))
    if project.state is not ProjectState.ACTIVE:
        raise ConflictError(say("project-audit-paused", project=project.name))
    items = store.items.count(project_id)
    if not items:
        raise ConflictError(say("project-no-items", project=project.name))
    if items <= sum(store.votes.label_counts(project_id).values()):
        raise ConflictError(say("project-audit-nothing"))
    current = store.rounds.current(project_id)
    number = current.number + 1 if current is not None else 1
    act = Act(kind=ActKind.AUDIT, by=user_id, at=clock.now(), note=audit_note(labels, number))
    store.projects.update(project_id, {"audit_round": (number, labels)}, act)
    store.guard.wake()
    return number


def start(store: Store, clock: Clock, project_id: str, user_id: str) -> int:
    """Begins the next round now, whatever the schedule says; returns its number. Raises ConflictError where none can begin."""
    project, current = store.projects.get(project_id), store.rounds.current(project_id)
    number = current.number + 1 if current is not None else 1
    if project.state is not ProjectState.ACTIVE:
        raise ConflictError(say("project-paused", project=project.name))
    if current is not None and current.state is not RoundState.CLOSED:
        state = "closing" if current.state is RoundState.CLOSING else "open"
        raise ConflictError(say("project-round-on", round=str(current.number), project=project.name, state=state))
    items = store.items.count(project_id)
    if items == 0:
        raise ConflictError(say("project-no-items", project=project.name))
    if items <= sum(store.votes.label_counts(project_id).values()):
        raise ConflictError(say("project-all-labelled", project=project.name))
    if project.max_rounds is not None and number > project.max_rounds:
        raise ConflictError(say("project-last-round", project=project.name, rounds=project.max_rounds))
    act = Act(kind=ActKind.START, by=user_id, at=clock.now(), note=round_note(number))
    store.projects.update(project_id, {"start_round": number}, act)
    store.guard.wake()
    return number


def status(store: Store, clock: Clock, project_id: str) -> Status:
    """How a project stands. Raises NotFoundError."""
    project = store.projects.get(project_id)
    current = store.rounds.current(project_id)
    counts = store.votes.label_counts(project_id)
    labelled = sum(counts.values())
    last = None
    if current is not None:
        last = store.rounds.report(project_id, current.number) or (
            store.rounds.report(project_id, current.number - 1) if current.number > 1 else None
        )
    waiting = current is None or current.state is RoundState.CLOSED
    due = schedule.opens_at(project, current) if waiting else None
    return Status(
        project=project,
        round=current,
        labels=labelled,
        positives=sum(count for value, count in counts.items() if project.is_positive(value)),
        by_label=_by_label(project, counts),
        pool_size=max(0, store.items.count(project_id) - labelled),
        people=store.rounds.answers_by_person(project_id, current.number) if current else {},
        last_report=last,
        next_round_at=due if due is not None and due > clock.now() else None,
        pending_messages=store.outbox.pending_count(project_id),
        disputes=tuple(store.decisions.disputes(project_id)),
        learned_since=learned_since(store, last) if waiting else None,
    )


def report(store: Store, project_id: str, number: int | None = None) -> Report:
    """The report of that round, or the newest one. Raises NotFoundError."""
    if number is not None:
        found = store.rounds.report(project_id, number)
        if found is None:
            raise NotFoundError(say("reports-none-of-round", round=str(number)))
        return found
    reports = store.rounds.reports(project_id)
    if not reports:
        raise NotFoundError(say("reports-none-yet"))
    return reports[-1]


def _by_label(project: Project, counts: dict[str, int]) -> dict[str, int]:
    if not project.multi_label:
        return {}
    found = labelsets.tally(counts)
    return {label: found.get(label, 0) for label in project.labels}


def find(store: Store, name: str) -> Project:
    """The project of that id or name. Raises NotFoundError, which lists those there are."""
    projects = store.projects.all()
    for project in projects:
        if name in (project.id, project.name) or name.casefold() == project.name.casefold():
            return project
    known = ", ".join(project.id for project in projects)
    raise NotFoundError(say("project-unknown", given=name, known=known) if known else say("project-none", given=name))
