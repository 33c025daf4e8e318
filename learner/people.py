"""How right each person is, estimated from votes alone or with known answers, and how sure that makes us of each label.

One accuracy per person (the "one-coin" model): person j is right with probability a_j on every item, and otherwise names any other
class. With few positives a full confusion matrix for each person can't be told from the votes (see learner.dawid_skene for when it can).
The a_j have a common Beta prior, the group, whose mean and strength are themselves estimated, so that somebody with few answers is
taken for about what the others are. Fitted by EM (Dawid & Skene 1979; the Beta prior as in Raykar et al. 2010 and Liu, Peng & Ihler
2012). Only items with several votes, or with a known answer, say anything about people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln

from learner.audit import Interval3
from learner.ballots import Ballots
from learner.intervals import beta_interval, jeffreys
from learner.types import Floats, Mask, Rows

ITERATIONS = 200
TOLERANCE = 1e-6
MEANS = np.linspace(0.5, 0.99, 50)  # of the group's prior
STRENGTHS = np.array([4.0, 8.0, 16.0, 32.0, 64.0])
FEWEST_JUDGED = 10  # answers that could be compared, below which a person's accuracy counts as not known
LEAST_WEIGHT = 0.1  # even a label by guesswork stays in training, so that no class can vanish


@dataclass(frozen=True)
class PersonEstimate:
    """One person: answers given, those of them that could be compared, share of right answers with its 95% interval."""

    person: str
    answers: int
    judged: int
    accuracy: Interval3

    @property
    def known(self) -> bool:
        """Whether enough answers could be compared for the accuracy to be used."""
        return self.judged >= FEWEST_JUDGED


@dataclass(frozen=True, eq=False)
class PeopleModel:
    """What the votes say about people and about items.

    posterior (items, k): how likely each class is the true one of each item of `ballots`, its votes and their givers considered.
    """

    ballots: Ballots
    people: tuple[PersonEstimate, ...]
    group: Interval3
    posterior: Floats
    method: str

    def find(self, person: str) -> PersonEstimate | None:
        """That person's estimate; None for somebody without a vote."""
        return next((entry for entry in self.people if entry.person == person), None)


def one_coin(ballots: Ballots, known: Mapping[str, str] | None = None) -> PeopleModel:
    """Fits the model. `known`: item -> answer that is known to be right (gold items, an adjudicator's decisions).

    Intervals here take the guessed right answers for counted ones and so are too narrow: learner.people_intervals mends that.
    """
    gold = gold_codes(ballots, known or {})
    k, n_people = len(ballots.classes), len(ballots.people)
    telling = tells(ballots, gold)
    item, person, label = ballots.item[telling], ballots.person[telling], ballots.label[telling]
    judged = np.bincount(person, minlength=n_people)
    mean, strength = 0.85, STRENGTHS[1]
    accuracy = np.full(n_people, mean)
    right: Floats = np.zeros(n_people)
    for _ in range(ITERATIONS):
        posterior = _posterior(ballots, accuracy, gold)
        agreed = posterior[item, label]
        right = np.bincount(person, agreed, minlength=n_people).astype(np.float64)
        mean, strength = _group(right, judged)
        updated = (right + mean * strength) / (judged + strength)
        change = float(np.abs(updated - accuracy).max(initial=0.0))
        accuracy = updated
        if change < TOLERANCE:
            break
    intervals = [
        beta_interval(right[j] + mean * strength, judged[j] - right[j] + (1.0 - mean) * strength)
        for j in range(n_people)
    ]
    people = tuple(
        PersonEstimate(name, int(answers), int(judged[j]), intervals[j])
        for j, (name, answers) in enumerate(zip(ballots.people, ballots.answers().tolist(), strict=True))
    )
    group = beta_interval(mean * strength + right.sum(), (1.0 - mean) * strength + (judged - right).sum())
    return PeopleModel(ballots, people, group, _posterior(ballots, accuracy, gold), f"one accuracy each, {k} classes")


def gold_codes(ballots: Ballots, known: Mapping[str, str]) -> Rows:
    """The known class of each item (items,), -1 where none is; an answer that is none of the classes counts as not known."""
    place = {name: code for code, name in enumerate(ballots.classes)}
    return np.array([place.get(known.get(item, ""), -1) for item in ballots.items], dtype=np.int64)


def tells(ballots: Ballots, gold: Rows) -> Mask:
    """Which votes (v,) say something about their giver: those on items with another vote or a known answer."""
    several = np.bincount(ballots.item, minlength=len(ballots.items)) >= 2
    return np.asarray((several | (gold >= 0))[ballots.item])


