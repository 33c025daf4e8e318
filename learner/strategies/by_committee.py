"""Query by committee (Seung, Opper & Sompolinsky 1992; on probabilities: McCallum & Nigam 1998)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from learner import committee
from learner.classifier import fit
from learner.committee import Learner
from learner.strategies.base import PoolView, Ranking, top
from learner.strategies.uncertainty import entropy
from learner.types import Floats


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
        """Most disagreement first; without the training labels at hand by the model's entropy, and the note says so."""
        if view.training is None or view.model is None:
            made = top(entropy(view.probabilities()), wanted, rng)
            return made._replace(note=f"no training labels at hand: entropy instead of {self.name}")
        rows, codes = view.training.rows, view.training.codes
        made_of = committee.members(view.X[rows], codes, len(view.model.classes), rng, learners=self.learners)
        return top(committee.disagreement(made_of, view.X, view.candidates, self.measure), wanted, rng)
