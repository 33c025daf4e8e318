"""Expected error reduction (Roy & McCallum 2001) over a shortlist, by one-step updates instead of refits.

For each shortlisted item and each answer it could get: how sure would the model then be of the rest? Instead of refitting, the model
takes one Newton step for the new label. With w the weights, H the Hessian of the penalised loss and a new item x of weight c and
answer y, the score of an item z moves by  c (y - p) k(z, x) / (1 + c p (1 - p) k(x, x)),  k(z, x) = C z' H^-1 x  (Sherman-Morrison).
In terms of inner products with the training rows T:  k(z, x) = C (z'x - C z'T' (S^-1 + C T T')^-1 T x)  (Woodbury), S the training
rows' c p (1 - p).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg
from scipy.special import entr, expit

from learner.classifier import telling
from learner.remarks import Code, Remark
from learner.strategies.base import PoolView, Ranking, TrainingSet, together, top
from learner.strategies.uncertainty import entropy
from learner.threshold import safe_logit
from learner.training import TrainedModel
from learner.types import Floats, Matrix, Rows

SHORTLIST = 200
EVALUATED = 2_000


@dataclass(frozen=True)
class ErrorReduction:
    """Items whose answer is expected to leave the least doubt (log loss, or 0/1 loss) about the rest. Two classes only.

    Costs many times as much as entropy (benchmarks/learner_speed) and brought nothing over it on real data: it is here for comparison.
    """

    name: str = "error_reduction"
    zero_one: bool = False
    needs_model: bool = True

    def rank(self, view: PoolView, wanted: int, rng: np.random.Generator) -> Ranking:
        """The shortlist (most uncertain ones) by expected remaining loss, least first; then the others by entropy.

        Scores: expected loss per evaluated item, negative; of those beyond the shortlist, -1.
        """
        doubt = together(view, lambda question: entropy(question.probabilities()))
        base = top(doubt, max(wanted, min(SHORTLIST, len(view.candidates))), rng)
        model, training = view.model, view.training
        one_question = isinstance(model, TrainedModel) and len(model.classes) == len(model.classifier.columns) == 2
        if training is None or not isinstance(model, TrainedModel) or not one_question:
            instead = Remark(Code.NOT_TWO_CLASSES, {"strategy": self.name})
            return Ranking(base.order[:wanted], base.scores[:wanted], (instead,))
        short = base.order[: min(len(base.order), max(SHORTLIST, wanted))]
        if not len(short):
            return base
        sample = rng.permutation(len(view.candidates))[:EVALUATED]
        loss = expected_loss(
            view.X, model, training, view.candidates[short], view.candidates[sample], zero_one=self.zero_one
        )
        best = np.lexsort((rng.random(len(short)), loss))[:wanted]
        return Ranking(short[best], -loss[best])


def expected_loss(
    X: Matrix, model: TrainedModel, training: TrainingSet, asked: Rows, evaluated: Rows, *, zero_one: bool = False
) -> Floats:
    """Mean loss (a,) expected on the `evaluated` rows once each of the `asked` rows has its answer, by one Newton step each."""
    seen = X[training.rows].astype(np.float64)
    scale = telling(seen, training.codes, np.array([0, 1]), None)
    scaled = [_scaled(rows, scale) for rows in (seen, X[asked], X[evaluated])]
    chance = [model.predict_proba(X[rows])[:, 1] for rows in (training.rows, asked, evaluated)]
    balance = len(training.codes) / (2.0 * np.bincount(training.codes, minlength=2))
    cross, own = _kernel(scaled, balance[training.codes] * chance[0] * (1.0 - chance[0]), model.C)
    z = safe_logit(chance[2])
    total = np.zeros(len(asked))
    for answer in (0, 1):
        c = balance[answer]
        step = c * (answer - chance[1]) / (1.0 + c * chance[1] * (1.0 - chance[1]) * own)
        p = expit(z[:, None] + cross * step[None, :])
        loss = np.minimum(p, 1.0 - p) if zero_one else entr(p) + entr(1.0 - p)
        total += (chance[1] if answer else 1.0 - chance[1]) * loss.mean(axis=0)
    return total


def seconds(labels: int) -> float:
    """Roughly how long one query takes on one core of an ordinary machine, as measured on tweets with 500 to 8,000 labels.

    The pool hardly counts, as EVALUATED of its items are looked at; inner products go by the labels' square, the solution by their cube.
    """
    return 4e-4 * labels + 8e-8 * labels**2 + 1e-11 * labels**3


def _scaled(X: Matrix, scale: Floats) -> Matrix:
    made = X.astype(np.float64)
    made.data *= scale[made.indices]
    return made


def _kernel(scaled: list[Matrix], curvature: Floats, C: float) -> tuple[Floats, Floats]:
    """k(evaluated, asked) (e, a) and k(asked, asked) (a,), the intercept as one more feature that is all but free."""
    seen, asked, evaluated = scaled
    free = 1e3  # sklearn leaves the intercept unpenalised: a constant feature of large value comes to the same

    def inner(a: Matrix, b: Matrix) -> Floats:
        return np.asarray((a @ b.T).todense(), dtype=np.float64) + free

    gram = C * inner(seen, seen)
    gram[np.diag_indices_from(gram)] += 1.0 / np.maximum(curvature, 1e-9)
    factor = linalg.cho_factor(gram, lower=True)
    to_asked = inner(seen, asked)
    solved = linalg.cho_solve(factor, to_asked)
    cross = C * (inner(evaluated, asked) - C * inner(evaluated, seen) @ solved)
    norms = np.asarray(asked.multiply(asked).sum(axis=1), dtype=np.float64).ravel() + free
    own = C * (norms - C * np.sum(to_asked * solved, axis=0))
    return cross, np.maximum(own, 0.0)
