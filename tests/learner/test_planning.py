from __future__ import annotations

import numpy as np
import pytest
from learner_worlds import World

from learner import audit
from learner.errors import UnknownStrategyError
from learner.planning import Plan, plan_batch
from learner.strategies import registry
from learner.strategies.base import TrainingSet

NONE = np.empty(0, np.int64)


def plan(world: World, **changes: object) -> Plan:
    codes = np.array([world.classes.index(label) for label in world.y])
    arguments: dict[str, object] = {
        "unlabelled": world.pool,
        "batch_size": 20,
        "strategy": "entropy",
        "rng": np.random.default_rng(0),
        "training": TrainingSet(world.labelled, codes[world.labelled]),
        **changes,
    }
    model = arguments.pop("model", world.model)
    return plan_batch(world.X, model, **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("strategy", registry.names())
def test_a_batch_is_full_each_item_once_audit_among_the_others(strategy: str, binary: World) -> None:
    draw = np.array([130, 140, 150, 160])
    got = plan(binary, strategy=strategy, audit_draw=draw)
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
    assert plan(binary, audit_draw=binary.pool[:5]) == plan(binary, audit_draw=binary.pool[:5])
    assert plan(binary) != plan(binary, rng=np.random.default_rng(1))


def test_audit_items_stand_at_any_place(binary: World) -> None:
    places = set()
    for seed in range(20):
        got = plan(binary, audit_draw=binary.pool[:3], rng=np.random.default_rng(seed))
        places |= {i for i, query in enumerate(got.queries) if query.audit}
    assert min(places) < 4
    assert max(places) > 15


def test_wanted_audit_items_retire_and_cost_nothing(binary: World) -> None:
    wanted = [query.index for query in sorted(plan(binary).queries, key=lambda query: query.rank or 0)]
    serving = np.array([*wanted[:5], 500])
    got = plan(binary, unlabelled=np.setdiff1d(binary.pool, serving), audited=serving)
    assert sorted(got.retired) == sorted(wanted[:5])
    assert len(got.queries) == 20
    assert not {query.index for query in got.queries} & set(serving.tolist())


def test_wanted_items_just_drawn_are_asked_for_training(binary: World) -> None:
    best = min(plan(binary).queries, key=lambda query: query.rank or 0).index
    got = plan(binary, audit_draw=np.array([best]))
    asked = {query.index: query for query in got.queries}
    assert len(got.queries) == 20
    assert not asked[best].audit
    assert got.retired == []


def test_the_choice_does_not_know_who_serves(binary: World) -> None:
    """With and without an audit the walk goes down the same ranking."""
    free = {query.index: query.rank for query in plan(binary, batch_size=40).queries}
    serving = binary.pool[::7]
    got = plan(binary, unlabelled=np.setdiff1d(binary.pool, serving), audited=serving)
    for query in got.queries:
        assert free[query.index] == query.rank
    assert {rank for row, rank in free.items() if row in got.retired} | {q.rank for q in got.queries} == set(
        range(1, len(got.retired) + 21)
    )


def test_cold_start_says_what_was_used_instead(binary: World) -> None:
    got = plan(binary, model=None)
    assert {query.strategy for query in got.queries} == {"representative"}
    assert all("no model" in query.note and "entropy" in query.note for query in got.queries)
    assert {query.strategy for query in plan(binary, model=None, strategy="random").queries} == {"random"}


def test_keywords_come_first_as_long_as_there_is_no_model(binary: World) -> None:
    seeds = np.zeros(len(binary.y), bool)
    seeds[[200, 201, 202, 203]] = True
    got = plan(binary, model=None, seeds=seeds)
    assert {200, 201, 202, 203} <= {query.index for query in got.queries}
    assert len(got.queries) == 20
    assert all("keyword" in query.note for query in got.queries)
    assert plan(binary, seeds=seeds) == plan(binary)


def test_batch_larger_than_the_pool_takes_all(binary: World) -> None:
    got = plan(binary, unlabelled=binary.pool[:7], audit_draw=binary.pool[:2], batch_size=50)
    assert sorted(query.index for query in got.queries) == binary.pool[:7].tolist()


def test_an_exhausted_pool_gives_an_empty_plan(binary: World) -> None:
    assert plan(binary, unlabelled=NONE).queries == []
    got = plan(binary, unlabelled=NONE, audited=binary.pool[:5])
    assert got.queries == []


def test_an_audit_that_fills_the_batch_leaves_the_strategy_out(binary: World) -> None:
    got = plan(binary, audit_draw=binary.pool[:30], batch_size=10)
    assert [query.audit for query in got.queries] == [True] * 10
    assert sorted(query.index for query in got.queries) == binary.pool[:10].tolist()


def test_an_unknown_strategy_is_refused_even_at_a_cold_start(binary: World) -> None:
    with pytest.raises(UnknownStrategyError):
        plan(binary, model=None, strategy="guess")


def test_inclusion_probability_is_the_audits_share_of_its_population(binary: World) -> None:
    n = len(binary.y)
    numbers = audit.priorities([str(i) for i in range(n)], 1)
    trained = np.zeros(n, bool)
    trained[binary.labelled] = True
    draw = audit.draw(numbers, in_training=trained, audited=np.zeros(n, bool), count=6)
    got = plan(binary, audit_draw=draw)
    audits = [query for query in got.queries if query.audit]
    left = len(binary.pool) - (20 - len(audits))
    assert {query.inclusion_probability for query in audits} == {len(audits) / left}
