"""From a ranking to a batch: near-copies out, then diversity.

A batch of pure top scores repeats itself: the same news shared by forty people is forty labels for one. Likeness is the cosine of two rows,
on character n-grams a measure of shared text; it needs no further index, as only a shortlist is looked at.
"""

from __future__ import annotations

import numpy as np

from learner.strategies.base import Ranking
from learner.types import Floats, Matrix, Rows

NEAR_COPY = 0.8  # cosine over which one text says nearly all that the other says
SHORTLIST = 4  # candidates looked at per item wanted
LONGEST = 2_000  # of the shortlist, whatever is wanted: it is squared
WEIGHT = 0.3  # of unlikeness against rank


def cosines(X: Matrix) -> Floats:
    """Likeness (n, n) of rows; 0 for an empty row."""
    gram = np.asarray((X @ X.T).todense(), dtype=np.float64)
    length = np.sqrt(np.maximum(gram.diagonal(), 1e-12))
    return np.asarray(gram / length[:, None] / length[None, :])


def spread(X: Matrix, ranking: Ranking, wanted: int, *, weight: float = WEIGHT) -> Ranking:
    """Reorders a ranking over rows of X (m, d): `wanted` of its best and least alike first, near-copies last.

    Greedy: each next item has the best mean of its place in the ranking (1 to 0 over the shortlist) and its unlikeness to the nearest one
    taken already (maximal marginal relevance, Carbonell & Goldstein 1998). Costs the square of the shortlist.
    """
    short = min(len(ranking.order), SHORTLIST * wanted, max(LONGEST, wanted))
    if short <= 1:
        return ranking
    like = cosines(X[ranking.order[:short]])
    worth = 1.0 - np.arange(short) / short
    nearest = np.zeros(short)
    free = np.ones(short, dtype=bool)
    taken: list[int] = []
    while len(taken) < min(wanted, short):
        gain = (1.0 - weight) * worth + weight * (1.0 - nearest) - 2.0 * (nearest > NEAR_COPY)
        best = int(np.argmax(np.where(free, gain, -np.inf)))
        taken.append(best)
        free[best] = False
        nearest = np.maximum(nearest, like[best])
    return _reorder(ranking, np.array(taken, dtype=np.int64), np.flatnonzero(free), short)


def _reorder(ranking: Ranking, first: Rows, rest: Rows, short: int) -> Ranking:
    places = np.concatenate([first, rest, np.arange(short, len(ranking.order))])
    return Ranking(ranking.order[places], ranking.scores[places], ranking.note)
