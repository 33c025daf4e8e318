"""Refit and query: the learner against plain scikit-learn + numpy, and against small-text and scikit-activeml.

    python -m benchmarks.learner_speed [--sizes 10000,100000,1000000]

Sparse random items of 50,000 features with 20 non-zeros a row, 750 labels, a batch of 50, one thread. CPU seconds (least of several
runs, so that other work on the machine does not count), all in one run; what matters are the ratios.

plain     scikit-learn's LogisticRegression (same C, weights and tolerance) refitted, and numpy's scores of the whole pool: nothing else
refit     the learner's classifier refitted, and plan_round() with the strategy (scores, ranking, provenance); a committee
          fits its own members, and random needs no model, for peers as well
round     train() and plan_round() as a live round has them: the audit's draw, and the operating point, 15 more fits on the labels
peers     the same refit with the learner's classifier, then their query; see benchmarks.peers. At 1,000,000 items only with --patient
memory    the pool's matrix and the most that refit and query had allocated beside it, over the matrix
`error_reduction` is set against refitting for each of 200 candidates and both answers, evaluated on 2,000 items; timed on a few of these.
Vectorising and the cache of features: benchmarks.features_speed.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from scipy import sparse
from scipy.special import entr
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks import peers
from benchmarks.common import parser, verdict
from benchmarks.tasks import CLASSES, POSITIVE
from learner.classifier import DEFAULT_C, MAX_ITERATIONS, TOLERANCE, fit
from learner.planning import plan_round
from learner.strategies.base import TrainingSet
from learner.training import TrainedModel, train
from learner.types import Matrix, Rows

FEATURES, NONZEROS, LABELS, BATCH, AUDIT = 50_000, 20, 750, 50, 10
SIZES = "10000,100000,1000000"
PATIENCE = 2.0  # CPU seconds after which a measurement is not repeated
RUNS = 5
SHARED = {
    "entropy": ("small-text PredictionEntropy", "scikit-activeml UncertaintySampling"),
    "margin": ("small-text BreakingTies", "scikit-activeml margin"),
    "least_confidence": ("small-text LeastConfidence", "scikit-activeml least_confident"),
    "committee": ("scikit-activeml QueryByCommittee KL",),
    "random": ("small-text RandomSampling", "scikit-activeml RandomSampling"),
}
TIMED_PEERS: dict[str, peers.Strategy] = {
    **peers.STRATEGIES,
    "small-text PredictionEntropy": peers.small_text("PredictionEntropy"),
    "small-text LeastConfidence": peers.small_text("LeastConfidence"),
    "small-text RandomSampling": peers.small_text("RandomSampling", needs_classifier=False),
    "scikit-activeml margin": peers.scikit_activeml("UncertaintySampling", method="margin_sampling"),
    "scikit-activeml least_confident": peers.scikit_activeml("UncertaintySampling", method="least_confident"),
    "scikit-activeml RandomSampling": peers.scikit_activeml("RandomSampling", needs_classifier=False),
}
STRATEGIES = ("random", "entropy", "margin", "least_confidence", "hybrid", "committee", "default")
WITHIN = {"entropy": 1.5, "margin": 1.5, "hybrid": 1.5, "committee": 5.5}
WITHOUT_REFIT = ("random", "committee")
MEMORY, FASTER = 2.0, 10.0
CANDIDATES, EVALUATED, NAIVE_SAMPLE = 200, 2_000, 6
LARGE = 1_000_000


def cpu(work: Callable[[], object]) -> float:
    """Least CPU seconds of up to RUNS runs."""
    best = np.inf
    for _ in range(RUNS):
        started = time.process_time()
        work()
        took = time.process_time() - started
        best = min(best, took)
        if took > PATIENCE:
            break
    return float(best)


class Pool:
    """Random sparse items, of which the first LABELS are labelled; the class hangs on some of the features."""

    def __init__(self, n: int, seed: int = 0) -> None:
        rng = np.random.default_rng(seed)
        columns = (FEATURES * rng.random((n, NONZEROS), dtype=np.float32) ** 2).astype(
            np.int32
        )  # some are commoner than others
        columns.sort(axis=1)
        data = rng.random(n * NONZEROS, dtype=np.float32)
        indptr = np.arange(0, n * NONZEROS + 1, NONZEROS, dtype=np.int32)
        self.X: Matrix = sparse.csr_matrix((data, columns.ravel(), indptr), shape=(n, FEATURES))
        self.X.sum_duplicates()
        raw = self.X @ rng.normal(0, 2.0, FEATURES)
        self.codes: Rows = (raw > np.quantile(raw, 0.9)).astype(np.int64)
        self.labelled: Rows = np.arange(min(LABELS, n // 2))
        self.left: Rows = np.arange(len(self.labelled), n)
        self.numbers = rng.random(n)
        self.names = [CLASSES[code] for code in self.codes[self.labelled]]

    @property
    def bytes(self) -> int:
        """Of the matrix."""
        return int(self.X.data.nbytes + self.X.indices.nbytes + self.X.indptr.nbytes)

    def model(self) -> TrainedModel:
        """As a round trains it."""
        return train(
            self.X[self.labelled],
            self.names,
            classes=CLASSES,
            positive=POSITIVE,
            rng=np.random.default_rng(0),
            pool=self.X[self.left],
        )


def plain(pool: Pool) -> Rows:
    """What three lines of scikit-learn and numpy do: refit, entropy of all items, the 50 highest."""
    model = LogisticRegression(C=DEFAULT_C, class_weight="balanced", max_iter=MAX_ITERATIONS, tol=TOLERANCE)
    model.fit(pool.X[pool.labelled], pool.codes[pool.labelled])
    doubt = entr(model.predict_proba(pool.X)).sum(axis=1)
    doubt[pool.labelled] = -1.0
    return np.asarray(np.argpartition(-doubt, BATCH)[:BATCH])


def one_member(pool: Pool) -> None:
    """The learner's classifier refitted, and its probabilities of the pool."""
    fit(pool.X[pool.labelled], pool.codes[pool.labelled], 2).predict_proba(pool.X)


