"""Scheduled reports: how a project stood at a moment, and how at the one before."""

from __future__ import annotations

from datetime import datetime

from bot.domain.base import Frozen
from bot.domain.reports import Estimate
from bot.domain.rounds import RoundState


class Figures(Frozen):
    """How a project stood. `report` is the newest round report there was, `estimate` its figures."""

    at: datetime
    labels: int
    positives: int
    pool_size: int
    round: int | None
    round_state: RoundState | None
    answered: int
    total: int
    paused: bool
    report: int | None
    estimate: Estimate | None
    learned_at: datetime | None = None  # when the model has learned of late changes, if it did so after that report


class Bulletin(Frozen):
    """One scheduled report, known by when it was due. `before`: what the last one said; None for the first."""

    project_id: str
    due: datetime
    now: Figures
    before: Figures | None
