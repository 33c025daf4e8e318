"""Precision, recall and F1 of each label where items carry several: each label is a question of its own, asked of the same audit sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from learner import stratified
from learner.audit import UNKNOWN, Interval3
from learner.confusion import ClassEstimate
from learner.types import Floats, Mask, Rows


class LabelEstimates(NamedTuple):
    """Of each label, and the means over the labels."""

    labels: tuple[ClassEstimate, ...]
    macro: ClassEstimate


def estimate_labels(
    chances: Floats,
    flags: Mask,
    *,
    labels: Sequence[str],
    in_training: Mask,
    rows: Rows,
    truth: Mask,
    rates: Floats,
    rng: np.random.Generator,
) -> LabelEstimates:
    """Figures over D = items not in training, from the audit's answers `truth` (a, k) for `rows` (a,).

    chances, flags (n, k): the present model's, one column a label; the rest as for learner.stratified.estimate. An item's probability of
    serving does not depend on its labels, so each label's figures stand as they would alone.
    Of a label that the model flags nowhere and the audit never met nothing can be said.
    """
    made = []
    for place, (label, own) in enumerate(zip(labels, rng.spawn(len(labels)), strict=True)):
        if not (flags[~in_training, place].any() or truth[:, place].any()):
            made.append(ClassEstimate(label, UNKNOWN, UNKNOWN, UNKNOWN))
            continue
        found = stratified.estimate(
            chances[:, place],
            flags[:, place],
            in_training=in_training,
            rows=rows,
            truth=truth[:, place],
            rates=rates,
            rng=own,
        )
        made.append(ClassEstimate(label, found.precision, found.recall, found.f1))
    return LabelEstimates(tuple(made), macro(made))


def macro(figures: Sequence[ClassEstimate]) -> ClassEstimate:
    """Plain means over the labels whose figure is known, of the points and of the intervals' ends.

    The labels' errors come from the same items and may go together. With means of the ends the interval is as wide as if they went together
    wholly, which is wide enough however it is.
    """
    columns = [[each.precision for each in figures], [each.recall for each in figures], [each.f1 for each in figures]]
    return ClassEstimate(
        "macro", *(_mean([value for value in column if value.point is not None]) for column in columns)
    )


def _mean(known: Sequence[Interval3]) -> Interval3:
    if not known:
        return UNKNOWN
    low, point, high = np.mean(np.array(known, dtype=np.float64), axis=0).tolist()
    return Interval3(low, point, high)
