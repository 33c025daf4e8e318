"""What a status answer or a message shows."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from bot.domain.base import Frozen
from bot.domain.decisions import Dispute
from bot.domain.projects import Item, Project
from bot.domain.reports import Report
from bot.domain.rounds import ModelVersion, Query, Round, RoundState
from bot.domain.votes import Label


class Status(Frozen):
    """The answer to `/roundtable status` for one project."""

    project: Project
    round: Round | None
    labels: int
    positives: int
    by_label: dict[str, int] = Field(default_factory=dict)  # items that carry each label, where they may carry several
    pool_size: int
    people: dict[str, int]  # user id -> answers in the current round
    last_report: Report | None
    next_round_at: datetime | None
    pending_messages: int
    disputes: tuple[Dispute, ...] = ()  # what waits for an adjudicator
    learned_since: ModelVersion | None = None  # the current model, if it is newer than the last report and its figures


class QueryView(Frozen):
    """All that a query's message shows. Others' votes stay out of it while the round is open and overlap > 1."""

    project: Project
    query: Query
    item: Item
    round_state: RoundState
    votes: dict[str, str]  # user id -> present label
    skipped: tuple[str, ...]  # user ids
    label: Label | None
    revision: int
    unsure: tuple[str, ...] = ()  # user ids
    flags: tuple[str, ...] = ()  # user ids of those whose flag nobody has answered yet


class RoundView(Frozen):
    """All that a round's message shows."""

    project: Project
    round: Round
    people: dict[str, int]  # user id -> answers in this round
    report_key: str | None
