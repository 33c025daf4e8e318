"""The stopping rules fire when they should, late rather than early, and keep the confidence that they state."""

from __future__ import annotations

import numpy as np
import pytest
from learner_worlds import make_world
from scipy.stats import beta
from sklearn.metrics import cohen_kappa_score

from learner import audit, stratified
from learner.stopping import (
    bound_at,
    error_at_look,
    found_p_value,
    gain,
    kappa,
    looks,
    recall_reached,
    stabilised,
    stop_set,
)
from learner.training import train


def test_kappa_is_cohens() -> None:
    rng = np.random.default_rng(0)
    before, now = rng.integers(0, 3, 200), rng.integers(0, 3, 200)
    assert kappa(before, now) == pytest.approx(cohen_kappa_score(before, now))
    assert kappa(before, before) == pytest.approx(1.0)
    flags = before == 0
    assert kappa(flags, ~flags) == pytest.approx(cohen_kappa_score(flags, ~flags))


@pytest.mark.parametrize("value", [True, False])
def test_two_models_that_say_one_thing_of_all_show_no_agreement(value: bool) -> None:
    same = np.full(50, value)
    assert kappa(same, same) is None
    assert kappa(np.empty(0, dtype=bool), np.empty(0, dtype=bool)) is None


def test_three_in_a_row_are_wanted() -> None:
    assert stabilised([0.2, 0.99, 0.995, 1.0])
    assert not stabilised([0.99, 1.0])
    assert not stabilised([1.0, 0.98, 1.0, 1.0])
    assert not stabilised([1.0, 1.0, None])
    assert not stabilised([])


def test_the_stop_set_stays_as_items_come() -> None:
    early = audit.priorities([str(n) for n in range(5_000)], 3)
    late = audit.priorities([str(n) for n in range(5_200)], 3)
    first, second = set(stop_set(early).tolist()), set(stop_set(late).tolist())
    assert len(first) == len(second) == 2_000
    assert len(first & second) > 1_900
    assert stop_set(early[:10]).tolist() == list(range(10))


def test_predictions_settle_late_not_early() -> None:
    # Labels at random, 40 at a time: each model is compared with the one before, as in the paper.
    world = make_world(["calm", "angry"], n=3_000, seed=1, shares=[0.8, 0.2])
    test = np.arange(2_000, 3_000)
    kappas: list[float | None] = []
    f1 = []
    before = None
    for labels in range(80, 2_000, 80):
        model = train(
            world.X[:labels],
            world.y[:labels],
            classes=world.classes,
            positive="angry",
            rng=np.random.default_rng(labels),
            pool=world.X[labels:],
        )
        now = model.flags(world.X[test])
        kappas.append(None if before is None else kappa(before, now))
        truth = world.truth[test]
        f1.append(2 * float((now & truth).sum()) / float(now.sum() + truth.sum()))
        before = now
        if stabilised(kappas, threshold=0.97):
            break
    # By then at most a point or two is left to gain.
    assert f1[-1] >= max(f1) - 0.02
    assert not stabilised(kappas[:4])


def test_all_looks_together_spend_five_percent() -> None:
    assert sum(error_at_look(look) for look in range(1, 10_000)) == pytest.approx(0.05, rel=1e-3)
    assert error_at_look(1) == pytest.approx(0.025)


@pytest.mark.parametrize("n", [15, 40, 200])
@pytest.mark.parametrize("share", [0.5, 0.8, 0.95, 1.0])
@pytest.mark.parametrize("error", [0.025, 0.008, 0.001])
def test_a_bound_at_a_smaller_error_is_lower_and_errs_on_the_safe_side(n: int, share: float, error: float) -> None:
    hits = round(n * share)
    posterior = beta(hits + 0.5, n - hits + 0.5) if hits < n else beta(n, 1)  # all hits: Clopper-Pearson
    found = bound_at(float(posterior.ppf(0.025)), hits / n, error)
    true = float(posterior.ppf(error))
    assert true - 0.06 <= found <= true + 6e-3
    if hits == n:
        assert found == pytest.approx(true)


def test_a_bound_at_the_edges() -> None:
    assert bound_at(0.0, 0.5, 0.01) == 0.0
    assert bound_at(1.0, 1.0, 0.01) == 1.0
    with pytest.raises(ValueError, match="at most"):
        bound_at(0.5, 0.6, 0.05)


def test_recall_is_looked_at_when_the_audit_has_doubled() -> None:
    assert looks([10, 30, 50, 70, 90, 110, 150, 420, 430]) == [2, 5, 7]
    assert looks([]) == looks([10, 49]) == []