def query(pool: Pool, model: TrainedModel, strategy: str, audit_count: int = 0) -> None:
    """One batch."""
    n = pool.X.shape[0]
    in_training = np.zeros(n, dtype=np.bool_)
    in_training[pool.labelled] = True
    plan_round(
        pool.X,
        model,
        pool=pool.left,
        in_training=in_training,
        audited=np.zeros(n, dtype=np.bool_),
        priorities=pool.numbers,
        rates=np.zeros(n),
        audit_count=audit_count,
        batch_size=BATCH,
        strategy=strategy,
        rng=np.random.default_rng(0),
        training=TrainingSet(pool.labelled, pool.codes[pool.labelled]),
    )


def refit_and_query(pool: Pool, model: TrainedModel, strategy: str) -> None:
    """The refit that a query needs (a committee makes its own, random none), and the query."""
    if strategy not in WITHOUT_REFIT:
        model = replace(model, classifier=fit(pool.X[pool.labelled], pool.codes[pool.labelled], 2))
    query(pool, model, strategy)


def whole_round(pool: Pool, strategy: str) -> None:
    """As a live round: with the operating point."""
    query(pool, pool.model(), strategy, AUDIT)


def peer(pool: Pool, name: str) -> None:
    """Refit and query of a peer's strategy."""
    TIMED_PEERS[name](peers.Pool(pool.X, pool.codes), pool.labelled, pool.left, BATCH, np.random.default_rng(0))


def naive_error_reduction(pool: Pool) -> float:
    """CPU seconds of expected error reduction by refits, from NAIVE_SAMPLE of its 2 x CANDIDATES refits."""
    evaluated = pool.X[pool.left[:EVALUATED]]

    def refits() -> None:
        for i in range(NAIVE_SAMPLE):
            rows = np.append(pool.labelled, pool.left[i])
            codes = np.append(pool.codes[pool.labelled], i % 2)
            entr(fit(pool.X[rows], codes, 2).predict_proba(evaluated)).sum()

    return cpu(refits) / NAIVE_SAMPLE * 2 * CANDIDATES


