"""Helpers of the store's tests: a small project to click in."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.domain import (
    CloseReason,
    Decision,
    DecisionKind,
    Item,
    Project,
    Query,
    Report,
    Round,
    RoundState,
    Via,
    Vote,
    VoteKind,
    VoteOutcome,
    VoteStatus,
)
from bot.services.ports import NewItem, PostIntent, Store

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Returns as soon as `condition` holds; fails after a deadline."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition never came true"


def an_item(n: int, label: str | None = None, text: str | None = None) -> NewItem:
    """Item number n; the same text gives the same hash."""
    text = text or f"text {n}"
    return NewItem(Item(id=f"i{n}", text=text, text_hash=f"hash of {text}", source=f"pool.csv:{n}"), label, n)


def a_query(project: str, round_: int, position: int, item_id: str, **more: object) -> Query:
    fields = {
        "id": f"{project}:{round_}:{position}",
        "project_id": project,
        "round": round_,
        "position": position,
        "item_id": item_id,
        "strategy": "random",
        "score": None,
        "rank": None,
        "audit": False,
        "inclusion_probability": None,
        "model_version": None,
    }
    return Query.model_validate(fields | more)


def a_report(project: str, number: int) -> Report:
    anything = {"low": 0.0, "point": None, "high": 1.0}
    estimate = {"precision": anything, "recall": anything, "f1": anything, "audit_labels": 0, "population": 1}
    return Report.model_validate(
        {
            "project_id": project,
            "round": number,
            "close_reason": "lead",
            "made_at": T0,
            "model_version": f"{project}:m{number}",
            "strategy": "random",
            "labels": 1,
            "positives": 1,
            "new_labels": 1,
            "new_positives": 1,
            "unanswered": 0,
            "threshold": 0.5,
            "estimate": estimate,
            "previous": None,
            "previous_threshold": None,
            "agreement": {"share": None, "items": 0},
            "curve": [],
            "pool_flagged": 0,
            "pool_size": 1,
            "next_round": None,
            "next_round_at": None,
        }
    )


@dataclass
class World:
    """One project in a store, and hands that click."""

    store: Store
    project: str = "brand"
    overlap: int = 1
    actions: itertools.count[int] = field(default_factory=itertools.count)

    def create(
        self,
        items: int = 10,
        labelled: int = 0,
        *,
        labels: tuple[str, ...] = ("negative", "other"),
        multi_label: bool = False,
    ) -> World:
        self.store.projects.add(
            Project(
                id=self.project,
                name="Brand safety",
                channel_id="C1",
                channel_name="brand",
                labels=labels,
                positive=labels[0],
                multi_label=multi_label,
                overlap=self.overlap,
                created_at=T0,
            )
        )
        new = [an_item(n, "other" if n < labelled else None) for n in range(items)]
        self.store.items.add_many(self.project, new, T0)
        return self

    def token(self, holder: str = "worker") -> int:
        lease = self.store.locks.acquire(f"project:{self.project}", holder, 60)
        assert lease is not None
        return lease.token

    def open(
        self,
        item_ids: list[str],
        number: int = 1,
        token: int | None = None,
        *,
        again: Mapping[str, tuple[str, Sequence[str]]] | None = None,
    ) -> list[str]:
        """Opens a round that asks about these items; returns the ids of its queries. `again`: item -> why, who had answered it."""
        queries = []
        for position, item in enumerate(item_ids):
            why, earlier = (again or {}).get(item, (None, ()))
            queries.append(a_query(self.project, number, position, item, again=why, earlier=tuple(earlier)))
        posts = [PostIntent(f"round:{self.project}:{number}", self.project, "C1", None)]
        posts += [PostIntent(f"query:{query.id}", self.project, "C1", posts[0].key) for query in queries]
        round_ = Round(
            project_id=self.project,
            number=number,
            state=RoundState.OPEN,
            total=len(queries),
            model_version=None,
            opened_at=T0,
        )
        self.store.rounds.open_round(round_, queries, posts, self.token() if token is None else token)
        return [query.id for query in queries]

    def close(self, number: int = 1, token: int | None = None) -> None:
        """Closes the round with a report."""
        token = self.token() if token is None else token
        self.store.rounds.begin_closing(self.project, number, CloseReason.LEAD, T0, token)
        posts = [PostIntent(f"report:{self.project}:{number}", self.project, "C1", None)]
        self.store.rounds.finish(a_report(self.project, number), posts, [f"round:{self.project}:{number}"], T0, token)

    def answer(
        self,
        query_id: str,
        label: str | None,
        user: str = "U1",
        *,
        kind: VoteKind = VoteKind.VOTE,
        action: str | None = None,
        item: str | None = None,
        only: str | None = None,
    ) -> VoteOutcome:
        """One click. Without `action` it is a new one."""
        _, _, position = query_id.partition(f"{self.project}:")[2].partition(":")
        vote = Vote(
            kind=kind,
            project_id=self.project,
            item_id=item or f"i{position}",
            user_id=user,
            label=label,
            via=Via.BUTTON,
            action_id=action or f"a{next(self.actions)}",
            at=T0,
            query_id=query_id,
            message_ts="1.2",
            model_version="brand:m0",
        )
        return self.store.votes.cast(vote, overlap=self.overlap, only=only)

    def decide(
        self,
        item: str,
        kind: DecisionKind = DecisionKind.OVERRIDE,
        *,
        label: str | None = None,
        user: str = "U0LEAD",
        reason: str = "because",
        action: str | None = None,
    ) -> VoteStatus:
        """A flag, a correction, an override, or one taken back. Without `action` it is a new one."""
        decision = Decision(
            kind=kind,
            project_id=self.project,
            item_id=item,
            user_id=user,
            label=label,
            reason=reason,
            action_id=action or f"a{next(self.actions)}",
            at=T0,
        )
        return self.store.decisions.record(decision, overlap=self.overlap)

    def late(
        self, query_id: str, label: str, user: str = "U1", *, item: str | None = None, action: str | None = None
    ) -> VoteOutcome:
        """A change of mind after the round's end."""
        vote = Vote(
            kind=VoteKind.VOTE,
            project_id=self.project,
            item_id=item or f"i{query_id.rpartition(':')[2]}",
            user_id=user,
            label=label,
            via=Via.MODAL,
            action_id=action or f"a{next(self.actions)}",
            at=T0,
            query_id=query_id,
            reason="I had misread it",
        )
        return self.store.decisions.change_late(vote, overlap=self.overlap)
