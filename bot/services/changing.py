"""A project's settings changed while it runs: what may be, from when it holds, and what others changed meanwhile.

Each setting stands by itself. Who fills in a form has seen the settings as they were when it was opened (`fingerprint`); only what
this person changed is written, and where somebody else changed the very same setting meanwhile, the form is asked about again. On the
command line nobody has seen anything, and what is said there holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from bot.domain import Act, ConflictError, Project, RoundState
from bot.services import adminlog, in_words
from bot.services.ports import Clock, Store
from bot.services.project_rules import PEOPLE, ProjectError, checked, slug
from bot.words import say

# What may be changed. The channel, what the learner sees of a text and whether an item may carry several labels may not: items,
# messages and votes there are depend on them.
CHANGEABLE: Final = (
    "name",
    "labels",
    "guidelines",
    "positive",
    "target",
    "strategy",
    "batch_size",
    "audit_per_round",
    "overlap",
    "reask_per_round",
    "gold_per_round",
    "seed_patterns",
    "reactions",
    "max_rounds",
    "planned_labels",
    "schedule",
    "timezone",
    "language",
    "deadline_minutes",
    "items_in",
    "suggestions",
    "leads",
    "annotators",
    "observers",
    "report_schedule",
    "report_to",
    "lead_notes",
    "reminders",
)
SHOWN: Final = {"labels", "language"}  # by the messages of an open round
ATTEMPTS: Final = 5


class Changed(NamedTuple):
    """What came of it: the project, and each setting that is another now, before and after."""

    project: Project
    settings: dict[str, tuple[Any, Any]]


def fingerprint(project: Project) -> dict[str, str]:
    """A short mark of each setting that may be changed."""
    return {name: _mark(_now(project, name)) for name in CHANGEABLE}


def _same(one: Any, other: Any, name: str) -> bool:
    return sorted(one) == sorted(other) if name in PEOPLE else bool(one == other)  # no menu keeps people's order


def _now(project: Project, name: str) -> Any:
    """The setting as people see it: an overlap that waits for the next round is what they chose."""
    return project.next_overlap or project.overlap if name == "overlap" else getattr(project, name)


def _mark(value: Any) -> str:
    plain = (
        sorted(value.items() if isinstance(value, Mapping) else value) if isinstance(value, Mapping | tuple) else value
    )
    return hashlib.blake2b(repr(plain).encode(), digest_size=4).hexdigest()


def change(
    store: Store, clock: Clock, project_id: str, wanted: Mapping[str, Any], seen: Mapping[str, str] | None, user_id: str
) -> Changed:
    """Changes what differs from what was `seen`; None: whatever differs.

    Raises NotFoundError, ProjectError (a setting that can't be, or that somebody else changed meanwhile), ConflictError."""
    for _ in range(ATTEMPTS):
        before, looked_at = store.projects.get(project_id), store.votes.log_end(project_id)
        changes = _changes(before, wanted, seen)
        _check_labels_kept(store, before, changes)
        after = checked(before.model_dump() | changes, clock)
        stored = {name: getattr(after, name) for name in changes}
        if "report_schedule" in changes:
            stored["report_since"] = clock.now()  # it does not look back
        if "overlap" in changes and _is_round_on(store, project_id):
            # An open round goes on with the overlap that its items were asked with.
            del stored["overlap"]
            stored["next_overlap"] = None if after.overlap == before.overlap else after.overlap
        elif "overlap" in changes:
            stored["next_overlap"] = None
        try:
            act = Act(kind=adminlog.kind_of(set(changes)), by=user_id, at=clock.now())
            project = before
            if stored:
                project = store.projects.update(project_id, stored, act=act, expected=before, looked_at=looked_at)
        except ConflictError:
            continue  # somebody else's change, or an answer with a label that goes, came in between: looked at again
        if changes.keys() & SHOWN:
            _show_anew(store, clock, project)
        store.guard.wake()  # a schedule may be due now
        return Changed(project, {name: (_now(before, name), _now(project, name)) for name in changes})
    raise ConflictError(say("project-changing", project=project_id))


def _changes(before: Project, wanted: Mapping[str, Any], seen: Mapping[str, str] | None) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name in CHANGEABLE:
        if name not in wanted or (seen is not None and _mark(wanted[name]) == seen.get(name)):
            continue
        now = _now(before, name)
        if _same(wanted[name], now, name):
            continue
        if seen is not None and _mark(now) != seen.get(name):
            raise ProjectError(_meanwhile(before, name), name)
        changes[name] = wanted[name]
    if "name" in changes:
        slug(changes["name"])  # what no id can be made of is no name, though the id stays
    if "labels" in changes:
        # Where they stand stays as it was: buttons have numbers, and answers with several labels keep the project's order.
        kept = [label for label in before.labels if label in changes["labels"]]
        changes["labels"] = (*kept, *(label for label in changes["labels"] if label not in before.labels))
        if changes["labels"] == before.labels:
            del changes["labels"]
    return changes


def _meanwhile(now: Project, name: str) -> str:
    if name in PEOPLE:  # ids would tell nobody anything
        return say("setup-meanwhile")
    value = str(now.next_overlap or now.overlap) if name == "overlap" else in_words.told(now, name)
    return say("setup-meanwhile-to", now=value)


def _check_labels_kept(store: Store, before: Project, changes: Mapping[str, Any]) -> None:
    """A label that anybody has used stays: what was said with it can't be unsaid. To rename one is to take it away."""
    gone = set(before.labels) - set(changes.get("labels", before.labels))
    if not gone:
        return
    values = set(store.votes.label_counts(before.id))
    values |= {value for votes in store.votes.votes_on(before.id).values() for value in votes.values()}
    values |= {note.label for notes in store.decisions.notes(before.id).values() for note in notes if note.label}
    used = sorted(label for label in gone if any(before.carries(value, label) for value in values))
    if used:
        raise ProjectError(say("setup-label-used", label=used[0]), "labels")


def _is_round_on(store: Store, project_id: str) -> bool:
    current = store.rounds.current(project_id)
    return current is not None and current.state is not RoundState.CLOSED


def _show_anew(store: Store, clock: Clock, project: Project) -> None:
    """The open round's messages get the new buttons, or words."""
    current = store.rounds.current(project.id)
    if current is not None and current.state is RoundState.OPEN:
        keys = [f"query:{query.id}" for query in store.rounds.queries(project.id, current.number)]
        store.outbox.touch([f"round:{project.id}:{current.number}", *keys], clock.now())


def with_its_overlap(store: Store, project: Project) -> Project:
    """The project as its next round is to be opened: with the overlap that waited for it. Repeated, it changes nothing."""
    if project.next_overlap is None:
        return project
    return store.projects.update(project.id, {"overlap": project.next_overlap, "next_overlap": None})
