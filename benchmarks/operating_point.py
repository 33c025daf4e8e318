"""The operating point: F1 at the threshold that the learner chose, against F1 at the best of all thresholds.

    python -m benchmarks.operating_point --data DIR [--cache DIR]

500 seed labels, 5 rounds of 50 (10 of them audit labels), all of a task's texts in the pool; measured after each round on the items that
nobody labelled. The best threshold is chosen with the answers in hand, so 1.00 is out of reach.
Target: 0.90 in the mean over tasks and rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.common import Options, Progress, interval, mean_text, options, parser, setup_for, verdict
from benchmarks.tasks import CLASSES, POSITIVE, Task, features
from learner.simulate import simulate
from learner.types import Floats

TARGET = 0.90


def run(task: Task, asked: Options, strategy: str) -> Floats:
    """F1 at the chosen and at the best threshold (repeats, rounds, 2)."""
    X = features(task, asked.cache)
    setup = replace(setup_for(task, quick=asked.quick), pool_size=None)
    made = []
    progress = Progress(asked.repeats)
    for repeat in range(asked.repeats):
        results = simulate(
            X,
            task.labels,
            classes=CLASSES,
            positive=POSITIVE,
            strategy=strategy,
            setup=setup,
            seed=(asked.seed, repeat),
        )
        made.append([(result.true.f1 or 0.0, result.best_f1 or 0.0) for result in results])
        progress.step(task.name)
    return np.array(made)


def main(argv: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    made = parser(__doc__, repeats=20)
    made.add_argument("--strategy", default="default")
    arguments = made.parse_args(argv)
    asked = options(arguments, quick_repeats=2)
    shares = []
    for task in asked.tasks():
        f1 = run(task, asked, arguments.strategy)
        share = f1[..., 0] / np.maximum(f1[..., 1], 1e-12)
        shares.append(share.mean(axis=1))
        rounds = "  ".join(f"{value:.3f}" for value in share.mean(axis=0))
        print(f"{task}, {asked.repeats} repeats")
        print(f"  F1 {mean_text(f1[:, -1, 0])}, at the best threshold {mean_text(f1[:, -1, 1])} (last round)")
        print(f"  share of the best, by round: {rounds}; mean {mean_text(share.mean(axis=1))}", flush=True)
    overall = np.mean(shares, axis=0)
    low, high = interval(overall)
    mean = float(overall.mean())
    print(
        f"\nMean over tasks and rounds: {mean:.3f} [{low:.3f}, {high:.3f}]; {verdict(mean >= TARGET, f'{TARGET:.2f}')}"
    )


if __name__ == "__main__":
    main()
