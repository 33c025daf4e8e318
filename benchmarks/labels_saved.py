"""Labels saved: how many labels does `random` need to be as good as `default` is after 250?

    python -m benchmarks.labels_saved --data DIR [--cache DIR] [--peers small-text,scikit-activeml]

500 seed labels with the task's natural share of positives, then 5 rounds of 50 of which 10 are audit labels (they are paid for but never
trained on), on two thirds of each task's texts. Measured on the third that nobody may ask about: average precision, and F1 at the
operating point that the learner chose itself. `random` is given the same seeds, pool, features, classifier and operating point;
its labels are counted in the same way (an audit share of 10 in 50), and, in brackets, as if it had no audit to pay for.
Intervals: bootstrap over repeats. ">N": random did not get there with the whole pool or at the end of the grid.

Peers (--peers): the query strategies of small-text and scikit-activeml in the same loop, each refitting and at the end choosing its
operating point with the learner's own classifier on the same rows. They are not among the project's dependencies;
`pip install --target DIR small-text scikit-activeml` and `PYTHONPATH=DIR` make them available.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks import peers
from benchmarks.common import (
    AUDIT,
    BATCH,
    Options,
    Progress,
    Project,
    deal,
    interval,
    mean_text,
    options,
    parser,
    setup_for,
    verdict,
)
from benchmarks.tasks import CLASSES, POSITIVE, Task, features
from learner.classifier import encode
from learner.evaluation import measure
from learner.simulate import simulate
from learner.training import train
from learner.types import Floats, Rows

# Random labels beyond the seeds at which random is measured; between them the curve is interpolated.
GRID = (100, 200, 300, 400, 600, 800, 1_000, 1_300, 1_600, 2_000, 2_500, 3_200, 4_000, 5_000, 6_500, 8_000)
METRICS = ("AP", "F1")
ENOUGH = 2  # random is followed until it is better in the mean at so many points of the grid in a row
TRAINING_SHARE = (BATCH - AUDIT) / BATCH
TARGET_EACH, TARGET_MEAN = 3.0, 5.0

Pair = tuple[float, float]  # average precision, F1


@dataclass(frozen=True, eq=False)
class Curve:
    """random: `labels` (g,) training labels beyond the seeds, `values` (g, repeats, 2)."""

    labels: Floats
    values: Floats

    def needs(self, wanted: float, metric: int, repeats: Rows) -> tuple[float, bool]:
        """Training labels at which the mean over these repeats reaches `wanted`, and whether it does at all."""
        means = np.maximum.accumulate(self.values[:, repeats, metric].mean(axis=1))
        if means[-1] < wanted:
            return float(self.labels[-1]), False
        return float(np.interp(wanted, means, self.labels)), True


def evaluate(project: Project, rows: Rows, rng: np.random.Generator) -> Pair:
    """A model of these labels, on the held-out part."""
    task, X = project.task, project.X
    rest = np.setdiff1d(np.arange(len(task.truth)), rows)
    labels = task.labels
    model = train(X[rows], [labels[i] for i in rows], classes=CLASSES, positive=POSITIVE, rng=rng, pool=X[rest])
    scores = model.positive_scores(X[project.held_out])
    truth = measure(scores, model.flags_of(scores), task.truth[project.held_out])
    return truth.average_precision or 0.0, truth.f1 or 0.0


def with_strategy(project: Project, strategy: str) -> Pair:
    """After all rounds of the learner's own loop."""
    *_, last = simulate(
        project.X,
        project.task.labels,
        classes=CLASSES,
        positive=POSITIVE,
        strategy=strategy,
        setup=project.setup,
        seed=project.seed,
    )
    return last.held_out.average_precision or 0.0, last.held_out.f1 or 0.0


def with_peer(project: Project, pool: peers.Pool, strategy: peers.Strategy) -> Pair:
    """After as many rounds of the same size with a peer's strategy."""
    rng = np.random.default_rng([*project.seed, 1])
    rows, left = project.seeds, project.pool
    for _ in range(project.setup.rounds):
        picked = strategy(pool, rows, left, project.setup.batch_size - project.setup.audit_per_round, rng)
        rows, left = np.concatenate([rows, picked]), np.setdiff1d(left, picked)
    return evaluate(project, rows, rng)


