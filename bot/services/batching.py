"""What the next round asks: from where a project stands to a plan, with the audit's rates carried from round to round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.domain import Project
from bot.services import coding
from bot.services.ports import Store
from bot.services.seeding import Matcher
from bot.services.standing import Standing
from bot.services.training import Pool
from learner import persist
from learner.multilabel import Model
from learner.planning import NOBODY, RoundPlan, plan_round
from learner.strategies.base import TrainingSet
from learner.stratified import AuditRates
from learner.types import Mask


@dataclass(frozen=True, eq=False)
class Batch:
    """A planned round: what to ask, and the audit's rates as they are to be kept."""

    plan: RoundPlan
    rates: bytes


def plan(store: Store, project: Project, number: int, standing: Standing, pool: Pool, model: Model | None) -> Batch:
    """The batch of round `number`. Reads the rates that the last round left; the same state gives the same batch."""
    items = list(standing.training())
    in_training = pool.mask(set(items))
    wanted = audit_wanted(project, number)
    count = wanted or project.audit_per_round
    made = plan_round(
        pool.X,
        model,
        # A round of measuring only leaves nothing to the strategy; the number that a Poisson draw gives varies.
        pool=NOBODY if wanted else np.arange(len(pool.ids)),
        in_training=in_training,
        audited=pool.mask(standing.serving),
        priorities=pool.priorities,
        rates=kept_rates(store, project).for_items(pool.ids),
        audit_count=count,
        batch_size=wanted + int(np.ceil(3 * np.sqrt(wanted))) if wanted else project.batch_size,
        strategy=project.strategy,
        rng=np.random.default_rng([project.random_state, number, 3]),
        training=TrainingSet(
            pool.rows(items),
            coding.taught(project, [standing.labels[item].value for item in items]),
        ),
        seeds=_seeds(store, project, pool) if model is None else None,
    )
    return Batch(made, persist.dump_rates(AuditRates.of_items(pool.ids, made.rates)))


def _seeds(store: Store, project: Project, pool: Pool) -> Mask | None:
    """Rows (n,) that match the lead's keywords; None if there are none."""
    if not project.seed_patterns:
        return None
    matcher = Matcher(project.seed_patterns)
    return pool.mask({item.id for item in store.items.iter(project.id) if matcher.matches(item.text)})


def audit_wanted(project: Project, number: int) -> int:
    """How many labels a lead wants spent on measuring in that round; 0: it is a round like any other."""
    return project.audit_round[1] if project.audit_round is not None and project.audit_round[0] == number else 0


def kept_rates(store: Store, project: Project) -> AuditRates:
    """The audit's rates that the newest round left. Raises CorruptModelError if they can't be read."""
    blob = store.rounds.audit_rates(project.id)
    return AuditRates.start() if blob is None else persist.load_rates(blob)
