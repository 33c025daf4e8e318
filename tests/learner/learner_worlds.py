"""Small worlds of items, for the learner's tests."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from learner.training import TrainedModel, train


class World(NamedTuple):
    """X (n, d), labels (n,), classes; the first 120 rows are the labelled ones of `model`."""

    X: sparse.csr_matrix
    y: list[str]
    classes: list[str]
    positive: str
    labelled: np.ndarray
    pool: np.ndarray
    model: TrainedModel

    @property
    def truth(self) -> np.ndarray:
        return np.array([label == self.positive for label in self.y])


def make_world(classes: list[str], *, n: int = 600, seed: int = 0, shares: list[float] | None = None) -> World:
    """Items of a class use its own words more often than others' do."""
    rng = np.random.default_rng(seed)
    k = len(classes)
    codes = rng.choice(k, size=n, p=shares or [1 / k] * k)
    base = rng.random((n, 60)) < 0.08
    for c in range(k):
        base[:, c * 6 : c * 6 + 6] |= (codes == c)[:, None] & (rng.random((n, 6)) < 0.3)
    X = sparse.csr_matrix(base.astype(np.float32))
    y = [classes[c] for c in codes]
    labelled = np.arange(120)
    model = train(
        X[labelled], y[:120], classes=classes, positive=classes[-1], rng=np.random.default_rng(1), pool=X[120:]
    )
    return World(X, y, classes, classes[-1], labelled, np.arange(120, n), model)


class LabelWorld(NamedTuple):
    """X (n, d), which item has which label (n, k)."""

    X: sparse.csr_matrix
    has: np.ndarray
    labels: tuple[str, ...]


def make_label_world(*, n: int = 1500, seed: int = 0, shares: tuple[float, ...] = (0.25, 0.12, 0.06)) -> LabelWorld:
    """Items may carry any of the labels; each label has words of its own, and the second likes the first's company."""
    rng = np.random.default_rng(seed)
    has = rng.random((n, len(shares))) < np.array(shares)
    has[:, 1] |= has[:, 0] & (rng.random(n) < 0.2)
    base = rng.random((n, 80)) < 0.06
    for place in range(len(shares)):
        base[:, place * 8 : place * 8 + 8] |= has[:, [place]] & (rng.random((n, 8)) < 0.35)
    labels = tuple(f"label {place}" for place in range(len(shares)))
    return LabelWorld(sparse.csr_matrix(base.astype(np.float32)), has, labels)
