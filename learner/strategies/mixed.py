"""Strategies for rare classes, and the wrapper that makes any batch diverse."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.special import entr, expit

from learner.batch import LONGEST, MOST, capped, room, shortlist, spread
from learner.errors import UnknownStrategyError
from learner.multilabel import MultiLabelModel
from learner.strategies.base import PoolView, QueryStrategy, Ranking, together, top
from learner.strategies.uncertainty import Random, Uncertainty, doubt, entropy, margin
from learner.types import Floats


@dataclass(frozen=True)
class LikelyPositive:
    """The likeliest positives first (relevance feedback, Cormack & Grossman 2014): finds most, learns the border slowly."""

    name: str = "likely_positive"
    needs_model: bool = True

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """Highest positive score first, ties in random order."""
        return top(together(view, _positive), wanted, rng)


def _positive(view: PoolView) -> Floats:
    return np.nan_to_num(view.positive_scores(), nan=0.0, posinf=0.0)


EDGE = 1e-6


def closeness(view: PoolView, offset: float) -> Floats:
    """Closeness (m,) of the positive score's log odds to `offset`: 0 there, falling on either side."""
    scores = np.clip(np.nan_to_num(view.positive_scores(), nan=0.0, posinf=0.0), EDGE, 1 - EDGE)
    return np.asarray(-np.abs(np.log(scores / (1 - scores)) - offset))


@dataclass(frozen=True)
class Aimed:
    """The items whose log odds of being positive are closest to `offset` (0: the same as entropy).

    For rare classes the most uncertain by a balanced model are nearly all positive in the pool's extreme; a little to the majority's side
    there is more to learn. A small pool's extreme is soon used up, so there the aim is nearer to 0 (learner.batch.room; docs/adr/0006).
    For more than two classes: the smallest margin.
    """

    name: str
    offset: float
    needs_model: bool = True

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """Closest first, ties in random order."""
        offset = self.offset * room(view.batch_size or wanted, len(view.candidates))
        if isinstance(view.model, MultiLabelModel):
            return top(together(view, partial(_doubt_about, offset=offset)), wanted, rng)
        if view.probabilities().shape[1] > 2:
            return top(doubt(view, margin), wanted, rng)
        return top(closeness(view, offset), wanted, rng)


def _doubt_about(view: PoolView, offset: float) -> Floats:
    """Of one question the same order as closeness, on a scale that can be added up: entropy (m,) with the border at `offset`."""
    chance = expit(closeness(view, offset))
    return np.asarray(entr(chance) + entr(1.0 - chance))


@dataclass(frozen=True)
class Hybrid:
    """Several strategies' choices dealt in turn by their shares, each item once. Shares need not sum to 1; one of 0 gives nothing."""

    parts: tuple[tuple[QueryStrategy, float], ...] = (
        (Uncertainty("entropy", entropy), 0.5),
        (LikelyPositive(), 0.4),
        (Random(), 0.1),
    )
    name: str = "hybrid"
    needs_model: bool = True

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """Each next item comes from the part that is furthest behind its share. Scores are those of the part."""
        wanted = min(wanted, len(view.candidates))
        parts = [(part, share) for part, share in self.parts if share > 0]
        rankings = [part.rank(view, wanted, rng) for part, _ in parts]
        total = sum(share for _, share in parts)
        shares = [share / total for _, share in parts]
        cursor, given = [0] * len(shares), [0] * len(shares)
        order: list[int] = []
        scores: list[float] = []
        taken: set[int] = set()
        while len(order) < wanted:
            behind = [
                shares[i] * (len(order) + 1) - given[i] if cursor[i] < wanted else -np.inf for i in range(len(shares))
            ]
            part = int(np.argmax(behind))
            item = int(rankings[part].order[cursor[part]])
            cursor[part] += 1
            if item in taken:
                continue
            taken.add(item)
            given[part] += 1
            order.append(item)
            scores.append(float(rankings[part].scores[cursor[part] - 1]))
        return Ranking(np.array(order, dtype=np.int64), np.array(scores))


def hybrid_of(name: str) -> Hybrid:
    """Reads "hybrid:0.6,0.3,0.1": shares of uncertain, likely positive and random items. Raises UnknownStrategyError."""
    given = name.removeprefix("hybrid:").split(",")
    try:
        shares = [float(share) for share in given]
    except ValueError:
        shares = []
    if len(shares) != 3 or not all(0.0 <= share <= 1.0 for share in shares) or abs(sum(shares) - 1.0) > 1e-6:
        raise UnknownStrategyError(
            f"{name!r} can't be read; write three shares that make 1 in all: uncertain, likely positive, random, "
            "as in hybrid:0.6,0.3,0.1",
            code="strategy-shares",
            given=name,
        )
    return Hybrid(tuple((part, share) for (part, _), share in zip(Hybrid().parts, shares, strict=True)), name)


@dataclass(frozen=True)
class Diverse:
    """Another strategy's shortlist, near-copies last and unlike items first (see learner.batch)."""

    inner: QueryStrategy
    name: str
    needs_model: bool = True

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """The inner ranking's shortlist, reordered. Scores are the inner ones."""
        short = shortlist(min(wanted, view.batch_size or wanted), len(view.candidates))
        ranking = self.inner.rank(view, max(short, wanted), rng)
        wanted = min(wanted, len(ranking.order))
        made = spread(view.X, view.candidates, ranking, wanted, short=short) if wanted else ranking
        return Ranking(made.order[:wanted], made.scores[:wanted], made.remarks)


@dataclass(frozen=True)
class Capped:
    """Another strategy's choices, but no more than `cap` items of a batch from one cluster of like ones (see learner.batch)."""

    inner: QueryStrategy
    cap: int

    @property
    def name(self) -> str:
        """As it is written in a project's settings."""
        return f"{self.inner.name}{CAP}{self.cap}"

    @property
    def needs_model(self) -> bool:
        """As the inner one."""
        return self.inner.needs_model

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """The inner ranking's shortlist, reordered. Scores are the inner ones."""
        batch = min(wanted, view.batch_size or wanted)
        short = max(
            batch, min(MOST * batch, LONGEST)
        )  # of any pool: it goes further down than a batch only where the cap asks for it
        ranking = self.inner.rank(view, max(short, wanted), rng)
        made = capped(view.X, view.candidates, ranking, batch, self.cap, short=short) if batch else ranking
        return Ranking(made.order[:wanted], made.scores[:wanted], made.remarks)


CAP = ":cap="


def cap_of(name: str) -> tuple[str, int]:
    """Reads "entropy:cap=3": a strategy's name and the cap. Raises UnknownStrategyError."""
    inner, _, given = name.rpartition(CAP)
    if not inner or CAP in inner or not (given.isascii() and given.isdigit()) or int(given) < 1:
        raise UnknownStrategyError(
            f"{name!r} can't be read; write how many items of a batch may come from one cluster, 1 or more, after any strategy, "
            "as in entropy:cap=3",
            code="strategy-cap",
            given=name,
        )
    return inner, int(given)
