"""Pools with hardly anything in them, from texts to a planned round: each has a clear outcome."""

from __future__ import annotations

import numpy as np
import pytest

from learner.errors import TooFewLabelsError
from learner.features import TfidfFeatures
from learner.planning import RoundPlan, plan_round
from learner.remarks import Code
from learner.strategies.base import TrainingSet
from learner.training import TrainedModel, train
from learner.types import Matrix

N, LABELLED, BATCH = 40, 16, 8
POOLS = {
    "all duplicates": ["the very same text"] * N,
    "a single word": ["word"] * (N - 1) + ["other"],
    "nothing shared": [f"{chr(0x4E00 + 2 * n)}{chr(0x4E01 + 2 * n)}" for n in range(N)],
    "no letters": ["!?"] * N,
    "empty texts": [""] * N,
    "one huge among small": ["huge " * 100_000, *(f"item {n} is small" for n in range(1, N))],
}


def planned(X: Matrix, model: TrainedModel | None, codes: np.ndarray, strategy: str) -> RoundPlan:
    trained = np.zeros(N, bool)
    trained[:LABELLED] = True
    return plan_round(
        X,
        model,
        pool=np.arange(N),
        in_training=trained,
        audited=np.zeros(N, bool),
        priorities=np.random.default_rng(0).random(N),
        rates=np.zeros(N),
        audit_count=2,
        batch_size=BATCH,
        strategy=strategy,
        rng=np.random.default_rng(1),
        training=TrainingSet(np.arange(LABELLED), codes[:LABELLED]),
    )


@pytest.mark.parametrize("texts", POOLS.values(), ids=POOLS.keys())
def test_a_round_is_planned_from_hardly_anything(texts: list[str]) -> None:
    X = TfidfFeatures().fit_transform(texts)
    codes = np.arange(N) % 2
    model = train(
        X[:LABELLED],
        ["no" if code == 0 else "yes" for code in codes[:LABELLED]],
        classes=["no", "yes"],
        positive="yes",
        rng=np.random.default_rng(0),
        pool=X[LABELLED:],
    )
    assert np.isfinite(model.predict_proba(X)).all()
    assert 0.0 <= model.operating_point.threshold <= 1.0
    for strategy in ("default", "hybrid", "committee", "committee_mixed", "error_reduction", "entropy:cap=2"):
        rows = [query.index for query in planned(X, model, codes, strategy).queries]
        assert len(rows) == len(set(rows)) == BATCH
        assert min(rows) >= LABELLED


def test_one_class_is_no_model_and_a_round_all_the_same() -> None:
    X = TfidfFeatures().fit_transform([f"item {n} is small" for n in range(N)])
    with pytest.raises(TooFewLabelsError, match="two classes"):
        train(X[:4], ["no"] * 4, classes=["no", "yes"], positive="yes", rng=np.random.default_rng(0))
    got = planned(X, None, np.zeros(N, np.int64), "default")
    assert len(got.queries) == BATCH
    assert all(query.remarks[0].code is Code.NO_MODEL_TYPICAL for query in got.queries if not query.audit)
