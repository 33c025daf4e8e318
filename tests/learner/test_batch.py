from __future__ import annotations

import numpy as np
import pytest
from learner_worlds import World
from scipy import sparse

from learner.batch import NEAR_COPY, capped, clusters, cosines, shortlist, spread
from learner.features import TfidfFeatures
from learner.remarks import Code, Remark
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


@pytest.mark.parametrize(("wanted", "aim"), [(2, -0.3), (4, -0.14), (10, 0.0)])
def test_aimed_wants_what_is_closest_to_its_point_which_a_small_pool_brings_to_even_odds(
    wanted: int, aim: float, binary: World
) -> None:
    seen = view(binary)
    order = Aimed("aimed", offset=-0.3).rank(seen, wanted, np.random.default_rng(0)).order
    gap = np.abs(np.log(1 / seen.positive_scores() - 1) + aim)
    assert gap[order].max() <= np.sort(gap)[wanted - 1] + 1e-6


def test_the_shortlist_grows_with_the_pool_up_to_a_limit() -> None:
    assert [shortlist(50, n) for n in (40, 2_500, 5_000, 10_000, 1_000_000)] == [75, 75, 150, 300, 300]
    assert [shortlist(n, 1_000_000) for n in (1, 500, 2_000)] == [6, 1_500, 2_000]


def test_hybrid_keeps_its_shares(binary: World) -> None:
    seen = view(binary)
    parts = ((LikelyPositive(), 0.75), (registry.get("random"), 0.25))
    got = Hybrid(parts).rank(seen, 40, np.random.default_rng(0))
    best = set(LikelyPositive().rank(seen, 40, np.random.default_rng(0)).order.tolist())
    assert 28 <= len(best & set(got.order.tolist())) <= 36
    everything = Hybrid(parts).rank(seen, 10_000, np.random.default_rng(0))
    assert sorted(everything.order.tolist()) == list(range(len(seen.candidates)))


def kinds(sizes: list[int], seed: int = 0) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Rows of as many kinds, those of a kind alike, in random order; and the kind of each."""
    rng = np.random.default_rng(seed)
    kind = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    return sparse.csr_matrix(np.eye(len(sizes))[kind] + 0.1 * rng.random((len(kind), len(sizes)))), kind


def test_clusters_are_the_kinds_there_are() -> None:
    X, kind = kinds([30, 20, 9, 4])
    got = clusters(X, 4)
    assert len({(a, b) for a, b in zip(got.tolist(), kind.tolist(), strict=True)}) == len(set(got.tolist())) == 4
    assert set(clusters(X[:1], 4).tolist()) == {0}
    assert len(clusters(X[:0], 4)) == 0


def test_no_more_than_the_cap_of_a_cluster_best_first() -> None:
    X, kind = kinds([40, 12, 6, 5])
    made = capped(X, np.arange(63), ranking_of(63), 8, 4, short=63)  # 2 * 8 / 4 = 4 clusters
    batch = kind[made.order[:8]]
    assert np.bincount(batch, minlength=4).max() <= 4
    assert len(set(batch.tolist())) > 1
    for one in range(4):  # within a cluster the ranking holds
        rows = [row for row in made.order.tolist() if kind[row] == one]
        assert rows == sorted(rows)
    assert sorted(made.order.tolist()) == list(range(63))
    assert made.remarks == ()


def test_a_cap_that_leaves_too_few_is_filled_up_and_says_so() -> None:
    X = sparse.csr_matrix(np.ones((30, 3)))
    made = capped(X, np.arange(30), ranking_of(30), 12, 2, short=30)
    assert made.order[:12].tolist() == list(range(12))
    assert made.remarks == (Remark(Code.MORE_OF_A_CLUSTER, {"items": 2, "cap": 2}),)


def test_a_cap_goes_down_the_ranking_for_other_kinds() -> None:
    """One kind is by far the most doubtful: without a cap it is the whole batch."""
    X, kind = kinds([40, 20, 20, 20])
    proba = np.where(kind == 0, 0.5, 0.3)
    seen = PoolView(X, np.arange(100), None, np.column_stack([1 - proba, proba]), batch_size=12)
    free, kept = (
        registry.get(name).rank(seen, 12, np.random.default_rng(0)).order for name in ("entropy", "entropy:cap=3")
    )
    assert set(kind[free].tolist()) == {0}
    assert len(set(kind[kept].tolist())) > 1
    more = registry.get("entropy:cap=3").rank(
        seen, 30, np.random.default_rng(0)
    )  # 18 of the wanted may have their label
    assert more.order[:12].tolist() == kept.tolist()
