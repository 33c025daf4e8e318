"""The worked example: precision and recall at the operating point that the learner chose itself.

    python -m benchmarks.worked_example --data DIR [--cache DIR]

Offensive-or-hate tweets among clean ones, 7.4% positive; 500 seed labels with 37 positive, 5 rounds of 50, 10 of them audit labels.
Target: in the mean of 20 repeats at least 0.84 precision and 0.79 recall after the 250 labels. Two populations:

held out   a third of the texts, which no strategy may ask about (the audit may, but is never trained on): what the model does to texts
           that arrive later
the rest   with all texts in the pool, those that nobody labelled in the end. The strategy has asked for many of the positives (they
           are known, and need no model), so that those left are the harder ones: the same model looks worse on them
and, for the second, what a user has in the end: all positives that a person or the model flagged, among all in seeds and pool.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.common import Options, Progress, mean_text, options, parser, setup_for, verdict
from benchmarks.tasks import CLASSES, POSITIVE, Task, features
from learner.evaluation import Truth
from learner.simulate import RoundResult, simulate
from learner.types import Floats, Matrix

TARGET = (0.84, 0.79)


def figures(truth: Truth) -> tuple[float, float, float, float]:
    """Precision, recall, F1 and average precision; an undefined one counts as 0."""
    return truth.precision or 0.0, truth.recall or 0.0, truth.f1 or 0.0, truth.average_precision or 0.0


def found_in_all(last: RoundResult, positives: int) -> float:
    """Recall of people and model together, over all items."""
    missed = (positives - last.positives) * (1.0 - (last.true.recall or 0.0))
    return 1.0 - missed / positives


def run(task: Task, X: Matrix, asked: Options, *, all_in_pool: bool) -> tuple[Floats, Floats]:
    """Figures (repeats, 4) after the last round, and recall of people and model together (repeats,)."""
    setup = setup_for(task, quick=asked.quick)
    if all_in_pool:
        setup = replace(setup, pool_size=None)
    rows, together = [], []
    progress = Progress(asked.repeats)
    for repeat in range(asked.repeats):
        *_, last = simulate(
            X,
            task.labels,
            classes=CLASSES,
            positive=POSITIVE,
            strategy="default",
            setup=setup,
            seed=(asked.seed, repeat),
        )
        rows.append(figures(last.true if all_in_pool else last.held_out))
        together.append(found_in_all(last, int(task.truth.sum())))
        progress.step("the rest" if all_in_pool else "held out")
    return np.array(rows), np.array(together)


def main(argv: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    made = parser(__doc__, repeats=20)
    made.set_defaults(tasks="comments")
    asked = options(made.parse_args(argv), quick_repeats=2)
    for task in asked.tasks():
        X = features(task, asked.cache)
        print(f"{task}, {asked.repeats} repeats")
        for all_in_pool in (False, True):
            rows, together = run(task, X, asked, all_in_pool=all_in_pool)
            name = "the rest" if all_in_pool else "held out"
            texts = [f"{what} {mean_text(rows[:, i])}" for i, what in enumerate(("precision", "recall", "F1", "AP"))]
            reached = rows[:, 0].mean() >= TARGET[0] and rows[:, 1].mean() >= TARGET[1]
            print(
                f"  {name:9s} {'  '.join(texts)}; {verdict(bool(reached), f'{TARGET[0]} and {TARGET[1]}')}", flush=True
            )
        print(f"  recall of people and model together, over all texts: {mean_text(together)}")


if __name__ == "__main__":
    main()
