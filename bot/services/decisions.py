"""What people decide beside voting: flags, corrections (a late change of one's own vote among them), overrides.

Each ends in one atomic write; when a function returns, it is on disk. Who may do it is the caller's to ask.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from bot.domain import (
    Case,
    Decision,
    DecisionKind,
    Dispute,
    Item,
    Note,
    Project,
    Query,
    RoundState,
    RoundtableError,
    Via,
    Vote,
    VoteKind,
    VoteStatus,
    Why,
)
from bot.services.ports import Clock, Store
from bot.services.rights import Rights
from bot.words import say

MOST = 500  # characters of a reason
INSTEAD = frozenset({DecisionKind.WITHDRAW, DecisionKind.SETTLE})  # what may be decided instead of a label
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


class By(NamedTuple):
    """Who says it, how, and in which delivery: one that comes twice counts once."""

    user_id: str
    action_id: str
    via: Via = Via.MODAL


class Corrected(NamedTuple):
    """What became of a correction, and whether anything is new. `same`: the answer is what it was before."""

    meant: Meant
    status: VoteStatus
    same: bool = False


class Adjudicated(NamedTuple):
    """Which decision it was, and whether anything is new: there may have been nothing to withdraw, or to look at."""

    kind: DecisionKind
    status: VoteStatus


def case_of(store: Store, query_id: str) -> Case:
    """The item of a query, with the newest query for it. Raises NotFoundError."""
    query = store.rounds.query(query_id)
    return store.decisions.case(query.project_id, query.item_id)


def is_late(store: Store, case: Case) -> bool:
    """Whether the item's last round is closed (or closing)."""
    return case.query_id is not None and _state(store, case.query_id) is not RoundState.OPEN


def flag(store: Store, clock: Clock, query_id: str, by: By, reason: str) -> VoteStatus:
    """Something is wrong with the item: leads should look. Raises DecisionError without a reason, NotFoundError."""
    said = _reason(reason, say("flag-reason"))
    return _record(store, clock, case_of(store, query_id), by, DecisionKind.FLAG, reason=said)


def unflag(store: Store, clock: Clock, query_id: str, by: By) -> VoteStatus:
    """Takes the person's flag back. Raises NotFoundError."""
    return _record(store, clock, case_of(store, query_id), by, DecisionKind.UNFLAG)


def adjudicate(
    store: Store, clock: Clock, case: Case, by: By, *, label: str, instead: Collection[str], reason: str
) -> Adjudicated:
    """The adjudicator's decision: a label above all votes, or `instead` of one, WITHDRAW or SETTLE. Raises DecisionError."""
    if len(instead) > 1 or not INSTEAD.issuperset(instead):
        raise DecisionError(say("decide-one-box"), "instead")
    kind = DecisionKind(next(iter(instead), DecisionKind.OVERRIDE))
    if kind is DecisionKind.OVERRIDE:
        _check(case.project, label)
    said = _reason(reason, say("decide-reason"))
    chosen = label if kind is DecisionKind.OVERRIDE else None
    return Adjudicated(kind, _record(store, clock, case, by, kind, label=chosen, reason=said))


def correct(store: Store, clock: Clock, rights: Rights, query_id: str, by: By, *, label: str, reason: str) -> Corrected:
    """A person says what is right: as their own vote if their votes count, else as a correction for the adjudicators.

    After the round's end a vote takes a reason. Raises DecisionError, NotFoundError, DirectoryError."""
    said = _reason(reason)
    for _ in range(ATTEMPTS):
        case = case_of(store, query_id)
        _check(case.project, label)
        if case.query_id is None or not rights.may_vote(case.project, by.user_id):
            status = _record(store, clock, case, by, DecisionKind.CORRECTION, label=label, reason=said)
            return Corrected(Meant.CORRECTION, status)
        late = is_late(store, case)
        if late and not said:
            raise DecisionError(say("correct-reason"), "reason")
        vote = _vote(store, clock, case.query_id, by, label, said)
        outcome = (store.decisions.change_late if late else store.votes.cast)(vote, overlap=case.project.overlap)
        if outcome.status is VoteStatus.LEARNING:
            break
        if outcome.status not in (VoteStatus.CLOSED, VoteStatus.ASKED_AGAIN):
            return Corrected(Meant.LATE if late else Meant.VOTE, outcome.status, outcome.previous == label)
    raise DecisionError(say("correct-learning"), "label")


def next_dispute(store: Store, project_id: str, after: Dispute | None = None) -> tuple[Dispute | None, int]:
    """What to decide next, behind `after` in the order of `disputes`, and how many there are in all."""
    waiting = store.decisions.disputes(project_id)
    if after is None:
        return (waiting[0] if waiting else None), len(waiting)
    order = list(Why)
    place = (order.index(after.why), after.item_id)
    rest = (one for one in waiting if (order.index(one.why), one.item_id) > place)
    return next(rest, None), len(waiting)


def model_said(store: Store, case: Case) -> Query | None:
    """The item's newest query, if what the model said in it may help whoever decides; else None.

    Not of an item that had its label already: the model had learned it. Nor of one that measures: a decision that goes by the model would
    make it look better than it is. Which items measure is told when their round is over, so until then it is said of none."""
    asked = store.rounds.query(case.query_id) if case.query_id is not None else None
    if asked is None or asked.suggestion is None or asked.again is not None or asked.audit:
        return None
    hidden = case.project.audit_per_round and _state(store, asked.id) is not RoundState.CLOSED
    return None if hidden else asked


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
        raise DecisionError(say("decide-choose"), "label")
    if not project.takes(label):
        raise DecisionError(say("decide-no-label", label=label, project=project.name), "label")


def _reason(text: str, missing: str = "") -> str:
    """Trimmed. `missing`: what to say where there is none; "": it may be left out."""
    said = text.strip()
    if not said and missing:
        raise DecisionError(missing, "reason")
    if len(said) > MOST:
        raise DecisionError(say("decide-too-long", characters=len(said), most=MOST), "reason")
    return said


def _record(
    store: Store, clock: Clock, case: Case, by: By, kind: DecisionKind, *, label: str | None = None, reason: str = ""
) -> VoteStatus:
    decision = Decision(
        kind=kind,
        project_id=case.project.id,
        item_id=case.item.id,
        user_id=by.user_id,
        label=label,
        reason=reason,
        via=by.via,
        action_id=by.action_id,
        at=clock.now(),
        query_id=case.query_id,
    )
    return store.decisions.record(decision, overlap=case.project.overlap)


def _vote(store: Store, clock: Clock, query_id: str, by: By, label: str, reason: str) -> Vote:
    query = store.rounds.query(query_id)
    return Vote(
        kind=VoteKind.VOTE,
        project_id=query.project_id,
        item_id=query.item_id,
        user_id=by.user_id,
        label=label,
        via=by.via,
        action_id=by.action_id,
        at=clock.now(),
        query_id=query.id,
        model_version=query.model_version,
        reason=reason,
    )
