"""What the benchmarks share: their arguments, projects dealt out of a task, means with intervals, a line of progress."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks import tasks
from benchmarks.tasks import Task
from learner.simulate import Setup, split
from learner.types import Floats, Matrix, Rows

ROUNDS, BATCH, AUDIT = 5, 50, 10
HELD_OUT = 1 / 3
BOOTSTRAPS = 2_000


@dataclass(frozen=True)
class Options:
    """The arguments all benchmarks take."""

    data: Path | None
    cache: Path | None
    names: tuple[str, ...]
    repeats: int
    quick: bool
    seed: int

    def tasks(self) -> list[Task]:
        """The tasks asked for whose data are there; says loudly which are not."""
        found = tasks.each(self.names, self.data, lambda line: print(line, file=sys.stderr, flush=True))
        if not found:
            raise SystemExit("No task's data could be found: nothing was measured.")
        return found


@dataclass(frozen=True, eq=False)
class Project:
    """One repeat: seed rows, pool rows that may be asked about, and rows held out for measuring only."""

    task: Task
    X: Matrix
    setup: Setup
    seed: tuple[int, ...]
    seeds: Rows
    pool: Rows
    held_out: Rows


def parser(description: str | None, repeats: int) -> argparse.ArgumentParser:
    """The arguments that all share; a benchmark may add its own."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--data", type=Path, help="folder that holds davidson.csv")
    made.add_argument("--cache", type=Path, help="folder where the texts' features are kept between runs")
    made.add_argument("--tasks", default=",".join(tasks.NAMES), help="which, with commas (default: %(default)s)")
    made.add_argument("--repeats", type=int, default=repeats, help="simulated projects per task (default: %(default)s)")
    made.add_argument("--quick", action="store_true", help="a small version on generated data, to see that it runs")
    made.add_argument("--seed", type=int, default=0)
    return made


def options(arguments: argparse.Namespace, quick_repeats: int) -> Options:
    """What the shared arguments say. Numeric libraries are held to one thread from here on."""
    threadpool_limits(1)
    names = ("generated",) if arguments.quick else tuple(arguments.tasks.split(","))
    repeats = quick_repeats if arguments.quick else arguments.repeats
    return Options(arguments.data, arguments.cache, names, repeats, arguments.quick, arguments.seed)


def setup_for(task: Task, *, quick: bool, held_out: float = HELD_OUT, audit: int = AUDIT, batch: int = BATCH) -> Setup:
    """500 seed labels with the task's natural positives, 5 rounds; all but the held-out share (and the seeds) is pool."""
    n = len(task.texts)
    seeds = 200 if quick else tasks.SEED_LABELS
    pool = n - seeds - round(n * held_out)
    return Setup(seeds, round(seeds * task.prevalence), pool, batch, 2 if quick else ROUNDS, audit)


def deal(task: Task, X: Matrix, setup: Setup, seed: tuple[int, ...]) -> Project:
    """The very seeds and pool that simulate() deals out by this seed."""
    seeds, pool = split(task.truth, setup, np.random.default_rng(seed))
    held_out = np.setdiff1d(np.arange(len(task.truth)), np.concatenate([seeds, pool]))
    return Project(task, X, setup, seed, seeds, pool, held_out)


def interval(
    values: Sequence[float] | Floats, statistic: Callable[[Floats], float] | None = None
) -> tuple[float, float]:
    """95% bootstrap interval of a statistic (None: the mean) over repeats."""
    rows = np.asarray(values, dtype=np.float64)
    rng = np.random.default_rng(len(rows))
    picks = rng.integers(0, len(rows), (BOOTSTRAPS, len(rows)))
    made = [float(rows[p].mean()) if statistic is None else statistic(rows[p]) for p in picks]
    low, high = np.quantile(made, [0.025, 0.975])
    return float(low), float(high)


def mean_text(values: Sequence[float] | Floats) -> str:
    """Mean and interval, as text."""
    low, high = interval(values)
    return f"{np.mean(values):.3f} [{low:.3f}, {high:.3f}]"


def verdict(reached: bool, target: str) -> str:
    """How a target is reported."""
    return f"target {target}: {'reached' if reached else 'MISSED'}"


class Progress:
    """One line on stderr, only where a person watches."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.started = total, 0, time.perf_counter()

    def step(self, what: str) -> None:
        """One more of `total` is done."""
        self.done += 1
        if sys.stderr.isatty():
            took = time.perf_counter() - self.started
            print(f"\r\x1b[K{self.done}/{self.total}  {took:.0f} s  {what}", end="", file=sys.stderr, flush=True)
            if self.done == self.total:
                print(file=sys.stderr)
