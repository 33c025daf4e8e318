"""How far people agree, and what that leaves to be measured."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from learner.audit import UNKNOWN, Interval3
from learner.ballots import Ballots
from learner.intervals import TAIL, jeffreys
from learner.types import Floats

RESAMPLES = 1_000
FEWEST_ITEMS = 5  # items with several votes, below which nothing is said
CHUNK = 2_000_000  # cells of resampled counts held at once
SMALL = 30.0  # items at which the nominal error is halved: with few, resampling alone covers 81-85% on a rare class


def alpha(ballots: Ballots) -> float | None:
    """Krippendorff's alpha for nominal data: 1 is full agreement, 0 that of chance (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"). None where all votes that can be compared are for one class, or none can: then there is nothing to agree about.
    """
    counts = _comparable(ballots)
    if not len(counts):
        return None
    values = _alpha(_parts(counts).sum(axis=0)[None, :])
    return None if np.isnan(values[0]) else float(values[0])


def alpha_interval(ballots: Ballots, rng: np.random.Generator) -> Interval3:
    """Alpha with its 95% interval, by resampling items (Zapf et al. 2016).

    Resampling can't see beyond the disagreements that there are, so each resample also gets one item of full disagreement and one of full
    agreement with a random weight of mean 1/2 (Jeffreys' prior, as in a smoothed Bayesian bootstrap; Rubin 1981). The point is
    None where alpha is undefined or fewer than FEWEST_ITEMS items have several votes.
    """
    counts = _comparable(ballots)
    point = alpha(ballots)
    if point is None or len(counts) < FEWEST_ITEMS:
        return UNKNOWN._replace(low=-1.0)
    parts = np.vstack([_parts(counts), _prior(counts)])
    found = []
    step = max(1, CHUNK // len(parts))
    for start in range(0, RESAMPLES, step):
        size = (min(step, RESAMPLES - start), len(parts))
        shape = np.ones(len(parts))
        shape[-2:] = 0.5
        found.append(_alpha(rng.gamma(np.broadcast_to(shape, size)) @ parts))
    values = np.concatenate(found)
    tail = TAIL / (1.0 + SMALL / len(counts))
    low, high = np.quantile(values[~np.isnan(values)], [tail, 1.0 - tail])
    return Interval3(min(float(low), point), point, max(float(high), point))


def _comparable(ballots: Ballots) -> Floats:
    counts = ballots.counts()
    return np.asarray(counts[counts.sum(axis=1) >= 2])


def _parts(counts: Floats) -> Floats:
    """What each item adds (items, k + 1): its disagreeing pairs by m - 1, and its votes by class."""
    m = counts.sum(axis=1)
    apart = (m**2 - (counts**2).sum(axis=1)) / (m - 1.0)
    return np.column_stack([apart, counts])


def _prior(counts: Floats) -> Floats:
    """Two invented items with the usual number of votes, shared out over the classes as all votes are: one at odds with itself, one not."""
    size = float(np.median(counts.sum(axis=1)))
    share = counts.sum(axis=0) / counts.sum() * size
    odds = (size**2 - ((size / 2.0) ** 2) * 2.0) / (size - 1.0)
    return np.vstack([np.append(odds, share), np.append(0.0, share)])


def _alpha(totals: Floats) -> Floats:
    """Alpha (b,) from summed parts (b, k + 1), for each resample; NaN where all votes are for one class."""
    by_class = totals[:, 1:]
    n = by_class.sum(axis=1)
    expected = n**2 - (by_class**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(expected > 1e-9, 1.0 - (n - 1.0) * totals[:, 0] / expected, np.nan))


class Noise(NamedTuple):
    """What disagreement leaves to be measured.

    disputed: share of pairs of votes on one item that differ. ceiling: F1 of one person's answers for the positive class measured
    against another's, which is the positive specific agreement (Hripcsak & Rothschild 2005); a model can't be seen to be better than
    that. items: with several votes.
    """

    disputed: Interval3
    ceiling: Interval3
    items: int


def noise(ballots: Ballots, positive: str) -> Noise:
    """How far disagreement among people limits what can be measured, with Jeffreys intervals over pairs that share no item.

    Pairs within an item are not independent: the number of items, not of pairs, is what counts as the number of observations.
    """
    counts = _comparable(ballots)
    items = len(counts)
    if items < FEWEST_ITEMS or positive not in ballots.classes:
        return Noise(UNKNOWN, UNKNOWN, items)
    m = counts.sum(axis=1)
    pairs = m * (m - 1.0) / 2.0
    yes = counts[:, ballots.classes.index(positive)]
    both, one = yes * (yes - 1.0) / 2.0 / pairs, yes * (m - yes) / pairs  # shares of the item's pairs
    agreed = (counts * (counts - 1.0) / 2.0).sum(axis=1) / pairs
    disputed = jeffreys(float(items - agreed.sum()), float(agreed.sum()))
    touched = float(both.sum() + one.sum())
    if touched == 0:
        return Noise(disputed, UNKNOWN, items)
    # F1 = 2 s / (1 + s), growing with s: the share of agreeing pairs among those where at least one says yes.
    share = jeffreys(float(both.sum()), float(one.sum()))
    low, point, high = (2.0 * s / (1.0 + s) for s in share if s is not None)
    return Noise(disputed, Interval3(low, point, high), items)
