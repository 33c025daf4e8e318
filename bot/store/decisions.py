"""What people decide beside voting, and late changes of votes: each one Lua script, on disk when the call returns."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import (
    Case,
    Decision,
    DecisionKind,
    Dispute,
    Item,
    LoggedDecision,
    Note,
    NotFoundError,
    Project,
    Vote,
    VoteOutcome,
    VoteStatus,
    Why,
)
from bot.store.client import Db
from bot.store.codec import (
    compact,
    decision_fields,
    label_value,
    logged_decision,
    millis,
    notes_value,
    present_unsure,
    present_votes,
    split_query_id,
    stored_value,
    vote_fields,
)
from bot.store.log import entries
from bot.words import say

KINDS = frozenset(DecisionKind)
OVERRIDES = (DecisionKind.OVERRIDE, DecisionKind.WITHDRAW)
PRESSING = {why: place for place, why in enumerate(Why)}


class Decisions:
    """Implements `ports.DecisionStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def record(self, decision: Decision, *, overlap: int) -> VoteStatus:
        """Flag, correction or override, or one taken back. Idempotent by person and action. Raises NotFoundError."""
        flat = [part for pair in decision_fields(decision, overlap=overlap).items() for part in pair]
        delivery = f"{decision.user_id}|{decision.action_id}"
        args = (decision.project_id, delivery, millis(decision.at))
        if decision.kind in OVERRIDES:
            status, _ = self._db.run("override", *args, overlap, compact(flat), durable=True)
        else:
            script = "settle_notes" if decision.kind is DecisionKind.SETTLE else "remark"
            status, _ = self._db.run(script, *args, compact(flat), durable=True)
        return VoteStatus(status)

    def change_late(self, vote: Vote, *, overlap: int) -> VoteOutcome:
        """A vote on an item whose round is closed. Idempotent by person and action."""
        place = split_query_id(vote.query_id or "")
        if place is None or place[0] != vote.project_id or not vote.label:
            return VoteOutcome(status=VoteStatus.UNKNOWN, query_id=vote.query_id)
        project, number, position = place
        fields = vote_fields(vote, overlap=overlap, affects=None) | {"late": str(number)}
        status, seq, previous = self._db.run(
            "late",
            *(project, number, position, vote.query_id or "", vote.item_id, vote.user_id, vote.label),
            *(f"{vote.user_id}|{vote.action_id}", millis(vote.at), overlap),
            compact([part for pair in fields.items() for part in pair]),
            durable=True,
        )
        return VoteOutcome(
            status=VoteStatus(status), seq=seq or None, query_id=vote.query_id, previous=previous or None
        )

    def log(self, project_id: str) -> Iterator[LoggedDecision]:
        """All decisions, oldest first, streamed; answers to questions are left out."""
        return (logged_decision(project_id, seq, fields) for seq, fields in entries(self._db, project_id, KINDS))

    def disputes(self, project_id: str) -> list[Dispute]:
        """What waits for an adjudicator, the most pressing first, in a stable order."""
        keys = self._db.keys
        votes, notes = self._db.read_all(
            [("HGETALL", keys("disputes", project_id)), ("HGETALL", keys("notes", project_id))], atomic=True
        )
        found = {item: Why(why) for item, why in votes.items()}
        for item, text in notes.items():
            waiting = {note.kind for note in notes_value(text) if not note.settled}
            for why in (Why.CORRECTION, Why.FLAG):
                if why.value in waiting:
                    found[item] = why
        ordered = sorted(found.items(), key=lambda pair: (PRESSING[pair[1]], pair[0]))
        return [Dispute(item_id=item, why=why) for item, why in ordered]

    def notes(self, project_id: str) -> dict[str, tuple[Note, ...]]:
        """item id -> what was said about it, oldest first; all items with any."""
        stored = self._db.read("HGETALL", self._db.keys("notes", project_id))
        return {item: notes_value(text) for item, text in stored.items()}

    def case(self, project_id: str, item_id: str) -> Case:
        """All about one item, of one moment. Raises NotFoundError."""
        keys = self._db.keys
        names = ("items", "asked", "answers", "labels", "notes")
        project, item, query, answers, label, notes = self._db.read_all(
            [("HGET", keys("projects"), project_id), *(("HGET", keys(name, project_id), item_id) for name in names)],
            atomic=True,
        )
        if project is None or item is None:
            raise NotFoundError(say("store-no-item", project=project_id, item=item_id))
        return Case(
            project=stored_value(Project, project),
            item=stored_value(Item, item),
            query_id=query,
            votes=present_votes(answers or "{}"),
            unsure=present_unsure(answers or "{}"),
            label=label_value(item_id, label) if label else None,
            notes=notes_value(notes or "{}"),
        )
