"""Where to begin when there is no model yet: a lead's keywords, else items that stand for the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from learner.batch import LONGEST, MOST, spread
from learner.strategies.base import PoolView, Ranking
from learner.types import Mask


@dataclass(frozen=True)
class Representative:
    """Items of a random shortlist that stand for the rest of it best, so the first batch meets all kinds of items (see learner.batch)."""

    name: str = "representative"
    needs_model: bool = False

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """The random shortlist, its most representative items first; scores are all 0."""
        length = max(wanted, min(MOST * wanted, LONGEST))
        order = rng.permutation(len(view.candidates))[:length]
        wanted = min(wanted, len(order))
        made = spread(view.X, view.candidates, Ranking(order, np.zeros(len(order))), wanted)
        return Ranking(made.order[:wanted], made.scores[:wanted])


@dataclass(frozen=True, eq=False)
class Keywords:
    """Matches of what a lead gave (`seeds` (n,) over all rows) and representative items in turn: a model needs both kinds.

    For rare classes this beats a random start by far (Attenberg & Provost 2010; Ein-Dor et al. 2020).
    """

    seeds: Mask
    name: str = "keywords"
    needs_model: bool = False

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """Matches (score 1, in random order) and others (score 0), alternating as long as there are both."""
        others = Representative().rank(view, wanted, rng)
        matches = rng.permutation(np.flatnonzero(self.seeds[view.candidates]))
        order: dict[int, float] = {}
        for i in range(max(len(matches), len(others.order))):
            if i < len(matches):
                order.setdefault(int(matches[i]), 1.0)
            if i < len(others.order):
                order.setdefault(int(others.order[i]), 0.0)
        return Ranking(np.array(list(order), dtype=np.int64)[:wanted], np.array(list(order.values()))[:wanted])
