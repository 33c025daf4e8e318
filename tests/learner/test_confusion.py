from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from learner.audit import UNKNOWN
from learner.confusion import DRAWS, ConfusionEstimate, estimate_classes
from learner.stratified import raise_rates

CLASSES = ["a", "b", "c", "d"]
N = 6000
FIGURES = ("precision", "recall", "f1")


@pytest.fixture(scope="module")
def world() -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of a balanced model (it thinks rare classes too likely), and the true classes."""
    rng = np.random.default_rng(0)
    truth = rng.choice(4, N, p=[0.75, 0.15, 0.06, 0.04])
    z = rng.normal(0, 1, (N, 4))
    z[np.arange(N), truth] += 2.2
    p = np.exp(1.5 * z)
    return p / p.sum(axis=1, keepdims=True), truth


def true_figures(proba: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """(classes and macro, 3)."""
    pred = proba.argmax(axis=1)
    made = []
    for c in range(4):
        hit, size, positives = ((pred == c) & (truth == c)).sum(), (pred == c).sum(), (truth == c).sum()
        made.append((hit / size, hit / positives, 2 * hit / (size + positives)))
    return np.array([*made, np.mean(made, axis=0)])


def audited(world: tuple[np.ndarray, np.ndarray], rates: np.ndarray, seed: int) -> ConfusionEstimate:
    proba, truth = world
    rng = np.random.default_rng(seed)
    rows = np.flatnonzero(rng.random(N) < rates)
    return estimate_classes(
        proba, classes=CLASSES, in_training=np.zeros(N, bool), rows=rows, codes=truth[rows], rates=rates, rng=rng
    )


def test_coverage_and_bias_of_every_class_and_of_the_means(world: tuple[np.ndarray, np.ndarray]) -> None:
    """60 audits of 150 labels, drawn for one of the classes: the others are measured by the same sample."""
    proba, _ = world
    rates = np.zeros(N)
    for _ in range(3):
        rates = raise_rates(rates, proba[:, 3], proba.argmax(axis=1) == 3, in_training=np.zeros(N, bool), count=50)
    true = true_figures(*world)
    inside, error = np.zeros((5, 3)), np.zeros((5, 3))
    for seed in range(60):
        got = audited(world, rates, seed)
        for i, figures in enumerate([*got.classes, got.macro]):
            for j, name in enumerate(FIGURES):
                interval = getattr(figures, name)
                assert 0 <= interval.low <= interval.point <= interval.high <= 1
                inside[i, j] += interval.low <= true[i, j] <= interval.high
                error[i, j] += (interval.point - true[i, j]) / 60
    assert inside.mean() / 60 >= 0.93, inside / 60
    assert inside.min() / 60 >= 0.85, inside / 60
    assert np.abs(error).max() < 0.04, error


def test_seen_in_full_leaves_no_doubt(world: tuple[np.ndarray, np.ndarray]) -> None:
    got = audited(world, np.ones(N), 0)
    for figures, true in zip([*got.classes, got.macro], true_figures(*world), strict=True):
        for name, value in zip(FIGURES, true, strict=True):
            assert getattr(figures, name) == pytest.approx((value, value, value))
    proba, truth = world
    for i, row in enumerate(got.cells):
        for j, cell in enumerate(row):
            number = ((proba.argmax(axis=1) == i) & (truth == j)).sum()
            assert cell == (number, number, number)


def test_nothing_labelled_nothing_said(world: tuple[np.ndarray, np.ndarray]) -> None:
    got = audited(world, np.zeros(N), 0)
    assert [figures.label for figures in got.classes] == CLASSES
    for figures in (*got.classes, got.macro):
        assert figures[1:] == (UNKNOWN, UNKNOWN, UNKNOWN)
    assert all(cell.point is None and cell.low <= cell.high for row in got.cells for cell in row)


def test_a_class_that_the_model_never_names_has_no_precision_and_no_recall(
    world: tuple[np.ndarray, np.ndarray],
) -> None:
    proba, truth = world
    never = np.array(proba)
    never[:, 3] = 0.0
    got = audited((never, truth), np.full(N, 0.03), 0)
    assert got.classes[3].precision.point is None
    assert got.classes[3].recall.point == 0.0
    assert got.macro.precision.point == pytest.approx(np.mean([c.precision.point for c in got.classes[:3]]))


def test_broken_probabilities_do_not_stop_it(world: tuple[np.ndarray, np.ndarray]) -> None:
    proba = np.array(world[0])
    proba[:100] = np.nan
    assert audited((proba, world[1]), np.full(N, 0.03), 0).macro.f1.point is not None


def test_many_classes_do_not_take_their_matrices_draws_at_once() -> None:
    k, rng = 30, np.random.default_rng(3)
    proba, rows = rng.dirichlet(np.full(k, 0.3), 600), np.arange(100)
    codes = np.array([rng.choice(k, p=proba[row]) for row in rows])
    tracemalloc.start()
    made = estimate_classes(
        proba, classes=[str(c) for c in range(k)], in_training=np.zeros(600, dtype=bool), rows=rows, codes=codes,
        rates=np.full(600, 1 / 6), rng=rng,
    )  # fmt: skip
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(made.cells) == k and peak < DRAWS * k * k * 8 / 2
