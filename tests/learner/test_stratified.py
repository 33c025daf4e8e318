"""The stratified audit: exact rates, unbiased estimates, intervals that hold the truth, and less error than a uniform sample."""

from __future__ import annotations

import numpy as np
import pytest
from learner_worlds import make_world

from learner import audit, persist, stratified
from learner.errors import CorruptModelError
from learner.evaluation import measure
from learner.planning import plan_round
from learner.stratified import AuditRates, estimate, raise_rates, serving


def population(n: int = 6000, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Calibrated chances, truth drawn by chances that differ from them, and flags."""
    rng = np.random.default_rng(seed)
    chance = rng.beta(0.25, 3.0, n)
    truth = rng.random(n) < np.clip(chance * 0.8 + 0.01, 0, 1)
    return chance, truth, chance >= 0.3


def test_rates_rise_by_what_is_wanted_and_never_fall() -> None:
    chance, _, flags = population()
    training = np.zeros(len(chance), bool)
    training[:300] = True
    rates = np.zeros(len(chance))
    for count in (10, 10, 50, 0, 7.5):
        raised = raise_rates(rates, chance, flags, in_training=training, count=count)
        assert (raised >= rates).all()
        assert (raised <= 1).all()
        assert raised[~training].sum() - rates[~training].sum() == pytest.approx(count, abs=1e-6)
        assert raised[training].tolist() == rates[training].tolist()
        rates = raised
        chance = np.clip(chance + np.random.default_rng(int(count)).normal(0, 0.05, len(chance)), 0, 1)
    assert (rates[~training] > 0).all()


def test_wanting_more_than_there_is_takes_all() -> None:
    chance, _, flags = population(50)
    rates = raise_rates(np.zeros(50), chance, flags, in_training=np.zeros(50, bool), count=80)
    assert rates.tolist() == [1.0] * 50
    assert len(serving(np.random.default_rng(0).random(50), rates, in_training=np.zeros(50, bool))) == 50


def test_no_items_left_is_no_trouble() -> None:
    nothing = raise_rates(np.zeros(3), np.full(3, 0.5), np.zeros(3, bool), in_training=np.ones(3, bool), count=5)
    assert nothing.tolist() == [0.0] * 3


def test_a_model_without_any_sense_still_reaches_every_item() -> None:
    for chance in (np.full(100, np.nan), np.zeros(100), np.ones(100)):
        rates = raise_rates(np.zeros(100), chance, np.arange(100) < 4, in_training=np.zeros(100, bool), count=10)
        assert (rates > 0).all()


def test_rates_are_known_by_item_through_bytes() -> None:
    ids = [f"i{k}" for k in range(50)]
    rates = np.random.default_rng(0).random(50)
    rates[:5] = 0.0
    kept = persist.load_rates(persist.dump_rates(AuditRates.of_items(ids, rates)))
    assert kept.for_items(ids).tolist() == rates.tolist()
    assert kept.for_items(["new", ids[9], ids[0]]).tolist() == [0.0, rates[9], 0.0]
    assert AuditRates.start().for_items(ids).tolist() == [0.0] * 50
    empty = persist.load_rates(persist.dump_rates(AuditRates.start()))
    assert empty.for_items(["x"]).tolist() == [0.0]


def test_damaged_rates_are_refused() -> None:
    blob = persist.dump_rates(AuditRates.of_items(["a", "b"], np.array([0.5, 0.25])))
    for broken in (b"", blob[:-2], blob[:70] + b"x" + blob[71:], b"roundtable-model-1\n" + blob[19:]):
        with pytest.raises(CorruptModelError):
            persist.load_rates(broken)
    wrong = AuditRates(np.array([1, 2], np.uint64), np.array([0.5, 1.5]))
    with pytest.raises(CorruptModelError, match="between 0 and 1"):
        persist.load_rates(persist.dump_rates(wrong))


def truths(truth: np.ndarray, flags: np.ndarray) -> dict[str, float]:
    hit = (truth & flags).sum()
    return {
        "precision": hit / flags.sum(),
        "recall": hit / truth.sum(),
        "f1": 2 * hit / (flags.sum() + truth.sum()),
    }


@pytest.mark.parametrize("size", [50, 100, 250])
def test_coverage_error_and_bias(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """250 audits of one population in five rounds with changing models, beside uniform samples of the same size.

    With fewer draws than the product takes: ends of single intervals are rougher then, their coverage over 250 is not."""
    monkeypatch.setattr(stratified, "DRAWS", 600)
    chance, truth, flags = population()
    n = len(chance)
    training = np.zeros(n, bool)
    rates = np.zeros(n)
    for step in range(5):
        earlier = np.clip(chance + np.random.default_rng(step).normal(0, 0.1, n), 0, 1)
        rates = raise_rates(rates, earlier, earlier > 0.35, in_training=training, count=size / 5)
    true = truths(truth, flags)
    numbers = {"hits": (flags & truth).sum(), "missed": (~flags & truth).sum(), "rest": (~flags & ~truth).sum()}
    inside = dict.fromkeys([*true, *numbers], 0)
    errors: dict[str, list[tuple[float, float]]] = {name: [] for name in true}
    for seed in range(250):
        rng = np.random.default_rng(seed)
        rows = serving(rng.random(n), rates, in_training=training)
        got = estimate(chance, flags, in_training=training, rows=rows, truth=truth[rows], rates=rates, rng=rng)
        plain = rng.choice(n, size, replace=False)
        uniform = measure(chance[plain], flags[plain], truth[plain])
        for name, value in true.items():
            mine, other = getattr(got, name), getattr(uniform, name)
            inside[name] += mine.low <= value <= mine.high
            if mine.point is not None and other is not None:
                errors[name].append((mine.point - value, other - value))
        for name, number in numbers.items():
            told = getattr(got.confusion, name)
            inside[name] += told.low <= number <= told.high
    assert min(inside.values()) / 250 >= 0.93, inside
    if size > 50:
        for name, pairs in errors.items():
            table = np.array(pairs)
            rmse = np.sqrt((table**2).mean(axis=0))
            assert abs(table[:, 0].mean()) < (0.04 if size == 100 else 0.02), (name, table.mean(axis=0))
            assert rmse[0] < 0.85 * rmse[1], (name, rmse)


def small(hits: int, false: int, missed: int, right: int):
    """100 flagged and 900 other items, of which so many were seen."""
    chance = np.where(np.arange(1000) < 100, 0.7, 0.02)
    rows = np.concatenate([np.arange(hits + false), 100 + np.arange(missed + right)])
    truth = np.array([True] * hits + [False] * false + [True] * missed + [False] * right, dtype=bool)
    rates = np.where(np.arange(1000) < 100, 0.3, 0.05)
    return estimate(
        chance,
        chance > 0.5,
        in_training=np.zeros(1000, bool),
        rows=rows,
        truth=truth,
        rates=rates,
        rng=np.random.default_rng(0),
    )


def test_a_true_precision_of_one_lies_in_an_interval_that_ends_at_one() -> None:
    got = small(30, 0, 0, 45)
    assert got.precision.high == got.recall.high == got.f1.high == 1.0
    assert 0.8 < got.precision.low < (got.precision.point or 0) <= 1.0
    assert got.confusion is not None
    assert (got.confusion.hits.high, got.confusion.false_alarms.low) == (100.0, 0.0)
    assert (got.confusion.missed.low, got.confusion.rest.high) == (0.0, 900.0)


def test_never_right_is_an_interval_from_zero() -> None:
    got = small(0, 30, 3, 42)
    assert got.precision.low == got.recall.low == got.f1.low == 0.0
    assert (got.precision.point or 0) < 0.1


def test_nothing_labelled_nothing_said() -> None:
    got = small(0, 0, 0, 0)
    assert got.precision.point is None
    assert got.precision.low < 0.05
    assert got.precision.high > 0.95
    assert got.recall.point is None
    assert got.confusion is not None
    assert got.confusion.hits == got.confusion.false_alarms == (0.0, None, 100.0)
    assert got.confusion.missed == got.confusion.rest == (0.0, None, 900.0)


def test_seen_in_full_leaves_no_doubt() -> None:
    chance, truth, flags = population(80)
    got = estimate(
        chance,
        flags,
        in_training=np.zeros(80, bool),
        rows=np.arange(80),
        truth=truth,
        rates=np.ones(80),
        rng=np.random.default_rng(0),
    )
    for name, value in truths(truth, flags).items():
        assert getattr(got, name) == pytest.approx((value, value, value))
    hits, missed = (flags & truth).sum(), (~flags & truth).sum()
    assert got.confusion is not None
    assert got.confusion.hits == (hits, hits, hits)
    assert got.confusion.missed == (missed, missed, missed)
    assert got.confusion.rest.point == (~flags & ~truth).sum()


def test_an_audit_of_the_whole_batch_and_none_at_all() -> None:
    world = make_world(["no", "yes"], n=900, seed=3, shares=[0.8, 0.2])
    n = len(world.y)
    trained = np.zeros(n, bool)
    trained[world.labelled] = True
    for count, least, most in ((30.0, 12, 30), (0.0, 0, 0)):
        plan = plan_round(
            world.X,
            world.model,
            pool=np.arange(n),
            in_training=trained,
            audited=np.zeros(n, bool),
            priorities=audit.priorities([str(i) for i in range(n)], 1),
            rates=np.zeros(n),
            audit_count=count,
            batch_size=30,
            strategy="entropy",
            rng=np.random.default_rng(0),
        )
        assert least <= sum(query.audit for query in plan.queries) <= most
    assert len(plan.queries) == 30
    assert stratified.AuditRates.of_items(["a"], np.zeros(1)).keys.shape == (0,)


def test_given_how_many_were_drawn_the_weighted_mean_is_right() -> None:
    """A batch of fixed size gives away how many items each round drew: weights in proportion to the rates hold for any such number."""
    chance, truth, _ = population(1500, seed=1)
    rng = np.random.default_rng(0)
    training = np.zeros(1500, bool)
    first = raise_rates(np.zeros(1500), chance, chance > 0.3, in_training=training, count=20)
    wander = np.clip(chance + rng.normal(0, 0.1, 1500), 0, 1)
    last = raise_rates(first, wander, wander > 0.35, in_training=training, count=40)
    numbers = rng.random((4000, 1500))
    serves = numbers < last
    sizes = np.column_stack([(numbers < first).sum(axis=1), serves.sum(axis=1)])
    weight = serves / last
    error = (weight @ truth) / weight.sum(axis=1) - truth.mean()
    spread = error.std()
    low, high = np.quantile(sizes, 0.3, axis=0), np.quantile(sizes, 0.7, axis=0)
    for few_first in (True, False):
        for few_last in (True, False):
            given = (sizes[:, 0] <= low[0]) if few_first else (sizes[:, 0] >= high[0])
            given &= (sizes[:, 1] <= low[1]) if few_last else (sizes[:, 1] >= high[1])
            bias, standard_error = error[given].mean(), error[given].std() / np.sqrt(given.sum())
            assert standard_error < 0.1 * spread
            assert abs(bias) < 3 * standard_error, (few_first, few_last, bias / spread)
