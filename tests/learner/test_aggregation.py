from __future__ import annotations

import pytest

from learner.aggregation import agreement


def test_pairs_that_agree() -> None:
    votes = [{"ana": "x", "ben": "x"}, {"ana": "x", "ben": "y", "chi": "y"}, {"ana": "x"}, {}]
    result = agreement(votes)
    assert result.share == pytest.approx(2 / 4)
    assert result.items == 2


def test_nothing_to_compare() -> None:
    assert agreement([]) == (None, 0)
    assert agreement([{"ana": "x"}]) == (None, 0)
