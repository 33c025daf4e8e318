from __future__ import annotations

import numpy as np
import pytest
from learner_worlds import World
from scipy.stats import entropy as kl

from learner import committee
from learner.strategies import registry
from learner.strategies.base import PoolView


def codes_of(world: World) -> np.ndarray:
    return np.array([world.classes.index(label) for label in world.y])


def test_every_member_sees_every_class_however_rare() -> None:
    codes = np.array([0] * 200 + [1] * 2 + [2])
    for seed in range(50):
        drawn = committee.bootstrap(codes, np.random.default_rng(seed))
        assert [drawn[codes == code].sum() for code in range(3)] == [200, 2, 1]


def test_members_differ_and_are_the_same_for_the_same_seed(binary: World) -> None:
    X, codes = binary.X[:120], codes_of(binary)[:120]
    first, second = (
        committee.predictions(committee.members(X, codes, 2, np.random.default_rng(1)), binary.X) for _ in range(2)
    )
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
        assert f"entropy instead of {name}" in ranking.note
        assert len(ranking.order) == 10
