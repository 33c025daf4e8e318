"""A committee: the same classifier on stratified bootstraps, and how far its members disagree.

Bootstraps are drawn within each class, so that every member sees every class (one that did not would be no model at all).
"""

from __future__ import annotations

import numpy as np
from scipy.special import entr

from learner.classifier import LinearClassifier, fit
from learner.types import Floats, Matrix, Rows

MEMBERS = 5


def bootstrap(codes: Rows, rng: np.random.Generator) -> Floats:
    """How often each of the labels (n,) is drawn: within each class as many draws as it has labels."""
    counts = np.zeros(len(codes))
    for code in np.unique(codes):
        members = np.flatnonzero(codes == code)
        counts[members] = rng.multinomial(len(members), np.full(len(members), 1.0 / len(members)))
    return counts


def members(
    X: Matrix, codes: Rows, n_classes: int, rng: np.random.Generator, *, count: int = MEMBERS
) -> list[LinearClassifier]:
    """`count` classifiers, each fitted on its own bootstrap of X (n, d). Raises TooFewLabelsError for one class."""
    made = []
    for _ in range(count):
        drawn = bootstrap(codes, rng)
        rows = drawn > 0
        made.append(fit(X[rows], codes[rows], n_classes, sample_weight=drawn[rows]))
    return made


def predictions(committee: list[LinearClassifier], X: Matrix) -> Floats:
    """Member predictions (members, n, k)."""
    return np.stack([member.predict_proba(X) for member in committee])


def jensen_shannon(proba: Floats) -> Floats:
    """Disagreement (n,) in nats: entropy of the mean less the mean entropy, which is the mean KL divergence to the consensus, too."""
    return np.asarray(np.maximum(consensus_entropy(proba) - entr(proba).sum(axis=2).mean(axis=0), 0.0))


def max_kl(proba: Floats) -> Floats:
    """KL divergence to the consensus (n,) of the member that is furthest from it, in nats."""
    mean = np.maximum(proba.mean(axis=0, keepdims=True), 1e-300)
    terms = np.where(proba > 0, proba * (np.log(np.maximum(proba, 1e-300)) - np.log(mean)), 0.0)
    return np.asarray(terms.sum(axis=2).max(axis=0))


def consensus_entropy(proba: Floats) -> Floats:
    """Entropy (n,) of the mean prediction, in nats: uncertainty of the whole, disagreement or not."""
    return np.asarray(entr(proba.mean(axis=0)).sum(axis=1))


def vote_entropy(proba: Floats) -> Floats:
    """Entropy (n,) of hard votes (Dagan & Engelson 1995). The weakest for rare classes: nearly all members say "no" to nearly all items."""
    votes = proba.argmax(axis=2)
    shares = np.stack([(votes == code).mean(axis=0) for code in range(proba.shape[2])], axis=1)
    return np.asarray(entr(shares).sum(axis=1))
