from __future__ import annotations

import numpy as np
import pytest
from learner_worlds import World

from learner import audit
from learner.errors import UnknownStrategyError
from learner.planning import RoundPlan, plan_round
from learner.remarks import Code, Remark
from learner.strategies import registry
from learner.strategies.base import TrainingSet

NONE = np.empty(0, np.int64)


def mask(world: World, rows: object) -> np.ndarray:
    made = np.zeros(len(world.y), bool)
    made[rows] = True
    return made


def plan(world: World, **changes: object) -> RoundPlan:
    """A round of 20; `serving` rows have their audit label, `drawn` ones have numbers that the audit draws at once."""
    n = len(world.y)
    codes = np.array([world.classes.index(label) for label in world.y])
    numbers = np.full(n, 0.999999)
    numbers[changes.pop("drawn", NONE)] = 0.0
    arguments: dict[str, object] = {
        "pool": world.pool,
        "in_training": mask(world, world.labelled),
        "audited": mask(world, changes.pop("serving", NONE)),
        "priorities": numbers,
        "rates": np.zeros(n),
        "audit_count": 0,
        "batch_size": 20,
        "strategy": "entropy",
        "rng": np.random.default_rng(0),
        "training": TrainingSet(world.labelled, codes[world.labelled]),
        **changes,
    }
    model = arguments.pop("model", world.model)
    return plan_round(world.X, model, **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("strategy", registry.names())
def test_a_batch_is_full_each_item_once_audit_among_the_others(strategy: str, binary: World) -> None:
    draw = np.array([130, 140, 150, 160])
    got = plan(binary, strategy=strategy, drawn=draw, audit_count=4)
    rows = [query.index for query in got.queries]
    assert len(rows) == len(set(rows)) == 20
    assert set(rows) <= set(binary.pool.tolist())
    audits = {query.index for query in got.queries if query.audit}
    assert audits <= set(draw.tolist())
    assert set(draw.tolist()) <= set(rows)
    for query in got.queries:
        if query.audit:
            assert query.strategy == "audit"
            assert query.score is None
            assert 0 < (query.inclusion_probability or 0) <= 1
        else:
            assert query.strategy in (strategy, registry.DEFAULT)
            assert query.rank is not None


def test_same_seed_same_plan_to_the_digit(binary: World) -> None:
    first, second = (plan(binary, drawn=binary.pool[:5], audit_count=5) for _ in range(2))
    assert (first.queries, first.retired, first.rates.tolist()) == (
        second.queries,
        second.retired,
        second.rates.tolist(),
    )
    assert plan(binary).queries != plan(binary, rng=np.random.default_rng(1)).queries


def test_audit_items_stand_at_any_place(binary: World) -> None:
    places = set()
    for seed in range(20):
        got = plan(binary, drawn=binary.pool[:3], audit_count=3, rng=np.random.default_rng(seed))
        places |= {i for i, query in enumerate(got.queries) if query.audit}
    assert min(places) < 4
    assert max(places) > 15


def test_wanted_audit_items_retire_and_cost_nothing(binary: World) -> None:
    wanted = [query.index for query in sorted(plan(binary).queries, key=lambda query: query.rank or 0)]
    serving = np.array([*wanted[:5], 500])
    got = plan(binary, serving=serving)
    assert sorted(got.retired) == sorted(wanted[:5])
    assert len(got.queries) == 20
    assert not {query.index for query in got.queries} & set(serving.tolist())


def test_wanted_items_just_drawn_are_asked_for_training(binary: World) -> None:
    best = min(plan(binary).queries, key=lambda query: query.rank or 0).index
    got = plan(binary, drawn=np.array([best]), audit_count=1)
    asked = {query.index: query for query in got.queries}
    assert len(got.queries) == 20
    assert not asked[best].audit
    assert got.retired == []


def test_the_choice_does_not_know_who_serves(binary: World) -> None:
    """With and without an audit the walk goes down the same ranking."""
    free = {query.index: query.rank for query in plan(binary, batch_size=40).queries}
    serving = binary.pool[::7]
    got = plan(binary, serving=serving)
    for query in got.queries:
        assert free[query.index] == query.rank
    assert {rank for row, rank in free.items() if row in got.retired} | {q.rank for q in got.queries} == set(
        range(1, len(got.retired) + 21)
    )


def test_cold_start_says_what_was_used_instead(binary: World) -> None:
    got = plan(binary, model=None)
    assert {query.strategy for query in got.queries} == {"representative"}
    assert all(query.remarks == (Remark(Code.NO_MODEL_TYPICAL, {"strategy": "entropy"}),) for query in got.queries)
    assert {query.strategy for query in plan(binary, model=None, strategy="random").queries} == {"random"}


def test_keywords_come_first_as_long_as_there_is_no_model(binary: World) -> None:
    seeds = np.zeros(len(binary.y), bool)
    seeds[[200, 201, 202, 203]] = True
    got = plan(binary, model=None, seeds=seeds)
    assert {200, 201, 202, 203} <= {query.index for query in got.queries}
    assert len(got.queries) == 20
    assert {remark.code for query in got.queries for remark in query.remarks} == {Code.NO_MODEL_KEYWORDS}
    assert plan(binary, seeds=seeds).queries == plan(binary).queries


def test_batch_larger_than_the_pool_takes_all(binary: World) -> None:
    trained = ~mask(binary, binary.pool[:7])
    got = plan(binary, pool=binary.pool[:7], in_training=trained, drawn=binary.pool[:2], audit_count=2, batch_size=50)
    assert sorted(query.index for query in got.queries) == binary.pool[:7].tolist()


def test_an_exhausted_pool_gives_an_empty_plan(binary: World) -> None:
    everything = np.ones(len(binary.y), bool)
    assert plan(binary, in_training=everything, audit_count=5).queries == []
    got = plan(binary, in_training=~mask(binary, binary.pool[:5]), serving=binary.pool[:5])
    assert got.queries == []


def test_an_audit_that_fills_the_batch_leaves_the_strategy_out(binary: World) -> None:
    got = plan(binary, drawn=binary.pool[:30], audit_count=10, batch_size=10)
    assert [query.audit for query in got.queries] == [True] * 10
    assert sorted(query.index for query in got.queries) == binary.pool[:10].tolist()


def test_without_an_audit_rates_stay_as_they_were(binary: World) -> None:
    rates = np.random.default_rng(0).random(len(binary.y)) * 0.1
    assert plan(binary, rates=rates).rates.tolist() == rates.tolist()


def test_an_unknown_strategy_is_refused_even_at_a_cold_start(binary: World) -> None:
    with pytest.raises(UnknownStrategyError):
        plan(binary, model=None, strategy="guess")


def test_inclusion_probability_is_the_rate(binary: World) -> None:
    n = len(binary.y)
    numbers = audit.priorities([str(i) for i in range(n)], 1)
    got = plan(binary, priorities=numbers, audit_count=6)
    audits = [query for query in got.queries if query.audit]
    assert audits
    for query in audits:
        assert query.inclusion_probability == got.rates[query.index] > numbers[query.index]
