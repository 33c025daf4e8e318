"""What all query strategies share: what they see, what they give, and the protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

from learner.multilabel import Model, MultiLabelModel
from learner.remarks import Remark
from learner.types import Floats, Mask, Matrix, Rows


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """The labels that the model was trained on: rows of the same matrix, and the places of their classes."""

    rows: Rows  # (n,)
    codes: Rows  # (n,); where items carry several labels (n, k), 1 for those that it has


@dataclass(frozen=True, eq=False)
class PoolView:
    """What a strategy may look at. `candidates` (m,) are rows of X; `proba` (m, k): the model's, made when first asked for if not given.

    Where items carry several labels, `proba` holds one yes/no question a column; questions() are these, each as a view of two classes.
    There is nothing here about the audit sample: a choice that knew of it would spoil it.
    """

    X: Matrix
    candidates: Rows
    model: Model | None = None
    proba: Floats | None = None
    training: TrainingSet | None = None
    batch_size: int | None = None  # of the round: more may be wanted, as some of the wanted are known already

    def probabilities(self) -> Floats:
        """The model's probabilities (m, k); a row that isn't finite is all 0. Raises ValueError without a model."""
        if self.broken is None:
            return self._predicted
        return np.where(self.broken[:, None], 0.0, self._predicted)

    @cached_property
    def broken(self) -> Mask | None:
        """Which candidates (m,) have no finite probabilities; None: all have, as nearly always."""
        proba = self._predicted
        if np.isfinite(proba.sum()):  # one pass
            return None
        return np.asarray(~np.isfinite(proba).all(axis=1))

    @cached_property
    def _predicted(self) -> Floats:
        if self.proba is not None:
            return self.proba
        if self.model is None:
            raise ValueError("this strategy needs a model")
        return self.model.predict_rows(self.X, self.candidates)

    def questions(self) -> Iterator[PoolView]:
        """This view; of a model for several labels one for each label about which something was learned."""
        if not isinstance(self.model, MultiLabelModel):
            yield self
            return
        proba = self._predicted
        for place in np.flatnonzero(self.model.learned).tolist():
            yes = proba[:, place]
            training = self.training and TrainingSet(self.training.rows, self.training.codes[:, place])
            both = np.column_stack([1.0 - yes, yes])
            yield PoolView(self.X, self.candidates, self.model.question(place), both, training, self.batch_size)

    def positive_scores(self) -> Floats:
        """The positive class's probability (m,). Raises ValueError without a model."""
        if self.model is None:
            raise ValueError("this strategy needs a model")
        return self.probabilities()[:, self.model.classes.index(self.model.positive)]


class Ranking(NamedTuple):
    """Candidates from the most to the least wanted: `order` (r,) positions in PoolView.candidates, `scores` (r,) theirs.

    `remarks`: where it is not as the strategy's name says.
    """

    order: Rows
    scores: Floats
    remarks: tuple[Remark, ...] = ()


class QueryStrategy(Protocol):
    """Says which items to ask about next. Stateless; all chance comes from `rng`."""

    @property
    def name(self) -> str:
        """Its name in the registry."""
        ...

    @property
    def needs_model(self) -> bool:
        """Whether it can't work at a cold start."""
        ...

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """The first `wanted` candidates (fewer only if there are fewer), each once, most wanted first."""
        ...


def together(view: PoolView, score: Callable[[PoolView], Floats]) -> Floats:
    """The mean score (m,) over the view's questions; with one question, its score.

    One answer answers all questions, so what is to be learned adds up: under independent labels the entropy of the whole answer is the
    sum of the questions' entropies, and so it is with a committee's mutual information. Of the ways that Esuli & Sebastiani (2009) try
    (mean, extreme, round robin) the mean also did best here, see docs/adr/0018.
    """
    scores = [score(question) for question in view.questions()]
    if len(scores) == 1:
        return scores[0]
    return np.asarray(np.mean(scores, axis=0)) if scores else np.zeros(len(view.candidates))


def top(scores: Floats, wanted: int, rng: np.random.Generator) -> Ranking:
    """The highest scores first, ties in random order; NaN counts as lowest."""
    clean = np.where(np.isnan(scores), -np.inf, scores) if np.isnan(scores.sum()) else scores
    wanted = min(wanted, len(clean))
    if wanted == 0:
        return Ranking(np.empty(0, dtype=np.int64), np.empty(0))
    # Only those at or over the wanted-th score need sorting.
    cut = np.partition(clean, len(clean) - wanted)[len(clean) - wanted]
    shortlist = np.flatnonzero(clean >= cut)
    order = shortlist[np.lexsort((rng.random(len(shortlist)), -clean[shortlist]))][:wanted]
    return Ranking(order, scores[order])


def sifted(
    rough: Floats, gap: float, exact: Callable[[Rows], Floats], wanted: int, rng: np.random.Generator
) -> Ranking:
    """What top() makes of exact scores, to the digit, with these worked out only where there is a chance.

    rough (m,): cheap scores; where two differ by more than `gap` the exact ones must differ the same way. exact: scores of some places.
    """
    wanted = min(wanted, len(rough))
    if wanted == 0:
        return top(np.empty(0), 0, rng)
    cut = np.partition(rough, len(rough) - wanted)[len(rough) - wanted]
    near = np.flatnonzero(rough >= cut - gap)
    made = top(exact(near), wanted, rng)
    return Ranking(near[made.order], made.scores)
