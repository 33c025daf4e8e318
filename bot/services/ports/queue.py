"""The queue that hands open items to one person at a time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Protocol

from bot.domain import Frozen, Project, QueryView, RoundState


class QueueState(Frozen):
    """How one project stands for one person's queue. `round` is None before the first round."""

    project: Project
    round: int | None = None
    round_state: RoundState | None = None
    total: int = 0
    answered: int = 0  # queries of the round that have their label
    own: int = 0  # present votes of this person in the round
    left: int = 0  # items for this person; of `lease_next`: 0
    busy: int = 0  # items that would be for this person if others did not hold them just now
    view: QueryView | None = None  # what was leased
    last_votes: dict[str, str] | None = None  # user -> present label, of the item answered last


class Answered(NamedTuple):
    """A vote of one person's, still standing."""

    at: datetime
    query_id: str


class QueueStore(Protocol):
    """Items handed out to one person at a time. A lease runs out by the clock's time (see bot/store/keys.py)."""

    def lease_next(self, project_id: str, user_id: str, at: datetime, *, last: str | None = None) -> QueueState:
        """Leases the first item, by position, of the open round that this person has neither answered nor skipped and whose
        votes and other people's live leases are fewer than its overlap; one that they hold already stays theirs and is
        renewed. A vote or a skip on it releases it. `last` is the query answered before. Raises NotFoundError."""
        ...

    def standing(self, project_id: str, user_id: str, at: datetime) -> QueueState:
        """Counts what is there for this person and leases nothing. Raises NotFoundError."""
        ...

    def release(self, project_id: str, number: int, user_id: str) -> None:
        """What this person holds in that round, if anything, may go to others."""
        ...

    def recent(self, project_id: str, user_id: str, since: datetime) -> tuple[list[Answered], int]:
        """This person's latest votes, newest first, ten at most; and how many items they voted on since then.

        Looks at the newest 5,000 answers of the project and no further. Votes taken back do not count."""
        ...
