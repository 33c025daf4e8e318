"""A confusion matrix for each person (Dawid & Skene 1979), for projects with enough votes to tell them.

It sees what one accuracy per person can't: somebody who misses half of the positives and never raises a false alarm. But each person has
k (k - 1) unknowns, so it is only used when `enough` says so; with few positives it settles on whatever the first guess was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from learner.ballots import Ballots
from learner.people import PeopleModel, gold_codes, one_coin, tells
from learner.types import Floats, Rows

ITERATIONS = 200
TOLERANCE = 1e-6
PRIOR = 1.0  # invented answers in each cell's row, shared out as the group answers
FEWEST_PEOPLE = 3
FEWEST_TRIPLES = 15  # items of each class that three people or more answered
FEWEST_OF_CLASS = 10  # answers of each person on items of each class


@dataclass(frozen=True, eq=False)
class ConfusionModel:
    """posterior (items, k); confusion (people, k, k): share of each answer by true class; shares (k,) of the classes among the items."""

    posterior: Floats
    confusion: Floats
    shares: Floats


def enough(ballots: Ballots, posterior: Floats) -> bool:
    """Whether the votes can carry a confusion matrix each, judged by a simpler model's `posterior` (items, k)."""
    if len(ballots.people) < FEWEST_PEOPLE or not len(ballots.items):
        return False
    triples = np.bincount(ballots.item, minlength=len(ballots.items)) >= 3
    by_class = posterior[triples].sum(axis=0)
    told = np.bincount(ballots.item, minlength=len(ballots.items))[ballots.item] >= 2
    seen = np.zeros((len(ballots.people), len(ballots.classes)))
    np.add.at(seen, ballots.person[told], posterior[ballots.item[told]])
    return bool(by_class.min() >= FEWEST_TRIPLES and seen.min() >= FEWEST_OF_CLASS)


def dawid_skene(ballots: Ballots, gold: Rows | None = None, *, prior: float = PRIOR) -> ConfusionModel:
    """EM from the shares of votes. `gold` (items,): known classes, -1 where none. `prior` 0 is the textbook's maximum likelihood."""
    k, n_people = len(ballots.classes), len(ballots.people)
    known = np.full(len(ballots.items), -1, dtype=np.int64) if gold is None else gold
    counts = ballots.counts()
    posterior = _settle(counts / counts.sum(axis=1, keepdims=True), known)
    confusion, shares = np.zeros((n_people, k, k)), np.full(k, 1.0 / k)
    for _ in range(ITERATIONS):
        confusion, shares = _maximise(ballots, posterior, prior)
        with np.errstate(divide="ignore"):
            log = np.tile(np.log(shares), (len(ballots.items), 1))
            np.add.at(log, ballots.item, np.log(confusion)[ballots.person, :, ballots.label])
        log -= log.max(axis=1, keepdims=True)
        updated = np.exp(log)
        updated = _settle(updated / updated.sum(axis=1, keepdims=True), known)
        change = float(np.abs(updated - posterior).max(initial=0.0))
        posterior = updated
        if change < TOLERANCE:
            break
    return ConfusionModel(posterior, confusion, shares)


def _maximise(ballots: Ballots, posterior: Floats, prior: float) -> tuple[Floats, Floats]:
    k, n_people = len(ballots.classes), len(ballots.people)
    answered = np.zeros((n_people, k, k))  # person, answer, true class
    np.add.at(answered, (ballots.person, ballots.label), posterior[ballots.item])
    answered = answered.transpose(0, 2, 1)
    group = answered.sum(axis=0) + 1e-9
    counts = answered + prior * k * group / group.sum(axis=1, keepdims=True)
    total = counts.sum(axis=2, keepdims=True)
    confusion = np.divide(counts, total, out=np.full_like(counts, 1.0 / k), where=total > 0)
    shares = posterior.sum(axis=0) + prior
    return confusion, shares / shares.sum()


def _settle(posterior: Floats, known: Rows) -> Floats:
    rows = np.flatnonzero(known >= 0)
    posterior[rows] = 0.0
    posterior[rows, known[rows]] = 1.0
    return posterior


def best_model(ballots: Ballots, known: Mapping[str, str] | None = None) -> PeopleModel:
    """One accuracy per person; where there is enough, items' posteriors by confusion matrices, for items that several people answered."""
    simple = one_coin(ballots, known)
    if not enough(ballots, simple.posterior):
        return simple
    gold = gold_codes(ballots, known or {})
    full = dawid_skene(ballots, gold)
    told = np.zeros(len(ballots.items), dtype=np.bool_)
    told[ballots.item[tells(ballots, gold)]] = True
    posterior = np.where(told[:, None], full.posterior, simple.posterior)
    return PeopleModel(ballots, simple.people, simple.group, posterior, "a confusion matrix each (Dawid-Skene)")
