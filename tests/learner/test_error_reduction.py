"""One-step updates against the exact refits that they stand for."""

from __future__ import annotations

import numpy as np
from learner_worlds import make_world
from scipy import sparse
from scipy.special import entr
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression

from learner.classifier import DEFAULT_C, fit, telling
from learner.remarks import Code, Remark
from learner.strategies import registry
from learner.strategies.base import PoolView, TrainingSet
from learner.strategies.error_reduction import expected_loss
from learner.training import train


def test_ranks_as_refits_do() -> None:
    """On rows like those of texts; refits with the features' weights held, which a step leaves alone, too. Full
    refits weigh the features anew, which no step foresees: the ranks agree less, on real texts much less (docs/adr/0006)."""
    rng = np.random.default_rng(0)
    codes = (rng.random(500) < 0.25).astype(np.int64)
    base = rng.random((500, 1500)) < 0.02
    base[:, :60] |= (codes == 1)[:, None] & (rng.random((500, 60)) < 0.08)
    X = sparse.csr_matrix(base.astype(np.float64))
    X = sparse.csr_matrix(X.multiply(1 / np.sqrt(np.maximum(X.sum(axis=1), 1))))
    rows, asked, evaluated = np.arange(200), np.arange(200, 230), np.arange(230, 500)
    labels = [["no", "yes"][code] for code in codes[rows]]
    model = train(X[rows], labels, classes=["no", "yes"], positive="yes", rng=rng)
    quick = expected_loss(X, model, TrainingSet(rows, codes[rows]), asked, evaluated)
    scaled = X.multiply(telling(X[rows], codes[rows], np.array([0, 1]), None)).tocsr()
    balance = len(rows) / (2 * np.bincount(codes[rows]))
    chance = model.positive_scores(X)
    held, full = np.zeros(len(asked)), np.zeros(len(asked))
    for i, item in enumerate(asked):
        for answer in (0, 1):
            more, known = np.append(rows, item), np.append(codes[rows], answer)
            weight = chance[item] if answer else 1 - chance[item]
            refit = LogisticRegression(C=DEFAULT_C, tol=1e-6, max_iter=1000).fit(scaled[more], known, balance[known])
            held[i] += weight * doubt(refit.predict_proba(scaled[evaluated])[:, 1])
            full[i] += weight * doubt(fit(X[more], known, 2).predict_proba(X[evaluated])[:, 1])
    agreement = spearmanr(quick, held).statistic
    assert agreement > 0.8, agreement
    assert 0.3 < spearmanr(quick, full).statistic < agreement


def doubt(p: np.ndarray) -> float:
    return float((entr(p) + entr(1 - p)).mean())


def test_three_classes_fall_back_and_say_so() -> None:
    world = make_world(["a", "b", "c"])
    codes = np.array([world.classes.index(label) for label in world.y])
    proba = world.model.predict_proba(world.X[world.pool])
    view = PoolView(world.X, world.pool, world.model, proba, TrainingSet(world.labelled, codes[world.labelled]))
    ranking = registry.get("error_reduction").rank(view, 10, np.random.default_rng(0))
    assert ranking.remarks == (Remark(Code.NOT_TWO_CLASSES, {"strategy": "error_reduction"}),)
