"""Intervals for shares."""

from __future__ import annotations

import numpy as np
from scipy.stats import beta

from learner.audit import LEVEL, UNKNOWN, Interval3
from learner.types import Floats, Mask

TAIL = (1.0 - LEVEL) / 2.0


def beta_interval(a: float, b: float, point: float | None = None) -> Interval3:
    """The middle 95% of Beta(a, b) around `point` (its mean where none is given); never without the point."""
    middle = a / (a + b) if point is None else point
    low, high = float(beta.ppf(TAIL, a, b)), float(beta.ppf(1.0 - TAIL, a, b))
    return Interval3(min(low, middle), middle, max(high, middle))


def jeffreys(yes: float, no: float) -> Interval3:
    """The share of `yes` with Jeffreys' interval; nothing seen, nothing known."""
    return beta_interval(yes + 0.5, no + 0.5, yes / (yes + no)) if yes + no > 0 else UNKNOWN


def effective(weight: Floats, truth: Mask) -> tuple[float, float]:
    """Kish's effective number of labels, and the weighted share of positives; 0 and a half of none."""
    total = float(weight.sum())
    return (total**2 / float(np.sum(weight**2)), float(weight @ truth) / total) if total > 0 else (0.0, 0.5)