def _posterior(ballots: Ballots, accuracy: Floats, gold: Rows) -> Floats:
    """P(class | votes) (items, k), all classes equally likely before them.

    The batch was chosen, so shares of classes among the items say little about any one of them; and a prior for the common class would
    hold every single "yes" for a slip.
    """
    k = len(ballots.classes)
    a = np.clip(accuracy, 1e-3, 1.0 - 1e-3)
    gain = np.log(a) - np.log((1.0 - a) / (k - 1))  # a vote's weight of evidence
    flat = np.bincount(ballots.item * k + ballots.label, gain[ballots.person], minlength=len(ballots.items) * k)
    log = flat.reshape(-1, k).astype(np.float64)  # of no votes bincount makes integers
    log -= log.max(axis=1, keepdims=True)
    posterior = np.exp(log)
    posterior /= posterior.sum(axis=1, keepdims=True)
    settled = np.flatnonzero(gold >= 0)
    posterior[settled] = 0.0
    posterior[settled, gold[settled]] = 1.0
    return posterior


def group_prior(mean: Floats) -> Floats:
    """Log density of the group's mean: Beta(8.5, 1.5), weak, but people are mostly right, and two who disagree need not both guess."""
    return np.asarray(7.5 * np.log(mean) + 0.5 * np.log1p(-mean))


def _group(right: Floats, judged: Rows) -> tuple[float, float]:
    """Mean and strength of the group's Beta prior that make (expected) right answers most likely, on a grid."""
    m, s = np.meshgrid(MEANS, STRENGTHS, indexing="ij")
    a, b = (m * s)[..., None], ((1.0 - m) * s)[..., None]
    likely = (betaln(a + right, b + (judged - right)) - betaln(a, b)).sum(axis=-1)
    likely += group_prior(m)
    best = np.unravel_index(int(np.argmax(likely)), likely.shape)
    return float(m[best]), float(s[best])


def gold_accuracy(ballots: Ballots, known: Mapping[str, str]) -> tuple[PersonEstimate, ...]:
    """Each person measured on known answers alone: share right with a Jeffreys interval; those who answered none have no point."""
    gold = gold_codes(ballots, known)
    asked = gold[ballots.item] >= 0
    n_people = len(ballots.people)
    judged = np.bincount(ballots.person[asked], minlength=n_people)
    hit = asked & (ballots.label == gold[ballots.item])
    right = np.bincount(ballots.person[hit], minlength=n_people)
    answers = ballots.answers()
    return tuple(
        PersonEstimate(name, int(answers[j]), int(judged[j]), jeffreys(int(right[j]), int(judged[j] - right[j])))
        for j, name in enumerate(ballots.people)
    )


def confidence(model: PeopleModel, labels: Mapping[str, str]) -> dict[str, float]:
    """item -> how likely its label is right, for labels that people's votes made.

    1 where nothing is known: an item without a vote, or with a vote of somebody whose accuracy is not known. A label that is
    none of the classes is left out.
    """
    ballots = model.ballots
    known = np.array([entry.known for entry in model.people], dtype=np.bool_)
    unknown_vote = np.bincount(ballots.item, ~known[ballots.person], minlength=len(ballots.items)) > 0
    row = {item: i for i, item in enumerate(ballots.items)}
    place = {name: code for code, name in enumerate(ballots.classes)}
    sure: dict[str, float] = {}
    for item, label in labels.items():
        if label in place:
            i = row.get(item)
            sure[item] = 1.0 if i is None or unknown_vote[i] else float(model.posterior[i, place[label]])
    return sure


def training_weight(confidence: Floats, n_classes: int) -> Floats:
    """What a label counts in training (n,): how far its confidence is above chance, 1 for a sure one, at least LEAST_WEIGHT.

    With a share r of wrong labels of two classes, what a label says of the loss on the true ones shrinks by 1 - 2r (Natarajan et al.
    2013); that is (k c - 1) / (k - 1) for a confidence c among k classes. A guess tells nothing.
    """
    return np.clip((n_classes * confidence - 1.0) / (n_classes - 1.0), LEAST_WEIGHT, 1.0)


def ask_again(confidence: Floats, influence: Floats, disputed: Mask) -> Rows:
    """The order (n,) in which labels are worth asking about once more: first those that people dispute, each part by doubt times influence.

    confidence (n,) of the labels, influence (n,) >= 0 (see label_influence), disputed (n,): votes on it differ. Labels that are sure and
    undisputed come last, by influence; NaN counts as 0.
    """
    doubt = 1.0 - np.nan_to_num(confidence, nan=1.0)
    pull = np.nan_to_num(influence, nan=0.0, posinf=0.0)
    return np.lexsort((-pull, -(doubt * pull), ~disputed)).astype(np.int64)


def label_influence(probability: Floats, norm: Floats) -> Floats:
    """How hard each label pulls at a logistic model (n,): the length of its gradient, (1 - p of its label) times the length of its
    features (Settles, Craven & Ray 2008, for the label that it has)."""
    return np.asarray((1.0 - probability) * norm)
