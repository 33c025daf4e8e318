"""The vote log and what is derived from it.

A person's present answer to an item is a label, a skip, "unsure" or none. A new answer takes the place of the earlier one; an undo takes
it back, whatever it is. The same answer again in the same round appends nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.domain import Label, LoggedVote, Vote, VoteKind, VoteOutcome, VoteStatus
from bot.store.client import Db
from bot.store.codec import (
    compact,
    label_value,
    logged_vote,
    millis,
    present_unsure,
    present_votes,
    skippers,
    split_query_id,
    vote_fields,
)
from bot.store.log import entries

KINDS = frozenset(VoteKind)


class Votes:
    """Implements `ports.VoteStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def cast(self, vote: Vote, *, overlap: int, only: str | None = None) -> VoteOutcome:
        """Vote, undo (of `only` that label, if given), skip or unsure on an open query: one Lua script, then WAITAOF where known.

        Idempotent by (query, person, action). When this returns the answer is on disk. When it raises StoreUnavailableError
        the answer is not saved as far as is known: it may be in the server's memory. Repeating it with the same action_id is
        right in either case: if it was there it gives DUPLICATE, and that, too, returns only once the first one's vote is on disk
        (the repetition writes to its own connection, which is what WAITAOF waits for).
        """
        if vote.kind is VoteKind.VOTE and not vote.label:
            raise ValueError("a vote has a label")
        place = split_query_id(vote.query_id or "")
        if place is None or place[0] != vote.project_id:
            return VoteOutcome(status=VoteStatus.UNKNOWN, query_id=vote.query_id)
        project, number, position = place
        fields = [part for pair in vote_fields(vote, overlap=overlap, affects=number).items() for part in pair]
        status, seq, previous, revision, answered, total = self._db.run(
            "cast",
            *(project, number, position, vote.query_id or "", vote.kind.value, vote.item_id, vote.user_id),
            *(vote.label or "", vote.action_id, millis(vote.at), overlap, compact(fields), only or ""),
            durable=True,
        )
        return VoteOutcome(
            status=VoteStatus(status),
            seq=seq or None,
            query_id=vote.query_id,
            previous=previous or None,
            revision=revision,
            answered=answered,
            total=total,
            round_complete=total > 0 and answered >= total,
        )

    def log(self, project_id: str) -> Iterator[LoggedVote]:
        """The whole log, oldest first, streamed. What is no answer to a question (see `Decisions.log`) is left out."""
        return (logged_vote(project_id, seq, fields) for seq, fields in entries(self._db, project_id, KINDS))

    def log_end(self, project_id: str) -> str:
        """The seq of the log's last entry, of whatever kind."""
        last = self._db.read("XREVRANGE", self._db.keys("log", project_id), "+", "-", "COUNT", 1)
        return str(last[0][0]) if last else "0-0"

    def labels(self, project_id: str) -> dict[str, Label]:
        """item id -> label, all items that have one (seed labels included)."""
        stored = self._db.read("HGETALL", self._db.keys("labels", project_id))
        return {item: label_value(item, text) for item, text in stored.items()}

    def label_counts(self, project_id: str) -> dict[str, int]:
        """label -> number of items that have it; one read."""
        stored = self._db.read("HGETALL", self._db.keys("counts", project_id))
        return {label: int(count) for label, count in stored.items()}

    def label_revision(self, project_id: str) -> int:
        """Moves with every vote, undo, override and removal."""
        return int(self._db.read("HGET", self._db.keys("meta", project_id), "label_revision") or 0)

    def votes_on(self, project_id: str) -> dict[str, dict[str, str]]:
        """item id -> user id -> present label, for all items with any (imports included)."""
        stored = self._db.read("HGETALL", self._db.keys("answers", project_id))
        votes = ((item, present_votes(text)) for item, text in stored.items())
        return {item: present for item, present in votes if present}

    def skips(self, project_id: str) -> dict[str, int]:
        """user -> items whose present answer of theirs is a skip."""
        stored = self._db.read("HVALS", self._db.keys("answers", project_id))
        return dict(Counter(user for text in stored if "false" in text for user in skippers(text)))

    def unsure_on(self, project_id: str) -> dict[str, tuple[str, ...]]:
        """item id -> users who could not say, for all items with any."""
        stored = self._db.read("HGETALL", self._db.keys("answers", project_id))
        found = ((item, present_unsure(text)) for item, text in stored.items() if '"unsure"' in text)
        return {item: users for item, users in found if users}
