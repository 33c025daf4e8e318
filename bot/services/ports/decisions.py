"""What people decide beside voting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from bot.domain import Case, Decision, Dispute, LoggedDecision, Note, Vote, VoteOutcome, VoteStatus


class DecisionStore(Protocol):
    """Flags, corrections, overrides, late changes of votes: one Lua script each; when it returns, it is on disk."""

    def record(self, decision: Decision, *, overlap: int) -> VoteStatus:
        """Appends it, and moves what follows from it. RECORDED, CHANGED (it takes an earlier one's place or takes it back),
        UNCHANGED, DUPLICATE or NOTHING (there was none to take back). Raises NotFoundError."""
        ...

    def change_late(self, vote: Vote, *, overlap: int) -> VoteOutcome:
        """A vote on an item whose round is closed: moves the label and its revision, and nothing of the round.

        LEARNING while its round is being closed, ASKED_AGAIN if the item is asked in an open round: nothing appended."""
        ...

    def log(self, project_id: str) -> Iterator[LoggedDecision]:
        """All decisions, oldest first, streamed."""
        ...

    def disputes(self, project_id: str) -> list[Dispute]:
        """What waits for an adjudicator, the most pressing first."""
        ...

    def notes(self, project_id: str) -> dict[str, tuple[Note, ...]]:
        """item id -> what was said about it, oldest first; all items with any."""
        ...

    def case(self, project_id: str, item_id: str) -> Case:
        """All about one item. Raises NotFoundError."""
        ...
