"""Rounds, their queries and reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain import (
    Act,
    CloseReason,
    Item,
    NotFoundError,
    Project,
    Query,
    QueryView,
    Report,
    Round,
    RoundState,
    RoundView,
)
from bot.services.ports import PostIntent
from bot.store.acts import act_fields
from bot.store.client import Db
from bot.store.codec import (
    as_before,
    blind,
    compact,
    label_value,
    millis,
    open_flags,
    posts_json,
    present_skips,
    present_unsure,
    present_votes,
    round_fields,
    round_value,
    split_query_id,
    stored_value,
)
from bot.words import say


class Rounds:
    """Implements `ports.RoundStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def current(self, project_id: str) -> Round | None:
        """The newest round, whatever its state."""
        number = self._newest(project_id)
        return self.get(project_id, number) if number else None

    def get(self, project_id: str, number: int) -> Round:
        """Raises NotFoundError."""
        fields = self._db.read("HGETALL", self._db.keys("round", project_id, number))
        if not fields:
            raise NotFoundError(say("store-no-round", project=project_id, round=str(number)))
        return round_value(project_id, fields)

    def queries(self, project_id: str, number: int) -> list[Query]:
        """By position."""
        texts = self._db.read("HVALS", self._db.keys("queries", project_id, number))
        return sorted((stored_value(Query, text) for text in texts), key=lambda query: query.position)

    def all_queries(self, project_id: str) -> Iterator[Query]:
        """Of all rounds, by round and position."""
        for number in range(1, self._newest(project_id) + 1):
            yield from self.queries(project_id, number)

    def query(self, query_id: str) -> Query:
        """Raises NotFoundError."""
        place = split_query_id(query_id)
        text = self._db.read("HGET", self._db.keys("queries", place[0], place[1]), place[2]) if place else None
        if text is None:
            raise NotFoundError(say("store-no-query", query=query_id))
        return stored_value(Query, text)

    def asked(self, project_id: str, item_id: str) -> Query | None:
        """The newest query for an item; None if it was never asked."""
        query_id = self._db.read("HGET", self._db.keys("asked", project_id), item_id)
        return self.query(query_id) if query_id else None

    def query_view(self, query_id: str) -> QueryView:
        """All of one moment, in one round trip. Raises NotFoundError."""
        place = split_query_id(query_id)
        found = self._db.query("query_view", *place, query_id) if place else None
        if not place or not found or not found[0] or not found[2]:
            raise NotFoundError(say("store-no-query", query=query_id))
        project, query, item, state, answers, label, revision, notes, again_elsewhere = found
        asked, shown_in = stored_value(Query, query), stored_value(Project, project)
        if again_elsewhere:
            answers, label = as_before(asked, shown_in, answers, label)
        answers, label = blind(asked, shown_in, RoundState(state), answers, label)
        return QueryView(
            project=shown_in,
            query=asked,
            item=stored_value(Item, item),
            round_state=RoundState(state),
            votes=present_votes(answers),
            skipped=present_skips(answers, asked.round),
            label=label_value(asked.item_id, label) if label else None,
            revision=revision,
            unsure=present_unsure(answers),
            flags=tuple(user for user in open_flags(notes) if state == RoundState.CLOSED or user not in asked.earlier),
        )

    def round_view(self, project_id: str, number: int) -> RoundView:
        """All of one moment, in one round trip. Raises NotFoundError."""
        keys = self._db.keys
        project, fields, people, reported = self._db.read_all(
            [
                ("HGET", keys("projects"), project_id),
                ("HGETALL", keys("round", project_id, number)),
                ("HGETALL", keys("people", project_id, number)),
                ("HEXISTS", keys("reports", project_id), number),
            ],
            atomic=True,
        )
        if project is None or not fields:
            raise NotFoundError(say("store-no-round", project=project_id, round=str(number)))
        return RoundView(
            project=stored_value(Project, project),
            round=round_value(project_id, fields),
            people={user: int(count) for user, count in people.items()},
            report_key=f"report:{project_id}:{number}" if reported else None,
        )

    def open_round(
        self,
        round_: Round,
        queries: Sequence[Query],
        posts: Sequence[PostIntent],
        token: int,
        *,
        audit_rates: bytes = b"",
    ) -> None:
        """Round, queries, the intents of their messages and the audit's rates, all at once. The same round again: nothing.

        Raises ConflictError for an old token, and if the round before isn't closed."""
        fields = [part for pair in round_fields(round_).items() for part in pair]
        self._db.run(
            "open_round",
            *(token, round_.project_id, round_.number, posts_json(posts), compact(fields), audit_rates),
            *(query.model_dump_json() for query in queries),
            durable=True,
        )

    def audit_rates(self, project_id: str) -> bytes | None:
        """What the newest round was opened with; None before the first."""
        data = self._db.read("GET", self._db.keys("rates", project_id), NEVER_DECODE=True)
        return bytes(data) if data else None

    def begin_closing(self, project_id: str, number: int, reason: CloseReason, at: datetime, token: int) -> Round:
        """From here on votes on the round are refused. Already closing or closed: nothing happens; the round as it is."""
        flat = self._db.run("begin_closing", token, project_id, number, reason.value, at.isoformat(), durable=True)
        return round_value(project_id, dict(zip(flat[::2], flat[1::2], strict=True)))

    def finish(
        self, report: Report, posts: Sequence[PostIntent], touch: Sequence[str], at: datetime, token: int
    ) -> None:
        """Report stored, round closed, report's messages intended, `touch` marked for update, all at once.

        The same round again: nothing happens. Raises ConflictError for an old token, and if begin_closing did not come first."""
        self._db.run(
            "finish",
            *(token, report.project_id, report.round, report.model_dump_json()),
            *(posts_json(posts), compact(list(touch)), at.isoformat(), millis(at)),
            durable=True,
        )

    def ask_to_close(self, project_id: str, number: int, user_id: str, at: datetime, act: Act | None = None) -> None:
        """A lead's wish, which the worker takes up; the first one stands. Raises ConflictError if that round isn't open."""
        entry = act_fields(act, {})
        self._db.run("ask_to_close", project_id, number, user_id, at.isoformat(), entry, durable=True)

    def close_wish(self, project_id: str, number: int) -> str | None:
        """Who wished it, if anyone."""
        wish: str | None = self._db.read("HGET", self._db.keys("round", project_id, number), "close_wish")
        return wish

    def report(self, project_id: str, number: int) -> Report | None:
        """The report of a finished round."""
        text = self._db.read("HGET", self._db.keys("reports", project_id), number)
        return stored_value(Report, text) if text else None

    def reports(self, project_id: str) -> list[Report]:
        """By round."""
        texts = self._db.read("HVALS", self._db.keys("reports", project_id))
        return sorted((stored_value(Report, text) for text in texts), key=lambda report: report.round)

    def answers_by_person(self, project_id: str, number: int) -> dict[str, int]:
        """user -> present votes cast in that round (skips are none)."""
        stored = self._db.read("HGETALL", self._db.keys("people", project_id, number))
        return {user: int(count) for user, count in stored.items()}

    def _newest(self, project_id: str) -> int:
        return int(self._db.read("HGET", self._db.keys("meta", project_id), "round") or 0)
