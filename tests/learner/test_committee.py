from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from learner_worlds import World
from scipy import sparse
from scipy.special import expit
from scipy.stats import entropy as kl

from learner import committee
from learner.classifier import fit
from learner.errors import TooFewLabelsError
from learner.members import naive_bayes, support_vectors, tempered
from learner.strategies import registry
from learner.strategies.base import PoolView, top
from learner.strategies.by_committee import GAP, ROUGH, most_disputed


def codes_of(world: World) -> np.ndarray:
    return np.array([world.classes.index(label) for label in world.y])


def test_every_member_sees_every_class_however_rare() -> None:
    codes = np.array([0] * 200 + [1] * 2 + [2])
    for seed in range(50):
        drawn = committee.bootstrap(codes, np.random.default_rng(seed))
        assert [drawn[codes == code].sum() for code in range(3)] == [200, 2, 1]


def test_members_differ_and_are_the_same_for_the_same_seed(binary: World) -> None:
    X, codes = binary.X[:120], codes_of(binary)[:120]
    first, second = (committee.members(X, codes, 2, np.random.default_rng(1)).predictions(binary.X) for _ in range(2))
    assert first.shape == (committee.MEMBERS, 600, 2)
    assert first.tolist() == second.tolist()
    assert np.ptp(first[:, :, 1], axis=0).max() > 0.05


def test_measures_against_their_definitions() -> None:
    rng = np.random.default_rng(0)
    proba = rng.dirichlet([1, 1, 1], size=(5, 40))
    mean = proba.mean(axis=0)
    divergences = np.array([[kl(proba[m, i], mean[i]) for i in range(40)] for m in range(5)])
    assert committee.jensen_shannon(proba) == pytest.approx(divergences.mean(axis=0))
    assert committee.max_kl(proba) == pytest.approx(divergences.max(axis=0))
    assert committee.consensus_entropy(proba) == pytest.approx([kl(row) for row in mean])
    votes = proba.argmax(axis=2)
    shares = [[(votes[:, i] == c).mean() for c in range(3)] for i in range(40)]
    assert committee.vote_entropy(proba) == pytest.approx([kl(row) for row in shares])


def test_certainty_and_agreement_are_no_disagreement() -> None:
    proba = np.tile(np.array([[[1.0, 0.0], [0.5, 0.5]]]), (5, 1, 1))
    assert committee.jensen_shannon(proba) == pytest.approx([0, 0])
    assert committee.max_kl(proba) == pytest.approx([0, 0])
    assert committee.vote_entropy(proba) == pytest.approx([0, 0])


def test_without_training_labels_it_says_what_it_used(binary: World) -> None:
    view = PoolView(binary.X, binary.pool, binary.model, binary.model.predict_proba(binary.X[binary.pool]))
    for name in ("committee", "error_reduction"):
        ranking = registry.get(name).rank(view, 10, np.random.default_rng(0))
        assert [remark.values for remark in ranking.remarks] == [{"strategy": name}]
        assert len(ranking.order) == 10


@pytest.mark.parametrize("learner", [support_vectors, naive_bayes])
@pytest.mark.parametrize("kind", ["binary", "three"])
def test_other_learners_learn_and_are_tempered_to_honest_odds(
    learner: committee.Learner, kind: str, request: pytest.FixtureRequest
) -> None:
    world = request.getfixturevalue(kind)
    codes, k = codes_of(world), len(world.classes)
    member = learner(world.X[:300], codes[:300], k, sample_weight=np.ones(300))
    made = tempered(member, world.X[300:450], codes[300:450])
    proba = made.predict_proba(world.X[450:])
    assert proba.shape == (150, k)
    assert proba.sum(axis=1) == pytest.approx(np.ones(150))
    right = proba.argmax(axis=1) == codes[450:]
    recalls = [right[codes[450:] == code].mean() for code in range(k)]
    assert np.mean(recalls) > 1.4 / k
    assert proba.argmax(axis=1).tolist() == member.predict_proba(world.X[450:]).argmax(axis=1).tolist()
    # tempered a second time there is nothing left to mend
    again = tempered(made, world.X[300:450], codes[300:450])
    assert again.coef == pytest.approx(made.coef, rel=1e-2)


