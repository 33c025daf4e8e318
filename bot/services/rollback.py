"""Going back to an earlier model version.

It is current from then on: the next round is planned with it and the pool scored by it, on the features that it was trained on. It
holds while the labels are as they are now; as soon as one has moved, the next training makes a new version current, as ever.
"""

from __future__ import annotations

from bot.domain import Act, ActKind, ConflictError, ModelVersion, NotFoundError, RoundState, RoundtableError
from bot.services.ports import Clock, Store
from bot.words import say


def choices(store: Store, project_id: str) -> list[ModelVersion]:
    """The versions that one can go back to, newest first; the current one is not among them."""
    current = store.models.current(store.projects.get(project_id).id)
    kept = [version for version in store.models.kept(project_id) if current is None or version.id != current.id]
    return kept[::-1]


def short(version_id: str) -> str:
    """A version's id without its project's: "m3-118"."""
    return version_id.partition(":")[2]


def go_back(store: Store, clock: Clock, project_id: str, version: str, user_id: str) -> ModelVersion:
    """Makes that version (its id, with or without the project's) current.

    Raises NotFoundError, which lists those there are; ConflictError while a round is being learned from."""
    project, current = store.projects.get(project_id), store.rounds.current(project_id)
    if current is not None and current.state is RoundState.CLOSING:
        raise ConflictError(say("leads-rollback-busy", round=str(current.number), project=project.name))
    there = choices(store, project_id)
    found = next((each for each in there if version in (each.id, short(each.id))), None)
    before = store.models.current(project_id)
    if found is None:
        raise _no_such(before, version, there)
    note = f"{short(before.id) if before else '-'} -> {short(found.id)}"
    store.models.roll_back(project_id, found.id, Act(kind=ActKind.ROLLBACK, by=user_id, at=clock.now(), note=note))
    return found


def _no_such(current: ModelVersion | None, version: str, there: list[ModelVersion]) -> RoundtableError:
    if current is not None and version in (current.id, short(current.id)):
        return ConflictError(say("leads-rollback-current", version=short(current.id)))
    known = ", ".join(short(each.id) for each in there[:20])
    if known and not version:
        return NotFoundError(say("leads-rollback-which", known=known))
    if not known:
        return NotFoundError(say("leads-rollback-none", version=version[:60]))
    return NotFoundError(say("leads-rollback-unknown", version=version[:60], known=known))
