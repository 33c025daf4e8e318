"""The operating point: from which score on an item is flagged.

0.5 is the largest error of all on rare classes, so the threshold is chosen from out-of-fold scores. These come from labels that were
not drawn at random (the strategy looked for them), but among items of like score the choice says little about the label. So P(label |
score) is learned from the out-of-fold scores (Platt 1999) and carried over to the scores of the items that the threshold will be used on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

from learner.errors import TargetError
from learner.types import Floats, Mask

EDGE = 1e-9


# Why a threshold is not one for its target: it can't be reached yet, there are too few labels to choose by, or all or none of the
# labelled items are positive.
Why = Literal["unreached", "few-labels", "in-every", "in-none"]


@dataclass(frozen=True)
class OperatingPoint:
    """The threshold in force, its target, and what was expected of it when it was chosen (None: too few labels to say)."""

    threshold: float
    target: str = "f1"
    expected_precision: float | None = None
    expected_recall: float | None = None
    expected_f1: float | None = None
    method: Literal["out-of-fold", "fallback"] = "out-of-fold"
    reached: bool = True  # whether the target is expected to be met
    why: Why | None = None  # it is not
    fewest: int = 0  # few-labels: as many on the smaller side


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


@dataclass(frozen=True)
class Target:
    """What the threshold is chosen for: the best F1, a least precision or recall, or the least cost of errors."""

    kind: Literal["f1", "precision", "recall", "cost"] = "f1"
    value: float = 0.0  # the precision or recall wanted; for cost: how many false alarms one miss is worth

    def __str__(self) -> str:
        if self.kind == "f1":
            return "f1"
        return f"cost:{self.value:g}" if self.kind == "cost" else f"{self.kind}>={self.value:g}"


BEST_F1 = Target()
_NUMBER = r"(\d*\.?\d+)"
_TARGET = re.compile(rf"(f1)|(precision|recall)\s*>=\s*{_NUMBER}|cost\s*:\s*{_NUMBER}")


def parse_target(text: str) -> Target:
    """Reads "f1", "precision>=0.9", "recall>=0.8" or "cost:5". Raises TargetError."""
    made = _TARGET.fullmatch(text.strip().lower())
    if made is None:
        raise TargetError(
            f"{text!r} is no target; write f1, precision>=0.9, recall>=0.8 or cost:5 (a miss costs 5 false alarms)",
            code="target-unknown",
            given=text,
        )
    if made[1]:
        return BEST_F1
    if made[4]:
        if float(made[4]) <= 0:
            raise TargetError("the cost of a miss must be more than 0 false alarms", code="target-cost")
        return Target("cost", float(made[4]))
    value = float(made[3])
    if not 0 < value < 1:
        raise TargetError(
            f"{made[2]} must be wanted between 0 and 1, not at {made[3]}",
            code="target-share",
            figure=made[2],
            given=made[3],
        )
    return Target("precision" if made[2] == "precision" else "recall", value)


def choose(scores: Floats, probabilities: Floats, target: Target = BEST_F1) -> OperatingPoint:
    """The threshold that serves the target best on items of these scores (n,) and probabilities of being positive (n,).

    Expected figures are ratios of expected counts, good for many items. A precision that can't be reached yet gives the threshold of the
    best one, and `reached` False.
    """
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(probabilities[order])
    flagged = np.arange(1, len(order) + 1)
    total = float(hits[-1])
    ends = np.append(ranked[:-1] > ranked[1:], True)  # a cut can only be made between different scores
    precision, recall = hits / flagged, hits / max(total, EDGE)
    f1 = 2.0 * hits / (flagged + total)
    best, reached = _cut(target, ends, precision, recall, f1, flagged - hits + target.value * (total - hits))
    below = float(ranked[best + 1]) if best + 1 < len(ranked) else 0.0
    return OperatingPoint(
        threshold=(float(ranked[best]) + below) / 2.0,
        target=str(target),
        expected_precision=float(precision[best]),
        expected_recall=float(recall[best]) if total > 0 else None,
        expected_f1=float(f1[best]),
        reached=reached,
        why=None if reached else "unreached",
    )


def _cut(target: Target, ends: Mask, precision: Floats, recall: Floats, f1: Floats, cost: Floats) -> tuple[int, bool]:
    """Where to cut the ranking, and whether the target is met there."""
    if target.kind == "f1":
        return int(np.argmax(np.where(ends, f1, -1.0))), True
    if target.kind == "cost":
        return int(np.argmin(np.where(ends, cost, np.inf))), True
    if target.kind == "recall":  # met at the end at the latest, where all is flagged
        return int(np.flatnonzero(ends & (recall >= min(target.value, recall[-1])))[0]), True
    good = np.flatnonzero(ends & (precision >= target.value))
    if len(good):
        return int(good[-1]), True
    return int(np.argmax(np.where(ends, precision, -1.0))), False
