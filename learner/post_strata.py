"""Post-strata: items of like score, whose number is known, and what the audit's labels say about each.

In each the share of positives is the weighted mean (Hajek), drawn a little towards what the model expects there. That costs a little
bias, less than the error it saves. For intervals a Beta posterior of the share is drawn and scaled by the number of items.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from learner.types import Floats, Mask, Rows

FLAGGED_BINS, OTHER_BINS = 3, 6
FEWEST = 6  # audit labels in a post-stratum; smaller ones are joined to their neighbour
SHRINK = 2.0  # labels that the model's own guess counts for in a point
PRIOR = 2.0  # the same in the posterior of an interval
EDGE = 1e-3  # the model's guess is never surer than this


@dataclass(frozen=True, eq=False)
class PostStratum:
    """Items of like score (`members`, rows), their mean probability, and the audit's weights (a,) and answers (a,) among them."""

    members: Rows
    expected: float
    weight: Floats
    truth: Mask

    @property
    def size(self) -> int:
        """How many items."""
        return len(self.members)

    @property
    def effective(self) -> float:
        """Kish's effective number of labels."""
        return float(self.weight.sum() ** 2 / np.sum(self.weight**2)) if len(self.weight) else 0.0

    @property
    def centre(self) -> float:
        """The model's guess, kept off the edges."""
        return min(max(self.expected, EDGE), 1.0 - EDGE)

    @property
    def seen(self) -> float:
        """Weighted share of positives among the labels (Hajek); 0 without any."""
        return float(self.weight @ self.truth / self.weight.sum()) if len(self.weight) else 0.0

    @property
    def share(self) -> float:
        """The same, drawn a little towards the model's guess, which is all there is without a label."""
        if not len(self.weight):
            return self.expected
        if len(self.weight) >= self.size:
            return float(self.truth.mean())
        n = self.effective
        return (n * self.seen + SHRINK * self.expected) / (n + SHRINK)

    def totals(self, rng: np.random.Generator, draws: int) -> Floats:
        """Draws (draws,) of the number of positives: Beta posterior with a weak prior centred on the model's guess."""
        seen = int(self.truth.sum())
        unseen = self.size - len(self.truth)
        if unseen <= 0:
            return np.full(draws, float(seen))
        n, share, centre = self.effective, self.share, self.centre
        rate = rng.beta(n * share + PRIOR * centre, n * (1.0 - share) + PRIOR * (1.0 - centre), draws)
        return seen + rng.binomial(unseen, rate).astype(np.float64)


@dataclass(frozen=True, eq=False)
class Part:
    """The flagged, or the others: post-strata that together hold all its items."""

    strata: list[PostStratum]

    @property
    def size(self) -> int:
        """How many items."""
        return sum(stratum.size for stratum in self.strata)

    @property
    def labels(self) -> int:
        """How many audit labels."""
        return sum(len(stratum.truth) for stratum in self.strata)

    @property
    def total(self) -> float | None:
        """Estimated number of positives; None without any label, unless there is nothing to label."""
        if self.size and not self.labels:
            return None
        return sum((stratum.share * stratum.size for stratum in self.strata), 0.0)

    @property
    def all_hits(self) -> bool:
        """Whether every label is positive."""
        return all(bool(stratum.truth.all()) for stratum in self.strata)

    @property
    def no_hits(self) -> bool:
        """Whether none is."""
        return not any(bool(stratum.truth.any()) for stratum in self.strata)

    def totals(self, rng: np.random.Generator, draws: int) -> Floats:
        """Draws (draws,) of the number of positives; all that is possible, evenly, without a label."""
        if self.size and not self.labels:
            return rng.integers(0, self.size, draws, endpoint=True).astype(np.float64)
        return np.asarray(sum((stratum.totals(rng, draws) for stratum in self.strata), np.zeros(draws)))


def part_of(probability: Floats, part: Mask, rows: Rows, truth: Mask, rates: Floats, bins: int) -> Part:
    """The items of `part` (n,) in post-strata, with the labels `truth` (a,) of `rows` (a,) weighted by 1 / rates[rows]."""
    weight = 1.0 / rates[rows]
    made = []
    for members, here in grouped(probability, part, rows, bins):
        expected = float(np.clip(probability[members], 0.0, 1.0).mean())
        made.append(PostStratum(members, expected, weight[here], truth[here]))
    return Part(made)


def grouped(probability: Floats, part: Mask, rows: Rows, bins: int) -> list[tuple[Rows, Mask]]:
    """Groups of like probability as (members, which of the labelled `rows` (a,) are among them).

    Bins with about the same expected doubt in each, so finer near the threshold; joined where labels are few.
    """
    members = np.flatnonzero(part)
    if not len(members):
        return []
    p = np.clip(probability[members], 0.0, 1.0)
    order = np.argsort(p, kind="stable")
    doubt = np.cumsum(np.sqrt(np.maximum(p[order] * (1.0 - p[order]), 1e-8)))
    bin_of = np.empty(len(members), dtype=np.int64)
    bin_of[order] = np.minimum((doubt / doubt[-1] * bins).astype(np.int64), bins - 1)
    place = np.full(len(part), -1, dtype=np.int64)
    place[members] = bin_of
    labelled = place[rows]
    made = []
    for group in _join([int(np.sum(labelled == b)) for b in range(bins)]):
        inside = np.isin(bin_of, group)
        if inside.any():
            made.append((members[inside], np.isin(labelled, group)))
    return made


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
