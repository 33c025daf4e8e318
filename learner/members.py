"""Other linear learners, for committees whose members differ: support vectors and naive Bayes, tempered to say probabilities.

Their raw scores are not log odds: a support vector machine's are distances, naive Bayes's are far too sure (it takes each n-gram for
new evidence). One factor for all scores of a model, chosen on labels that it was not fitted on, mends both (temperature scaling:
Guo, Pleiss, Sun & Weinberger 2017; with two classes Platt's slope, the classes being balanced already).
"""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.exceptions import ConvergenceWarning
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC

from learner.classifier import LinearClassifier, fit, telling
from learner.errors import TooFewLabelsError
from learner.types import Floats, Matrix, Rows

LEAST = 2  # labels of each class to choose the factor on
FACTORS = (-5.0, 5.0)  # bounds of its logarithm
SEED = 0  # LinearSVC's coordinate descent shuffles: always alike


def support_vectors(X: Matrix, codes: Rows, n_classes: int, *, sample_weight: Floats) -> LinearClassifier:
    """A balanced linear support vector machine on telling features, one class against the rest. Raises TooFewLabelsError."""
    columns = _columns(codes)
    if not X.shape[1]:  # nothing that two texts share, so no features at all: scikit-learn refuses these
        return fit(X, codes, n_classes, sample_weight=sample_weight)
    scale = telling(X.astype(np.float64), codes, columns, sample_weight)
    seen = _scaled(X, scale)
    model = LinearSVC(C=0.1, class_weight="balanced", random_state=SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(seen, codes, sample_weight=sample_weight)
    intercept = np.asarray(model.intercept_, dtype=np.float64).reshape(-1)
    return LinearClassifier(np.asarray(model.coef_) * scale, intercept, columns, n_classes)


def naive_bayes(X: Matrix, codes: Rows, n_classes: int, *, sample_weight: Floats) -> LinearClassifier:
    """Multinomial naive Bayes with balanced classes; features that it never saw say nothing. Raises TooFewLabelsError.

    It takes counts, or what is like them: features that can be negative (embeddings) are left to logistic regression.
    """
    columns = _columns(codes)
    if X.nnz and X.data.min() < 0:
        return fit(X, codes, n_classes, sample_weight=sample_weight)
    used = np.unique(X.indices[: X.indptr[-1]])
    rows = 1 if len(columns) == 2 else len(columns)
    coef = np.zeros((rows, X.shape[1]))
    if len(used):
        share = np.bincount(codes, weights=sample_weight)[codes]
        model = MultinomialNB(alpha=0.1, fit_prior=False)
        model.fit(X[:, used].astype(np.float64), codes, sample_weight=sample_weight * len(codes) / share)
        weights = np.asarray(model.feature_log_prob_, dtype=np.float64)
        coef[:, used] = weights[1:] - weights[:1] if rows == 1 else weights - weights.mean(axis=0)
    return LinearClassifier(coef, np.zeros(rows), columns, n_classes)


def tempered(member: LinearClassifier, X: Matrix, codes: Rows) -> LinearClassifier:
    """The member with its scores times the factor that gives the least balanced log loss on rows (n, d) it has not seen.

    With too few labels of a class there the member stays as it is.
    """
    place = {int(code): i for i, code in enumerate(member.columns)}
    counts = np.array([int(np.sum(codes == code)) for code in member.columns])
    if counts.min() < LEAST:
        return member
    at = np.array([place[int(code)] for code in codes], dtype=np.int64)
    weight = 1.0 / counts[at]
    raw = member.decision(X)
    scores = np.column_stack([np.zeros(len(raw)), raw[:, 0]]) if raw.shape[1] == 1 else raw

    def loss(log_factor: float) -> float:
        scaled = np.exp(log_factor) * scores
        total = np.logaddexp.reduce(scaled, axis=1)
        return float(np.sum(weight * (total - scaled[np.arange(len(at)), at])))

    factor = float(np.exp(minimize_scalar(loss, bounds=FACTORS, method="bounded").x))
    return replace(member, coef=member.coef * factor, intercept=member.intercept * factor)


def _columns(codes: Rows) -> Rows:
    columns = np.unique(codes)
    if len(columns) < 2:
        raise TooFewLabelsError("at least two classes need a label before anything can be learned")
    return columns


def _scaled(X: Matrix, scale: Floats) -> Matrix:
    made = X.astype(np.float64)
    made.data *= scale[made.indices]
    return made
