"""The loop with an oracle: the same functions that a live project goes through, with known answers instead of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from learner import audit, stratified
from learner.audit import AuditEstimate
from learner.confusion import ClassEstimate
from learner.errors import LearnerError, TooFewLabelsError
from learner.evaluation import Truth, best_f1, measure
from learner.multilabel import Model
from learner.planning import plan_round
from learner.strategies import registry
from learner.strategies.base import TrainingSet
from learner.tasks import Audit, LabelResult, OneLabel, SeveralLabels, Task, by_label
from learner.types import Floats, Mask, Matrix, Rows


@dataclass(frozen=True)
class Setup:
    """How a simulated project is run.

    Strategies pick from a pool of `pool_size` items, at random from those beside the seeds (None, or fewer: all of them). What is outside
    the pool is measured on, too, and the audit draws from all.
    """

    seed_labels: int = 500
    seed_positives: int = 37
    pool_size: int | None = 10_000
    batch_size: int = 50
    rounds: int = 5
    audit_per_round: int = 10

    def check(self, truth: Mask) -> None:
        """Raises LearnerError if data with these labels (n,) can't give such a project."""
        positives, n = int(truth.sum()), len(truth)
        if (
            min(self.seed_labels, self.seed_positives, self.audit_per_round) < 0
            or min(self.batch_size, self.rounds) < 1
        ):
            raise LearnerError("batch size and rounds must be 1 or more, all other numbers 0 or more")
        if self.audit_per_round > self.batch_size:
            raise LearnerError(f"{self.audit_per_round} audit items do not fit into a batch of {self.batch_size}")
        if self.seed_positives > self.seed_labels:
            raise LearnerError(f"{self.seed_positives} positive among {self.seed_labels} seed labels is impossible")
        if self.seed_positives > positives or self.seed_labels - self.seed_positives > n - positives:
            wanted = f"{self.seed_positives} positive and {self.seed_labels - self.seed_positives} other seed labels"
            raise LearnerError(f"{wanted} are wanted, the data have {positives} and {n - positives}")
        if self.seed_labels >= n:
            raise LearnerError(f"all {n} items would be seeds: nothing is left to ask about")


@dataclass(frozen=True)
class RoundResult:
    """One round: what was spent, what the learner believes, what is true on the items that nobody labelled."""

    round: int
    labels: int  # all labels spent so far: seeds, training and audit
    positives: int  # of these
    threshold: float | None  # None: still no model
    true: Truth
    best_f1: float | None
    estimate: AuditEstimate
    queries: int
    model: Model | None = field(repr=False, compare=False)
    domain: Mask = field(repr=False, compare=False)  # (n,): what the estimate speaks of
    # On items outside seeds and pool, which no strategy could pick the easy ones from. The audit's are among them: it draws more of what
    # is flagged, so that the others by themselves would be poorer in that than what will arrive later.
    held_out: Truth
    by_label: tuple[LabelResult, ...] = ()  # where items carry several labels; all else speaks of the positive one
    macro: ClassEstimate | None = None


@dataclass(eq=False)
class _State:
    """Who has which label for what; arrays over all rows."""

    training: Rows
    audited: Mask
    in_pool: Mask  # strategies may pick it, or did
    rates: Floats  # of the audit
    model: Model | None = None
    trained: Mask = field(init=False)

    def __post_init__(self) -> None:
        self.trained = np.zeros(len(self.audited), dtype=bool)
        self.trained[self.training] = True

    def learn(self, rows: Sequence[int]) -> None:
        self.training = np.concatenate([self.training, np.asarray(rows, dtype=np.int64)])
        self.trained[self.training] = True
        self.audited[self.training] = False


def split(truth: Mask, setup: Setup, rng: np.random.Generator) -> tuple[Rows, Rows]:
    """Seed rows with exactly the positives asked for, and pool rows from the rest, both at random. Raises LearnerError."""
    setup.check(truth)
    yes, no = rng.permutation(np.flatnonzero(truth)), rng.permutation(np.flatnonzero(~truth))
    seeds = np.concatenate([yes[: setup.seed_positives], no[: setup.seed_labels - setup.seed_positives]])
    rest = np.setdiff1d(np.arange(len(truth)), seeds)
    size = len(rest) if setup.pool_size is None else min(setup.pool_size, len(rest))
    return np.sort(seeds), np.sort(rng.permutation(rest)[:size])


