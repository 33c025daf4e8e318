from __future__ import annotations

import numpy as np
import pytest

from learner.audit import UniformAudit, draw, estimate, priorities


def test_permanent_numbers_know_nothing_of_order_or_company() -> None:
    ids = [f"item-{i}" for i in range(1000)]
    numbers = dict(zip(ids, priorities(ids, 5), strict=True))
    shuffled = list(np.random.default_rng(0).permutation(ids))[:300]
    assert [numbers[item] for item in shuffled] == priorities(shuffled, 5).tolist()
    assert priorities(ids, 6).tolist() != priorities(ids, 5).tolist()
    values = priorities(ids, 5)
    assert ((values >= 0) & (values < 1)).all()
    assert values.mean() == pytest.approx(0.5, abs=0.03)
    assert priorities([], 5).shape == (0,)


def test_draw_takes_the_smallest_numbers_of_what_is_left() -> None:
    numbers = np.array([0.5, 0.1, 0.9, 0.3, 0.2])
    training = np.array([False, True, False, False, False])
    audited = np.array([False, False, False, False, True])
    assert draw(numbers, in_training=training, audited=audited, count=2).tolist() == [3, 0]
    assert draw(numbers, in_training=training, audited=audited, count=10).tolist() == [3, 0, 2]
    assert draw(numbers, in_training=training, audited=audited, count=0).tolist() == []
    assert draw(np.empty(0), in_training=np.empty(0, bool), audited=np.empty(0, bool), count=3).tolist() == []
    assert UniformAudit().draw(numbers, in_training=training, audited=audited, count=1).tolist() == [3]


def simple(hit: int, false: int, missed: int, right: int, population: int, flagged: int):
    flags = np.array([True] * (hit + false) + [False] * (missed + right))
    truth = np.array([True] * hit + [False] * false + [True] * missed + [False] * right)
    return estimate(flags, truth, population=population, flagged_in_population=flagged, rng=np.random.default_rng(0))


def test_points_are_the_weighted_ones() -> None:
    got = simple(6, 4, 2, 38, population=1000, flagged=100)
    tp, fn = 60, 900 * 2 / 40
    assert got.precision.point == pytest.approx(0.6)
    assert got.recall.point == pytest.approx(tp / (tp + fn))
    assert got.f1.point == pytest.approx(2 * tp / (100 + tp + fn))
    for interval in (got.precision, got.recall, got.f1):
        assert 0 <= interval.low <= (interval.point or 0) <= interval.high <= 1
    assert (got.audit_labels, got.population) == (50, 1000)


def test_nothing_audited_nothing_said() -> None:
    got = simple(0, 0, 0, 0, population=1000, flagged=100)
    assert got.precision.point is None
    assert got.recall.point is None
    assert got.precision.low < 0.02
    assert got.precision.high > 0.98


def test_nothing_flagged() -> None:
    got = simple(0, 0, 2, 48, population=1000, flagged=0)
    assert got.precision == (0.0, None, 1.0)
    assert got.recall.point == 0.0
    assert got.recall.high == 0.0


def test_a_true_precision_of_one_lies_in_an_interval_that_ends_at_one() -> None:
    got = simple(20, 0, 0, 30, population=1000, flagged=300)
    assert got.precision.point == got.precision.high == 1.0
    assert got.recall.high == 1.0
    assert got.precision.low < 0.95


def test_all_wrong() -> None:
    got = simple(0, 20, 5, 25, population=1000, flagged=300)
    assert got.precision.low == got.precision.point == 0.0
    assert got.recall.low == got.recall.point == 0.0


def test_a_population_seen_in_full_leaves_no_doubt() -> None:
    got = simple(6, 4, 2, 38, population=50, flagged=10)
    assert got.precision == pytest.approx((0.6, 0.6, 0.6))
    assert got.recall == pytest.approx((0.75, 0.75, 0.75))


def test_a_sample_larger_than_the_population_named_is_taken_as_the_population() -> None:
    got = simple(6, 4, 2, 38, population=20, flagged=5)
    assert got.precision.point == pytest.approx(0.6)


def test_no_positive_anywhere() -> None:
    got = simple(0, 0, 0, 40, population=40, flagged=0)
    assert got.recall.point is None
    assert got.f1.point is None


def test_more_labels_narrower_interval() -> None:
    widths = []
    for times in (1, 4, 16):
        got = simple(3 * times, times, times, 20 * times, population=20_000, flagged=1500)
        widths.append(got.recall.high - got.recall.low)
    assert widths[0] > widths[1] > widths[2]


@pytest.mark.parametrize("size", [50, 100, 250])
def test_intervals_cover_the_truth(size: int) -> None:
    """Simple random samples of a population whose truth is known, 400 times; at least 93% of the 95% intervals hold it."""
    rng = np.random.default_rng(size)
    n, flagged, hit, missed = 9_250, 700, 480, 210
    flags = np.arange(n) < flagged
    truth = (np.arange(n) < hit) | (np.arange(n) >= n - missed)
    true = {"precision": hit / flagged, "recall": hit / (hit + missed), "f1": 2 * hit / (flagged + hit + missed)}
    inside = dict.fromkeys(true, 0)
    for _ in range(400):
        rows = rng.choice(n, size, replace=False)
        got = estimate(flags[rows], truth[rows], population=n, flagged_in_population=flagged, rng=rng)
        for name, value in true.items():
            interval = getattr(got, name)
            inside[name] += interval.low <= value <= interval.high
    assert min(inside.values()) / 400 >= 0.93, inside
