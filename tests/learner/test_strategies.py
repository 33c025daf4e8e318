"""The same checks for every registered strategy."""

from __future__ import annotations

import numpy as np
import pytest
from learner_worlds import World

from learner.errors import UnknownStrategyError
from learner.strategies import registry
from learner.strategies.base import PoolView, TrainingSet, sifted, top
from learner.strategies.uncertainty import entropy, least_confidence, margin

every_strategy = pytest.mark.parametrize("name", [*registry.names(), "default:cap=3", "hybrid:0.5,0.3,0.2:cap=2"])


def view(world: World, candidates: np.ndarray | None = None) -> PoolView:
    rows = world.pool if candidates is None else candidates
    codes = np.array([world.classes.index(label) for label in world.y])
    training = TrainingSet(world.labelled, codes[world.labelled])
    return PoolView(world.X, rows, world.model, world.model.predict_proba(world.X[rows]), training)


@every_strategy
@pytest.mark.parametrize("kind", ["binary", "three"])
def test_gives_as_many_as_wanted_each_once(name: str, kind: str, request: pytest.FixtureRequest) -> None:
    seen = view(request.getfixturevalue(kind))
    ranking = registry.get(name).rank(seen, 40, np.random.default_rng(0))
    assert len(ranking.order) == len(ranking.scores) == 40
    assert len(set(ranking.order.tolist())) == 40
    assert ranking.order.min() >= 0
    assert ranking.order.max() < len(seen.candidates)
    assert np.isfinite(ranking.scores).all()


@every_strategy
def test_same_seed_same_choice_to_the_digit(name: str, binary: World) -> None:
    first, second = (registry.get(name).rank(view(binary), 30, np.random.default_rng(7)) for _ in range(2))
    assert first.order.tolist() == second.order.tolist()
    assert first.scores.tolist() == second.scores.tolist()


@every_strategy
def test_wanting_more_than_there_is_gives_all(name: str, binary: World) -> None:
    ranking = registry.get(name).rank(view(binary, np.arange(200, 212)), 50, np.random.default_rng(0))
    assert sorted(ranking.order.tolist()) == list(range(12))


@every_strategy
def test_an_empty_pool_gives_nothing(name: str, binary: World) -> None:
    ranking = registry.get(name).rank(view(binary, np.empty(0, dtype=np.int64)), 5, np.random.default_rng(0))
    assert len(ranking.order) == 0


@every_strategy
def test_wanting_nothing_gives_nothing(name: str, binary: World) -> None:
    assert len(registry.get(name).rank(view(binary), 0, np.random.default_rng(0)).order) == 0


@every_strategy
def test_all_duplicates_still_fill_a_batch(name: str, binary: World) -> None:
    rows = np.full(30, 200)
    ranking = registry.get(name).rank(view(binary, rows), 10, np.random.default_rng(0))
    assert len(set(ranking.order.tolist())) == 10


@every_strategy
def test_broken_probabilities_do_not_stop_it(name: str, binary: World) -> None:
    ranking = registry.get(name).rank(broken(binary), 40, np.random.default_rng(0))
    assert len(set(ranking.order.tolist())) == 40
    assert np.isfinite(ranking.scores).all()


def broken(world: World) -> PoolView:
    """The first 21 candidates have no finite probabilities."""
    seen = view(world)
    proba = np.array(seen.probabilities())
    proba[:20] = np.nan
    proba[20] = np.inf
    return PoolView(seen.X, seen.candidates, seen.model, proba, seen.training)


@pytest.mark.parametrize("name", ["entropy", "margin", "least_confidence", "likely_positive"])
@pytest.mark.parametrize("kind", ["binary", "three"])
def test_items_without_finite_probabilities_come_last(name: str, kind: str, request: pytest.FixtureRequest) -> None:
    seen = broken(request.getfixturevalue(kind))
    ranking = registry.get(name).rank(seen, len(seen.candidates) - 21, np.random.default_rng(0))
    assert ranking.order.min() > 20
    few = registry.get("default").rank(seen, 10, np.random.default_rng(0))
    assert few.order.min() > 20


