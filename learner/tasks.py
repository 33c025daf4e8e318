"""What a simulated project is to learn: one label an item, or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

from learner.classifier import encode
from learner.confusion import ClassEstimate
from learner.evaluation import Truth, measure
from learner.label_figures import estimate_labels
from learner.multilabel import Model, MultiLabelModel, train_labels
from learner.training import TrainedModel, train
from learner.types import Floats, Mask, Matrix, Rows


@dataclass(frozen=True)
class LabelResult:
    """The same of one label, where items carry several."""

    label: str
    threshold: float | None
    true: Truth
    estimate: ClassEstimate


class OneLabel:
    """Each item has one of the classes."""

    def __init__(self, y: Sequence[str], classes: Sequence[str], positive: str) -> None:
        self.y, self.classes, self.positive = y, classes, positive
        self.codes = encode(y, classes)
        self.truth: Mask = np.fromiter((label == positive for label in y), bool, len(y))

    def fit(self, X: Matrix, rows: Rows, rest: Rows, rng: np.random.Generator) -> TrainedModel:
        """A model of these rows, to be used on the rest. Raises TooFewLabelsError."""
        labels = [self.y[row] for row in rows]
        return train(X[rows], labels, classes=self.classes, positive=self.positive, rng=rng, pool=X[rest])


class SeveralLabels:
    """Items have any of the labels: has (n, k)."""

    def __init__(self, has: Mask, labels: Sequence[str], positive: str) -> None:
        self.has, self.labels, self.positive = has, labels, positive
        self.codes = has.astype(np.int64)
        self.truth: Mask = has[:, list(labels).index(positive)]

    def fit(self, X: Matrix, rows: Rows, rest: Rows, rng: np.random.Generator) -> MultiLabelModel:
        """The same of all labels."""
        return train_labels(X[rows], self.has[rows], labels=self.labels, positive=self.positive, rng=rng, pool=X[rest])


Task: TypeAlias = OneLabel | SeveralLabels


class Audit(NamedTuple):
    """Who trains (n,), whose answers measure (a,), at which rates (n,) these were drawn, and who has no label yet (u,)."""

    in_training: Mask
    serving: Rows
    rates: Floats
    unlabelled: Rows


def by_label(
    task: SeveralLabels, model: Model | None, proba: Floats | None, audit: Audit, rng: np.random.Generator
) -> tuple[tuple[LabelResult, ...], ClassEstimate]:
    """True figures and estimates of each label, and the estimate of their means. `proba` (n, k): the model's."""
    scores = proba if proba is not None else np.zeros(task.has.shape)
    chances, flags = np.full(task.has.shape, 0.5), np.zeros(task.has.shape, dtype=np.bool_)
    thresholds: list[float | None] = [None] * len(task.labels)
    if isinstance(model, MultiLabelModel):
        chances, flags = model.all_chances(scores), model.all_flags(scores)
        thresholds = [point.threshold for point in model.operating_points]
    found = estimate_labels(
        chances,
        flags,
        labels=task.labels,
        in_training=audit.in_training,
        rows=audit.serving,
        truth=task.has[audit.serving],
        rates=audit.rates,
        rng=rng,
    )
    rest = audit.unlabelled
    made = tuple(
        LabelResult(
            label=label,
            threshold=thresholds[place],
            true=measure(scores[rest, place], flags[rest, place], task.has[rest, place]),
            estimate=found.labels[place],
        )
        for place, label in enumerate(task.labels)
    )
    return made, found.macro
