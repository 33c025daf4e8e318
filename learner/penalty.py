"""The classifier's penalty: kept where it is unless many labels say otherwise.

C = 1 was chosen on real tasks with few labels (docs/adr/0008). With many of each class stratified cross-validation can tell whether
another value does better; it is taken only if its out-of-fold loss is lower by more than one standard error (the rule of Breiman,
Friedman, Olshen & Stone 1984, turned towards what is in force) and if it ranks no worse: so chance rarely moves it, and better odds are
not paid for with the order.
"""

from __future__ import annotations

import numpy as np
from sklearn.metrics import average_precision_score

from learner.classifier import DEFAULT_C, fit
from learner.folds import FOLDS, stratified
from learner.types import Floats, Matrix, Rows

ENOUGH = 200  # labels of each class
GRID = (0.1, 0.3, DEFAULT_C, 3.0, 10.0)
SEED = 0  # of the folds: always alike, so that nothing else's chance moves


def choose(X: Matrix, codes: Rows, n_classes: int, *, sample_weight: Floats | None = None) -> float:
    """C for rows (n, d) with classes (n,): DEFAULT_C with fewer than ENOUGH labels of a class, else by cross-validation.

    Goes along GRID, down or else up from DEFAULT_C, as long as the next value is better.
    """
    there, counts = np.unique(codes, return_counts=True)
    if len(there) < 2 or counts.min() < ENOUGH:
        return DEFAULT_C
    trial = _Trial(X, codes, n_classes, sample_weight)
    start = trial.of(DEFAULT_C)
    for way in (-1, 1):
        place, best = GRID.index(DEFAULT_C), start
        while 0 <= place + way < len(GRID):
            made = trial.better(GRID[place + way], best)
            if made is None:
                break
            place, best = place + way, made
        if best is not start:
            return GRID[place]
    return DEFAULT_C


class _Trial:
    """What values of C say out of fold, all on the same folds."""

    def __init__(self, X: Matrix, codes: Rows, n_classes: int, sample_weight: Floats | None) -> None:
        self._X = X[:, np.unique(X.indices[: X.indptr[-1]])].astype(np.float64)  # once for all folds
        self._codes, self._n_classes = codes, n_classes
        self._weight = np.ones(len(codes)) if sample_weight is None else sample_weight
        self._balance = self._weight / np.bincount(codes, weights=self._weight, minlength=n_classes)[codes]
        fold = stratified(codes, np.random.default_rng(SEED))
        self._folds = [np.flatnonzero(fold == number) for number in range(FOLDS)]

    def of(self, C: float) -> list[Floats]:
        """Probabilities (h, k) of each fold's items."""
        return [self._said(C, held) for held in self._folds]

    def better(self, C: float, than: list[Floats]) -> list[Floats] | None:
        """What C says, if it is better than what another said; None, as soon as a fold says the contrary."""
        made: list[Floats] = []
        for held, others in zip(self._folds, than, strict=True):
            made.append(self._said(C, held))
            if _gain(self._losses(others, held), self._losses(made[-1], held)) < -1.0:
                return None
        everywhere, before, after = np.concatenate(self._folds), np.concatenate(than), np.concatenate(made)
        if _gain(self._losses(before, everywhere), self._losses(after, everywhere)) <= 1.0:
            return None
        return made if self._ranking(after, everywhere) >= self._ranking(before, everywhere) else None

    def _said(self, C: float, held: Rows) -> Floats:
        """Probabilities (h, k) of the held items, by a model of the others."""
        rest = np.setdiff1d(np.arange(len(self._codes)), held)
        model = fit(self._X[rest], self._codes[rest], self._n_classes, sample_weight=self._weight[rest], C=C)
        return model.predict_proba(self._X[held])

    def _losses(self, proba: Floats, held: Rows) -> Floats:
        """Log loss (h,) of each item, times what it weighs when classes count alike."""
        right = proba[np.arange(len(held)), self._codes[held]]
        return np.asarray(-np.log(np.maximum(right, 1e-12)) * self._balance[held])

    def _ranking(self, proba: Floats, held: Rows) -> float:
        """Mean over the classes of how well each is ranked before the others (average precision)."""
        codes, weight = self._codes[held], self._weight[held]
        ranked = [
            average_precision_score(codes == code, proba[:, code], sample_weight=weight) for code in np.unique(codes)
        ]
        return float(np.mean(ranked))


def _gain(before: Floats, after: Floats) -> float:
    """By how many standard errors the mean falls, over the same items."""
    fall = before - after
    error = float(fall.std()) / np.sqrt(len(fall))
    return float(fall.mean()) / error if error > 0 else 0.0
