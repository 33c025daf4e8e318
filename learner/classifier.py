"""The classifier: balanced logistic regression on sparse rows, kept as plain arrays."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, softmax
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from learner.errors import TooFewLabelsError
from learner.types import Floats, Matrix, Rows

DEFAULT_C = 1.0
MAX_ITERATIONS = 200
TOLERANCE = 1e-4
# The solver's vectors are short: threads of BLAS only wait for each other there (fits took 40 times as long on a busy machine with
# two cores), and with one the digits don't depend on the number of cores.
_POOLS = ThreadpoolController()


@dataclass(frozen=True, eq=False)
class LinearClassifier:
    """A fitted linear model. `columns` says which of the k classes each row of `coef` speaks of.

    With two fitted classes `coef` has one row, for the second of them (log odds against the first).
    """

    coef: Floats  # (1, d) or (fitted, d)
    intercept: Floats  # (1,) or (fitted,)
    columns: Rows  # (fitted,) places of the fitted classes among all k
    n_classes: int

    @property
    def n_features(self) -> int:
        """Columns of the matrices it takes."""
        return int(self.coef.shape[1])

    def decision(self, X: Matrix, rows: Rows | None = None) -> Floats:
        """Raw scores (n, 1) or (n, fitted); those of some rows only, if `rows` (r,) are given."""
        if X.shape[1] != self.n_features:
            raise ValueError(f"the model has {self.n_features} features, the matrix {X.shape[1]}")
        raw = X @ self.coef.T.astype(precision(X), copy=False)
        return np.asarray(raw if rows is None else raw[rows], dtype=np.float64) + self.intercept

    def predict_proba(self, X: Matrix) -> Floats:
        """Probabilities (n, k); a class without any training label gets 0."""
        return self.probabilities(self.decision(X))

    def predict_rows(self, X: Matrix, rows: Rows) -> Floats:
        """Probabilities (r, k) of some rows; a large part of X is not copied for it."""
        if len(rows) > X.shape[0] // 4:
            return self.probabilities(self.decision(X, rows))
        return self.predict_proba(X[rows])

    def probabilities(self, raw: Floats) -> Floats:
        """Probabilities (n, k) for raw scores (n, 1) or (n, fitted)."""
        if raw.shape[1] == 1:
            fitted = np.empty((raw.shape[0], 2))
            expit(raw[:, 0], out=fitted[:, 1])
            np.subtract(1.0, fitted[:, 1], out=fitted[:, 0])
        else:
            fitted = softmax(raw, axis=1)
        if len(self.columns) == self.n_classes:
            return fitted
        proba = np.zeros((raw.shape[0], self.n_classes))
        proba[:, self.columns] = fitted
        return proba


def precision(X: Matrix) -> np.dtype[np.floating[Any]]:
    """In which weights are multiplied with X: its own, as mixed ones make scipy copy all its values first."""
    return np.dtype(np.result_type(X.dtype, np.float32))


def encode(y: Sequence[str], classes: Sequence[str]) -> Rows:
    """Labels to their places among `classes`. Raises ValueError for one that isn't there."""
    place = {name: i for i, name in enumerate(classes)}
    try:
        return np.fromiter((place[label] for label in y), dtype=np.int64, count=len(y))
    except KeyError as missing:
        raise ValueError(f"label {missing} is not one of the classes") from None


def fit(
    X: Matrix, codes: Rows, n_classes: int, *, sample_weight: Floats | None = None, C: float = DEFAULT_C
) -> LinearClassifier:
    """Balanced logistic regression on telling features (see telling()). `codes` (n,) are places among the classes.

    Raises TooFewLabelsError when fewer than two classes occur. lbfgs from zero: no randomness, the same digits each time.
    """
    columns = np.unique(codes)
    if len(columns) < 2:
        raise TooFewLabelsError("at least two classes need a label before anything can be learned")
    # Columns that no training row uses keep weight 0 whatever the solver does: leaving them out is exact and several times faster.
    used = np.unique(X.indices[: X.indptr[-1]])
    if not len(used):  # rows without any feature: nothing tells the classes apart
        rows = 1 if len(columns) == 2 else len(columns)
        return LinearClassifier(np.zeros((rows, X.shape[1])), np.zeros(rows), columns, n_classes)
    seen = X[:, used].astype(np.float64)
    scale = telling(seen, codes, columns, sample_weight)
    seen.data *= scale[seen.indices]
    model = LogisticRegression(C=C, class_weight="balanced", max_iter=MAX_ITERATIONS, tol=TOLERANCE)
    with warnings.catch_warnings(), _POOLS.limit(limits=1, user_api="blas"):
        warnings.simplefilter(
            "ignore", ConvergenceWarning
        )  # a rougher optimum is still a model; the operating point sees it
        model.fit(seen, codes, sample_weight=sample_weight)
    coef = np.zeros((model.coef_.shape[0], X.shape[1]))
    coef[:, used] = model.coef_ * scale
    return LinearClassifier(coef, np.asarray(model.intercept_, dtype=np.float64), columns, n_classes)


def telling(X: Matrix, codes: Rows, columns: Rows, sample_weight: Floats | None) -> Floats:
    """How much each feature (d,) says about the class: the root of the absolute log ratio of its smoothed frequencies.

    The idea of naive Bayes features for a linear model (Wang & Manning 2012), softened by the root. With few labels of a rare class
    it was worth as much as a query strategy. For more than two classes the largest of the ratios, each class
    against the others, counts. Where every row has every feature (embeddings) presence tells nothing, and all count alike.
    """
    if X.nnz == X.shape[0] * X.shape[1]:
        return np.ones(X.shape[1])
    present = X.copy()
    present.data = np.ones_like(present.data)
    weight = np.ones(len(codes)) if sample_weight is None else sample_weight
    members = (codes[None, :] == columns[:, None]) * weight  # (k, n)
    counts = np.asarray(members @ present) + 1.0  # each feature once more than seen
    others = counts.sum(axis=0) - counts - (len(columns) - 2.0)
    ratio = np.log(counts / counts.sum(axis=1, keepdims=True)) - np.log(others / others.sum(axis=1, keepdims=True))
    return np.asarray(np.sqrt(np.abs(ratio).max(axis=0)))
