"""A committee: the same classifier on stratified bootstraps, and how far its members disagree.

Bootstraps are drawn within each class, so that every member sees every class (one that did not would be no model at all).
A mixed committee has different learners as well: see learner.members.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import entr

from learner.classifier import LinearClassifier, columns_of, fit, precision, probabilities
from learner.members import naive_bayes, support_vectors, tempered
from learner.types import Floats, Matrix, Rows

MEMBERS = 5
BLOCK = 2_048  # rows: what is worked out of them stays in the processor's cache


def bootstrap(codes: Rows, rng: np.random.Generator) -> Floats:
    """How often each of the labels (n,) is drawn: within each class as many draws as it has labels."""
    counts = np.zeros(len(codes))
    for code in np.unique(codes):
        members = np.flatnonzero(codes == code)
        counts[members] = rng.multinomial(len(members), np.full(len(members), 1.0 / len(members)))
    return counts


class Learner(Protocol):
    """Fits a linear model on rows (n, d) with labels (n,) and weights (n,)."""

    def __call__(self, X: Matrix, codes: Rows, n_classes: int, *, sample_weight: Floats) -> LinearClassifier:
        """The fitted model. Raises TooFewLabelsError for one class."""
        ...


class Member(NamedTuple):
    """Of a fitted member all but the weights, as LinearClassifier has it."""

    intercept: Floats
    columns: Rows
    n_classes: int


@dataclass(frozen=True, eq=False)
class Panel:
    """A fitted committee: its members, and their weights beside each other as a product with many items reads them."""

    members: tuple[Member, ...]
    weights: NDArray[np.floating[Any]]  # (d, rows of all members' coef)

    def predicted(self, product: NDArray[np.floating[Any]]) -> Floats:
        """Member predictions (members, n, k) from the products (n, all rows) of items with the weights."""
        raw = np.asarray(product, dtype=np.float64)
        made, start = [], 0
        for member in self.members:
            end = start + len(member.intercept)
            made.append(probabilities(raw[:, start:end] + member.intercept, member.columns, member.n_classes))
            start = end
        return np.stack(made)

    def predictions(self, X: Matrix) -> Floats:
        """Member predictions (members, n, k), by one product for all members, so that the rows are read once."""
        return self.predicted(X @ self.weights)


def members(
    X: Matrix,
    codes: Rows,
    n_classes: int,
    rng: np.random.Generator,
    *,
    learners: Sequence[Learner] = (fit,) * MEMBERS,
) -> Panel:
    """A member by each of the learners, each fitted on its own bootstrap of X (n, d). Raises TooFewLabelsError for one class.

    Those whose scores are no log odds are tempered on the rows that their bootstrap left out (see learner.members).
    """
    used, width, kind = columns_of(X), X.shape[1], precision(X)
    # All that members know until the last is fitted: their weights for all features are larger than a small pool.
    X = X[:, used]
    made: list[Member] = []
    weights: list[NDArray[np.floating[Any]]] = []
    for learner in learners:
        drawn = bootstrap(codes, rng)
        rows = drawn > 0
        member = learner(X[rows], codes[rows], n_classes, sample_weight=drawn[rows])
        if learner is not fit:
            member = tempered(member, X[~rows], codes[~rows])
        made.append(Member(member.intercept, member.columns, member.n_classes))
        weights.extend(member.coef.astype(kind, copy=False))
    del X, member
    table = np.zeros((width, len(weights)), dtype=kind)
    for column, row in enumerate(weights):
        table[used, column] = row
    return Panel(tuple(made), table)


MIXED: Sequence[Learner] = (fit, support_vectors, naive_bayes, fit, support_vectors, naive_bayes)


def disagreement(panel: Panel, X: Matrix, rows: Rows, measure: Callable[[Floats], Floats]) -> Floats:
    """A measure (r,) of the predictions for some rows of X, block by block: all members' predictions at once take more than X."""
    return by_blocks(X, rows, lambda block: measure(panel.predictions(block)))


def by_blocks(X: Matrix, rows: Rows, measure: Callable[[Matrix], NDArray[Any]]) -> Floats:
    """A measure (r,) of some rows of X that is given BLOCK rows at a time; a large part of X is not copied for it."""
    if len(rows) <= X.shape[0] // 4:
        X, rows = X[rows], np.arange(len(rows))
    made = np.empty(X.shape[0])
    for start in range(0, X.shape[0], BLOCK):
        indptr = X.indptr[start : start + BLOCK + 1]
        part = slice(int(indptr[0]), int(indptr[-1]))
        block: Matrix = csr_matrix((len(indptr) - 1, X.shape[1]), dtype=X.dtype)
        # Put in and not handed over: scipy's slices are copies, and its constructor copies views of larger arrays.
        block.data, block.indices, block.indptr = X.data[part], X.indices[part], indptr - indptr[0]
        made[start : start + BLOCK] = measure(block)
    return made[rows]


def jensen_shannon(proba: Floats) -> Floats:
    """Disagreement (n,) in nats: entropy of the mean less the mean entropy, which is the mean KL divergence to the consensus, too."""
    return np.asarray(np.maximum(consensus_entropy(proba) - entr(proba).mean(axis=0).sum(axis=1), 0.0))


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
