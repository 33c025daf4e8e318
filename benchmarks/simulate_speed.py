"""How long does a simulated project take, and the wait between two rounds? Prints seconds; `python benchmarks/simulate_speed.py`.

Texts are made up (10,000 items like tweets, words drawn by Zipf's law), so that it runs anywhere; give a CSV for real ones:
`python benchmarks/simulate_speed.py FILE TEXT_COLUMN LABEL_COLUMN POSITIVE`.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from bot.cli.simulate_data import read_labelled
from learner.features import TfidfFeatures
from learner.planning import plan_round
from learner.simulate import Setup, simulate
from learner.strategies import registry
from learner.strategies.base import TrainingSet
from learner.training import train

ITEMS = 10_500
CLASSES = ["rest", "positive"]


def made_up(n: int, seed: int = 0) -> tuple[list[str], list[str]]:
    """Texts of about 16 words; the positive 8% use 50 of the words more often."""
    rng = np.random.default_rng(seed)
    letters = np.array(list("etaoinshrdlucmfwypvbgkjqxz"))
    lengths = rng.integers(2, 10, 20_000)
    words = ["".join(rng.choice(letters, k, p=zipf(26))) for k in lengths]
    positive = rng.random(n) < 0.08
    common, own = zipf(20_000), np.arange(300, 350)
    texts = []
    for is_positive in positive:
        picks = list(rng.choice(20_000, 16, p=common)) + (list(rng.choice(own, 2)) if is_positive else [])
        texts.append(" ".join(words[i] for i in picks))
    return texts, [CLASSES[int(flag)] for flag in positive]


def zipf(n: int) -> np.ndarray:
    """Zipf's law over n ranks."""
    weights = 1.0 / np.arange(1, n + 1)
    return np.asarray(weights / weights.sum())


def main() -> None:
    """Prints the table."""
    if len(sys.argv) == 5:
        data = read_labelled(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
        texts, labels = data.texts, [CLASSES[int(label == sys.argv[4])] for label in data.labels]
    else:
        texts, labels = made_up(ITEMS)
    texts, labels = texts[:ITEMS], labels[:ITEMS]
    started = time.perf_counter()
    X = TfidfFeatures().fit_transform(texts)
    features = time.perf_counter() - started
    print(f"{len(texts):,} texts, {X.shape[1]:,} features, {X.nnz:,} non-zeros: vectorised in {features:.2f} s")
    codes = np.array([CLASSES.index(label) for label in labels])
    rows = np.random.default_rng(0).permutation(len(labels))[:700]
    pool = np.setdiff1d(np.arange(len(labels)), rows)
    print(f"{'strategy':18}{'refit + plan, s':>18}{'five rounds, s':>18}{'simulate in all, s':>20}")
    for name in registry.names():
        started = time.perf_counter()
        rng = np.random.default_rng(0)
        model = train(X[rows], [labels[i] for i in rows], classes=CLASSES, positive="positive", rng=rng, pool=X[pool])
        training = TrainingSet(rows, codes[rows])
        plan_round(
            X,
            model,
            pool=pool,
            in_training=np.isin(np.arange(len(labels)), rows),
            audited=np.zeros(len(labels), dtype=bool),
            priorities=rng.random(len(labels)),
            rates=np.zeros(len(labels)),
            audit_count=10,
            batch_size=50,
            strategy=name,
            rng=rng,
            training=training,
        )
        wait = time.perf_counter() - started
        started = time.perf_counter()
        list(simulate(X, labels, classes=CLASSES, positive="positive", strategy=name, setup=Setup(), seed=0))
        rounds = time.perf_counter() - started
        print(f"{name:18}{wait:18.2f}{rounds:18.2f}{features + rounds:20.2f}")


if __name__ == "__main__":
    main()
