"""What is asked, round by round, and by which model."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from bot.domain.base import Frozen


class Again(StrEnum):
    """Why an item is asked that has its label already."""

    REASK = "reask"  # people differ on it, or its label is in doubt: one more answer may change it
    GOLD = "gold"  # its answer is known: what somebody says tells how right they are, and leaves the label alone


class Query(Frozen):
    """An item asked for. `id` is "<project>:<round>:<position>"; `key` of its message is "query:" + id."""

    id: str
    project_id: str
    round: int
    position: int  # 0-based, the order on screen
    item_id: str
    strategy: str
    score: float | None
    rank: int | None
    audit: bool
    inclusion_probability: float | None
    model_version: str | None
    note: str = ""  # what was used instead of the strategy, and why
    again: Again | None = None  # such a query wants one answer of somebody who is not in `earlier`
    earlier: tuple[str, ...] = ()  # ids of users who had answered the item before
    words: tuple[tuple[str, float], ...] = ()  # that weigh most, with their pull in log odds towards the positive class
    model_score: float | None = None  # the positive class's when it was asked, whatever the strategy
    suggestion: str | None = None  # what the model would have answered when it asked


class RoundState(StrEnum):
    OPEN = "open"
    CLOSING = "closing"  # votes refused; training, report and plan are being made
    CLOSED = "closed"


class CloseReason(StrEnum):
    COMPLETE = "complete"
    DEADLINE = "deadline"
    LEAD = "lead"


class Round(Frozen):
    """One batch asked, answered, learned from and reported. `number` counts from 1."""

    project_id: str
    number: int
    state: RoundState
    total: int
    answered: int = 0
    model_version: str | None  # that chose the batch; None at a cold start
    retired: tuple[str, ...] = ()  # items that left the audit sample for training when this round was planned
    opened_at: datetime
    deadline: datetime | None = None
    closing_at: datetime | None = None
    closed_at: datetime | None = None
    close_reason: CloseReason | None = None


class ModelVersion(Frozen):
    """What was learned when, from what. `id` is "<project>:m<round>-<label revision>" (and a
    fingerprint, if these labels were learned on other features before); round 0 is the seed set."""

    id: str
    project_id: str
    round: int
    algorithm: str
    parameters: dict[str, Any]
    label_revision: int
    data_fingerprint: str
    training_labels: int
    training_positives: int
    threshold: float
    thresholds: dict[str, float] = Field(
        default_factory=dict
    )  # each label's, where items carry several; `threshold` is the positive one's
    trained_at: datetime
