"""Items that may carry several labels: one yes/no question for each label, answered by a classifier and an operating point of its own.

Binary relevance (Tsoumakas & Katakis 2007), as every label is to have its own precision and recall. The questions share features, labelled
items and the audit sample: an answer about an item answers all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.special import expit

from learner.classifier import DEFAULT_C, LinearClassifier
from learner.errors import TooFewLabelsError
from learner.threshold import BEST_F1, UNCALIBRATED, Calibration, OperatingPoint, Target, Why
from learner.training import TrainedModel, train
from learner.types import Floats, Mask, Matrix, Rows

NO, YES = "no", "yes"  # classes of each question
CERTAIN = 30.0  # log odds of a label that all or none of the labelled items have: nothing was learned about it


@dataclass(frozen=True, eq=False)
class MultiLabelModel:
    """k questions. `classifier` has a row of weights (k, d) for each label, its scores being log odds of yes; `classes` are the labels.

    `positive` is the label that the headline speaks of: chances(), flags() and flags_of() are its, as a model of one question has them.
    """

    classifier: LinearClassifier
    classes: tuple[str, ...]
    positive: str
    operating_points: tuple[OperatingPoint, ...]
    calibrations: tuple[Calibration, ...]
    penalties: tuple[float, ...]  # C of each label's classifier

    @property
    def operating_point(self) -> OperatingPoint:
        """The headline label's."""
        return self.operating_points[self._headline]

    @property
    def calibration(self) -> Calibration:
        """The headline label's."""
        return self.calibrations[self._headline]

    @property
    def _headline(self) -> int:
        return self.classes.index(self.positive)

    @property
    def learned(self) -> Mask:
        """Which labels (k,) something was learned about."""
        return np.asarray(np.abs(self.classifier.intercept) < CERTAIN)

    def predict_proba(self, X: Matrix) -> Floats:
        """Probabilities (n, k) of carrying each label; they add up to anything."""
        return np.asarray(expit(self.classifier.decision(X)))

    def predict_rows(self, X: Matrix, rows: Rows) -> Floats:
        """Probabilities (r, k) for some rows of X."""
        if len(rows) > X.shape[0] // 4:  # a large part of X is not copied for it
            return self.predict_proba(X)[rows]
        return self.predict_proba(X[rows])

    def positive_scores(self, X: Matrix) -> Floats:
        """The headline label's probability (n,)."""
        return self.predict_proba(X)[:, self._headline]

    def chances(self, scores: Floats) -> Floats:
        """Calibrated probabilities (n,) of the headline label for its scores (n,)."""
        return self.calibration(scores)

    def flags(self, X: Matrix) -> Mask:
        """Which items get the headline label (n,)."""
        return self.flags_of(self.positive_scores(X))

    def flags_of(self, scores: Floats) -> Mask:
        """The same for the headline label's scores (n,)."""
        return np.asarray(scores >= self.operating_point.threshold)

    def all_chances(self, proba: Floats) -> Floats:
        """Calibrated probabilities (n, k) for probabilities (n, k)."""
        return np.column_stack([each(proba[:, place]) for place, each in enumerate(self.calibrations)])

    def all_flags(self, proba: Floats) -> Mask:
        """Which item gets which label (n, k)."""
        return np.asarray(proba >= np.array([point.threshold for point in self.operating_points]))

    def question(self, place: int) -> TrainedModel:
        """The model of one label alone, its classes being NO and YES."""
        own = slice(place, place + 1)
        classifier = LinearClassifier(self.classifier.coef[own], self.classifier.intercept[own], np.array([0, 1]), 2)
        return TrainedModel(
            classifier, (NO, YES), YES, self.operating_points[place], self.calibrations[place], self.penalties[place]
        )


Model: TypeAlias = TrainedModel | MultiLabelModel


def train_labels(
    X: Matrix,
    has: Mask,
    *,
    labels: Sequence[str],
    positive: str,
    sample_weight: Floats | None = None,
    rng: np.random.Generator,
    pool: Matrix | None = None,
    target: Target = BEST_F1,
) -> MultiLabelModel:
    """Fits all questions. `has` (n, k): which training item carries which label; `sample_weight` (n, k) what each of these answers counts.

    The rest is as for learner.training.train. A label that all or none of the items have gets the same answer everywhere, and its
    operating point says why. Raises TooFewLabelsError if that is so of every label, ValueError for a positive that is none of the labels.
    """
    if positive not in labels:
        raise ValueError(f"{positive!r} is not one of the labels")
    common = has.mean(axis=0) if len(has) else np.zeros(len(labels))
    told = (common > 0.0) & (common < 1.0)
    if not told.any():
        raise TooFewLabelsError("a label is needed that some items have and others have not")
    coef, intercept = np.zeros((len(labels), X.shape[1])), np.where(common > 0.5, CERTAIN, -CERTAIN)
    points, calibrations, penalties = [], [], [DEFAULT_C] * len(labels)
    for place, own in enumerate(rng.spawn(len(labels))):
        if not told[place]:
            points.append(_untold(target, everywhere=bool(common[place] > 0.5)))
            calibrations.append(UNCALIBRATED)
            continue
        made = train(
            X,
            [YES if yes else NO for yes in has[:, place]],
            classes=(NO, YES),
            positive=YES,
            sample_weight=None if sample_weight is None else sample_weight[:, place],
            rng=own,
            pool=pool,
            target=target,
        )
        coef[place], intercept[place] = made.classifier.coef[0], made.classifier.intercept[0]
        points.append(made.operating_point)
        calibrations.append(made.calibration)
        penalties[place] = made.C
    classifier = LinearClassifier(coef, intercept, np.arange(len(labels)), len(labels))
    return MultiLabelModel(classifier, tuple(labels), positive, tuple(points), tuple(calibrations), tuple(penalties))


def _untold(target: Target, *, everywhere: bool) -> OperatingPoint:
    why: Why = "in-every" if everywhere else "in-none"
    return OperatingPoint(threshold=0.5, target=str(target), method="fallback", reached=False, why=why)
