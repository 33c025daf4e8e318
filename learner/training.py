"""From labels to a model with its operating point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from learner import penalty, threshold
from learner.classifier import DEFAULT_C, LinearClassifier, encode, fit
from learner.errors import TooFewLabelsError
from learner.folds import FOLDS, stratified
from learner.threshold import BEST_F1, UNCALIBRATED, Calibration, OperatingPoint, Target
from learner.types import Floats, Mask, Matrix, Rows

REPEATS = 2
MIN_POSITIVES = 4  # fewer say nothing out of fold


@dataclass(frozen=True, eq=False)
class TrainedModel:
    """A classifier, the class it flags, and the score from which it does."""

    classifier: LinearClassifier
    classes: tuple[str, ...]
    positive: str
    operating_point: OperatingPoint
    calibration: Calibration = UNCALIBRATED
    C: float = DEFAULT_C  # the classifier's penalty

    def predict_proba(self, X: Matrix) -> Floats:
        """Probabilities (n, k), columns in the order of `classes`."""
        return self.classifier.predict_proba(X)

    def predict_rows(self, X: Matrix, rows: Rows) -> Floats:
        """Probabilities (r, k) of some rows of X."""
        return self.classifier.predict_rows(X, rows)

    def positive_scores(self, X: Matrix) -> Floats:
        """The positive class's probability (n,)."""
        return self.predict_proba(X)[:, self.classes.index(self.positive)]

    def chances(self, scores: Floats) -> Floats:
        """Calibrated probabilities (n,) of being positive for positive scores (n,): balancing makes the scores themselves too high."""
        return self.calibration(scores)

    def flags(self, X: Matrix) -> Mask:
        """Which items are flagged (n,): those at or over the operating point's threshold."""
        return self.flags_of(self.positive_scores(X))

    def flags_of(self, scores: Floats) -> Mask:
        """The same for positive scores (n,) that are there already."""
        return np.asarray(scores >= self.operating_point.threshold)

    def answers(self, proba: Floats) -> list[str]:
        """What the model would answer (n,) by probabilities (n, k): the positive class where it flags, else the likeliest other one."""
        place = self.classes.index(self.positive)
        flagged = self.flags_of(proba[:, place])
        others = np.where(np.arange(proba.shape[1]) == place, -1.0, proba)
        return [
            self.positive if flag else self.classes[code]
            for flag, code in zip(flagged, others.argmax(axis=1), strict=True)
        ]


def train(
    X: Matrix,
    y: Sequence[str],
    *,
    classes: Sequence[str],
    positive: str,
    sample_weight: Floats | None = None,
    rng: np.random.Generator,
    pool: Matrix | None = None,
    target: Target = BEST_F1,
    C: float | None = None,
) -> TrainedModel:
    """Fits the balanced logistic regression and chooses the operating point out of fold.

    X (n, d) and y (n,) are the training labels only, never the audit's. `pool` (m, d) are the items that the threshold will be used on:
    with it the operating point is corrected for how the labels were drawn; without it, it is that of the labels themselves. `target`: what
    the threshold is to serve (see learner.threshold). C: the penalty, None: as learner.penalty chooses it.
    Raises TooFewLabelsError when fewer than two classes have labels, ValueError for a label or positive that is none of the classes.
    """
    if positive not in classes:
        raise ValueError(f"{positive!r} is not one of the classes")
    codes = encode(y, classes)
    if len(np.unique(codes)) < 2:
        raise TooFewLabelsError(f"labels of at least two classes are needed, there are {len(np.unique(codes))}")
    place = list(classes).index(positive)
    if C is None:
        C = penalty.choose(X, codes, len(classes), sample_weight=sample_weight)
    classifier = fit(X, codes, len(classes), sample_weight=sample_weight, C=C)
    pool_scores = None if pool is None or pool.shape[0] == 0 else classifier.predict_proba(pool)[:, place]
    scores = None
    if _rarest(codes == place) >= MIN_POSITIVES:
        scores = out_of_fold(X, codes, place, len(classes), sample_weight=sample_weight, rng=rng, C=C)
    point, calibration = _operating_point(codes == place, scores, sample_weight, pool_scores, target)
    return TrainedModel(classifier, tuple(classes), positive, point, calibration, C)


def out_of_fold(
    X: Matrix,
    codes: Rows,
    place: int,
    n_classes: int,
    *,
    sample_weight: Floats | None,
    rng: np.random.Generator,
    C: float = DEFAULT_C,
) -> Floats:
    """Scores (n,) of the class at `place`, each by models that did not see that item: the mean log odds over REPEATS stratified splits."""
    X = X[:, np.unique(X.indices[: X.indptr[-1]])].astype(np.float64)  # once for all folds
    total = np.zeros(len(codes))
    for _ in range(REPEATS):
        fold = stratified(np.where(codes == place, 0, 1), rng)
        for k in range(FOLDS):
            held = fold == k
            weight = None if sample_weight is None else sample_weight[~held]
            model = fit(X[~held], codes[~held], n_classes, sample_weight=weight, C=C)
            total[held] += threshold.safe_logit(model.predict_proba(X[held])[:, place])
    return np.asarray(1.0 / (1.0 + np.exp(-total / REPEATS)))


def _rarest(truth: Mask) -> int:
    """Labels on the side that has fewer."""
    return int(min(truth.sum(), (~truth).sum()))


def _operating_point(
    truth: Mask, scores: Floats | None, sample_weight: Floats | None, pool_scores: Floats | None, target: Target
) -> tuple[OperatingPoint, Calibration]:
    """From out-of-fold scores (n,); None: there are too few labels for any."""
    if scores is None:
        return OperatingPoint(
            threshold=0.5,
            target=str(target),
            method="fallback",
            reached=False,
            why="few-labels",
            fewest=_rarest(truth),
        ), UNCALIBRATED
    calibrated = threshold.platt(scores, truth, sample_weight)
    used_on = scores if pool_scores is None else pool_scores
    return threshold.choose(used_on, calibrated(used_on), target), calibrated


__all__ = ["DEFAULT_C", "TrainedModel", "out_of_fold", "train"]