def peak(pool: Pool, work: Callable[[], object]) -> float:
    """Matrix and peak of what was allocated beside it, over the matrix."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (pool.bytes + most) / pool.bytes


def line(name: str, seconds: float, reference: float, target: float | None = None) -> bool:
    """Prints one measurement; whether it reached its target."""
    ratio = seconds / reference
    text = "" if target is None else f"  {verdict(ratio <= target, f'{target:g}')}"
    print(f"  {name:46s} {seconds:9.4f} s  {ratio:8.2f} x{text}", flush=True)
    return target is None or ratio <= target


def run(n: int, available: Sequence[str], *, patient: bool) -> list[str]:
    """One size; what missed its target."""
    pool = Pool(n)
    model = pool.model()
    base, member = cpu(partial(plain, pool)), cpu(partial(one_member, pool))
    print(
        f"\n{n:,} items, {pool.X.nnz:,} non-zeros, matrix {pool.bytes / 1e6:,.0f} MB; ratios to `plain`, committee to one member"
    )
    line("plain scikit-learn + numpy", base, base)
    line("one member (learner's refit and scores)", member, base)
    missed = []
    for strategy in STRATEGIES:
        against = member if strategy == "committee" else base
        ours = cpu(partial(refit_and_query, pool, model, strategy))
        if not line(f"{strategy}: refit", ours, against, WITHIN.get(strategy)):
            missed.append(f"{strategy} at {n:,}: {ours / against:.2f} x")
        for name in SHARED.get(strategy, ()):
            if name.split()[0] in available and (n < LARGE or patient):
                theirs = cpu(partial(peer, pool, name))
                print(
                    f"    {name:44s} {theirs:9.4f} s  {theirs / ours:8.2f} x ours  {verdict(theirs > ours, '> 1')}",
                    flush=True,
                )
                if theirs <= ours:
                    missed.append(f"{name} is faster at {n:,}")
    line("default: round", cpu(partial(whole_round, pool, "default")), base)
    missed += _memory(pool, n)
    if n < LARGE or patient:
        missed += _error_reduction(pool, model, n)
    return missed


def _memory(pool: Pool, n: int) -> list[str]:
    model = pool.model()
    used = {strategy: peak(pool, partial(refit_and_query, pool, model, strategy)) for strategy in STRATEGIES}
    texts = ", ".join(f"{strategy} {value:.2f}" for strategy, value in used.items())
    reached = verdict(max(used.values()) < MEMORY, f"{MEMORY:g}")
    print(f"  memory over matrix: {texts} (plain {peak(pool, partial(plain, pool)):.2f})  {reached}", flush=True)
    return [] if max(used.values()) < MEMORY else [f"memory at {n:,}: {max(used.values()):.2f} x"]


def _error_reduction(pool: Pool, model: TrainedModel, n: int) -> list[str]:
    ours, naive = cpu(partial(query, pool, model, "error_reduction")), naive_error_reduction(pool)
    print(
        f"  error_reduction {ours:.3f} s, by refits {naive:.1f} s: {naive / ours:.0f} x faster  "
        f"{verdict(naive / ours >= FASTER, f'{FASTER:g}')}",
        flush=True,
    )
    return [] if naive / ours >= FASTER else [f"error_reduction at {n:,}: {naive / ours:.1f} x"]


def main(argv: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    made = parser(__doc__, repeats=1)
    made.add_argument("--sizes", default=SIZES)
    made.add_argument("--peers", default="small-text,scikit-activeml")
    made.add_argument("--patient", action="store_true", help="peers and error_reduction at 1,000,000 items, too")
    arguments = made.parse_args(argv)
    sizes = [2_000] if arguments.quick else [int(size) for size in arguments.sizes.split(",") if size]
    named = tuple(filter(None, arguments.peers.split(",")))
    strategies = peers.available(named, lambda text: print(text, file=sys.stderr))
    available = {name.split()[0] for name in strategies}
    missed: list[str] = []
    with threadpool_limits(1):
        for size in sizes:
            missed += run(size, sorted(available), patient=arguments.patient)
    print(f"\n{verdict(not missed, 'speed')}{': ' + '; '.join(missed) if missed else ''}")


if __name__ == "__main__":
    main()
