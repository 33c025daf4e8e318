"""When further rounds stop paying: three rules, each of which says something else. They advise; nothing here stops anything.

- Predictions no longer change (`kappa`, `stabilised`): Bloodgood & Vijay-Shanker 2009. Needs no labels at all.
- Enough is found, with confidence (`recall_reached`, `found_p_value`): Lewis, Yang & Frieder 2021; Callaghan & Mueller-Hansen 2020. Needs
  many labels.
- A label more brings (almost) nothing (`gain`): the change of F1 between two models, measured on the same audit labels.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit, logit, ndtri
from scipy.stats import binom, hypergeom

from learner.audit import DRAWS, LEVEL, UNKNOWN, Interval3
from learner.intervals import TAIL, effective
from learner.types import Floats, Mask, Rows

STOP_SET = 2_000  # items on which successive models are compared; the paper's size
KAPPA, IN_A_ROW = 0.99, 3
FIRST_LOOK = 50  # audit labels at which recall is tested first
SMALL = 30.0  # audit labels at which the nominal error of an interval is halved


def stop_set(priorities: Floats, size: int = STOP_SET) -> Rows:
    """The fixed stop set: the `size` rows with the smallest permanent numbers (n,), so that it stays the same as items come."""
    return np.sort(np.argsort(priorities, kind="stable")[:size])


def kappa(before: Rows | Mask, now: Rows | Mask) -> float | None:
    """Cohen's kappa between two models' predictions (n,) on the same items. None where both say the same of all: no change can show."""
    names = np.unique(np.concatenate([before, now]))
    if len(names) < 2:
        return None
    table = np.zeros((len(names), len(names)))
    np.add.at(table, (np.searchsorted(names, before), np.searchsorted(names, now)), 1.0 / len(now))
    chance = float(table.sum(axis=0) @ table.sum(axis=1))
    return (float(np.trace(table)) - chance) / (1.0 - chance)


def stabilised(kappas: Sequence[float | None], *, threshold: float = KAPPA, in_a_row: int = IN_A_ROW) -> bool:
    """Whether the last `in_a_row` comparisons of successive models were at the threshold or over."""
    last = list(kappas)[-in_a_row:]
    return len(last) == in_a_row and all(value is not None and value >= threshold for value in last)


def error_at_look(look: int, confidence: float = LEVEL) -> float:
    """The error that the `look`-th test (from 1) may spend, so that all looks together keep the confidence: 1 / (k (k + 1)) adds up to 1.

    Whoever looks after each round and stops at the first success would otherwise be wrong more often than stated (Lewis, Yang & Frieder
    2021).
    """
    return (1.0 - confidence) / (look * (look + 1))


def bound_at(low: float, point: float, error: float) -> float:
    """The lower end of a share's 95% interval (2.5% below it) moved to a smaller `error`, knowing only that end and the point.

    Where nothing was missed among n, the bound is error ** (1 / n) (Clopper & Pearson 1934), so it moves as a power; else about as the
    normal quantile does on log odds. For a Beta posterior both err on the safe side, or by half a point at most, so the better counts.
    Raises ValueError for an error over 2.5%, where they would not.
    """
    if not 0.0 < error <= TAIL:
        raise ValueError(f"the error must be over 0 and at most {TAIL}")
    if not 0.0 < low < 1.0:
        return low
    power = low ** (np.log(error) / np.log(TAIL))
    if not low < point < 1.0:
        return float(power)
    step = (logit(point) - logit(low)) * ndtri(error) / ndtri(TAIL)
    return float(max(power, expit(logit(point) - step)))


def looks(audit_labels: Sequence[int], first: int = FIRST_LOOK) -> list[int]:
    """The rounds (places in the list) in which the audit first had `first` labels, twice as many, four times, ...: when recall is tested.

    Each look costs confidence, so it isn't tested each round; between looks the last one's result stands.
    """
    found: list[int] = []
    wanted = first
    for place, labels in enumerate(audit_labels):
        if labels >= wanted:
            found.append(place)
            while wanted <= labels:
                wanted *= 2
    return found


def recall_reached(low: float, point: float, target: float, look: int) -> bool:
    """Whether a recall of `target` is shown with 95% confidence over all looks, at this one (from 1), by its 95% interval."""
    return bound_at(low, point, error_at_look(look)) >= target


def found_p_value(
    found: int, *, looked: int, hits: int, remaining: int, target: float, least_rate: float | None = None
) -> float:
    """How likely so few `hits` would be if people had found less than `target` of all positives (Callaghan & Mueller-Hansen 2020).

    found: positives among the items outside the sampled population; remaining: that population's size, of which `looked` were drawn at
    random and `hits` were positive. With unequal but known rates the missing ones might all be where the audit looks least: `least_rate`.
    """
    missing = (
        int(np.floor((found + hits) / target - found)) + 1
    )  # the fewest positives in `remaining` with a recall under target
    if found + hits == 0:
        return 1.0
    if missing > remaining:
        return 0.0
    if least_rate is not None:
        return float(binom.cdf(hits, missing, least_rate))
    return float(hypergeom.cdf(hits, remaining, missing, looked))


def gain(
    before: Mask, now: Mask, *, domain: Mask, rows: Rows, truth: Mask, weight: Floats, rng: np.random.Generator
) -> Interval3:
    """Change of F1 from one model to a later one over `domain`, with its 95% interval, measured on the same audit labels.

    before, now, domain (n,): both models' flags, and which items count; rows (a,): audit items, with their truth and weight (a,), which is
    1 / inclusion probability. What both models flag, or neither does, adds the same to both, so this is far surer than the difference of
    two estimates. Sizes of the four parts are known; the share of positives in each has a Beta posterior of Kish's effective size, from
    Jeffreys' prior.
    """
    part = 2 * now.astype(np.int64) + before
    sizes = np.bincount(part[domain], minlength=4).astype(np.float64)
    if not len(rows) or not truth.any():
        return UNKNOWN._replace(low=-1.0)
    points, draws = np.zeros(4), np.zeros((4, DRAWS))
    for code in range(4):
        here = part[rows] == code
        size, share = effective(weight[here], truth[here])
        draws[code] = sizes[code] * rng.beta(size * share + 0.5, size * (1.0 - share) + 0.5, DRAWS)
        # Where the two differ few items are, so few or none were audited: there the prior has a say in the point, too.
        points[code] = sizes[code] * (share if code in (0, 3) else (size * share + 0.5) / (size + 1.0))
    difference = _f1(draws, sizes, 2) - _f1(draws, sizes, 1)
    tail = TAIL / (1.0 + SMALL / len(rows))
    low, high = (float(q) for q in np.quantile(difference, [tail, 1.0 - tail]))
    if any(sizes[code] and not np.any(part[rows] == code) for code in (0, 3)):
        return Interval3(low, None, high)
    point = float(_f1(points, sizes, 2) - _f1(points, sizes, 1))
    return Interval3(min(low, point), point, max(high, point))


def _f1(positives: Floats, sizes: Floats, bit: int) -> Floats:
    """F1 of the model whose flags are `bit` of the part's number, from the positives in each part (4,) or (4, draws)."""
    flagged = [code for code in range(4) if code & bit]
    below = sizes[flagged].sum() + positives.sum(axis=0)
    return np.asarray(np.divide(2.0 * positives[flagged].sum(axis=0), below, where=below > 0, out=np.zeros_like(below)))