def random_curve(projects: Sequence[Project], wanted: Floats, progress: Progress) -> Curve:
    """Random labels in growing number, until they beat `wanted` (2,) in the mean or the pool is used up."""
    pools = [np.random.default_rng([*p.seed, 2]).permutation(p.pool) for p in projects]
    size = len(pools[0])
    labels: list[float] = []
    values: list[list[Pair]] = []
    beaten = 0
    for count in [*(g for g in GRID if g < size), min(size, GRID[-1])]:
        row = []
        for project, order in zip(projects, pools, strict=True):
            rows = np.concatenate([project.seeds, order[:count]])
            row.append(evaluate(project, rows, np.random.default_rng([*project.seed, 3])))
            progress.step(f"{project.task.name}: random, {count:,} labels")
        labels.append(float(count))
        values.append(row)
        beaten = beaten + 1 if (np.mean(row, axis=0) >= wanted).all() else 0
        if beaten == ENOUGH:
            break
    return Curve(np.array(labels), np.array(values))


def factor(curve: Curve, ours: Floats, metric: int, spent: int) -> tuple[str, float]:
    """Labels saved on one task by one metric, as text and as a factor."""
    everything = np.arange(len(ours))
    needed, reached = curve.needs(float(ours[:, metric].mean()), metric, everything)

    def one(picks: Floats) -> float:
        rows = picks.astype(np.int64)
        return curve.needs(float(ours[rows, metric].mean()), metric, rows)[0] / TRAINING_SHARE / spent

    low, high = interval(everything.astype(np.float64), one)
    value = needed / TRAINING_SHARE / spent
    more = "" if reached else ">"
    text = f"{more}{value:.1f}x [{low:.1f}, {high:.1f}]: {more}{needed / TRAINING_SHARE:,.0f} labels"
    return f"{text} ({more}{needed:,.0f} without audit, {needed / spent:.1f}x)", value


def run(task: Task, asked: Options, strategies: Sequence[str], peer_names: Sequence[str]) -> list[float]:
    """Measures one task, prints it; the factors of `default` by AP and F1."""
    X = features(task, asked.cache)
    setup = setup_for(task, quick=asked.quick)
    projects = [deal(task, X, setup, (asked.seed, repeat)) for repeat in range(asked.repeats)]
    spent = setup.rounds * setup.batch_size
    print(
        f"\n{task}: {setup.seed_labels} seeds ({setup.seed_positives} positive), "
        f"{spent} labels, {asked.repeats} repeats, held out {len(projects[0].held_out):,}",
        flush=True,
    )
    progress = Progress(asked.repeats * (1 + len(strategies) + len(peer_names) + len(GRID)))
    results: dict[str, Floats] = {}
    pool = peers.Pool(X, encode(task.labels, CLASSES))
    for name in ("default", *strategies, *peer_names):
        rows = []
        for project in projects:
            other = peers.STRATEGIES.get(name)
            rows.append(with_peer(project, pool, other) if other else with_strategy(project, name))
            progress.step(f"{task.name}: {name}")
        results[name] = np.array(rows)
        print(_line(name, results[name], None if name == "default" else results["default"]), flush=True)
    curve = random_curve(projects, results["default"].mean(axis=0), progress)
    for count, row in zip(curve.labels, curve.values, strict=True):
        print(f"  random, {count:6,.0f} training labels: AP {row[:, 0].mean():.3f}  F1 {row[:, 1].mean():.3f}")
    factors = []
    for metric, name in enumerate(METRICS):
        text, value = factor(curve, results["default"], metric, spent)
        print(f"  labels saved by {name}: {text}; {verdict(value >= TARGET_EACH, f'{TARGET_EACH:g}x')}", flush=True)
        factors.append(value)
    return factors


def _line(name: str, values: Floats, reference: Floats | None) -> str:
    text = f"  {name:38s} AP {mean_text(values[:, 0])}  F1 {mean_text(values[:, 1])}"
    if reference is None:
        return text
    gaps = [f"{metric} {mean_text(reference[:, i] - values[:, i])}" for i, metric in enumerate(METRICS)]
    return f"{text}  default minus this: {', '.join(gaps)}"


def main(argv: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    made = parser(__doc__, repeats=20)
    made.add_argument("--strategies", default="", help="other strategies of the learner to show, with commas")
    made.add_argument(
        "--peers",
        default="small-text,scikit-activeml",
        help="peers, or single strategies of theirs, with commas; empty: none",
    )
    arguments = made.parse_args(argv)
    asked = options(arguments, quick_repeats=2)
    peer_names = peers.available(
        tuple(filter(None, arguments.peers.split(","))), lambda line: print(line, file=sys.stderr)
    )
    others = tuple(filter(None, arguments.strategies.split(",")))
    factors = np.array([run(task, asked, others, peer_names) for task in asked.tasks()])
    for metric, name in enumerate(METRICS):
        mean = float(factors[:, metric].mean())
        print(f"\nMean over tasks by {name}: {mean:.1f}x; {verdict(mean >= TARGET_MEAN, f'{TARGET_MEAN:g}x')}")


if __name__ == "__main__":
    main()
