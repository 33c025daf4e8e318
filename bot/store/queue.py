"""The queue: which item goes to whom next, held by a lease, and what a person answered last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from bot.domain import Item, NotFoundError, Project, Query, QueryView, RoundState, VoteKind
from bot.services.ports import Answered, QueueState
from bot.store.client import Db
from bot.store.codec import (
    blind,
    label_value,
    millis,
    present_skips,
    present_unsure,
    present_votes,
    split_query_id,
    stored_value,
)
from bot.words import say

CHUNK = 500
LOOKED_AT = 5_000  # of the newest answers: a few days of a busy team, read in some ten milliseconds
RECENT = 10
KINDS = frozenset(VoteKind)  # other entries of the log are no answers


class Queue:
    """Implements `ports.QueueStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def lease_next(self, project_id: str, user_id: str, at: datetime, *, last: str | None = None) -> QueueState:
        """One script, one round trip. Raises NotFoundError."""
        return self._ask(project_id, user_id, at, "lease", last)

    def standing(self, project_id: str, user_id: str, at: datetime) -> QueueState:
        """The same, leasing nothing. Raises NotFoundError."""
        return self._ask(project_id, user_id, at, "count", None)

    def release(self, project_id: str, number: int, user_id: str) -> None:
        """What this person holds in that round, if anything, may go to others."""
        self._db.write("HDEL", self._db.keys("leases", project_id, number), user_id)

    def recent(self, project_id: str, user_id: str, since: datetime) -> tuple[list[Answered], int]:
        """From the end of the vote log: an item's newest answer is the one that counts."""
        seen: set[str] = set()
        votes: list[Answered] = []
        count = 0
        for fields in self._newest_answers(project_id):
            at = datetime.fromisoformat(fields["at"])
            if at < since and len(votes) >= RECENT:
                break
            answer = fields["kind"] in KINDS and "query" in fields
            if not answer or fields["user"] != user_id or fields["item"] in seen:
                continue
            seen.add(fields["item"])
            if fields["kind"] == VoteKind.VOTE:
                count += at >= since
                if len(votes) < RECENT:
                    votes.append(Answered(at, fields["query"]))
        return votes, count

    def _newest_answers(self, project_id: str) -> Iterator[dict[str, str]]:
        end, log = "+", self._db.keys("log", project_id)
        for _ in range(LOOKED_AT // CHUNK):
            entries = self._db.read("XREVRANGE", log, end, "-", "COUNT", CHUNK)
            for _, fields in entries:
                yield fields
            if len(entries) < CHUNK:
                return
            end = f"({entries[-1][0]}"

    def _ask(
        self, project_id: str, user_id: str, at: datetime, mode: Literal["lease", "count"], last: str | None
    ) -> QueueState:
        place = split_query_id(last or "")
        before = (place[1], place[2]) if place is not None and place[0] == project_id else ("", "")
        found = self._db.run("lease_next", project_id, user_id, millis(at), mode, *before)
        if not found:
            raise NotFoundError(say("store-no-project", project=project_id))
        project, number, state, total, answered, own, left, busy, answers, query = found[:10]
        stored = stored_value(Project, project)
        return QueueState(
            project=stored,
            round=int(number) if number else None,
            round_state=RoundState(state) if state else None,
            total=total,
            answered=answered,
            own=own,
            left=left,
            busy=busy,
            view=_view(stored, query, found[10:]) if query else None,
            last_votes=present_votes(answers) if answers else None,
        )


def _view(project: Project, query: str, rest: list[Any]) -> QueryView:
    item, answers, label, revision = rest
    asked = stored_value(Query, query)
    answers, label = blind(asked, project, RoundState.OPEN, answers, label)
    return QueryView(
        project=project,
        query=asked,
        item=stored_value(Item, item),
        round_state=RoundState.OPEN,
        votes=present_votes(answers),
        skipped=present_skips(answers, asked.round),
        label=label_value(asked.item_id, label) if label else None,
        revision=revision,
        unsure=present_unsure(answers),
    )
