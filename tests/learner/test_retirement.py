"""Why audit items that the strategy wants must retire: with it estimates are unbiased, without it they are not.

The walk fills a batch of fixed size, so how many items the audit drew says where it stops: this is the real plan, with that, too.
"""

from __future__ import annotations

import numpy as np
from learner_worlds import World, make_world

from learner import audit
from learner.planning import plan_round

ROUNDS, BATCH, AUDIT = 8, 24, 8


def run(world: World, seed: int, *, retire: bool) -> float:
    """Error of the estimated share of positives outside training (weights 1 / rate, Hajek), after some rounds of margin."""
    n, truth = len(world.y), world.truth
    trained, audited, rates = np.zeros(n, bool), np.zeros(n, bool), np.zeros(n)
    trained[world.labelled] = True
    numbers = audit.priorities([str(i) for i in range(n)], seed)
    for _ in range(ROUNDS):
        plan = plan_round(
            world.X,
            world.model,
            pool=np.arange(n) if retire else np.flatnonzero(~audited),  # the naive scheme hides what serves
            in_training=trained,
            audited=audited,
            priorities=numbers,
            rates=rates,
            audit_count=AUDIT,
            batch_size=BATCH,
            strategy="margin",
            rng=np.random.default_rng(seed),
        )
        assert len(plan.queries) == BATCH
        rates = plan.rates
        audited[[query.index for query in plan.queries if query.audit]] = True
        trained[[query.index for query in plan.queries if not query.audit] + plan.retired] = True
        audited &= ~trained
    rows = np.flatnonzero(audited)
    weight = 1.0 / rates[rows]
    return float(weight @ truth[rows] / weight.sum() - truth[~trained].mean())


def test_the_retiring_audit_is_unbiased_and_the_naive_one_is_not() -> None:
    world = make_world(["no", "yes"], n=900, seed=3, shares=[0.8, 0.2])
    for retire in (True, False):
        errors = np.array([run(world, seed, retire=retire) for seed in range(120)])
        standard_error = errors.std() / np.sqrt(len(errors))
        if retire:
            assert abs(errors.mean()) < 3 * standard_error
        else:
            assert errors.mean() > 4 * standard_error
