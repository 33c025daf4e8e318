"""The administrative log: who did what to a project, when, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from bot.domain import Act, ActKind, LoggedAct
from bot.services.ports import Clock, Store

LATEST: Final = 20
CLI: Final = "cli"  # who did it, where it was done on the server
DONE: Final = {
    ActKind.CREATE: "made the project",
    ActKind.CONFIG: "changed the settings",
    ActKind.RIGHTS: "changed who leads, labels or watches",
    ActKind.START: "began a round",
    ActKind.PAUSE: "paused it",
    ActKind.RESUME: "resumed it",
    ActKind.CLOSE_ROUND: "closed a round",
    ActKind.AUDIT: "asked for an audit",
    ActKind.ROLLBACK: "went back to an earlier model",
    ActKind.EXPORT: "exported",
    ActKind.IMPORT: "imported",
}
PEOPLE: Final = frozenset({"leads", "annotators", "observers"})
LONGEST: Final = 200  # characters of a value, as it is told


def record(store: Store, clock: Clock, project_id: str, kind: ActKind, by: str | None, note: str) -> None:
    """Appends an act whose own write could not carry it along."""
    store.acts.append(project_id, Act(kind=kind, by=by, at=clock.now(), note=note))


def latest(store: Store, project_id: str, limit: int | None = LATEST) -> list[LoggedAct]:
    """Newest first. Raises NotFoundError for a project that there is not."""
    return store.acts.latest(store.projects.get(project_id).id, limit)


def kind_of(changes: frozenset[str] | set[str]) -> ActKind:
    """What a change of these settings is: one of rights, if it changes nothing else."""
    return ActKind.RIGHTS if changes and changes <= PEOPLE else ActKind.CONFIG


def told(act: LoggedAct) -> str:
    """What was done, in plain text: "changed the settings: batch_size 50 -> 20"."""
    details = [act.note] if act.note else []
    if act.kind in (ActKind.CONFIG, ActKind.RIGHTS):
        details += _moves(act.changes)
    return f"{DONE[act.kind]}: {'; '.join(details)}" if details else DONE[act.kind]


def _moves(changes: dict[str, tuple[Any, Any]]) -> Iterator[str]:
    for name, (old, new) in sorted(changes.items()):
        yield f"{name} {_value(old)} -> {_value(new)}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        text = ", ".join(map(str, value)) or "none"
    elif isinstance(value, dict):
        text = ", ".join(f"{key}: {entry}" for key, entry in value.items()) or "none"
    else:
        text = "none" if value is None or value == "" else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
