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
a round draws a Poisson number of items around the wanted one. (As a batch has a fixed size, that number says how far the walk goes.
It tells nothing of which items serve: given it, A is a Poisson sample of known size, and a weighted mean needs the rates'
proportions only.)

Estimates go by post-strata of the present scores, whose sizes are known: in each the share of positives is the weighted mean (Hajek),
drawn a little towards what the calibrated model expects. That costs a little bias, less than the error it saves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from learner.audit import DRAWS, LEVEL, AuditEstimate, Interval3, interval
from learner.types import Floats, Mask, Rows

NEYMAN, FLAGGED = (
    0.6,
    0.2,
)  # of the labels wanted: where the answer is in doubt, evenly over the flagged; the rest evenly over the others
FLAGGED_BINS, OTHER_BINS = 3, 6
FEWEST = 6  # audit labels in a post-stratum; smaller ones are joined to their neighbour
SMALL = 30.0  # intervals are wider by this many audit labels' worth, see learner.audit
SHRINK = 2.0  # labels that the model's own guess counts for in a point
PRIOR = 2.0  # the same in the posterior of an interval


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
    Items in training keep their rate.
    """
    domain = ~in_training
    want = _importance(probability, flags & domain, ~flags & domain)
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


@dataclass(frozen=True, eq=False)
class _PostStratum:
    """Items of like score: how many there are, their mean calibrated probability, and the audit's weights and answers among them."""

    size: int
    expected: float
    weight: Floats
    truth: Mask

    @property
    def effective(self) -> float:
        """Kish's effective number of labels."""
        return float(self.weight.sum() ** 2 / np.sum(self.weight**2)) if len(self.weight) else 0.0

    @property
    def share(self) -> float:
        """Weighted share of positives (Hajek), drawn a little towards the model's guess, which is all there is without a label."""
        if not len(self.weight):
            return self.expected
        if len(self.weight) >= self.size:
            return float(self.truth.mean())
        n = self.effective
        return (n * float(self.weight @ self.truth / self.weight.sum()) + SHRINK * self.expected) / (n + SHRINK)

    def totals(self, rng: np.random.Generator) -> Floats:
        """Draws (DRAWS,) of the number of positives: Beta posterior with a weak prior centred on the model's guess."""
        seen = int(self.truth.sum())
        unseen = self.size - len(self.truth)
        if unseen <= 0:
            return np.full(DRAWS, float(seen))
        n = self.effective
        centre = min(max(self.expected, 1e-3), 1.0 - 1e-3)
        rate = rng.beta(n * self.share + PRIOR * centre, n * (1.0 - self.share) + PRIOR * (1.0 - centre), DRAWS)
        return seen + rng.binomial(unseen, rate).astype(np.float64)


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
    inside = _post_strata(probability, domain & flags, rows, truth, rates, FLAGGED_BINS)
    outside = _post_strata(probability, domain & ~flags, rows, truth, rates, OTHER_BINS)
    size, hit, missed = float(inside.size), inside.total, outside.total
    tp, fn = inside.totals(rng), outside.totals(rng)
    tail = (1.0 - LEVEL) / 2.0 / (1.0 + SMALL / max(len(rows), 1))
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
    return AuditEstimate(precision, recall, f1, len(rows), int(domain.sum()))


@dataclass(frozen=True, eq=False)
class _Part:
    """The flagged, or the others: post-strata that together hold all its items."""

    strata: list[_PostStratum]

    @property
    def size(self) -> int:
        return sum(stratum.size for stratum in self.strata)

    @property
    def labels(self) -> int:
        return sum(len(stratum.truth) for stratum in self.strata)

    @property
    def total(self) -> float | None:
        """Estimated number of positives; None without any label, unless there is nothing to label."""
        if self.size and not self.labels:
            return None
        return sum((stratum.share * stratum.size for stratum in self.strata), 0.0)

    @property
    def all_hits(self) -> bool:
        return all(bool(stratum.truth.all()) for stratum in self.strata)

    @property
    def no_hits(self) -> bool:
        return not any(bool(stratum.truth.any()) for stratum in self.strata)

    def totals(self, rng: np.random.Generator) -> Floats:
        """Draws (DRAWS,) of the number of positives; all that is possible, evenly, without a label."""
        if self.size and not self.labels:
            return rng.integers(0, self.size, DRAWS, endpoint=True).astype(np.float64)
        return np.asarray(sum((stratum.totals(rng) for stratum in self.strata), np.zeros(DRAWS)))


def _post_strata(probability: Floats, part: Mask, rows: Rows, truth: Mask, rates: Floats, bins: int) -> _Part:
    """Bins of like probability with about the same expected doubt in each, so finer near the threshold; joined where labels are few."""
    members = np.flatnonzero(part)
    if not len(members):
        return _Part([])
    p = np.clip(probability[members], 0.0, 1.0)
    order = np.argsort(p, kind="stable")
    doubt = np.cumsum(np.sqrt(np.maximum(p[order] * (1.0 - p[order]), 1e-8)))
    bin_of = np.empty(len(members), dtype=np.int64)
    bin_of[order] = np.minimum((doubt / doubt[-1] * bins).astype(np.int64), bins - 1)
    weight = 1.0 / rates[rows]
    place = np.full(len(part), -1, dtype=np.int64)
    place[members] = bin_of
    labelled = place[rows]
    groups = _join([int(np.sum(labelled == b)) for b in range(bins)])
    made = []
    for group in groups:
        here = np.isin(labelled, group)
        inside = np.isin(bin_of, group)
        if inside.any():
            made.append(_PostStratum(int(inside.sum()), float(p[inside].mean()), weight[here], truth[here]))
    return _Part(made)


def _join(counts: list[int]) -> list[list[int]]:
    """Neighbouring bins joined until each group has FEWEST labels, if there are that many."""
    groups: list[list[int]] = []
    current: list[int] = []
    labels = 0
    for b, count in enumerate(counts):
        current.append(b)
        labels += count
        if labels >= FEWEST:
            groups.append(current)
            current, labels = [], 0
    if current and groups:
        groups[-1] += current
    elif current:
        groups.append(current)
    return groups
