"""What a model is truly worth on items whose labels are known: for simulations, never for reports on real projects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from learner.types import Floats, Mask


@dataclass(frozen=True)
class Truth:
    """Precision, recall, F1 at a threshold, average precision over all; None where the figure is undefined (0/0)."""

    precision: float | None
    recall: float | None
    f1: float | None
    average_precision: float | None


def measure(scores: Floats, flags: Mask, truth: Mask) -> Truth:
    """The true figures on items with these positive scores, flags and labels, all (n,)."""
    hit, flagged, positives = int((flags & truth).sum()), int(flags.sum()), int(truth.sum())
    return Truth(
        precision=hit / flagged if flagged else None,
        recall=hit / positives if positives else None,
        f1=2 * hit / (flagged + positives) if flagged + positives else None,
        average_precision=average_precision(scores, truth),
    )


def average_precision(scores: Floats, truth: Mask) -> float | None:
    """Area under the precision-recall steps, items of the same score taken together; None without positives."""
    positives = int(truth.sum())
    if not positives:
        return None
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    ends = np.append(ranked[:-1] != ranked[1:], True)
    hits = np.cumsum(truth[order])[ends]
    flagged = np.arange(1, len(order) + 1)[ends]
    return float(np.sum(np.diff(hits, prepend=0) * hits / flagged) / positives)


def best_f1(scores: Floats, truth: Mask) -> float | None:
    """The F1 that the best of all thresholds would have had."""
    positives = int(truth.sum())
    if not positives:
        return None
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    ends = np.append(ranked[:-1] != ranked[1:], True)
    f1 = 2 * np.cumsum(truth[order]) / (np.arange(1, len(order) + 1) + positives)
    return float(f1[ends].max())
