from __future__ import annotations

import numpy as np
import pytest
from learner_worlds import World, make_world
from sklearn.metrics import average_precision_score

from learner.errors import LearnerError
from learner.evaluation import average_precision, best_f1, measure
from learner.simulate import RoundResult, Setup, simulate, split
from learner.strategies import registry

SMALL = Setup(seed_labels=60, seed_positives=6, pool_size=400, batch_size=20, rounds=3, audit_per_round=5)


@pytest.fixture(scope="module")
def rare() -> World:
    return make_world(["no", "yes"], n=1200, seed=5, shares=[0.9, 0.1])


def run(world: World, strategy: str = "entropy", setup: Setup = SMALL, seed: int = 0) -> list[RoundResult]:
    return list(
        simulate(
            world.X, world.y, classes=world.classes, positive=world.positive, strategy=strategy, setup=setup, seed=seed
        )
    )


@pytest.mark.parametrize("strategy", registry.names())
def test_rounds_spend_exactly_their_labels(strategy: str, rare: World) -> None:
    results = run(rare, strategy)
    assert [result.round for result in results] == [1, 2, 3]
    assert [result.labels for result in results] == [80, 100, 120]
    assert all(result.threshold is not None for result in results)
    assert 5 <= results[-1].estimate.audit_labels <= 25  # a Poisson number about 15
    assert results[-1].estimate.population == 1200 - (120 - results[-1].estimate.audit_labels)


def test_same_seed_same_figures_to_the_digit(rare: World) -> None:
    assert run(rare) == run(rare)
    assert run(rare) != run(rare, seed=1)


def test_all_strategies_start_from_the_same_seeds(rare: World) -> None:
    seeds, pool = split(rare.truth, SMALL, np.random.default_rng(4))
    again, _ = split(rare.truth, SMALL, np.random.default_rng(4))
    assert seeds.tolist() == again.tolist()
    assert len(seeds) == 60
    assert rare.truth[seeds].sum() == 6
    assert len(pool) == 400
    assert not set(seeds) & set(pool)


def test_a_cold_start_gets_going(rare: World) -> None:
    results = run(rare, setup=Setup(0, 0, 400, 40, 3, 5))
    assert results[-1].labels == 120
    assert results[-1].threshold is not None


def test_an_exhausted_pool_ends_quietly(rare: World) -> None:
    world = rare._replace(X=rare.X[:110], y=rare.y[:110])
    results = run(world, setup=Setup(60, 6, None, 20, 4, 5))
    assert [result.queries for result in results][:2] == [20, 20]
    assert results[-1].queries == 0
    assert results[-1].labels == 110
    assert results[-1].true.precision is None
    assert results[-1].true.average_precision is None


def test_strategies_pick_from_the_pool_and_the_audit_measures_all(rare: World) -> None:
    results = run(rare, setup=Setup(60, 6, 40, 20, 2, 10))
    assert results[-1].labels == 100
    assert results[-1].estimate.population > 1050


def test_what_is_held_out_is_measured_whole_with_the_audits_items(rare: World) -> None:
    setup = Setup(seed_labels=60, seed_positives=6, pool_size=400, batch_size=10, rounds=3, audit_per_round=6)
    *_, last = simulate(
        rare.X, rare.y, classes=rare.classes, positive=rare.positive, strategy="default", setup=setup, seed=7
    )
    outside = np.setdiff1d(np.arange(len(rare.y)), np.concatenate(split(rare.truth, setup, np.random.default_rng(7))))
    assert last.model is not None
    scores = last.model.positive_scores(rare.X[outside])
    assert last.held_out == measure(scores, last.model.flags_of(scores), rare.truth[outside])


@pytest.mark.parametrize(
    ("setup", "words"),
    [
        (Setup(60, 61), "impossible"),
        (Setup(600, 500), "the data have"),
        (Setup(60, 6, batch_size=5, audit_per_round=6), "do not fit"),
        (Setup(60, 6, rounds=0), "1 or more"),
        (Setup(2000, 100), "the data have"),
    ],
)
def test_impossible_set_ups_are_refused(setup: Setup, words: str, rare: World) -> None:
    with pytest.raises(LearnerError, match=words):
        run(rare, setup=setup)


def test_true_figures_by_hand() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.1])
    truth = np.array([True, False, True, False])
    got = measure(scores, scores >= 0.75, truth)
    assert (got.precision, got.recall, got.f1) == (0.5, 0.5, 0.5)
    assert got.average_precision == pytest.approx((1 + 2 / 3) / 2)
    assert best_f1(scores, truth) == pytest.approx(0.8)
    assert measure(scores, scores > 1, ~truth & truth).f1 is None


def test_average_precision_is_scikit_learns() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        scores, truth = rng.integers(0, 8, 60) / 8, rng.random(60) < 0.3
        assert average_precision(scores, truth) == pytest.approx(average_precision_score(truth, scores))