def test_sifting_changes_nothing() -> None:
    rng = np.random.default_rng(0)
    exact = np.round(rng.random(500), 2)  # with ties
    rough = exact + rng.uniform(-0.01, 0.01, 500)
    for wanted in (0, 1, 30, 500, 600):
        got = sifted(rough, 0.02, lambda places: exact[places], wanted, np.random.default_rng(1))
        want = top(exact, wanted, np.random.default_rng(1))
        assert (got.order.tolist(), got.scores.tolist()) == (want.order.tolist(), want.scores.tolist())


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownStrategyError, match=r"'guess'.*entropy"):
        registry.get("guess")


def test_hybrids_shares_are_part_of_its_name(binary: World) -> None:
    seen = view(binary)
    chosen = registry.get("hybrid:0.5,0.5,0")
    assert chosen.name == "hybrid:0.5,0.5,0"
    only = registry.get("hybrid:0,1,0").rank(seen, 20, np.random.default_rng(0))
    greedy = registry.get("likely_positive").rank(seen, 20, np.random.default_rng(0))
    assert only.order.tolist() == greedy.order.tolist()
    uncertain = registry.get("hybrid: 1, 0, 0").rank(seen, 20, np.random.default_rng(0))
    assert uncertain.order.tolist() == registry.get("entropy").rank(seen, 20, np.random.default_rng(0)).order.tolist()


@pytest.mark.parametrize(
    "shares", ["", "0.5,0.5", "0.5,0.4,0.2", "1,1,-1", "a,b,c", "nan,0,1", "0.2,0.2,0.2,0.4", "0.6;0.3;0.1"]
)
def test_shares_that_cannot_be_are_refused_with_what_can(shares: str) -> None:
    with pytest.raises(UnknownStrategyError, match=r"three shares that make 1 in all.*hybrid:0\.6,0\.3,0\.1"):
        registry.get(f"hybrid:{shares}")


@pytest.mark.parametrize(
    "cap", ["entropy:cap=0", "entropy:cap=", "entropy:cap=-1", "entropy:cap=2:cap=3", ":cap=3", "entropy:cap=x"]
)
def test_caps_that_cannot_be_are_refused_with_what_can(cap: str) -> None:
    with pytest.raises(UnknownStrategyError, match=r"1 or more.*entropy:cap=3"):
        registry.get(cap)


def test_a_cap_is_part_of_the_name_and_goes_with_any_strategy() -> None:
    assert registry.get("default:cap=3").name == "diverse_aimed:cap=3"
    assert registry.get("hybrid:0.6,0.3,0.1:cap=4").name == "hybrid:0.6,0.3,0.1:cap=4"
    assert not registry.get("random:cap=2").needs_model
    with pytest.raises(UnknownStrategyError, match="'guess'"):
        registry.get("guess:cap=3")


def test_a_cap_that_never_binds_changes_nothing(binary: World) -> None:
    free, kept = (
        registry.get(name).rank(view(binary), 20, np.random.default_rng(1)) for name in ("entropy", "entropy:cap=999")
    )
    assert kept.order.tolist() == free.order.tolist()
    assert kept.scores.tolist() == free.scores.tolist()


def test_for_two_classes_the_uncertainties_rank_alike() -> None:
    p = np.random.default_rng(0).random(200)
    proba = np.column_stack([1 - p, p])
    orders = [np.argsort(measure(proba)).tolist() for measure in (entropy, margin, least_confidence)]
    assert orders[0] == orders[1] == orders[2]


def test_the_uncertainties_by_hand() -> None:
    proba = np.array([[0.5, 0.3, 0.2], [0.45, 0.45, 0.1], [1.0, 0.0, 0.0]])
    assert margin(proba) == pytest.approx([0.8, 1.0, 0.0])
    assert least_confidence(proba) == pytest.approx([0.5, 0.55, 0.0])
    assert entropy(proba)[0] == pytest.approx(-(0.5 * np.log(0.5) + 0.3 * np.log(0.3) + 0.2 * np.log(0.2)))
    assert entropy(proba)[2] == 0.0


def test_top_breaks_ties_at_random_and_puts_nan_last() -> None:
    scores = np.array([1.0, np.nan, 3.0, 1.0, 1.0])
    picks = {tuple(top(scores, 2, np.random.default_rng(seed)).order.tolist()) for seed in range(40)}
    assert picks == {(2, 0), (2, 3), (2, 4)}
    assert top(scores, 5, np.random.default_rng(0)).order[-1] == 1
