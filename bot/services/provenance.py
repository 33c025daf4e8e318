"""Why an item is asked, as far as it can be told when the round is planned: the words that weigh, and the model's own answer.

It is stored with the query, so that it is told by whoever is asked later, without the model and as it was then.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bot.domain import Project, labelsets
from bot.services.ports import Store
from bot.services.training import Pool
from learner.explain import telling_words
from learner.multilabel import Model, MultiLabelModel
from learner.types import Floats, Rows

LOOKED_AT = 2_000  # characters of a text whose words are weighed
LONGEST_WORD = 40


class Reason(NamedTuple):
    """`words`: (word, pull in log odds); `score`: the positive class's; `suggestion`: the model's answer. All empty without a model."""

    words: tuple[tuple[str, float], ...] = ()
    score: float | None = None
    suggestion: str | None = None


def reasons(store: Store, project: Project, pool: Pool, model: Model | None, rows: list[int]) -> dict[int, Reason]:
    """For each of these rows of the pool."""
    if model is None or not rows:
        return {row: Reason() for row in rows}
    items = store.items.get_many(project.id, [pool.ids[row] for row in rows])
    source = pool.rows_of.source
    # An embedding model reads each word as long as a whole text: thousands of words would hold up the round for minutes.
    words = (
        telling_words(model, source, [item.text[:LOOKED_AT] for item in items]) if source.learns else [()] * len(rows)
    )
    picked: Rows = np.array(rows, dtype=np.int64)
    proba = model.predict_rows(pool.X, picked)
    scores = proba[:, model.classes.index(model.positive)].tolist()
    return {
        row: Reason(tuple((word[:LONGEST_WORD], pull) for word, pull in telling), score, answer)
        for row, telling, score, answer in zip(rows, words, scores, _answers(project, model, proba), strict=True)
    }


def _answers(project: Project, model: Model, proba: Floats) -> list[str]:
    """What the model would answer (n,)."""
    if not isinstance(model, MultiLabelModel):
        return model.answers(proba)
    flags = model.all_flags(proba)
    return [
        labelsets.encode((label for label, flag in zip(model.classes, row, strict=True) if flag), project.labels)
        for row in flags.tolist()
    ]
