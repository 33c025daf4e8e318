"""What an honest measurement says, and why audit items that the strategy wants retire into training.

Precision and recall are measured on items that training never sees: on a standing random sample of D, the items that nobody labelled
for training. Who serves is told by permanent random numbers (Ohlsson 1995), a hash of the project's seed and the item's id: they depend
neither on the order of import nor on what arrives later. How likely each item is to serve is learner.stratified's part.

Query strategies look for items worth learning from, and may want one that serves. Were it skipped, training would take only items
that don't serve, D would lose interesting items outside the sample alone, and the sample would come to hold too many of them:
precision and recall from it would be biased (tests/learner/test_retirement.py shows how much). So selection runs over D as if there
were no audit: a wanted item that serves *retires* into training, which costs no label as its label is known, and the walk goes down the
strategy's ranking until enough new items are found.

Then the sample stays what it was. The ranking is computed from training labels alone, so it knows nothing of who serves. The walk
uncovers, item by item, whether it does; where it stops depends on the items walked past and on how many were drawn, and those walked
past all leave D. The random numbers of the items further down are untouched by it. A model trained on what left D, and its threshold,
are functions of the training labels: old audit labels are as good for it as new ones.

So what an estimate speaks of is D: all items that nobody labelled for training.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from learner.types import Floats

LEVEL = 0.95
DRAWS = 8_000


class Interval3(NamedTuple):
    """A point with its 95% interval; the point is None where nothing can be said."""

    low: float
    point: float | None
    high: float


UNKNOWN = Interval3(0.0, None, 1.0)


class Confusion(NamedTuple):
    """How many items are positive among the flagged (hits), and among the others (missed); the rest of each part is not."""

    hits: Interval3
    false_alarms: Interval3
    missed: Interval3
    rest: Interval3


@dataclass(frozen=True)
class AuditEstimate:
    """Precision, recall and F1 of the positive class over `population` items, from `audit_labels` labels.

    `confusion` are the same numbers of items that the three are quotients of."""

    precision: Interval3
    recall: Interval3
    f1: Interval3
    audit_labels: int
    population: int
    confusion: Confusion | None = None


def priorities(item_ids: Sequence[str], seed: int) -> Floats:
    """Permanent random numbers (n,) in [0, 1): 53 bits of blake2b, keyed by the seed, of each id."""
    key = str(seed).encode()[:64]
    digests = b"".join(hashlib.blake2b(item.encode(), digest_size=8, key=key).digest() for item in item_ids)
    return (np.frombuffer(digests, dtype="<u8") >> np.uint64(11)).astype(np.float64) * 2.0**-53


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
