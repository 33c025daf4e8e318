"""What would narrow the interval: how many more audit labels for +-.10 on precision, recall and F1.

The labels to come are not known, their number in each post-stratum is: the design says how its rates would rise (raise_rates), so how
many labels each post-stratum may expect and how unequal their weights would be. With these labels answering as the posterior's mean
expects, the interval is made as ever; the number of labels is raised until it is narrow enough. It leaves out that models
change and that strategies take items away: a forecast, good within a factor of about one and a half (tests/learner/test_narrowing.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from learner.post_strata import FLAGGED_BINS, OTHER_BINS, PRIOR, PostStratum, part_of
from learner.stratified import raise_rates, tail_of
from learner.types import Floats, Mask, Rows

HALF_WIDTH = 0.10
MOST = 5_000  # more labels than that are no advice
STEP = 1.35  # from one number of labels that is tried to the next
DRAWS = 2_000
ITEMS = 20_000  # a larger population is looked at through a sample: rates are smooth in the scores


class Needed(NamedTuple):
    """More audit labels wanted for each interval to be within +-.10; 0: it is, None: more than MOST, or nothing can be said yet."""

    precision: int | None
    recall: int | None
    f1: int | None


NOTHING_KNOWN = Needed(None, None, None)


@dataclass(frozen=True, eq=False)
class _Forecast:
    """A post-stratum, and its members in the sample that stands for the population."""

    stratum: PostStratum
    members: Rows
    flagged: bool

    def totals(self, rates: Floats, raised: Floats, rng: np.random.Generator) -> Floats:
        """Draws (DRAWS,) of the number of positives once the design has drawn up to the rates `raised`."""
        stratum, seen = self.stratum, len(self.stratum.truth)
        size, before, after = stratum.size, rates[self.members], raised[self.members]
        grown = size / max(len(self.members), 1)
        labels = min(seen + grown * float(np.sum(after - before)), float(size))
        n, centre = stratum.effective, stratum.centre
        share = (n * stratum.seen + PRIOR * centre) / (n + PRIOR)
        if size - labels < 0.5:
            return np.full(DRAWS, size * share)
        alike = len(after) ** 2 / (
            np.sum(1.0 / np.maximum(after, 1e-12)) * max(float(after.sum()), 1e-12)
        )  # 1: all weights are
        counted = labels * min(float(alike), 1.0)
        rate = rng.beta(counted * share + PRIOR * centre, counted * (1.0 - share) + PRIOR * (1.0 - centre), DRAWS)
        return np.asarray(labels * share + rng.binomial(round(size - labels), rate), dtype=np.float64)


def labels_needed(
    probability: Floats,
    flags: Mask,
    *,
    in_training: Mask,
    rows: Rows,
    truth: Mask,
    rates: Floats,
    seed: int,
    half_width: float = HALF_WIDTH,
    design: tuple[Floats, Mask] | None = None,
) -> Needed:
    """How many more labels of the stratified audit bring each interval within +- half_width. Arguments as for stratified.estimate().

    `design`: probabilities and flags (n, k) by which the rates will rise, where these are not the measured label's alone.
    """
    chances, flagged = design or (probability, flags)
    domain = ~in_training
    left = int(domain.sum()) - len(rows)
    if not len(rows):
        return NOTHING_KNOWN
    rng = np.random.default_rng(seed)
    there = np.flatnonzero(domain)
    sample = there if len(there) <= ITEMS else np.sort(rng.choice(there, ITEMS, replace=False))
    scale = len(sample) / max(len(there), 1)
    forecasts = _forecasts(probability, flags & domain, ~flags & domain, rows, truth, rates, sample)
    outside = np.zeros(len(sample), dtype=np.bool_)
    tried: list[tuple[float, list[float]]] = []
    more = 0.0
    while True:
        raised = raise_rates(rates[sample], chances[sample], flagged[sample], in_training=outside, count=more * scale)
        widths = _half_widths(forecasts, rates[sample], raised, len(rows) + more, seed)
        tried.append((more, widths))
        if all(width <= half_width for width in widths) or more >= min(left, MOST):
            break
        more = min(max(10.0, np.ceil(more * STEP)), float(left), float(MOST))
    return Needed(*(_first_within([(m, widths[i]) for m, widths in tried], half_width) for i in range(3)))


def _forecasts(
    probability: Floats, flagged: Mask, others: Mask, rows: Rows, truth: Mask, rates: Floats, sample: Rows
) -> list[_Forecast]:
    place = np.full(len(flagged), -1, dtype=np.int64)
    place[sample] = np.arange(len(sample))
    made = []
    for is_flagged, part, bins in ((True, flagged, FLAGGED_BINS), (False, others, OTHER_BINS)):
        for stratum in part_of(probability, part, rows, truth, rates, bins).strata:
            at = place[stratum.members]
            made.append(_Forecast(stratum, at[at >= 0], is_flagged))
    return made


def _half_widths(forecasts: list[_Forecast], rates: Floats, raised: Floats, labels: float, seed: int) -> list[float]:
    """Of precision, recall and F1; the same draws for each number of labels, so that widths fall smoothly. Infinite where undefined."""
    tp, fn = np.zeros(DRAWS), np.zeros(DRAWS)
    for i, forecast in enumerate(forecasts):
        drawn = forecast.totals(rates, raised, np.random.default_rng([seed, i]))
        if forecast.flagged:
            tp += drawn
        else:
            fn += drawn
    size = float(sum(forecast.stratum.size for forecast in forecasts if forecast.flagged))
    tail = tail_of(labels)
    widths = []
    for above, below in ((tp, np.full(DRAWS, size)), (tp, tp + fn), (2 * tp, size + tp + fn)):
        if not np.all(below > 0):
            widths.append(np.inf)
            continue
        low, high = np.quantile(above / below, [tail, 1.0 - tail])
        widths.append(float(high - low) / 2.0)
    return widths


def _first_within(tried: list[tuple[float, float]], half_width: float) -> int | None:
    """The number of labels at which the width falls to `half_width`, between the tries on either side of it; None if it never does."""
    for i, (more, width) in enumerate(tried):
        if width > half_width:
            continue
        if i == 0:
            return 0
        before, wider = tried[i - 1]
        if not np.isfinite(wider) or wider <= width:
            return round(more)
        # Widths go by the root of the number of labels, so their inverse squares are nearly straight.
        part = (half_width**-2 - wider**-2) / (width**-2 - wider**-2) if width > 0 else 1.0
        return max(1, round(before + part * (more - before)))
    return None
