"""The operating point: from which score on an item is flagged.

0.5 is the largest error of all on rare classes, so the threshold is chosen from out-of-fold scores. These come from labels that were
not drawn at random (the strategy looked for them), but among items of like score the choice says little about the label. So P(label |
score) is learned from the out-of-fold scores (Platt 1999) and carried over to the scores of the items that the threshold will be used on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

from learner.types import Floats, Mask

EDGE = 1e-9


@dataclass(frozen=True)
class OperatingPoint:
    """The threshold in force, its target, and what was expected of it when it was chosen (None: too few labels to say)."""

    threshold: float
    target: str = "f1"
    expected_precision: float | None = None
    expected_recall: float | None = None
    expected_f1: float | None = None
    method: Literal["out-of-fold", "fallback"] = "out-of-fold"
    note: str = ""


@dataclass(frozen=True)
class Calibration:
    """P(positive | score) = expit(slope * logit(score) + offset)."""

    slope: float
    offset: float

    def __call__(self, scores: Floats) -> Floats:
        """Probabilities (n,) for scores (n,) in [0, 1]."""
        return np.asarray(expit(self.slope * safe_logit(scores) + self.offset))


UNCALIBRATED = Calibration(1.0, 0.0)


def safe_logit(scores: Floats) -> Floats:
    """Log odds, with 0 and 1 moved in by a hair; NaN counts as 0."""
    return np.asarray(logit(np.clip(np.nan_to_num(scores, nan=0.0), EDGE, 1.0 - EDGE)))


def platt(scores: Floats, truth: Mask, weight: Floats | None = None) -> Calibration:
    """Platt's sigmoid with his smoothed targets (Platt 1999; Lin, Lin & Weng 2007). Slope kept positive: ranking is not turned over."""
    w = np.ones(len(scores)) if weight is None else weight
    n1, n0 = float(truth.sum()), float((~truth).sum())
    target = np.where(truth, (n1 + 1.0) / (n1 + 2.0), 1.0 / (n0 + 2.0))
    z = safe_logit(scores)

    def loss(theta: Floats) -> tuple[float, Floats]:
        slope = np.exp(theta[0])
        raw = slope * z + theta[1]
        gap = w * (expit(raw) - target)
        value = float(np.sum(w * (np.logaddexp(0.0, raw) - target * raw)))
        return value, np.array([np.sum(gap * z) * slope, np.sum(gap)])

    start = np.array([0.0, float(logit((n1 + 1.0) / (n1 + n0 + 2.0)))])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(-4.0, 4.0), (-30.0, 30.0)])
    return Calibration(float(np.exp(found.x[0])), float(found.x[1]))


def best_f1(scores: Floats, probabilities: Floats) -> OperatingPoint:
    """The threshold with the best expected F1 on items of these scores (n,) and probabilities of being positive (n,).

    Expected F1 is taken as 2 E[TP] / (flagged + E[positives]), good for many items.
    """
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(probabilities[order])
    flagged = np.arange(1, len(order) + 1)
    total = float(hits[-1])
    f1 = 2.0 * hits / (flagged + total)
    # A cut can only be made between different scores.
    ends = np.append(ranked[:-1] > ranked[1:], True)
    f1 = np.where(ends, f1, -1.0)
    best = int(np.argmax(f1))
    below = float(ranked[best + 1]) if best + 1 < len(ranked) else 0.0
    return OperatingPoint(
        threshold=(float(ranked[best]) + below) / 2.0,
        expected_precision=float(hits[best] / flagged[best]),
        expected_recall=float(hits[best] / total) if total > 0 else None,
        expected_f1=float(f1[best]),
    )
