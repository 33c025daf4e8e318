"""The administrative log: who did what to a project, when, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from bot.domain import Act, ActKind, LoggedAct
from bot.domain.acts import read_audit_note, read_import_note, read_round_note
from bot.services import in_words
from bot.services.ports import Clock, Store
from bot.words import figure, say

LATEST: Final = 20
CLI: Final = "cli"  # who did it, where it was done on the server
DONE: Final = {
    ActKind.CREATE: "act-create",
    ActKind.CONFIG: "act-config",
    ActKind.RIGHTS: "act-rights",
    ActKind.START: "act-start",
    ActKind.PAUSE: "act-pause",
    ActKind.RESUME: "act-resume",
    ActKind.CLOSE_ROUND: "act-close-round",
    ActKind.AUDIT: "act-audit",
    ActKind.ROLLBACK: "act-rollback",
    ActKind.EXPORT: "act-export",
    ActKind.IMPORT: "act-import",
}
PEOPLE: Final = frozenset({"leads", "annotators", "observers"})
LONGEST: Final = 200  # characters of a value, as it is told


def record(store: Store, clock: Clock, project_id: str, kind: ActKind, by: str | None, note: str) -> None:
    """Appends an act whose own write can't carry it along: on the command line an export goes into a file, and an import is as many
    writes as it has chunks. It is logged when it is done."""
    store.acts.append(project_id, Act(kind=kind, by=by, at=clock.now(), note=note))


def latest(store: Store, project_id: str, limit: int | None = LATEST) -> list[LoggedAct]:
    """Newest first. Raises NotFoundError for a project that there is not."""
    return store.acts.latest(store.projects.get(project_id).id, limit)


def kind_of(changes: frozenset[str] | set[str]) -> ActKind:
    """What a change of these settings is: one of rights, if it changes nothing else."""
    return ActKind.RIGHTS if changes and changes <= PEOPLE else ActKind.CONFIG


def told(act: LoggedAct) -> str:
    """What was done, in plain text: "changed the settings: items in a round (50 → 20)"."""
    details = [_noted(act)] if act.note else []
    if act.kind in (ActKind.CONFIG, ActKind.RIGHTS):
        details += _moves(act.changes)
    done = say(DONE[act.kind])
    return say("act-details", done=done, details="; ".join(details)) if details else done


def _noted(act: LoggedAct) -> str:
    """A note in the language that is spoken, as far as it is of a form that is known."""
    if act.kind in (ActKind.START, ActKind.CLOSE_ROUND) and (number := read_round_note(act.note)):
        return say("act-round", round=number)
    if act.kind is ActKind.AUDIT and (audit := read_audit_note(act.note)):
        return say("act-labels", labels=audit[0], round=audit[1])
    if act.kind is ActKind.IMPORT and (imported := read_import_note(act.note)):
        return say("act-added", file=imported[0], added=figure(imported[1], ","))
    return act.note


def _moves(changes: dict[str, tuple[Any, Any]]) -> Iterator[str]:
    for name, (before, now) in changes.items():
        yield say("act-moved", setting=in_words.called(name), before=_value(name, before), now=_value(name, now))


def _value(name: str, value: Any) -> str:
    text = in_words.value_told(name, value).replace("\n", "; ")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
