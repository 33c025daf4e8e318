"""The vote log and what is derived from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from bot.domain import (
    Label,
    LoggedVote,
    Vote,
    VoteOutcome,
)


class VoteStore(Protocol):
    """The vote log and what is derived from it."""

    def cast(self, vote: Vote, *, overlap: int, only: str | None = None) -> VoteOutcome:
        """Vote, undo, skip or unsure on an open query: one Lua script, then WAITAOF where known: when this returns, it is on disk.

        With `only`, an undo takes back that label and no other answer: NOTHING, if there is another by now.

        A query has its label when it has at least `overlap` votes and one label has strictly the most; where items carry
        several labels, when no label is on just half of the votes. The answer that completes its round wakes the worker."""
        ...

    def log(self, project_id: str) -> Iterator[LoggedVote]:
        """The whole log, oldest first, streamed."""
        ...

    def log_end(self, project_id: str) -> str:
        """A mark of how much has been said: the seq of the last vote or decision."""
        ...

    def labels(self, project_id: str) -> dict[str, Label]:
        """item id -> label, all items that have one (seed labels included)."""
        ...

    def label_counts(self, project_id: str) -> dict[str, int]:
        """label -> number of items that have it; one read. Where items carry several labels: set of labels -> items that have it."""
        ...

    def label_revision(self, project_id: str) -> int:
        """Moves with every vote, undo, override and removal."""
        ...

    def votes_on(self, project_id: str) -> dict[str, dict[str, str]]:
        """item id -> user id -> present label, for all items with any (imports included)."""
        ...

    def skips(self, project_id: str) -> dict[str, int]:
        """user -> items whose present answer of theirs is a skip."""
        ...

    def unsure_on(self, project_id: str) -> dict[str, tuple[str, ...]]:
        """item id -> users who could not say, for all items with any."""
        ...
