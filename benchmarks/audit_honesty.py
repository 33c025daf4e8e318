"""Is the audit honest? Coverage of its intervals, bias of its points, and how much it beats a uniform audit of the same size.

    python -m benchmarks.audit_honesty --data DIR [--repeats 500] [--features full]

Each repeat is a whole simulated project: 500 seed labels, rounds of 100 of which 50 are wanted for the audit, so that about 50, 100 and
250 audit labels are there after rounds 1, 2 and 5 (a design may draw a few more or less). The estimate is the one that the round's
report would carry. The truth is that of the same model and operating point on the population that the estimate speaks of: all items that
nobody labelled for training. "Uniform" is a simple random sample of the same size from that population, precision and recall counted in
it (20 such samples per project).

coverage  share of intervals that hold the truth (target: at least 93%)
ratio     root mean squared error against the uniform sample's, where both give a point (target at 100 and 250: 0.6 precision, 0.8 recall)
bias      mean of point minus truth (target: under .04 at 100, .02 at 250)

Features are words only, so that 500 projects take minutes: honesty is a matter of the design, not of the model. `--features full`
takes those that projects have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.common import Options, Progress, interval, options, parser, setup_for, verdict
from benchmarks.tasks import CLASSES, POSITIVE, Task, features
from learner.audit import AuditEstimate
from learner.evaluation import Truth, measure
from learner.simulate import RoundResult, simulate
from learner.types import Floats, Mask, Matrix

AUDIT, BATCH = 50, 100
MEASURED = {1: 50, 2: 100, 5: 250}  # round: audit labels by then
METRICS = ("precision", "recall", "f1")
COVERAGE = 0.93
RATIO = {"precision": 0.6, "recall": 0.8}
BIAS = {100: 0.04, 250: 0.02}
UNIFORM_SAMPLES = 20


class Sample(NamedTuple):
    """One metric in one project at one size: NaN where something is undefined."""

    truth: float
    low: float
    point: float
    high: float
    uniform: float  # mean squared error of the uniform samples
    labels: float


def words(task: Task) -> Matrix:
    """TF-IDF of single words."""
    X = TfidfVectorizer(min_df=3, sublinear_tf=True, dtype=np.float32).fit_transform(task.texts)
    return sparse.csr_matrix(X)


def metric(truth: Truth, name: str) -> float:
    """Its value, NaN if undefined."""
    value = getattr(truth, name)
    return float("nan") if value is None else float(value)


def uniform_audits(flags: Mask, truth: Mask, count: int, rng: np.random.Generator) -> list[Truth]:
    """What simple random samples of `count` items say."""
    made = []
    for _ in range(UNIFORM_SAMPLES):
        rows = rng.choice(len(flags), min(count, len(flags)), replace=False)
        made.append(measure(flags[rows].astype(np.float64), flags[rows], truth[rows]))
    return made


def samples(result: RoundResult, X: Matrix, truth: Mask, rng: np.random.Generator) -> list[Sample]:
    """One per metric."""
    domain = np.flatnonzero(result.domain)
    flags = np.zeros(len(domain), dtype=bool) if result.model is None else result.model.flags(X[domain])
    true = measure(flags.astype(np.float64), flags, truth[domain])
    uniform = uniform_audits(flags, truth[domain], result.estimate.audit_labels, rng)
    return [_sample(name, true, result.estimate, uniform) for name in METRICS]


def _sample(name: str, true: Truth, estimate: AuditEstimate, uniform: list[Truth]) -> Sample:
    found = getattr(estimate, name)
    point = float("nan") if found.point is None else found.point
    errors = np.array([metric(one, name) for one in uniform]) - metric(true, name)
    errors = errors[np.isfinite(errors)]
    squared = float(np.mean(errors**2)) if len(errors) else float("nan")
    return Sample(metric(true, name), found.low, point, found.high, squared, estimate.audit_labels)


def run(task: Task, X: Matrix, asked: Options, strategy: str) -> Floats:
    """(repeats, sizes, metrics, fields of Sample)."""
    setup = replace(setup_for(task, quick=asked.quick, audit=AUDIT, batch=BATCH), pool_size=None)
    sizes = [number for number in MEASURED if number <= setup.rounds]
    made = []
    progress = Progress(asked.repeats)
    for repeat in range(asked.repeats):
        seed = (asked.seed, repeat, 7)
        rng = np.random.default_rng([*seed, 1])
        results = simulate(
            X, task.labels, classes=CLASSES, positive=POSITIVE, strategy=strategy, setup=setup, seed=seed
        )
        made.append([samples(result, X, task.truth, rng) for result in results if result.round in sizes])
        progress.step(task.name)
    return np.array(made)


def coverage(rows: Floats) -> float:
    """Share of intervals that hold the truth; projects without a truth don't count."""
    truth, low, high = rows[:, 0], rows[:, 1], rows[:, 3]
    known = np.isfinite(truth)
    return float(np.mean((low[known] <= truth[known] + 1e-9) & (truth[known] <= high[known] + 1e-9)))