def simulate(
    X: Matrix,
    y: Sequence[str],
    *,
    classes: Sequence[str],
    positive: str,
    strategy: str,
    setup: Setup,
    seed: int | Sequence[int],
    item_ids: Sequence[str] | None = None,
) -> Iterator[RoundResult]:
    """One simulated project, round by round. X (n, d) are all rows, y (n,) their true labels.

    The same seed gives the same seed labels and pool to each strategy. Raises LearnerError if the data can't give such a project.
    """
    registry.get(strategy)
    return _loop(X, OneLabel(y, classes, positive), strategy, setup, seed, item_ids)


def simulate_labels(
    X: Matrix,
    has: Mask,
    *,
    labels: Sequence[str],
    positive: str,
    strategy: str,
    setup: Setup,
    seed: int | Sequence[int],
    item_ids: Sequence[str] | None = None,
) -> Iterator[RoundResult]:
    """The same where items carry several labels: has (n, k). Seeds are drawn by the positive label, of which the headline figures speak."""
    registry.check_multi_label(strategy)
    return _loop(X, SeveralLabels(has, labels, positive), strategy, setup, seed, item_ids)


def _loop(
    X: Matrix,
    task: Task,
    strategy: str,
    setup: Setup,
    seed: int | Sequence[int],
    item_ids: Sequence[str] | None,
) -> Iterator[RoundResult]:
    truth = task.truth
    rng = np.random.default_rng(seed)
    seeds, pool = split(truth, setup, rng)
    in_pool = np.zeros(len(truth), dtype=bool)
    in_pool[pool] = True
    state = _State(seeds, np.zeros(len(truth), dtype=bool), in_pool, np.zeros(len(truth)))
    ids = [str(i) for i in range(len(truth))] if item_ids is None else item_ids
    numbers = audit.priorities(ids, int(rng.integers(2**62)))
    state.model = _refit(X, task, state, rng)
    for number in range(1, setup.rounds + 1):
        asked = _round(X, task.codes, state, numbers, setup, strategy, rng)
        state.model = _refit(X, task, state, rng)
        yield _result(number, asked, X, task, state, rng)


def _round(
    X: Matrix,
    codes: Rows,
    state: _State,
    numbers: Floats,
    setup: Setup,
    strategy: str,
    rng: np.random.Generator,
) -> int:
    """Plans a batch, has the oracle answer it; the number of queries."""
    plan = plan_round(
        X,
        state.model,
        pool=np.flatnonzero(state.in_pool),
        in_training=state.trained,
        audited=state.audited,
        priorities=numbers,
        rates=state.rates,
        audit_count=setup.audit_per_round,
        batch_size=setup.batch_size,
        strategy=strategy,
        rng=rng,
        training=TrainingSet(state.training, codes[state.training]),
    )
    state.rates = plan.rates
    state.audited[[query.index for query in plan.queries if query.audit]] = True
    state.learn([query.index for query in plan.queries if not query.audit] + plan.retired)
    return len(plan.queries)


def _refit(X: Matrix, task: Task, state: _State, rng: np.random.Generator) -> Model | None:
    try:
        return task.fit(X, state.training, np.flatnonzero(~state.trained), rng)
    except TooFewLabelsError:
        return None


def _result(number: int, asked: int, X: Matrix, task: Task, state: _State, rng: np.random.Generator) -> RoundResult:
    truth, model = task.truth, state.model
    scores, flags, chances = np.zeros(len(truth)), np.zeros(len(truth), dtype=bool), np.full(len(truth), 0.5)
    proba = None
    if model is not None:
        proba = model.predict_proba(X)
        scores = proba[:, model.classes.index(model.positive)]
        flags, chances = model.flags_of(scores), model.chances(scores)
    serving, domain = np.flatnonzero(state.audited), ~state.trained
    unlabelled = np.flatnonzero(domain & ~state.audited)
    estimate = stratified.estimate(
        chances, flags, in_training=state.trained, rows=serving, truth=truth[serving], rates=state.rates, rng=rng
    )
    labelled = state.trained | state.audited
    outside = domain & ~state.in_pool
    each: tuple[LabelResult, ...] = ()
    macro = None
    if isinstance(task, SeveralLabels):
        audited = Audit(state.trained, serving, state.rates, unlabelled)
        each, macro = by_label(task, model, proba, audited, rng)
    return RoundResult(
        round=number,
        labels=int(labelled.sum()),
        positives=int(truth[labelled].sum()),
        threshold=None if model is None else model.operating_point.threshold,
        true=measure(scores[unlabelled], flags[unlabelled], truth[unlabelled]),
        best_f1=best_f1(scores[unlabelled], truth[unlabelled]),
        estimate=estimate,
        queries=asked,
        model=model,
        domain=domain,
        held_out=measure(scores[outside], flags[outside], truth[outside]),
        by_label=each,
        macro=macro,
    )
