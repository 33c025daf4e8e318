"""What is known when a round has been learned from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import ModelVersion, Project, Round
from bot.services.standing import Standing
from bot.services.training import Pool
from learner.multilabel import Model
from learner.stratified import AuditRates


@dataclass(frozen=True, eq=False)
class Findings:
    """All that a report is made of. `version` and `model` are None where nothing could be learned yet."""

    project: Project
    round: Round
    standing: Standing
    pool: Pool
    version: ModelVersion | None
    model: Model | None
    rates: AuditRates