def errors(rows: Floats) -> tuple[float, float, float]:
    """Bias of the point, its RMSE, and the uniform samples', over the projects in which both have a point."""
    truth, point, uniform = rows[:, 0], rows[:, 2], rows[:, 4]
    both = np.isfinite(truth) & np.isfinite(point) & np.isfinite(uniform)
    known = np.isfinite(truth) & np.isfinite(point)
    if not both.any():
        return float("nan"), float("nan"), float("nan")
    ours = point[both] - truth[both]
    bias = float(np.mean(point[known] - truth[known]))
    return bias, float(np.sqrt(np.mean(ours**2))), float(np.sqrt(np.mean(uniform[both])))


def report(rows: Floats, size: int, name: str) -> list[str]:
    """Prints one line; the targets that it misses."""
    held = coverage(rows)
    bias, rmse, uniform = errors(rows)
    ratio = rmse / uniform if uniform > 0 else float("nan")
    low, high = interval(rows, coverage)
    width = float(np.mean(rows[:, 3] - rows[:, 1]))
    missed = []
    if held < COVERAGE:
        missed.append(f"coverage {held:.1%}")
    if size in BIAS and abs(bias) >= BIAS[size]:
        missed.append(f"bias {bias:+.3f}")
    if size in BIAS and name in RATIO and not ratio <= RATIO[name]:
        missed.append(f"ratio {ratio:.2f}")
    print(
        f"  {size:4d} ({rows[:, 5].mean():5.1f})  {name:9s}  truth {np.nanmean(rows[:, 0]):.3f}  "
        f"coverage {held:.1%} [{low:.1%}, {high:.1%}]  width {width:.2f}  bias {bias:+.3f}  RMSE {rmse:.3f}  uniform {uniform:.3f}  "
        f"ratio {ratio:.2f}"
        f"  {'MISSED: ' + ', '.join(missed) if missed else 'reached'}",
        flush=True,
    )
    return [f"{name} at {size}: {what}" for what in missed]


def matrix(task: Task, which: str, cache: Path | None) -> Matrix:
    """The features asked for."""
    return words(task) if which == "words" else features(task, cache)


def main(argv: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    made = parser(__doc__, repeats=500)
    made.add_argument("--features", choices=("words", "full"), default="words")
    made.add_argument("--strategy", default="default")
    arguments = made.parse_args(argv)
    asked = options(arguments, quick_repeats=3)
    missed: list[str] = []
    for task in asked.tasks():
        rows = run(task, matrix(task, arguments.features, asked.cache), asked, arguments.strategy)
        print(f"{task}, {asked.repeats} projects; audit labels wanted (there, in the mean)")
        sizes = list(MEASURED.values())[: rows.shape[1]]
        for i, size in enumerate(sizes):
            for j, name in enumerate(METRICS):
                missed += [f"{task.name}, {line}" for line in report(rows[:, i, j], size, name)]
    print(f"\n{verdict(not missed, 'honesty')}{': ' + '; '.join(missed) if missed else ''}")


if __name__ == "__main__":
    main()
