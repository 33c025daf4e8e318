"""Honest precision and recall: a standing random sample that training never sees.

The scheme, and why it is exact
-------------------------------
Every item carries a permanent random number (Ohlsson 1995), a hash of the project's seed and the item's id: it depends neither on the
order of import nor on what arrives later. Let D be the items that are not in training (neither seed nor trained on). The audit sample A
is always *the |A| items of D with the smallest numbers*; each round the next k join it.

Query strategies look for items worth learning from, and may want one that is in A. Were it skipped, training would take only items
outside A, D would lose interesting items outside A alone, and A would come to hold too many of them: precision and recall from it
would be biased (tests/learner/test_retirement.py shows how much). So selection runs over D as if there were no audit: a wanted item in
A *retires* into training, which costs no label as its label is known, and the walk goes down the strategy's ranking until enough
new items are found.

Then A stays a simple random sample of D. By induction over rounds: let A be one, given all that training knows. The ranking is computed
from training labels alone, so it knows nothing of who is in A. The walk uncovers, item by item, whether it is in A; where it stops
depends on the items walked past only, and these all leave D. The random numbers of the items further down are untouched by it, so
among them every subset of the remaining size is still equally likely to be A. Drawing the next k by the same numbers keeps that. A model
trained on what left D, and its threshold, are functions of the training labels: for them A is a simple random sample of D, old audit labels
as good as new ones. Within "flagged" and "not flagged" A is then a simple random sample of each.

So what the estimate speaks of is D: all items that nobody labelled for training.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from learner.types import Floats, Mask, Rows

LEVEL = 0.95
DRAWS = 8_000
SMALL = 30  # audit labels at which the nominal error is about halved; see benchmarks/audit_honesty


class Interval3(NamedTuple):
    """A point with its 95% interval; the point is None where nothing can be said."""

    low: float
    point: float | None
    high: float


UNKNOWN = Interval3(0.0, None, 1.0)


@dataclass(frozen=True)
class AuditEstimate:
    """Precision, recall and F1 of the positive class over `population` items, from `audit_labels` labels."""

    precision: Interval3
    recall: Interval3
    f1: Interval3
    audit_labels: int
    population: int


class UniformAudit:
    """The uniform design: each item of D is as likely to serve as any other."""

    def priorities(self, item_ids: Sequence[str], seed: int) -> Floats:
        """Permanent random numbers (n,) in [0, 1), one per id."""
        return priorities(item_ids, seed)

    def draw(self, priorities: Floats, *, in_training: Mask, audited: Mask, count: int) -> Rows:
        """The rows that join the audit sample, see draw()."""
        return draw(priorities, in_training=in_training, audited=audited, count=count)

    def estimate(
        self, flags: Mask, truth: Mask, *, population: int, flagged_in_population: int, rng: np.random.Generator
    ) -> AuditEstimate:
        """Precision, recall and F1, see estimate()."""
        return estimate(flags, truth, population=population, flagged_in_population=flagged_in_population, rng=rng)


def priorities(item_ids: Sequence[str], seed: int) -> Floats:
    """Permanent random numbers (n,) in [0, 1): 53 bits of blake2b, keyed by the seed, of each id."""
    key = str(seed).encode()[:64]
    digests = b"".join(hashlib.blake2b(item.encode(), digest_size=8, key=key).digest() for item in item_ids)
    return (np.frombuffer(digests, dtype="<u8") >> np.uint64(11)).astype(np.float64) * 2.0**-53


def draw(priorities: Floats, *, in_training: Mask, audited: Mask, count: int) -> Rows:
    """The `count` rows with the smallest numbers among those neither in training nor in the audit sample; fewer if there are no more.

    All arrays (n,) over the whole population. The rows come in the order of their numbers.
    """
    open_rows = np.flatnonzero(~in_training & ~audited)
    order = np.argsort(priorities[open_rows], kind="stable")
    return open_rows[order[: max(count, 0)]]


@dataclass(frozen=True)
class _Stratum:
    """A simple random sample of a part of the population: `hits` positives among `seen` of `size` items."""

    size: int
    seen: int
    hits: int

    def total(self) -> float | None:
        """The estimated number of positives (Horvitz-Thompson). None if nothing was seen of what is there."""
        if self.size == 0:
            return 0.0
        return self.hits * self.size / self.seen if self.seen else None

    def totals(self, rng: np.random.Generator) -> Floats:
        """Draws (DRAWS,) of the number of positives: those seen, and those unseen by a Jeffreys posterior.

        Unseen ones are binomial given the rate, so a stratum that was seen in full has no uncertainty left.
        """
        rate = rng.beta(self.hits + 0.5, self.seen - self.hits + 0.5, DRAWS)
        return self.hits + rng.binomial(self.size - self.seen, rate).astype(np.float64)


def estimate(
    flags: Mask, truth: Mask, *, population: int, flagged_in_population: int, rng: np.random.Generator
) -> AuditEstimate:
    """Precision, recall and F1 over a population of which `flags`, `truth` (n_audit,) are a simple random sample.

    How many of the population are flagged is known, so the sample is post-stratified by it. Intervals: draws from each stratum's posterior,
    pushed through precision, recall and F1 (no normal approximation: it fails at 0 and 1), wider for small samples.
    """
    flags, truth = np.asarray(flags, dtype=np.bool_), np.asarray(truth, dtype=np.bool_)  # an empty list comes as floats
    seen_flagged = int(flags.sum())
    inside = _Stratum(max(flagged_in_population, seen_flagged), seen_flagged, int((flags & truth).sum()))
    outside_size = max(population - flagged_in_population, len(flags) - seen_flagged)
    outside = _Stratum(outside_size, len(flags) - seen_flagged, int((~flags & truth).sum()))
    tp, fn = inside.totals(rng), outside.totals(rng)
    hit, missed = inside.total(), outside.total()
    exact = inside.seen == inside.size and outside.seen == outside.size
    tail = (1.0 - LEVEL) / 2.0 / (1.0 if exact else 1.0 + SMALL / max(len(flags), 1))
    size = float(inside.size)
    precision = interval(tp, np.full(DRAWS, size), None if hit is None or not size else hit / size, tail)
    found = None if hit is None or missed is None or hit + missed == 0 else hit / (hit + missed)
    recall = interval(tp, tp + fn, found, tail)
    both = None if hit is None or missed is None or size + hit + missed == 0 else 2 * hit / (size + hit + missed)
    f1 = interval(2 * tp, size + tp + fn, both, tail)
    return AuditEstimate(precision, recall, f1, len(flags), population)


def interval(above: Floats, below: Floats, point: float | None, tail: float) -> Interval3:
    """Quantiles of above/below (DRAWS,), 0/0 left out; never without the point, as draws can't reach an edge that the point is on."""
    defined = below > 0
    if not defined.any():
        return UNKNOWN
    ratio = above[defined] / below[defined]
    low, high = (float(q) for q in np.quantile(ratio, [tail, 1.0 - tail]))
    if point is None:
        return Interval3(low, None, high)
    return Interval3(min(low, point), point, max(high, point))
