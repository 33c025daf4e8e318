"""What people decide beside voting: flags, corrections (a late change of one's own vote among them), overrides.

Each ends in one atomic write; when a function returns, it is on disk. Who may do it is the caller's to ask.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from bot.domain import (
    Case,
    Decision,
    DecisionKind,
    Dispute,
    Item,
    Note,
    NotFoundError,
    Project,
    RoundState,
    RoundtableError,
    Via,
    Vote,
    VoteKind,
    VoteOutcome,
    VoteStatus,
    Why,
)
from bot.services.ports import Clock, Store
from bot.services.rights import Rights
from bot.services.voting import cast_vote

MOST = 500  # characters of a reason
ATTEMPTS = 3  # a round may close, or open, between looking and writing


class DecisionError(RoundtableError):
    """What can't be recorded as it was given. `field`: "label" or "reason", the one to mend."""

    def __init__(self, text: str, field: str) -> None:
        super().__init__(text)
        self.field = field


class Meant(StrEnum):
    """What became of a correction."""

    VOTE = "vote"  # the person's own answer in an open round
    LATE = "late"  # their own answer, after the round's end
    CORRECTION = "correction"  # of somebody whose answers are not counted: for the adjudicators


class Corrected(NamedTuple):
    """What became of a correction, and whether anything is new."""

    meant: Meant
    status: VoteStatus


def case_of(store: Store, query_id: str) -> Case:
    """The item of a query, with the newest query for it. Raises NotFoundError."""
    query = store.rounds.query(query_id)
    return store.decisions.case(query.project_id, query.item_id)


def is_late(store: Store, case: Case) -> bool:
    """Whether the item's last round is closed (or closing)."""
    return case.query_id is not None and _state(store, case.query_id) is not RoundState.OPEN


def flag(store: Store, clock: Clock, *, query_id: str, user_id: str, reason: str, action_id: str) -> VoteStatus:
    """Something is wrong with the item: leads should look. Raises DecisionError without a reason, NotFoundError."""
    case = case_of(store, query_id)
    said = _reason(reason, "Say in a few words what is wrong with it.")
    return _record(store, clock, case, DecisionKind.FLAG, user_id, action_id, reason=said)


def unflag(store: Store, clock: Clock, *, query_id: str, user_id: str, action_id: str) -> VoteStatus:
    """Takes the person's flag back. Raises NotFoundError."""
    return _record(store, clock, case_of(store, query_id), DecisionKind.UNFLAG, user_id, action_id)


def override(
    store: Store,
    clock: Clock,
    *,
    project_id: str,
    item_id: str,
    user_id: str,
    label: str | None,
    reason: str,
    action_id: str,
) -> VoteStatus:
    """The adjudicator's decision; `label` None takes it back. Raises DecisionError, NotFoundError."""
    case = store.decisions.case(project_id, item_id)
    if label is not None:
        _check(case.project, label)
    said = _reason(reason, "Give a reason: people will see why.")
    kind = DecisionKind.WITHDRAW if label is None else DecisionKind.OVERRIDE
    return _record(store, clock, case, kind, user_id, action_id, label=label, reason=said)


def correct(
    store: Store,
    clock: Clock,
    *,
    query_id: str,
    user_id: str,
    rights: Rights,
    label: str,
    reason: str,
    via: Via,
    action_id: str,
) -> Corrected:
    """A person says what is right: as their own vote if their votes count, else as a correction for the adjudicators.

    After the round's end a vote takes a reason. Raises DecisionError, NotFoundError, DirectoryError."""
    for _ in range(ATTEMPTS):
        case = case_of(store, query_id)
        _check(case.project, label)
        may_vote = rights.may_vote(case.project, user_id)
        if not may_vote or case.query_id is None:
            kind, said = DecisionKind.CORRECTION, _reason(reason)
            status = _record(store, clock, case, kind, user_id, action_id, label=label, reason=said, via=via)
            return Corrected(Meant.CORRECTION, status)
        if _state(store, case.query_id) is RoundState.OPEN:
            meant, outcome = (
                Meant.VOTE,
                _vote(store, clock, case, user_id, rights, label, _reason(reason), via, action_id),
            )
        else:
            meant, outcome = Meant.LATE, _late(store, clock, case, user_id, label, reason, via, action_id)
        if outcome.status is VoteStatus.LEARNING:
            break
        if outcome.status not in (VoteStatus.CLOSED, VoteStatus.ASKED_AGAIN):
            return Corrected(meant, outcome.status)
    raise DecisionError("The model is just learning from this round; please try again in a minute.", "label")


