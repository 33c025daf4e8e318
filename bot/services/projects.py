"""Setting a project up, pausing it, asking how it stands."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from bot.domain import (
    Act,
    ActKind,
    ConflictError,
    NotFoundError,
    Project,
    ProjectState,
    RoundState,
    RoundtableError,
    Status,
    labelsets,
)
from bot.services import schedule
from bot.services.ports import Clock, Store
from bot.services.reactions import NAME, plain_name
from bot.services.seeding import Matcher, SeedPatternError

MAX_LABELS = 100  # as in Project
MAX_GUIDELINE = 2_900  # one block of a modal
MAX_AUDIT = 500  # as many as the largest batch


class ProjectError(RoundtableError):
    """A setting of a project that can't be; the text has a line per fault. `field` is the first one's name in `Project`."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


def slug(name: str) -> str:
    """The id made of a name: lower case letters, digits and hyphens, at most 40.

    Where letters of another script are left out, a hash of the name makes up for them, always the same, so that names that differ
    only in those have ids that differ. Raises ProjectError for a name without any letter or digit at all."""
    letters = unicodedata.normalize("NFKC", name).casefold().translate(_LATIN)
    known = [_ascii(mark) for mark in letters]
    base = re.sub(r"[^a-z0-9]+", "-", "".join(known)).strip("-")
    lost = any(mark.isalnum() and not plain for mark, plain in zip(letters, known, strict=True))
    if not lost and not base:
        raise ProjectError(f"'{name}' has no letter or digit to make an id of; give the project another name.", "name")
    if not lost:
        return base[:40].rstrip("-")
    essence = "".join(mark for mark in letters if mark.isalnum())
    return f"{base[:31].rstrip('-') or 'p'}-{hashlib.blake2b(essence.encode(), digest_size=4).hexdigest()}"


# Latin letters that Unicode takes for letters of their own, not for a base with a mark. Casefold has made "ss" of the German one.
_LATIN: Final = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def _ascii(mark: str) -> str:
    return unicodedata.normalize("NFKD", mark).encode("ascii", "ignore").decode()


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


def checked(fields: Mapping[str, Any], clock: Clock) -> Project:
    """A project of these fields, if it can be. Raises ProjectError."""
    _check_labels(fields["labels"], fields["positive"])
    try:
        project = Project.model_validate(dict(fields))
    except ValidationError as error:
        faults = error.errors()
        raise ProjectError("\n".join(map(_sentence, faults)), str(faults[0]["loc"][0])) from error
    _check_guidelines(project)
    _check_reactions(project)
    _check_plan(project)
    if project.multi_label and not all(label.isprintable() for label in project.labels):
        raise ProjectError("A label has control characters in it.", "labels")
    with _blaming("seed_patterns"):
        Matcher(project.seed_patterns)
    with _blaming("timezone"):
        schedule.zone(project.timezone)
    if project.schedule is not None:
        with _blaming("schedule"):
            schedule.next_time(project.schedule, project.timezone, clock.now())
    return project


@contextlib.contextmanager
def _blaming(field: str) -> Iterator[None]:
    try:
        yield
    except (SeedPatternError, schedule.ScheduleError) as error:
        raise ProjectError(str(error), field) from error


def _sentence(fault: Any) -> str:
    return f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']} (given: {fault['input']!r})."


def _check_labels(labels: tuple[str, ...], positive: str | None) -> None:
    if len(labels) < 2 or not all(labels):
        raise ProjectError(
            "A project needs at least two labels, none of them empty, e.g. negative and other.", "labels"
        )
    if len(labels) > MAX_LABELS:
        raise ProjectError(
            f"A project has at most {MAX_LABELS} labels, as many as fit into a menu; these are {len(labels)}.", "labels"
        )
    if len({label.casefold() for label in labels}) != len(labels):
        raise ProjectError("Two labels are the same; each needs its own name.", "labels")
    # A button's text ends at 75 characters; a menu carries labels as JSON, where quotes and the like take two or more.
    long = [label for label in labels if len(label) > 75 or len(json.dumps(label, ensure_ascii=False)) > 85]
    if long:
        raise ProjectError(
            f"The label '{long[0][:30]}…' is longer than the 75 characters that a Slack button takes.", "labels"
        )
    if positive is not None and positive not in labels:
        raise ProjectError(
            f"The positive class '{positive}' is not one of the labels ({', '.join(labels)}).", "positive"
        )


def _check_guidelines(project: Project) -> None:
    for label, text in project.guidelines.items():
        if label not in project.labels:
            known = ", ".join(project.labels[:20])
            raise ProjectError(
                f"There is a guideline for '{label[:75]}', which is none of the labels ({known}).", "guidelines"
            )
        if not text.strip() or len(text) > MAX_GUIDELINE:
            raise ProjectError(
                f"The guideline for '{label}' has {len(text):,} characters; 1 to {MAX_GUIDELINE:,} can be shown.",
                "guidelines",
            )


