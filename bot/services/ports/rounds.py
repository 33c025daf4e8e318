"""Rounds, their queries and reports, and the queue that hands items to people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import (
    Act,
    CloseReason,
    Query,
    QueryView,
    Report,
    Round,
    RoundView,
)
from bot.services.ports.messages import PostIntent


class RoundStore(Protocol):
    """Rounds, their queries, reports and the plan for the next one."""

    def current(self, project_id: str) -> Round | None:
        """The newest round, whatever its state."""
        ...

    def get(self, project_id: str, number: int) -> Round:
        """Raises NotFoundError."""
        ...

    def queries(self, project_id: str, number: int) -> list[Query]:
        """By position."""
        ...

    def all_queries(self, project_id: str) -> Iterator[Query]:
        """Of all rounds, by round and position."""
        ...

    def query(self, query_id: str) -> Query:
        """Raises NotFoundError."""
        ...

    def asked(self, project_id: str, item_id: str) -> Query | None:
        """The newest query for an item; None if it was never asked."""
        ...

    def query_view(self, query_id: str) -> QueryView:
        """Raises NotFoundError. One round trip or two: it is on the path of each click."""
        ...

    def round_view(self, project_id: str, number: int) -> RoundView:
        """Raises NotFoundError."""
        ...

    def open_round(
        self,
        round_: Round,
        queries: Sequence[Query],
        posts: Sequence[PostIntent],
        token: int,
        *,
        audit_rates: bytes = b"",
    ) -> None:
        """Round, queries, the intents of their messages and the audit's rates, all at once. The same round again: nothing."""
        ...

    def audit_rates(self, project_id: str) -> bytes | None:
        """What the newest round was opened with; None before the first."""
        ...

    def begin_closing(self, project_id: str, number: int, reason: CloseReason, at: datetime, token: int) -> Round:
        """From here on votes on the round are refused. Already closing or closed: nothing happens; the round as it is."""
        ...

    def finish(
        self, report: Report, posts: Sequence[PostIntent], touch: Sequence[str], at: datetime, token: int
    ) -> None:
        """Report stored, round closed, report's messages intended, `touch` marked for update, all at once.

        The same round again: nothing happens."""
        ...

    def ask_to_close(self, project_id: str, number: int, user_id: str, at: datetime, act: Act | None = None) -> None:
        """A lead's wish, which the worker takes up. Raises ConflictError if that round isn't open."""
        ...

    def close_wish(self, project_id: str, number: int) -> str | None:
        """Who wished it, if anyone."""
        ...

    def report(self, project_id: str, number: int) -> Report | None: ...

    def reports(self, project_id: str) -> list[Report]:
        """By round."""
        ...

    def answers_by_person(self, project_id: str, number: int) -> dict[str, int]: ...
