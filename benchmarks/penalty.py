"""Does cross-validation of the classifier's penalty pay once there are many labels? (docs/adr/0008)

    python -m benchmarks.penalty --data DIR [--labels 1000,2000,3000] [--repeats 6]

Half of the labels are random, half those nearest to the border of a model of the first half, as a project's are; a third of the texts
is held out. Printed: how often learner.penalty left C = 1, and the difference in average precision and in F1 (at the best threshold) on
what was held out, chosen C less C = 1, with its standard error; and what the choice took, and the fit and the operating point of a round
beside it, in CPU seconds.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.common import HELD_OUT, Options, Progress, options, parser
from benchmarks.tasks import CLASSES, POSITIVE, Task, features, generated
from learner import penalty
from learner.classifier import DEFAULT_C, fit
from learner.evaluation import average_precision, best_f1
from learner.training import train
from learner.types import Matrix, Rows

LABELS = "1000,2000,3000"


class Repeat(NamedTuple):
    """One set of labels."""

    C: float
    precision: float  # difference in average precision
    f1: float
    choice: float  # seconds
    round: float


def main(argv: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    made = parser(__doc__, repeats=6)
    made.add_argument("--labels", default=LABELS, help="how many labels, with commas (default: %(default)s)")
    arguments = made.parse_args(argv)
    chosen = options(arguments, quick_repeats=2)
    sizes = [1_500] if chosen.quick else [int(size) for size in arguments.labels.split(",")]
    tasks = [generated(share=0.4)] if chosen.quick else chosen.tasks()
    progress = Progress(len(tasks) * len(sizes) * chosen.repeats)
    print(
        "task      labels  C left 1                   AP, chosen less C = 1   best F1                  choice   round without it"
    )
    for task in tasks:
        X = features(task, chosen.cache)
        for size in sizes:
            print(_line(task, X, size, chosen, progress), flush=True)


def _line(task: Task, X: Matrix, size: int, chosen: Options, progress: Progress) -> str:
    start = f"{task.name:9s} {size:6,}"
    if size > 0.9 * (1.0 - HELD_OUT) * len(task.texts):
        return f"{start}  has no so many texts"
    found: list[Repeat] = []
    for repeat in range(chosen.repeats):
        made = _repeat(task, X, size, np.random.default_rng([chosen.seed, repeat, size]))
        progress.step(f"{task.name} {size}")
        if made is None:
            return f"{start}  too few of a class: C stays 1"
        found.append(made)
    left = [made.C for made in found if made.C != DEFAULT_C]
    names = ", ".join(f"{C:g}: {times}" for C, times in sorted(Counter(left).items()))
    return (
        f"{start}  {f'{len(left)} of {len(found)} ({names})' if left else f'0 of {len(found)}':25s}  "
        f"{_difference([made.precision for made in found])}         {_difference([made.f1 for made in found])}          "
        f"{np.mean([made.choice for made in found]):.2f} s   {np.mean([made.round for made in found]):.2f} s"
    )


def _repeat(task: Task, X: Matrix, size: int, rng: np.random.Generator) -> Repeat | None:
    """None where a class has too few labels for a choice."""
    order = rng.permutation(len(task.texts))
    cut = round(HELD_OUT * len(order))
    held, rest = order[:cut], order[cut:]
    codes = task.truth.astype(np.int64)
    rows = _labelled(X, codes, rest, size)
    if np.bincount(codes[rows], minlength=2).min() < penalty.ENOUGH:
        return None
    started = time.process_time()
    C = penalty.choose(X[rows], codes[rows], 2)
    choice = time.process_time() - started
    started = time.process_time()
    train(X[rows], [CLASSES[code] for code in codes[rows]], classes=CLASSES, positive=POSITIVE, rng=rng, C=DEFAULT_C)
    took = time.process_time() - started
    figures = []
    for value in (C, DEFAULT_C):
        scores = fit(X[rows], codes[rows], 2, C=value).predict_proba(X[held])[:, 1]
        truth = task.truth[held]
        figures.append((average_precision(scores, truth) or 0.0, best_f1(scores, truth) or 0.0))
    (ap, f1), (fixed_ap, fixed_f1) = figures
    return Repeat(C, ap - fixed_ap, f1 - fixed_f1, choice, took)


def _labelled(X: Matrix, codes: Rows, rest: Rows, size: int) -> Rows:
    """Half at random, half the nearest to the border of a model of these."""
    first, others = rest[: size // 2], rest[size // 2 :]
    scores = fit(X[first], codes[first], 2).predict_proba(X[others])[:, 1]
    return np.concatenate([first, others[np.argsort(np.abs(scores - 0.5), kind="stable")[: size - size // 2]]])


def _difference(values: Sequence[float]) -> str:
    error = float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0
    return f"{np.mean(values):+.4f} ({error:.4f})"


if __name__ == "__main__":
    main()
