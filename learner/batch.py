"""From a ranking to a batch: near-copies out, then diversity.

A batch of pure top scores repeats itself: the same news shared by forty people is forty labels for one. Likeness is the cosine of two rows,
on character n-grams a measure of shared text; it needs no further index, as only a shortlist is looked at.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from learner.classifier import columns_of, precision
from learner.remarks import Code, Remark
from learner.strategies.base import Ranking
from learner.types import Matrix, Rows

NEAR_COPY = 0.8  # cosine over which one text says nearly all that the other says
MOST, LEAST = 6, 1.5  # candidates looked at per item wanted: in a large pool, in a small one (docs/adr/0006)
SHARE = 0.03  # of the pool: up to here a shortlist grows beyond LEAST; more would leave the doubtful items behind
LONGEST = 1_500  # of the shortlist, whatever is wanted: it is squared
BLOCK = 128  # rows of the square that are worked on at a time


def shortlist(wanted: int, candidates: int) -> int:
    """How many of the best candidates to look at for a batch of `wanted`."""
    return min(int((LEAST + (MOST - LEAST) * room(wanted, candidates)) * wanted), max(wanted, LONGEST))


def room(wanted: int, candidates: int) -> float:
    """From 0, a pool that has no more than LEAST doubtful items for each that is wanted, to 1, one that has MOST and more."""
    return min(1.0, max(0.0, (SHARE * candidates / max(wanted, 1) - LEAST) / (MOST - LEAST)))


def cosines(X: Matrix) -> NDArray[np.floating[Any]]:
    """Likeness (n, n) of rows, as precise as they are; 0 for an empty row."""
    X = X[:, columns_of(X)]
    made, other = np.empty((X.shape[0], X.shape[0]), dtype=precision(X)), X.T.tocsr()
    for start in range(0, len(made), BLOCK):
        made[start : start + BLOCK] = (X[start : start + BLOCK] @ other).toarray()
    length = np.sqrt(np.maximum(made.diagonal(), 1e-12))
    made /= length[:, None]
    made /= length[None, :]
    return made


def spread(X: Matrix, candidates: Rows, ranking: Ranking, wanted: int, *, short: int | None = None) -> Ranking:
    """Reorders the best of a ranking over `candidates` (m,), rows of X: first the `wanted` that stand for all best, copies last.

    Greedy facility location (Nemhauser, Wolsey & Fisher 1978; for batches Wei, Iyer & Bilmes 2015): each next item is the one that
    raises the sum over the shortlist of the likeness to the nearest item taken most. The place in the ranking does not count within
    the shortlist (weighting by it gains less; docs/adr/0006). `short`: the shortlist's length. Costs its square.
    """
    short = min(len(ranking.order), max(wanted, min(MOST * wanted, LONGEST)) if short is None else short)
    if short <= 1 or wanted < 1:
        return ranking
    like = cosines(X[candidates[ranking.order[:short]]])
    cover, gain = np.zeros(short, dtype=like.dtype), np.empty(short)
    free = np.ones(short, dtype=bool)
    copy = np.zeros(short, dtype=bool)
    taken: list[int] = []
    while len(taken) < min(wanted, short):
        for start in range(0, short, BLOCK):
            gain[start : start + BLOCK] = np.maximum(like[start : start + BLOCK], cover).sum(axis=1, dtype=np.float64)
        best = int(np.argmax(np.where(free, gain - short * copy, -np.inf)))
        taken.append(best)
        free[best] = False
        copy |= like[best] > NEAR_COPY
        cover = np.maximum(cover, like[best])
    places = np.concatenate(
        [np.array(taken, dtype=np.int64), np.flatnonzero(free), np.arange(short, len(ranking.order))]
    )
    return Ranking(ranking.order[places], ranking.scores[places], ranking.remarks)


def clusters(X: Matrix, count: int) -> Rows:
    """A cluster's number (n,) for each row of X, at most `count` of them: Ward's hierarchy (1963) over the chords of the rows' angles.

    Ward's clusters are of like size; those by nearest neighbours are one giant and many single rows on texts. No chance is involved.
    """
    if X.shape[0] < 2 or count < 2:
        return np.zeros(X.shape[0], dtype=np.int64)
    apart = np.sqrt(np.maximum(2.0 - 2.0 * cosines(X), 0.0))
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), method="ward")
    return np.asarray(fcluster(tree, count, criterion="maxclust"), dtype=np.int64)


def capped(X: Matrix, candidates: Rows, ranking: Ranking, batch: int, cap: int, *, short: int) -> Ranking:
    """Reorders the first `short` of a ranking so that of one cluster no more than `cap` come, then as many again, and so on.

    There are twice as many clusters as a batch needs at the least, so that the cap rarely asks for more than there is. A remark says where
    it does.
    """
    short = min(short, len(ranking.order))
    cluster = clusters(X[candidates[ranking.order[:short]]], 2 * -(-batch // cap))
    by_cluster = np.argsort(cluster, kind="stable")
    starts = np.searchsorted(cluster[by_cluster], cluster[by_cluster])
    lap = np.empty(short, dtype=np.int64)
    lap[by_cluster] = (np.arange(short) - starts) // cap
    places = np.concatenate([np.argsort(lap, kind="stable"), np.arange(short, len(ranking.order))])
    within = int(np.count_nonzero(lap == 0))
    beyond = within < min(batch, len(ranking.order))
    told = (Remark(Code.MORE_OF_A_CLUSTER, {"items": within, "cap": cap}),) if beyond else ()
    return Ranking(ranking.order[places], ranking.scores[places], ranking.remarks + told)
