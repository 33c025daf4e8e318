"""Krippendorff's alpha against the package and the textbook; what disagreement leaves to be measured."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from people_worlds import cast

from learner.agreement import alpha, alpha_interval, noise
from learner.ballots import Ballots


@pytest.mark.parametrize("k", [2, 3, 5])
@pytest.mark.parametrize("votes", [2, 3])
def test_alpha_is_that_of_the_package(k: int, votes: int) -> None:
    ballots, _ = cast(np.random.default_rng(k), [0.9, 0.7, 0.8], items=40, votes=votes, shares=[1 / k] * k)
    made = Ballots.of(ballots, [str(c) for c in range(k)])
    expected = krippendorff.alpha(value_counts=made.counts().astype(int), level_of_measurement="nominal")
    assert alpha(made) == pytest.approx(expected, abs=1e-12)


def test_alpha_of_krippendorffs_own_example() -> None:
    # "Computing Krippendorff's Alpha-Reliability" (2011), example C: four observers, missing values, nominal: 0.743.
    rows = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    votes = {
        f"u{u:02d}": {f"observer {o}": str(row[u]) for o, row in enumerate(rows) if row[u] is not None}
        for u in range(12)
    }
    assert alpha(Ballots.of(votes, ["1", "2", "3", "4", "5"])) == pytest.approx(0.743, abs=5e-4)


def test_alphas_interval_covers_it() -> None:
    rng = np.random.default_rng(5)
    many, _ = cast(rng, [0.95] * 4, items=20_000, votes=2, shares=(0.2, 0.8))
    true = alpha(Ballots.of(many, ["0", "1"]))
    assert true is not None
    hits = 0
    for _ in range(100):
        few, _ = cast(rng, [0.95] * 4, items=40, votes=2, shares=(0.2, 0.8))
        interval = alpha_interval(Ballots.of(few, ["0", "1"]), rng)
        hits += interval.low <= true <= interval.high
    assert hits >= 88


def test_full_agreement_is_one_but_not_for_sure() -> None:
    votes = {f"i{n}": {"a": "yes" if n % 3 else "no", "b": "yes" if n % 3 else "no"} for n in range(30)}
    interval = alpha_interval(Ballots.of(votes, ["yes", "no"]), np.random.default_rng(0))
    assert interval.point == interval.high == 1.0
    assert 0.6 < interval.low < 1.0


@pytest.mark.parametrize(
    "votes",
    [
        {},
        {"i1": {"a": "yes"}, "i2": {"b": "no"}},  # nothing to compare
        {f"i{n}": {"a": "no", "b": "no"} for n in range(30)},  # one class
        {f"i{n}": {"a": "gone", "b": "away"} for n in range(30)},  # labels that were renamed
    ],
)
def test_where_nothing_can_be_said_nothing_is(votes: dict[str, dict[str, str]]) -> None:
    ballots = Ballots.of(votes, ["yes", "no"])
    assert alpha(ballots) is None
    assert alpha_interval(ballots, np.random.default_rng(0)).point is None
    assert noise(ballots, "yes").ceiling.point is None


def test_alpha_near_zero_for_people_who_guess() -> None:
    guesses, _ = cast(np.random.default_rng(2), [0.5, 0.5], items=300, votes=2, shares=(0.5, 0.5))
    interval = alpha_interval(Ballots.of(guesses, ["0", "1"]), np.random.default_rng(0))
    assert interval.low < 0.0 < interval.high


def test_noise_is_the_f1_of_one_person_against_another() -> None:
    ballots, truth = cast(np.random.default_rng(4), [0.9, 0.9], items=4_000, votes=2, shares=(0.2, 0.8))
    found = noise(Ballots.of(ballots, ["0", "1"]), "0")
    pairs = [(b["p0"] == "0", b["p1"] == "0") for b in ballots.values()]
    both, one = sum(a and b for a, b in pairs), sum(a != b for a, b in pairs)
    assert found.ceiling.point == pytest.approx(2 * both / (2 * both + one))
    assert found.disputed.point == pytest.approx(one / len(pairs))
    assert found.ceiling.low < found.ceiling.point < found.ceiling.high
    # So even the truth itself would not score full marks against one person.
    hits = sum(truth[i] == "0" and b["p0"] == "0" for i, b in ballots.items())
    wrong = sum((truth[i] == "0") != (b["p0"] == "0") for i, b in ballots.items())
    assert found.ceiling.point < 2 * hits / (2 * hits + wrong) < 0.9


def test_noise_of_one_dispute_among_few_items_is_uncertain() -> None:
    votes = {f"i{n}": {"a": "yes", "b": "yes" if n else "no"} for n in range(6)}
    found = noise(Ballots.of(votes, ["yes", "no"]), "yes")
    assert found.items == 6
    assert found.ceiling.high - found.ceiling.low > 0.2
