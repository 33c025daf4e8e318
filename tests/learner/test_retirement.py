"""Why audit items that the strategy wants must retire: with it estimates are unbiased, without it they are not."""

from __future__ import annotations

import numpy as np
from learner_worlds import World, make_world

from learner import audit
from learner.planning import plan_batch

ROUNDS, BATCH, AUDIT = 6, 24, 8


def run(world: World, seed: int, *, retire: bool) -> float:
    """Error of the estimated number of positives outside training, as a share of the true one, after some rounds of entropy."""
    n = len(world.y)
    truth = world.truth
    trained, audited = np.zeros(n, bool), np.zeros(n, bool)
    trained[world.labelled] = True
    numbers = audit.priorities([str(i) for i in range(n)], seed)
    rng = np.random.default_rng(seed)
    for _ in range(ROUNDS):
        draw = audit.draw(numbers, in_training=trained, audited=audited, count=AUDIT)
        plan = plan_batch(
            world.X,
            world.model,
            # the naive scheme: the strategy never sees what serves in the audit
            unlabelled=np.flatnonzero(~trained & ~audited)
            if retire
            else np.setdiff1d(np.flatnonzero(~trained & ~audited), draw),
            audit_draw=draw if retire else np.empty(0, np.int64),
            audited=np.flatnonzero(audited) if retire else np.empty(0, np.int64),
            batch_size=BATCH if retire else BATCH - AUDIT,
            strategy="entropy",
            rng=rng,
        )
        audited[[query.index for query in plan.queries if query.audit] if retire else draw] = True
        trained[[query.index for query in plan.queries if not query.audit] + plan.retired] = True
        audited &= ~trained
    domain = ~trained
    estimated = truth[audited].mean() * domain.sum()
    return float((estimated - truth[domain].sum()) / truth[domain].sum())


def test_the_retiring_audit_is_unbiased_and_the_naive_one_is_not() -> None:
    world = make_world(["no", "yes"], n=900, seed=3, shares=[0.8, 0.2])
    for retire in (True, False):
        errors = np.array([run(world, seed, retire=retire) for seed in range(150)])
        standard_error = errors.std() / np.sqrt(len(errors))
        if retire:
            assert abs(errors.mean()) < 3 * standard_error
        else:
            assert errors.mean() > 4 * standard_error
