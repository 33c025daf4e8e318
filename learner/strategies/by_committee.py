"""Query by committee (Seung, Opper & Sompolinsky 1992; on probabilities: McCallum & Nigam 1998)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from learner import committee
from learner.classifier import fit
from learner.committee import Learner
from learner.multilabel import MultiLabelModel
from learner.remarks import Code, Remark
from learner.strategies.base import PoolView, Ranking, sifted, together, top
from learner.strategies.uncertainty import doubt, entropy
from learner.types import Floats, Matrix, Rows

Floats32: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True)
class Committee:
    """The items on which members trained on different bootstraps disagree most, by a measure (members, m, k) -> (m,).

    The members' learners may differ, too (see learner.members).
    """

    name: str
    measure: Callable[[Floats], Floats]
    learners: Sequence[Learner] = (fit,) * committee.MEMBERS
    needs_model: bool = True

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """Most disagreement first; without the training labels at hand by the model's entropy, and a remark says so."""
        if view.training is None or view.model is None:
            made = top(together(view, lambda question: doubt(question, entropy)), wanted, rng)
            return made._replace(remarks=(Remark(Code.NO_TRAINING_LABELS, {"strategy": self.name}),))
        if isinstance(view.model, MultiLabelModel):
            return top(together(view, lambda question: self._disagreement(question, rng)), wanted, rng)
        return most_disputed(self._members(view, rng), view.X, view.candidates, self.measure, wanted, rng)

    def _disagreement(self, view: PoolView, rng: np.random.Generator) -> Floats:
        """Among members trained for this one question (m,)."""
        return committee.disagreement(self._members(view, rng), view.X, view.candidates, self.measure)

    def _members(self, view: PoolView, rng: np.random.Generator) -> committee.Panel:
        if view.training is None or view.model is None:
            raise ValueError("a committee needs a model and its training labels")
        rows, codes = view.training.rows, view.training.codes
        return committee.members(view.X[rows], codes, len(view.model.classes), rng, learners=self.learners)


def most_disputed(
    panel: committee.Panel,
    X: Matrix,
    rows: Rows,
    measure: Callable[[Floats], Floats],
    wanted: int,
    rng: np.random.Generator,
) -> Ranking:
    """The `wanted` of these rows with the highest disagreement, first of all; ties in random order.

    Exact logarithms of all members for a large pool take longer than the product itself. Where all members say two classes they are
    worked out only for the rows that rough ones leave in the race.
    """
    rough = ROUGH.get(measure)
    if rough is None or any(len(member.intercept) > 1 or member.n_classes > 2 for member in panel.members):
        return top(committee.disagreement(panel, X, rows, measure), wanted, rng)
    offset = np.concatenate([member.intercept for member in panel.members]).astype(np.float32)[:, None]

    def roughly(block: Matrix) -> Floats32:
        odds = (block @ panel.weights).T.astype(np.float32)
        odds += offset
        return rough(odds)

    near = committee.by_blocks(X, rows, roughly)
    return sifted(near, GAP, lambda places: measure(panel.predictions(X[rows[places]])), wanted, rng)


def _rough_consensus(odds: Floats32) -> Floats32:
    """Roughly consensus_entropy (n,) for two classes, from the members' log odds (members, n)."""
    rest = np.exp(-np.abs(odds))
    return _of_shares(np.asarray(np.where(odds > 0, 1.0, rest) / (1.0 + rest), dtype=np.float32))


def _rough_jensen_shannon(odds: Floats32) -> Floats32:
    """Roughly jensen_shannon (n,) for two classes, from the members' log odds (members, n)."""
    size = np.abs(odds)
    share = np.exp(-size)
    each = 1.0 + share
    share /= each  # of the class that a member thinks less likely
    size *= share
    np.log(each, out=each)
    each += size
    np.subtract(1.0, share, out=share, where=odds > 0)
    return np.asarray(_of_shares(share) - each.mean(axis=0))


def _of_shares(shares: Floats32) -> Floats32:
    """Entropy (n,) of the members' mean share of a class (members, n)."""
    p = np.clip(shares.mean(axis=0), 1e-7, 1.0 - 1e-7)
    return np.asarray(-p * np.log(p) - (1.0 - p) * np.log(1.0 - p))


# Single precision is off by a few millionths: tests/learner/test_committee.py.
ROUGH: Mapping[Callable[[Floats], Floats], Callable[[Floats32], Floats32]] = {
    committee.jensen_shannon: _rough_jensen_shannon,
    committee.consensus_entropy: _rough_consensus,
}
GAP = 1e-4
