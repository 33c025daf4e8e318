"""C stays where it is unless many labels say otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from learner import penalty, persist
from learner.classifier import DEFAULT_C, fit
from learner.multilabel import train_labels
from learner.training import TrainedModel, train


def dense(n: int, signal: float, seed: int = 0, width: int = 12) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Full rows, as those of embeddings: no feature is telling by being there. The larger `signal`, the less the classes overlap."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, width)) * 0.1
    odds = signal * X[:, :4].sum(axis=1)
    return sparse.csr_matrix(X), (rng.random(n) < 1 / (1 + np.exp(-odds))).astype(np.int64)


def noise(n: int, seed: int = 0) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Rows that tell nothing."""
    rng = np.random.default_rng(seed)
    return sparse.csr_matrix(rng.normal(size=(n, 60))), rng.integers(0, 2, n)


def test_with_few_labels_of_a_class_nothing_is_even_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(penalty, "fit", None)
    X, codes = dense(1_000, 30.0)
    few = np.concatenate([np.flatnonzero(codes == 0), np.flatnonzero(codes == 1)[: penalty.ENOUGH - 1]])
    assert penalty.choose(X[few], codes[few], 2) == DEFAULT_C
    assert penalty.choose(X, np.zeros(1_000, np.int64), 2) == DEFAULT_C


def test_a_weaker_penalty_is_taken_where_it_is_clearly_better() -> None:
    X, codes = dense(1_000, 30.0)
    C = penalty.choose(X, codes, 2)
    assert C > DEFAULT_C
    test, truth = dense(4_000, 30.0, seed=1)

    def loss(value: float) -> float:
        p = fit(X, codes, 2, C=value).predict_proba(test)[np.arange(4_000), truth]
        return float(-np.log(p).mean())

    assert loss(C) < loss(DEFAULT_C)


def test_a_stronger_one_where_there_is_nothing_to_learn() -> None:
    assert penalty.choose(*noise(600), 2) < DEFAULT_C


def test_it_is_the_same_each_time_and_weights_count() -> None:
    X, codes = dense(500, 30.0)
    assert penalty.choose(X, codes, 2) == penalty.choose(X, codes, 2)
    useless, guesses = noise(500)
    both = sparse.csr_matrix(sparse.vstack([X, useless[:, :12]]))
    y, weight = np.concatenate([codes, guesses]), np.repeat([1.0, 1e-6], 500)
    assert penalty.choose(both, y, 2, sample_weight=weight) > DEFAULT_C
    assert penalty.choose(both, y, 2, sample_weight=weight[::-1].copy()) <= DEFAULT_C


def trained(n: int) -> TrainedModel:
    X, codes = dense(n, 30.0)
    names = ["no", "yes"]
    return train(X, [names[c] for c in codes], classes=names, positive="yes", rng=np.random.default_rng(0))


def test_the_model_says_its_penalty_and_keeps_it() -> None:
    assert trained(300).C == DEFAULT_C
    model = trained(1_000)
    assert penalty.choose(*dense(1_000, 30.0), 2) == model.C
    again = persist.load(persist.dump(model))
    assert isinstance(again, TrainedModel)
    assert again.C == model.C
    X, codes = dense(1_000, 30.0)
    assert model.classifier.coef.tolist() == fit(X, codes, 2, C=model.C).coef.tolist()


def test_each_of_several_labels_has_its_own() -> None:
    (X, codes), (_, guesses) = dense(1_000, 30.0), noise(1_000)
    rare = np.arange(1_000) < 20
    has = np.column_stack([codes == 1, guesses == 1, rare])
    model = train_labels(X, has, labels=["a", "b", "c"], positive="a", rng=np.random.default_rng(0))
    assert model.penalties[0] > DEFAULT_C
    assert model.penalties[2] == DEFAULT_C == model.question(2).C
    again = persist.load(persist.dump(model))
    assert getattr(again, "penalties", None) == model.penalties
