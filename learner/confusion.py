"""Precision, recall and F1 of each of several classes, and their means over the classes, from the same audit sample.

Items go to the class that the model thinks likeliest. Among those that went to class c, in post-strata by how sure the model was, the
shares of the true classes have a Dirichlet posterior: Hajek shares of the audit's labels, counted by Kish's effective number, and a
weak prior centred on the model's guess (see learner.post_strata: for two classes it is the same). Scaled by the known sizes these are
draws of the whole confusion matrix, so that the figures of all classes, and their means, fit together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from learner.audit import UNKNOWN, Interval3, interval
from learner.post_strata import EDGE, FLAGGED_BINS, PRIOR, SHRINK, grouped
from learner.stratified import tail_of
from learner.types import Floats, Mask, Rows

DRAWS = 4_000


class ClassEstimate(NamedTuple):
    """Figures of one class against the rest."""

    label: str
    precision: Interval3
    recall: Interval3
    f1: Interval3


class ConfusionEstimate(NamedTuple):
    """Of each class, and the plain means over the classes; in a mean a class counts where its figure is defined.

    `cells`: how many items that the model puts into a class (row) are of each class (column)."""

    classes: tuple[ClassEstimate, ...]
    macro: ClassEstimate
    cells: tuple[tuple[Interval3, ...], ...]


def estimate_classes(
    proba: Floats,
    *,
    classes: Sequence[str],
    in_training: Mask,
    rows: Rows,
    codes: Rows,
    rates: Floats,
    rng: np.random.Generator,
) -> ConfusionEstimate:
    """Figures over D = items not in training, from the audit labels `codes` (a,) (places among `classes`) of `rows` (a,).

    proba (n, k) are the present model's probabilities, rates (n,) those by which `rows` were drawn.
    """
    proba = np.nan_to_num(proba, nan=0.0)
    likeliest = np.asarray(proba.argmax(axis=1))
    domain = ~in_training
    k = len(classes)
    tail = tail_of(len(rows))
    # Row by row, and of all draws only what the figures are made of: a hundred classes' matrices 4,000 times take 320 MB.
    points, (hits, sizes, actual) = np.zeros((k, k)), np.zeros((3, k, DRAWS))
    cells = []
    for place in range(k):
        points[place], draws = _row(proba, domain & (likeliest == place), rows, codes, rates, rng)
        hits[place], sizes[place] = draws[:, place], draws.sum(axis=1)
        actual += draws.T
        cells.append(tuple(_cell(points[place, j], draws[:, j], tail, known=len(rows) > 0) for j in range(k)))
    seen = np.zeros((k, k))
    np.add.at(seen, (likeliest[rows], codes), 1.0)
    complete = len(rows) >= domain.sum()
    per_class = [
        _figures(points[c, c], points[c].sum(), points[:, c].sum(), hits[c], sizes[c], actual[c]) for c in range(k)
    ]
    made = tuple(
        ClassEstimate(classes[c], *(UNKNOWN if not len(rows) else _edged(i, found, seen, c, tail, complete)
                                    for i, found in enumerate(per_class[c])))
        for c in range(k)
    )  # fmt: skip
    means = [_mean([figures[i] for figures in per_class], tail) if len(rows) else UNKNOWN for i in range(3)]
    return ConfusionEstimate(made, ClassEstimate("macro", *means), tuple(cells))


def _cell(point: float, draws: Floats, tail: float, *, known: bool) -> Interval3:
    """One number of items; without any label only how large it may be."""
    return interval(draws, np.ones(len(draws)), float(point) if known else None, tail)


def _row(
    proba: Floats, part: Mask, rows: Rows, codes: Rows, rates: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """How many items of `part` are of each true class: points (k,), draws (DRAWS, k)."""
    k = proba.shape[1]
    point, draws = np.zeros(k), np.zeros((DRAWS, k))
    if not part.any():
        return point, draws
    shift = _shift(_guess(proba[part]), codes[part[rows]], 1.0 / rates[rows[part[rows]]])
    for members, here in grouped(proba.max(axis=1), part, rows, FLAGGED_BINS):
        weight, truth = 1.0 / rates[rows[here]], codes[here]
        counts = np.bincount(truth, minlength=k)
        raw = _guess(proba[members])
        guess = raw * shift / np.sum(raw * shift)
        unseen = len(members) - len(truth)
        if unseen <= 0:
            point, draws = point + counts, draws + counts
            continue
        n, shares = _hajek(truth, weight, guess)
        shares = (n * shares + SHRINK * guess) / (n + SHRINK)
        point = point + len(members) * shares
        # About the raw guess, too: a class that was not met yet is not thereby known to be absent.
        drawn = rng.dirichlet(n * shares + PRIOR * (guess + raw) / 2.0, DRAWS)
        draws = draws + counts + rng.multinomial(unseen, drawn)
    return point, draws


def _guess(proba: Floats) -> Floats:
    """Mean probabilities (k,), none of them quite 0."""
    mean = np.maximum(proba.mean(axis=0), EDGE)
    return np.asarray(mean / mean.sum())


def _hajek(truth: Rows, weight: Floats, otherwise: Floats) -> tuple[float, Floats]:
    """The effective number of labels, and the classes' weighted shares (k,) among them."""
    if not len(truth):
        return 0.0, otherwise
    shares = np.bincount(truth, weights=weight, minlength=len(otherwise)) / weight.sum()
    return float(weight.sum() ** 2 / np.sum(weight**2)), shares


def _shift(guess: Floats, truth: Rows, weight: Floats) -> Floats:
    """Factors (k,) for the model's guesses about all that it put into one class: a balanced model thinks rare classes too likely."""
    n, shares = _hajek(truth, weight, guess)
    return np.asarray((n * shares + guess) / (n + 1.0) / guess)


Figure = tuple[float | None, Floats, Floats]  # the point, and draws of what stands above and below the line


def _figures(hit: float, size: float, positives: float, hits: Floats, sizes: Floats, actual: Floats) -> list[Figure]:
    """Precision, recall and F1 of a class, from how many items are rightly put into it, are put into it, and are of it; draws likewise."""
    pairs = (
        (hit, size, hits, sizes),
        (hit, positives, hits, actual),
        (2 * hit, size + positives, 2 * hits, sizes + actual),
    )
    return [(float(a / b) if b > 0 else None, above, below) for a, b, above, below in pairs]


def _edged(which: int, figure: Figure, seen: Floats, c: int, tail: float, complete: bool) -> Interval3:
    """The interval of precision (0), recall (1) or F1 (2). What was never contradicted can't be excluded: it ends at 1, or begins at 0."""
    point, above, below = figure
    made = interval(above, below, point, tail)
    if complete or point is None:
        return made
    false, missed = seen[c].sum() > seen[c, c], seen[:, c].sum() > seen[c, c]
    contradicted = (false, missed, false or missed)[which]
    return Interval3(made.low if seen[c, c] else 0.0, made.point, made.high if contradicted else 1.0)


def _mean(figures: list[Figure], tail: float) -> Interval3:
    """The mean over classes, of the points and of each draw; a class whose figure is 0/0 is left out."""
    known = [point for point, _, _ in figures if point is not None]
    if not known:
        return UNKNOWN
    total, count = np.zeros(DRAWS), np.zeros(DRAWS)
    for _, above, below in figures:
        total += np.divide(above, below, out=np.zeros(DRAWS), where=below > 0)
        count += below > 0
    return interval(total, count, float(np.mean(known)), tail)
