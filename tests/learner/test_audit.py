from __future__ import annotations

import numpy as np
import pytest

from learner.audit import UNKNOWN, interval, priorities


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


def test_an_interval_is_quantiles_and_never_without_its_point() -> None:
    draws = np.linspace(0.2, 0.4, 1001)
    below = np.ones(1001)
    assert interval(draws, below, 0.3, 0.025) == pytest.approx((0.205, 0.3, 0.395))
    assert interval(draws, below, 1.0, 0.025) == pytest.approx((0.205, 1.0, 1.0))
    assert interval(draws, below, None, 0.025) == (pytest.approx(0.205), None, pytest.approx(0.395))


def test_nothing_over_nothing_is_unknown() -> None:
    assert interval(np.zeros(9), np.zeros(9), None, 0.025) == UNKNOWN
    half = np.repeat([0.0, 2.0], 50)
    assert interval(half / 2, half, 0.5, 0.025) == (0.5, 0.5, 0.5)