def _check_reactions(project: Project) -> None:
    names = [plain_name(emoji) for emoji in project.reactions]
    for emoji, label in project.reactions.items():
        if not NAME.match(plain_name(emoji)):
            raise ProjectError(f"'{emoji[:40]}' is not the name of an emoji, like white_check_mark.", "reactions")
        if names.count(plain_name(emoji)) > 1:
            raise ProjectError(f"The emoji {emoji} stands for two labels; each needs its own.", "reactions")
        if project.multi_label or label not in project.labels:
            known = "no label here, as items may have several" if project.multi_label else "none of the labels"
            raise ProjectError(f"The emoji {emoji} would stand for '{label[:75]}', which is {known}.", "reactions")


def warm_up() -> None:
    """Loads what checking a project needs, behind a person's back: in Slack, an answer has to be there within 3 s."""
    threading.Thread(target=importlib.import_module, args=("learner.strategies.registry",), daemon=True).start()


def _check_plan(project: Project) -> None:
    # Imported here: it brings scikit-learn along, which most commands never need and which takes a second to load.
    from learner.errors import TargetError, UnknownStrategyError
    from learner.strategies import registry
    from learner.threshold import parse_target

    try:
        parse_target(project.target)
    except TargetError as error:
        raise ProjectError(f"{error}.", "target") from error
    if project.audit_per_round > project.batch_size:
        raise ProjectError(
            f"{project.audit_per_round} audit items don't fit into a batch of {project.batch_size}; "
            "raise --batch-size or lower --audit-per-round.",
            "audit_per_round",
        )
    try:
        registry.get(project.strategy)
        if project.multi_label:
            registry.check_multi_label(project.strategy)
    except UnknownStrategyError as error:
        raise ProjectError(f"{str(error)[:1].upper()}{str(error)[1:]}.", "strategy") from error


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
        raise ConflictError("No round is open, so there is nothing to close.")
    now = clock.now()
    act = Act(kind=ActKind.CLOSE_ROUND, by=user_id, at=now, note=f"round {current.number}")
    store.rounds.ask_to_close(project_id, current.number, user_id, now, act)
    store.guard.wake()
    return current.number


def audit(store: Store, clock: Clock, project_id: str, labels: int, user_id: str) -> int:
    """Makes the next round one that measures only: `labels` audit items. Returns that round's number.

    Raises ProjectError for a number that can't be, ConflictError if nothing is left to draw or the project is paused.
    """
    project = store.projects.get(project_id)
    if not 1 <= labels <= MAX_AUDIT:
        raise ProjectError(f"An audit takes 1 to {MAX_AUDIT} labels, not {labels}.")
    if project.state is not ProjectState.ACTIVE:
        raise ConflictError(f"{project.name} is paused; resume it first, or its audit never begins.")
    left = store.items.count(project_id) - sum(store.votes.label_counts(project_id).values())
    if left <= 0:
        raise ConflictError("Every item has its label already: there is nothing left to draw an audit from.")
    current = store.rounds.current(project_id)
    number = current.number + 1 if current is not None else 1
    act = Act(kind=ActKind.AUDIT, by=user_id, at=clock.now(), note=f"{labels} labels in round {number}")
    store.projects.update(project_id, {"audit_round": (number, labels)}, act)
    store.guard.wake()
    return number


def start(store: Store, clock: Clock, project_id: str, user_id: str) -> int:
    """Begins the next round now, whatever the schedule says; returns its number. Raises ConflictError where none can begin."""
    project, current = store.projects.get(project_id), store.rounds.current(project_id)
    number = current.number + 1 if current is not None else 1
    if project.state is not ProjectState.ACTIVE:
        raise ConflictError(f"{project.name} is paused; resume it first.")
    if current is not None and current.state is not RoundState.CLOSED:
        raise ConflictError(
            f"Round {current.number} of {project.name} is {current.state.value}; the next one can begin after it."
        )
    items = store.items.count(project_id)
    if items == 0:
        raise ConflictError(f"{project.name} has no items yet: drop a CSV or JSONL file into its channel first.")
    if items <= sum(store.votes.label_counts(project_id).values()):
        raise ConflictError(f"Every item of {project.name} has its label: there is nothing left to ask.")
    if project.max_rounds is not None and number > project.max_rounds:
        raise ConflictError(
            f"{project.name} ends after {project.max_rounds} rounds; raise that number in its settings first."
        )
    act = Act(kind=ActKind.START, by=user_id, at=clock.now(), note=f"round {number}")
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
    )


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
    there = f"there are: {known}" if known else "there is none yet: `roundtable project create` makes one"
    raise NotFoundError(f"There is no project '{name}'; {there}.")
