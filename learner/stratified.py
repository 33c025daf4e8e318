"""The audit where it tells most: more likely to serve near the threshold and among the flagged, by rates that are known exactly.

The scheme, and why it is exact
-------------------------------
As in learner.audit every item has a permanent random number u, and strategies choose as if there were no audit. But instead of the
items with the smallest numbers, the sample is A = {i in D: u_i < rate_i}: Poisson sampling with permanent random numbers (Brewer, Early
& Joyce 1972; Ohlsson 1995). Each round rates may only rise: rate_i = max(old rate_i, c * w_i), w_i being high where the present model
is in doubt, c such that the rates' sum over D rises by the number of audit labels wanted. Old audit labels stay in with their
rates, and no item can be drawn twice.

Rates are functions of training labels and of who left D, never of who serves: given all that training knows, the numbers of the items
in D are still independent and uniform, as the walk down a ranking uncovers only those of items that leave D. So each item in D
serves with exactly the probability rate_i, independently of all others, and weighting by 1 / rate_i is unbiased. The price is that
a round draws a Poisson number of items around the wanted one.

That holds as long as nobody looks at that number. But a batch has a fixed size, so the number drawn says how far the walk goes, and
which items leave D. What holds exactly is this: given all that training knows, and how many each round drew, A is a *conditional*
Poisson sample (Hajek 1964): of one round's draw, each set S of the n items that it is known to hold has a probability in proportion
to the product over S of rate_i / (1 - rate_i). Then an item's probability of serving is no longer rate_i itself. To first order in
the rates it is n / sum(rates) times rate_i, the same factor for all items; what is left over is relatively of the order of rate_i times
|n / sum(rates) - 1|, and of 1 / n. A weighted mean (Hajek's: sum of weighted positives over the sum of weights) needs the proportions
only, as the factor cancels: that is why there is no Horvitz-Thompson total here. Two things are taken for granted beside: that the
few items over the `most` that a batch has room for (a Poisson number beyond three standard deviations) wait for the next round, and
that whether a drawn item gets its answer hangs on nothing but chance. tests/learner/test_retirement.py and test_stratified.py look for
a bias, in whole projects and given the number drawn, and find none.

Estimates go by post-strata of the present scores, whose sizes are known: see learner.post_strata.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from learner.audit import DRAWS, LEVEL, AuditEstimate, Confusion, Interval3, interval
from learner.post_strata import FLAGGED_BINS, OTHER_BINS, Part, part_of
from learner.types import Floats, Mask, Rows

# Of the labels wanted: where the answer is in doubt, evenly over the flagged; the rest evenly over the others.
NEYMAN, FLAGGED = 0.65, 0.15
SMALL = 30.0  # audit labels at which the nominal error of an interval is halved


@dataclass(frozen=True, eq=False)
class AuditRates:
    """Rates by item, to be kept between rounds: `keys` (n,) sorted 64-bit hashes of item ids, `rates` (n,)."""

    keys: NDArray[np.uint64]
    rates: Floats

    @classmethod
    def start(cls) -> AuditRates:
        """Before the first draw: nobody can be serving."""
        return cls(np.empty(0, dtype=np.uint64), np.empty(0))

    @classmethod
    def of_items(cls, item_ids: Sequence[str], rates: Floats) -> AuditRates:
        """Those of these items; a rate of 0 need not be kept."""
        keys = _keys(item_ids)
        kept = np.flatnonzero(rates > 0)
        order = kept[np.argsort(keys[kept], kind="stable")]
        return cls(keys[order], rates[order])

    def for_items(self, item_ids: Sequence[str]) -> Floats:
        """Rates (n,) in the order of these ids; 0 for items that are new."""
        keys = _keys(item_ids)
        if not len(self.keys):
            return np.zeros(len(keys))
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.rates[at], 0.0)


def _keys(item_ids: Sequence[str]) -> NDArray[np.uint64]:
    digests = b"".join(hashlib.blake2b(item.encode(), digest_size=8).digest() for item in item_ids)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def raise_rates(rates: Floats, probability: Floats, flags: Mask, *, in_training: Mask, count: float) -> Floats:
    """The next rates (n,), from the present ones, such that `count` more items of D are expected to serve.

    `probability` (n,) of being positive by the present model, calibrated as well as may be: it steers precision only, never honesty.
    Where items carry several labels, it and `flags` are (n, k), and each label has the same say. Items in training keep their rate.
    """
    domain = ~in_training
    want = _wanted(probability, flags, domain)
    room = float(np.sum(1.0 - rates[domain & (want > 0)]))
    if count <= 0 or room <= 0:
        return rates
    if count >= room:
        return np.where(domain & (want > 0), 1.0, rates)

    def gained(log_c: float) -> float:
        raised = np.maximum(rates, np.minimum(np.exp(log_c) * want, 1.0))
        return float(np.sum(raised[domain] - rates[domain])) - count

    smallest = float(want[want > 0].min())
    log_c = brentq(gained, np.log(1e-12), np.log(2.0 / smallest), xtol=1e-12)
    return np.where(domain, np.maximum(rates, np.minimum(np.exp(log_c) * want, 1.0)), rates)


def _wanted(probability: Floats, flags: Mask, domain: Mask) -> Floats:
    if probability.ndim == 1:
        return _importance(probability, flags & domain, ~flags & domain)
    columns = zip(probability.T, flags.T, strict=True)
    return np.asarray(np.mean([_importance(p, flagged & domain, ~flagged & domain) for p, flagged in columns], axis=0))


def _importance(probability: Floats, flagged: Mask, other: Mask) -> Floats:
    """How much each item's label is worth (n,), 0 outside D: a mixture of Neyman's allocation and an even one, which no model can spoil."""
    p = np.clip(np.nan_to_num(probability, nan=0.0), 1e-4, 1.0 - 1e-4)
    doubt = np.sqrt(p * (1.0 - p)) * (flagged | other)
    shares = (
        (doubt, NEYMAN),
        (flagged.astype(np.float64), FLAGGED),
        (other.astype(np.float64), 1.0 - NEYMAN - FLAGGED),
    )
    want = np.zeros(len(p))
    for part, share in shares:
        if part.sum() > 0:
            want += share * part / part.sum()
    return want


def serving(priorities: Floats, rates: Floats, *, in_training: Mask) -> Rows:
    """The rows of the audit sample: those of D whose number lies under their rate."""
    return np.flatnonzero(~in_training & (priorities < rates))


def estimate(
    probability: Floats,
    flags: Mask,
    *,
    in_training: Mask,
    rows: Rows,
    truth: Mask,
    rates: Floats,
    rng: np.random.Generator,
) -> AuditEstimate:
    """Precision, recall and F1 over D = items not in training, from the audit labels `truth` (a,) of `rows` (a,).

    probability, flags, in_training, rates are (n,) over all items: the present model's calibrated probabilities and flags, and the rates
    by which `rows` were drawn.
    """
    domain = ~in_training
    truth = np.asarray(truth, dtype=np.bool_)
    rows = np.asarray(rows, dtype=np.int64)
    inside = part_of(probability, domain & flags, rows, truth, rates, FLAGGED_BINS)
    outside = part_of(probability, domain & ~flags, rows, truth, rates, OTHER_BINS)
    size, hit, missed = float(inside.size), inside.total, outside.total
    tp, fn = inside.totals(rng, DRAWS), outside.totals(rng, DRAWS)
    tail = tail_of(len(rows))
    precision = interval(tp, np.full(DRAWS, size), None if hit is None or not size else hit / size, tail)
    positives = None if hit is None or missed is None else hit + missed
    recall = interval(tp, tp + fn, None if not positives or hit is None else hit / positives, tail)
    both = None if positives is None or hit is None or not size + positives else 2 * hit / (size + positives)
    f1 = interval(2 * tp, size + tp + fn, both, tail)
    if len(rows) < domain.sum():
        # What was never contradicted can't be excluded: a precision of 1 lies in an interval that ends at 1.
        top, bottom = inside.all_hits, inside.no_hits
        precision = Interval3(0.0 if bottom else precision.low, precision.point, 1.0 if top else precision.high)
        recall = Interval3(0.0 if bottom else recall.low, recall.point, 1.0 if outside.no_hits else recall.high)
        f1 = Interval3(0.0 if bottom else f1.low, f1.point, 1.0 if top and outside.no_hits else f1.high)
    confusion = Confusion(*_numbers(inside, tp, tail), *_numbers(outside, fn, tail))
    return AuditEstimate(precision, recall, f1, len(rows), int(domain.sum()), confusion)


def _numbers(part: Part, draws: Floats, tail: float) -> tuple[Interval3, Interval3]:
    """How many items of a part are positive, and how many are not; ends as those of the quotients where nothing contradicts them."""
    size = float(part.size)
    found = interval(draws, np.ones(len(draws)), part.total, tail)
    if part.labels < part.size:
        low = 0.0 if part.no_hits else found.low
        found = Interval3(low, found.point, size if part.all_hits else found.high)
    others = None if found.point is None else size - found.point
    return found, Interval3(size - found.high, others, size - found.low)


def tail_of(labels: float) -> float:
    """The share of draws beyond either end of an interval from so many audit labels: wider than its name while there are few."""
    return (1.0 - LEVEL) / 2.0 / (1.0 + SMALL / max(labels, 1.0))
