from __future__ import annotations

import numpy as np
from learner_worlds import World
from scipy import sparse

from learner.batch import NEAR_COPY, cosines, spread
from learner.features import TfidfFeatures
from learner.strategies import registry
from learner.strategies.base import PoolView, Ranking
from learner.strategies.mixed import Aimed, Hybrid, LikelyPositive

TEXTS = [
    "the new phone does not charge at all",
    "the new phone does not charge at all!!",
    "The new phone does NOT charge at all #fail",
    "delivery was three days late again",
    "delivery was three days late, again",
    "lovely people in the shop downtown",
    "how do I change my address please",
]


def ranking_of(n: int) -> Ranking:
    return Ranking(np.arange(n), np.linspace(1, 0, n))


def test_near_copies_come_last() -> None:
    X = TfidfFeatures(min_df=1).fit_transform(TEXTS)
    assert cosines(X)[0, 1] > NEAR_COPY > cosines(X)[0, 3]
    made = spread(X, np.arange(X.shape[0]), ranking_of(len(TEXTS)), 4)
    assert set(made.order[:4].tolist()) in ({0, 3, 5, 6}, {0, 4, 5, 6})
    assert sorted(made.order.tolist()) == list(range(len(TEXTS)))
    assert made.scores.tolist() == np.linspace(1, 0, 7)[made.order].tolist()


def test_the_first_stands_for_most_of_the_shortlist() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(3), [12, 5, 3])
    X = sparse.csr_matrix(np.eye(3)[groups] + 0.4 * rng.random((20, 3)))
    made = spread(X, np.arange(X.shape[0]), ranking_of(20), 3)
    assert [int(groups[i]) for i in made.order[:3]] == [0, 1, 2]


def test_all_copies_still_fill_the_batch() -> None:
    X = sparse.csr_matrix(np.ones((30, 3)))
    assert len(set(spread(X, np.arange(X.shape[0]), ranking_of(30), 12).order[:12].tolist())) == 12


def test_empty_rows_are_alike_to_nothing() -> None:
    assert cosines(sparse.csr_matrix((3, 5))).max() == 0.0


def view(world: World) -> PoolView:
    return PoolView(world.X, world.pool, world.model, world.model.predict_proba(world.X[world.pool]))


def test_likely_positive_is_greedy(binary: World) -> None:
    seen = view(binary)
    order = LikelyPositive().rank(seen, 30, np.random.default_rng(0)).order
    scores = seen.positive_scores()
    assert scores[order].min() >= np.sort(scores)[-30]


def test_aimed_wants_what_is_closest_to_its_point(binary: World) -> None:
    seen = view(binary)
    order = Aimed("aimed", offset=-0.3).rank(seen, 10, np.random.default_rng(0)).order
    gap = np.abs(seen.positive_scores() - 1 / (1 + np.exp(0.3)))
    assert gap[order].max() <= np.sort(gap)[12]


def test_hybrid_keeps_its_shares(binary: World) -> None:
    seen = view(binary)
    parts = ((LikelyPositive(), 0.75), (registry.get("random"), 0.25))
    got = Hybrid(parts).rank(seen, 40, np.random.default_rng(0))
    best = set(LikelyPositive().rank(seen, 40, np.random.default_rng(0)).order.tolist())
    assert 28 <= len(best & set(got.order.tolist())) <= 36
    everything = Hybrid(parts).rank(seen, 10_000, np.random.default_rng(0))
    assert sorted(everything.order.tolist()) == list(range(len(seen.candidates)))
