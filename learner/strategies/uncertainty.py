"""Random, and the three uncertainties (Settles 2009, ch. 2). For two classes these rank alike; for more they don't."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import entr

from learner.strategies.base import PoolView, Ranking, together, top
from learner.types import Floats


@dataclass(frozen=True)
class Random:
    """Each candidate is as likely as any other. The score is None's stand-in: all are equal."""

    name: str = "random"
    needs_model: bool = False

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """A random order; scores are all 0."""
        n = len(view.candidates)
        order = rng.choice(n, min(wanted, n), replace=False)
        return Ranking(order, np.zeros(len(order)))


@dataclass(frozen=True)
class Uncertainty:
    """The most uncertain candidates first, by a measure on probabilities (m, k) -> (m,)."""

    name: str
    measure: Callable[[Floats], Floats]
    needs_model: bool = True

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """Highest measure first, ties in random order."""
        return top(together(view, lambda question: doubt(question, self.measure)), wanted, rng)


def doubt(view: PoolView, measure: Callable[[Floats], Floats]) -> Floats:
    """The measure (m,) of the model's probabilities; an item that has no finite ones counts as certain."""
    scores = measure(view.probabilities())
    if view.broken is not None:
        scores[view.broken] = 0.0
    return scores


def entropy(proba: Floats) -> Floats:
    """Shannon entropy in nats (m,)."""
    terms = entr(proba)
    # numpy's sum along two columns takes several times as long as adding them, to the same digits.
    return np.asarray(terms[:, 0] + terms[:, 1] if terms.shape[1] == 2 else terms.sum(axis=1))


def margin(proba: Floats) -> Floats:
    """1 minus the gap between the two likeliest classes (m,); Scheffer, Decomain & Wrobel 2001."""
    if proba.shape[1] < 2:
        return np.zeros(proba.shape[0])
    if proba.shape[1] == 2:
        return np.asarray(1.0 - np.abs(proba[:, 1] - proba[:, 0]))
    two = np.partition(proba, proba.shape[1] - 2, axis=1)[:, -2:]
    return np.asarray(1.0 - np.abs(two[:, 1] - two[:, 0]))


def least_confidence(proba: Floats) -> Floats:
    """1 minus the likeliest class's probability (m,); Lewis & Gale 1994."""
    best = np.maximum(proba[:, 0], proba[:, 1]) if proba.shape[1] == 2 else proba.max(axis=1)
    return np.asarray(1.0 - best)