def test_the_recall_rule_keeps_its_confidence_over_all_looks() -> None:
    """Whoever looks each round and stops at the first success is wrong in at most 5% of projects (with the audit as it is used)."""
    rng = np.random.default_rng(11)
    wrong = reached = 0
    projects = 40
    for _ in range(projects):
        n = 2_000
        logit = rng.normal(-2.5, 2.0, n)
        probability = 1 / (1 + np.exp(-logit))
        truth = rng.random(n) < probability
        flags = probability >= np.quantile(probability, 0.8)
        recall = float((truth & flags).sum() / truth.sum())
        priorities = rng.random(n)
        nobody = np.zeros(n, dtype=bool)
        rates = np.zeros(n)
        fired = False
        for look, count in enumerate((50, 50, 100), start=1):
            rates = stratified.raise_rates(rates, probability, flags, in_training=nobody, count=count)
            rows = stratified.serving(priorities, rates, in_training=nobody)
            found = stratified.estimate(
                probability, flags, in_training=nobody, rows=rows, truth=truth[rows], rates=rates, rng=rng
            ).recall
            assert found.point is not None
            fired |= recall_reached(found.low, found.point, recall + 1e-9, look)  # a target just missed
            reached += look == 3 and recall_reached(found.low, found.point, 0.6 * recall, look)
        wrong += fired
    assert wrong <= 0.05 * projects  # over 120 projects, 0.8%
    assert reached > 0.5 * projects  # nor does it never fire


def test_the_found_rule_keeps_its_confidence_and_fires_when_all_is_found() -> None:
    rng = np.random.default_rng(12)
    wrong = 0
    for _ in range(400):
        remaining, positives, found = 1_000, 31, 100  # 131 in all: 100 found are 76%, under the target of 80%
        order = rng.permutation(remaining)
        fired = False
        for look in range(1, 6):
            seen = order[: look * 60]
            hits = int((seen < positives).sum())
            # What the sample finds is found, too: the target counts as missed as long as it is.
            missed = (found + hits) / (found + positives) < 0.8
            value = found_p_value(found, looked=len(seen), hits=hits, remaining=remaining, target=0.8)
            fired |= missed and value <= error_at_look(look)
        wrong += fired
    assert wrong <= 20
    assert found_p_value(100, looked=300, hits=0, remaining=1_000, target=0.95) < 0.2
    assert found_p_value(100, looked=600, hits=0, remaining=1_000, target=0.95) < 0.025


def test_the_found_rule_at_its_edges() -> None:
    assert found_p_value(0, looked=10, hits=0, remaining=100, target=0.9) == 1.0  # nothing found: nothing claimed
    assert found_p_value(50, looked=10, hits=0, remaining=3, target=0.9) == 0.0  # too few are left to miss the target
    assert found_p_value(0, looked=0, hits=0, remaining=0, target=0.9) == 1.0
    same = found_p_value(100, looked=300, hits=1, remaining=1_000, target=0.9)
    worst = found_p_value(100, looked=300, hits=1, remaining=1_000, target=0.9, least_rate=0.05)
    assert worst > same  # unequal rates: the missing ones may hide where the audit looks least
    assert found_p_value(100, looked=300, hits=1, remaining=1_000, target=0.9, least_rate=0.0) == 1.0


def test_the_gain_is_covered_and_surer_than_two_estimates() -> None:
    rng = np.random.default_rng(13)
    n, hits, widths = 4_000, 0, []
    for _ in range(60):
        score = rng.normal(-2.0, 1.5, n)
        truth = rng.random(n) < 1 / (1 + np.exp(-score))
        before = score + rng.normal(0, 0.8, n) > 0.3
        now = score + rng.normal(0, 0.3, n) > 0.3
        rows = rng.choice(n, 200, replace=False)
        found = gain(
            before,
            now,
            domain=np.ones(n, dtype=bool),
            rows=rows,
            truth=truth[rows],
            weight=np.full(200, n / 200),
            rng=rng,
        )
        true = _f1(now, truth) - _f1(before, truth)
        assert found.point is not None
        hits += found.low <= true <= found.high
        widths.append(found.high - found.low)
    assert hits >= 55
    assert np.mean(widths) < 0.3


def test_models_that_do_not_differ_gain_nothing() -> None:
    flags, truth = np.arange(100) < 10, np.arange(100) < 8
    rows = np.arange(0, 100, 2)
    same = gain(
        flags,
        flags,
        domain=np.ones(100, dtype=bool),
        rows=rows,
        truth=truth[rows],
        weight=np.full(50, 2.0),
        rng=np.random.default_rng(0),
    )
    assert same == (0.0, 0.0, 0.0)
    none = gain(
        flags,
        ~flags,
        domain=np.ones(100, dtype=bool),
        rows=rows[:0],
        truth=truth[:0],
        weight=np.empty(0),
        rng=np.random.default_rng(0),
    )
    assert none.point is None


def _f1(flags: np.ndarray, truth: np.ndarray) -> float:
    return 2 * float((flags & truth).sum()) / float(flags.sum() + truth.sum())
