"""The classifier: balanced logistic regression on sparse rows, kept as plain arrays."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit, softmax
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from learner.errors import TooFewLabelsError
from learner.types import Floats, Matrix, Places, Rows

DEFAULT_C = 1.0
MAX_ITERATIONS = 200
TOLERANCE = 1e-4
TINY = 1e-300  # instead of 0, to divide by
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
        return probabilities(raw, self.columns, self.n_classes)


def probabilities(raw: Floats, columns: Rows, n_classes: int) -> Floats:
    """Probabilities (n, k) for raw scores (n, 1) or (n, fitted); `columns` (fitted,) as LinearClassifier has them."""
    if raw.shape[1] == 1:
        fitted = np.empty((raw.shape[0], 2))
        expit(raw[:, 0], out=fitted[:, 1])
        np.subtract(1.0, fitted[:, 1], out=fitted[:, 0])
    else:
        fitted = softmax(raw, axis=1)
    if len(columns) == n_classes:
        return fitted
    proba = np.zeros((raw.shape[0], n_classes))
    proba[:, columns] = fitted
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

    Raises TooFewLabelsError when fewer than two classes occur. lbfgs from zero: no randomness, the same digits each time. It keeps 25
    vectors of the features it is given, so those of one row only are one feature to it (see merged()).
    """
    columns = np.unique(codes)
    if len(columns) < 2:
        raise TooFewLabelsError("at least two classes need a label before anything can be learned")
    # Columns that no training row uses keep weight 0 whatever the solver does: leaving them out is exact and several times faster.
    used = columns_of(X)
    if not len(used):  # rows without any feature: nothing tells the classes apart
        rows = 1 if len(columns) == 2 else len(columns)
        return LinearClassifier(np.zeros((rows, X.shape[1])), np.zeros(rows), columns, n_classes)
    narrow, place, share = _telling_and_merged(X[:, used].astype(np.float64), codes, columns, sample_weight)
    model = LogisticRegression(C=C, class_weight="balanced", max_iter=MAX_ITERATIONS, tol=TOLERANCE)
    with warnings.catch_warnings(), _POOLS.limit(limits=1, user_api="blas"):
        warnings.simplefilter(
            "ignore", ConvergenceWarning
        )  # a rougher optimum is still a model; the operating point sees it
        model.fit(narrow, codes, sample_weight=sample_weight)
    coef = np.zeros((model.coef_.shape[0], X.shape[1]))
    coef[:, used] = model.coef_[:, place] * share
    return LinearClassifier(coef, np.asarray(model.intercept_, dtype=np.float64), columns, n_classes)


def columns_of(X: Matrix) -> Rows:
    """Which features (u,) any row of X has, in order."""
    there = np.zeros(X.shape[1], dtype=np.bool_)
    there[X.indices[: X.indptr[-1]]] = True
    return np.flatnonzero(there)


def _telling_and_merged(
    X: Matrix, codes: Rows, columns: Rows, sample_weight: Floats | None
) -> tuple[Matrix, Places, Floats]:
    """As merged(), of X times telling(); X is changed."""
    scale = telling(X, codes, columns, sample_weight)
    X.data *= scale[X.indices]
    narrow, place, share = merged(X)
    share *= scale
    return narrow, place, share


def merged(X: Matrix) -> tuple[Matrix, Places, Floats]:
    """X (n, d) with the features that a row has alone made one for each row; where each feature went (d,), and its share in that (d,).

    A linear model with a squared penalty gives such features weights in proportion to the row's values (representer theorem:
    Kimeldorf & Wahba 1971), so one feature of the same length stands for them exactly, and a weight w of it is w times its share for
    each. Most n-grams of a few hundred texts are in one of them only, and a solver's time and memory go by the number of features.
    """
    n, d = X.shape
    found = np.bincount(X.indices, minlength=d)
    often = found > 1
    lone = ~often[X.indices]
    theirs, owner = X.indices[lone], np.repeat(np.arange(n, dtype=np.int32), np.diff(X.indptr))[lone]
    length = np.sqrt(np.bincount(owner, weights=X.data[lone] ** 2, minlength=n))
    own = np.cumsum(np.bincount(owner, minlength=n) > 0, dtype=np.int32)  # one more for each row that has lone ones
    place = np.cumsum(often, dtype=np.int32) - 1
    width = int(place[-1] + own[-1]) + 1
    place[theirs] = place[-1] + own[owner]
    share = (found > 0).astype(np.float64)
    share[theirs] = X.data[lone] / np.maximum(length, TINY)[owner]
    made: Matrix = csr_matrix((X.data * share[X.indices], place[X.indices], X.indptr.copy()), shape=(n, width))
    made.sum_duplicates()
    return made, place, share


def telling(X: Matrix, codes: Rows, columns: Rows, sample_weight: Floats | None) -> Floats:
    """How much each feature (d,) says about the class: the root of the absolute log ratio of its smoothed frequencies.

    The idea of naive Bayes features for a linear model (Wang & Manning 2012), softened by the root. With few labels of a rare class
    it was worth as much as a query strategy. For more than two classes the largest of the ratios, each class
    against the others, counts. Where every row has every feature (embeddings) presence tells nothing, and all count alike.
    """
    if X.nnz == X.shape[0] * X.shape[1]:
        return np.ones(X.shape[1])
    present = csr_matrix((np.ones_like(X.data), X.indices, X.indptr), shape=X.shape, copy=False)
    weight = np.ones(len(codes)) if sample_weight is None else sample_weight
    members = (codes[None, :] == columns[:, None]) * weight  # (k, n)
    counts = np.ascontiguousarray(members @ present)
    counts += 1.0  # each feature once more than seen
    others = counts.sum(axis=0) - counts
    others -= len(columns) - 2.0
    for each in (counts, others):  # in place: these are the largest arrays of a fit
        each /= each.sum(axis=1, keepdims=True)
        np.log(each, out=each)
    counts -= others
    return np.asarray(np.sqrt(np.abs(counts, out=counts).max(axis=0)))
