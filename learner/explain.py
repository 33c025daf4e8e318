"""What in a text pulls its score: words weighed one by one.

A word's pull is the log odds of the positive class for a text of that word alone, less those of a text without any feature (the
model's intercept). For a linear model on n-grams that is the sum of the weights of the word's own n-grams, scaled to the length of a
row; it needs no names of features, so that it serves hashed columns, too. What words do only together (2-grams of two
words, word order) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from learner.features import FeatureSource
from learner.multilabel import Model
from learner.threshold import safe_logit

WORDS_LOOKED_AT = 80  # of a text: beyond that nobody reads the reason
LEAST = 0.05  # log odds: what pulls less says nothing
_WORD = re.compile(r"\w\w+")

Pull = tuple[str, float]


def telling_words(
    model: Model, source: FeatureSource, texts: Sequence[str], *, wanted: int = 5
) -> list[tuple[Pull, ...]]:
    """For each text its words (lower case) that pull hardest, with their pull in log odds: above 0 towards the positive class.

    `source`: fitted, the one that made the rows that the model was trained on.
    """
    words = [_words(text) for text in texts]
    vocabulary = sorted({word for each in words for word in each})
    if not vocabulary:
        return [() for _ in texts]
    scores = safe_logit(model.positive_scores(source.transform(["", *vocabulary])))
    pulls = dict(zip(vocabulary, (scores[1:] - scores[0]).tolist(), strict=True))
    return [_hardest(each, pulls, wanted) for each in words]


def _words(text: str) -> list[str]:
    """Different ones, in the order of the text."""
    return list(dict.fromkeys(_WORD.findall(text.lower())))[:WORDS_LOOKED_AT]


def _hardest(words: Sequence[str], pulls: dict[str, float], wanted: int) -> tuple[Pull, ...]:
    found = [(word, pulls[word]) for word in words if abs(pulls[word]) >= LEAST]
    found.sort(key=lambda pull: -abs(pull[1]))
    return tuple((word, float(np.round(pull, 2))) for word, pull in found[:wanted])