def test_tempering_needs_labels_of_each_class(binary: World) -> None:
    codes = codes_of(binary)
    member = naive_bayes(binary.X[:300], codes[:300], 2, sample_weight=np.ones(300))
    calm = np.flatnonzero(codes == 0)[:50]
    assert tempered(member, binary.X[calm], codes[calm]) is member


def test_one_class_is_too_few_for_any_learner(binary: World) -> None:
    for learner in (support_vectors, naive_bayes):
        with pytest.raises(TooFewLabelsError):
            learner(binary.X[:5], np.zeros(5, np.int64), 2, sample_weight=np.ones(5))


def test_a_mixed_committees_members_differ_in_kind(binary: World) -> None:
    X, codes = binary.X[:120], codes_of(binary)[:120]
    made = committee.members(X, codes, 2, np.random.default_rng(0), learners=committee.MIXED)
    said = made.predictions(binary.X[120:])[:, :, 1]
    assert len(made.members) == len(committee.MIXED) >= 5
    alike = np.corrcoef(said)
    assert alike[0, 3] > alike[0, 2]  # two of a kind agree more than two of different kinds


def test_naive_bayes_leaves_embeddings_to_logistic_regression_and_bears_empty_rows(binary: World) -> None:
    rng = np.random.default_rng(0)
    dense = sparse.csr_matrix(rng.normal(size=(40, 8)))
    codes = np.arange(40) % 2
    once, other = (learn(dense, codes, 2, sample_weight=np.ones(40)) for learn in (naive_bayes, fit))
    assert once.coef == pytest.approx(other.coef)
    empty = sparse.csr_matrix((40, 8))
    for learner in (naive_bayes, support_vectors):
        assert learner(empty, codes, 2, sample_weight=np.ones(40)).predict_proba(empty) == pytest.approx(0.5)


@pytest.mark.parametrize("measure", list(ROUGH), ids=lambda measure: measure.__name__)
def test_rough_disagreement_is_within_a_few_millionths(measure: Callable[[np.ndarray], np.ndarray]) -> None:
    rng = np.random.default_rng(0)
    odds = np.concatenate([rng.normal(0, scale, (5, 4000)) for scale in (0.01, 0.5, 3, 40, 800)], axis=1)
    odds[:, :3] = [[0.0, 90.0, -90.0]] * 5
    odds[:, 3] = [1e4, -1e4, 0, 0, 0]
    p = expit(odds)
    exact = measure(np.stack([1 - p, p], axis=2))
    assert np.abs(ROUGH[measure](odds.astype(np.float32)) - exact).max() < 1e-5 < GAP / 2


@pytest.mark.parametrize("measure", [committee.jensen_shannon, committee.consensus_entropy, committee.max_kl])
@pytest.mark.parametrize("kind", ["binary", "three"])
def test_the_sifted_ranking_is_that_of_all_to_the_digit(
    measure: Callable[[np.ndarray], np.ndarray], kind: str, request: pytest.FixtureRequest
) -> None:
    world = request.getfixturevalue(kind)
    codes, k = codes_of(world)[:120], len(world.classes)
    made = committee.members(world.X[:120], codes, k, np.random.default_rng(1))
    rows = np.concatenate([world.pool, world.pool[:50]])  # copies: ties
    for wanted in (1, 20, 400):
        got = most_disputed(made, world.X, rows, measure, wanted, np.random.default_rng(2))
        want = top(measure(made.predictions(world.X[rows])), wanted, np.random.default_rng(2))
        assert got.order.tolist() == want.order.tolist()
        assert got.scores.tolist() == want.scores.tolist()


def test_blocks_are_read_in_order_whatever_their_number(binary: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committee, "BLOCK", 7)
    seen = committee.by_blocks(binary.X, np.arange(599, -1, -1), lambda block: np.asarray(block.sum(axis=1)).ravel())
    assert seen.tolist() == np.asarray(binary.X.sum(axis=1)).ravel()[::-1].tolist()
