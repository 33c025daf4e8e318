"""How sure the accuracies of learner.people are: Gibbs sampling of the same model (for annotators: Kim & Ghahramani 2012).

EM's points leave out that the true labels, and the group, are themselves only guessed. With two votes on an item it is often open which
of the two was wrong; only draws of labels, accuracies and group together show how open. Chains start apart, all at once in one array.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaln

from learner.audit import Interval3
from learner.ballots import Ballots
from learner.intervals import TAIL
from learner.people import MEANS, STRENGTHS, PeopleModel, PersonEstimate, group_prior, tells
from learner.types import Floats, Rows

CHAINS, SWEEPS, BURN_IN = 40, 75, 25
MOST_CELLS = 400_000  # chains times votes; more votes, fewer chains
EDGE = 1e-4


def with_intervals(model: PeopleModel, gold: Rows, rng: np.random.Generator) -> PeopleModel:
    """The same model, with the 95% intervals of its accuracies from draws of the whole posterior. `gold`: see learner.people.gold_codes."""
    if not model.people:
        return model
    draws, means = accuracy_draws(model.ballots, gold, rng)
    bounds = np.quantile(draws, [TAIL, 1.0 - TAIL], axis=0)
    people = tuple(
        PersonEstimate(entry.person, entry.answers, entry.judged, _around(entry.accuracy, *bounds[:, j].tolist()))
        for j, entry in enumerate(model.people)
    )
    group = _around(model.group, *(float(q) for q in np.quantile(means, [TAIL, 1.0 - TAIL])))
    return PeopleModel(model.ballots, people, group, model.posterior, model.method)


def _around(point: Interval3, low: float, high: float) -> Interval3:
    middle = point.point if point.point is not None else (low + high) / 2.0
    return Interval3(min(low, middle), middle, max(high, middle))


def accuracy_draws(ballots: Ballots, gold: Rows, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draws (draws, people) of the accuracies, and (draws,) of the group's mean, from their posterior given all votes."""
    told = tells(ballots, gold)
    items, item = np.unique(ballots.item[told], return_inverse=True)
    person, label, fixed = ballots.person[told], ballots.label[told], gold[items]
    k, n_people, n_items = len(ballots.classes), len(ballots.people), len(items)
    chains = int(np.clip(MOST_CELLS // max(len(item), 1), 4, CHAINS))
    m, s = (grid.ravel() for grid in np.meshgrid(MEANS, STRENGTHS, indexing="ij"))
    judged = np.bincount(person, minlength=n_people)
    chain = np.arange(chains)[:, None]
    cell = (chain * n_items + item) * k + label  # (chains, votes)
    of_person = chain * n_people + person
    mean, strength = rng.choice(MEANS[MEANS >= 0.7], chains), np.full(chains, STRENGTHS[1])
    accuracy = rng.beta(*_shape(mean, strength), (chains, n_people))
    kept: list[Floats] = []
    means: list[Floats] = []
    for sweep in range(SWEEPS):
        a = np.clip(accuracy, EDGE, 1.0 - EDGE)
        gain = np.log(a) - np.log((1.0 - a) / (k - 1))
        log = np.bincount(cell.ravel(), gain[:, person].ravel(), minlength=chains * n_items * k).reshape(
            chains, n_items, k
        )
        # Gumbel's trick: the largest of the log probabilities with Gumbel noise is a draw of the class.
        truth = np.argmax(log + rng.gumbel(size=log.shape), axis=2)
        truth = np.where(fixed >= 0, fixed, truth)
        hit = truth[:, item] == label
        right = np.bincount(of_person[hit], minlength=chains * n_people).reshape(chains, n_people)
        alpha, beta = _shape(mean, strength)
        accuracy = rng.beta(alpha + right, beta + judged - right)
        mean, strength = _draw_group(np.clip(accuracy, EDGE, 1.0 - EDGE), m, s, rng)
        if sweep >= BURN_IN:
            kept.append(accuracy)
            means.append(mean)
    return np.concatenate(kept), np.concatenate(means)


def _shape(mean: Floats, strength: Floats) -> tuple[Floats, Floats]:
    return (mean * strength)[:, None], ((1.0 - mean) * strength)[:, None]


def _draw_group(accuracy: Floats, m: Floats, s: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Mean and strength of the group (chains,) given everyone's accuracy (chains, people), from the grid m, s (g,)."""
    a, b = m * s, (1.0 - m) * s
    log = np.log(accuracy).sum(axis=1)[:, None] * (a - 1.0) + np.log1p(-accuracy).sum(axis=1)[:, None] * (b - 1.0)
    log += group_prior(m) - accuracy.shape[1] * betaln(a, b)
    chosen = np.argmax(log + rng.gumbel(size=log.shape), axis=1)
    return m[chosen], s[chosen]