def next_dispute(store: Store, project_id: str, after: Dispute | None = None) -> tuple[Dispute | None, int]:
    """What to decide next, behind `after` in the order of `disputes`, and how many there are in all."""
    waiting = store.decisions.disputes(project_id)
    if after is None:
        return (waiting[0] if waiting else None), len(waiting)
    order = list(Why)
    place = (order.index(after.why), after.item_id)
    rest = (one for one in waiting if (order.index(one.why), one.item_id) > place)
    return next(rest, None), len(waiting)


def decided(store: Store, project_id: str, most: int = 3) -> list[tuple[Item, Note]]:
    """The last overrides that stand, newest first."""
    found = [
        (note.at, item_id, note)
        for item_id, notes in store.decisions.notes(project_id).items()
        for note in notes
        if note.kind == "override"
    ]
    newest = sorted(found, key=lambda one: one[:2], reverse=True)[:most]
    return [(store.items.get(project_id, item_id), note) for _, item_id, note in newest]


def _state(store: Store, query_id: str) -> RoundState:
    query = store.rounds.query(query_id)
    return store.rounds.get(query.project_id, query.round).state


def _check(project: Project, label: str) -> None:
    if not label:
        raise DecisionError("Choose a label.", "label")
    if not project.takes(label):
        raise DecisionError(
            f"'{label}' is no longer a label of {project.name}; close this window and open it again.", "label"
        )


def _reason(text: str, missing: str = "") -> str:
    """Trimmed. `missing`: what to say where there is none; "": it may be left out."""
    said = text.strip()
    if not said and missing:
        raise DecisionError(missing, "reason")
    if len(said) > MOST:
        raise DecisionError(f"That is {len(said):,} characters; {MOST} are enough.", "reason")
    return said


def _record(
    store: Store,
    clock: Clock,
    case: Case,
    kind: DecisionKind,
    user_id: str,
    action_id: str,
    *,
    label: str | None = None,
    reason: str = "",
    via: Via = Via.MODAL,
) -> VoteStatus:
    decision = Decision(
        kind=kind,
        project_id=case.project.id,
        item_id=case.item.id,
        user_id=user_id,
        label=label,
        reason=reason,
        via=via,
        action_id=action_id,
        at=clock.now(),
        query_id=case.query_id,
    )
    return store.decisions.record(decision, overlap=case.project.overlap)


def _vote(
    store: Store,
    clock: Clock,
    case: Case,
    user_id: str,
    rights: Rights,
    label: str,
    reason: str,
    via: Via,
    action_id: str,
) -> VoteOutcome:
    return cast_vote(
        store,
        clock,
        query_id=str(case.query_id),
        user_id=user_id,
        label=label,
        kind=VoteKind.VOTE,
        via=via,
        action_id=action_id,
        message_ts=None,
        rights=rights,
        reason=reason,
    )


def _late(
    store: Store, clock: Clock, case: Case, user_id: str, label: str, reason: str, via: Via, action_id: str
) -> VoteOutcome:
    if case.query_id is None:
        raise NotFoundError(f"Item {case.item.id} of {case.project.id} was never asked.")
    query = store.rounds.query(case.query_id)
    vote = Vote(
        kind=VoteKind.VOTE,
        project_id=case.project.id,
        item_id=case.item.id,
        user_id=user_id,
        label=label,
        via=via,
        action_id=action_id,
        at=clock.now(),
        query_id=query.id,
        model_version=query.model_version,
        reason=_reason(reason, "The round is closed: say in a few words why you change your answer."),
    )
    return store.decisions.change_late(vote, overlap=case.project.overlap)
