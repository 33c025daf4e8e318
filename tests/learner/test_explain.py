"""Which words pull, and which way."""

from __future__ import annotations

import numpy as np
import pytest

from learner.explain import telling_words
from learner.features import FeatureSource, TfidfFeatures
from learner.hashing import HashedFeatures
from learner.training import TrainedModel, train

BAD = ["terrible rude visit", "rude and terrible staff", "terrible broken thing", "broken again, rude reply"] * 5
GOOD = ["lovely friendly visit", "friendly and lovely staff", "lovely solid thing", "solid again, friendly reply"] * 5


def learned(source: FeatureSource) -> TrainedModel:
    X = source.fit_transform(BAD + GOOD)
    y = ["bad"] * len(BAD) + ["good"] * len(GOOD)
    return train(X, y, classes=["bad", "good"], positive="bad", rng=np.random.default_rng(0))


@pytest.mark.parametrize("source", [TfidfFeatures(), HashedFeatures()], ids=["tfidf", "hashed"])
def test_telling_words_come_first_and_know_their_side(source: FeatureSource) -> None:
    model = learned(source)
    rude, mixed, unknown, empty = telling_words(
        model, source, ["A RUDE visit, so rude!", "lovely but terrible staff", "qqq zzz", ""], wanted=2
    )
    assert rude[0][0] == "rude" and rude[0][1] > 0
    assert {word for word, _ in mixed} == {"lovely", "terrible"}
    assert dict(mixed)["lovely"] < 0 < dict(mixed)["terrible"]
    assert unknown == empty == ()


def test_a_words_pull_is_its_own_score_above_that_of_nothing() -> None:
    source = TfidfFeatures()
    model = learned(source)
    alone = model.positive_scores(source.transform(["", "terrible"]))
    odds = np.log(alone / (1 - alone))
    ((word, pull),) = telling_words(model, source, ["terrible"])[0]
    assert (word, pull) == ("terrible", pytest.approx(odds[1] - odds[0], abs=0.01))


def test_long_texts_are_read_as_far_as_anybody_would() -> None:
    source = TfidfFeatures()
    model = learned(source)
    late = " ".join(f"w{n}" for n in range(200)) + " terrible"
    assert telling_words(model, source, [late]) == [()]
