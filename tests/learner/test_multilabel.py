"""Items that may carry several labels: a classifier, an operating point and honest figures for each label."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from learner_worlds import LabelWorld, make_label_world
from scipy.special import entr

from learner import persist
from learner.errors import CorruptModelError, TooFewLabelsError, UnknownStrategyError
from learner.label_figures import estimate_labels, macro
from learner.multilabel import NO, YES, MultiLabelModel, train_labels
from learner.planning import plan_round
from learner.simulate import Setup, simulate_labels
from learner.strategies import registry
from learner.strategies.base import PoolView, TrainingSet
from learner.stratified import raise_rates
from learner.threshold import parse_target
from learner.training import train

LABELLED = np.arange(200)
STRATEGIES = [name for name in registry.names() if not name.startswith("error_reduction")]


@pytest.fixture(scope="module")
def world() -> LabelWorld:
    return make_label_world()


@pytest.fixture(scope="module")
def model(world: LabelWorld) -> MultiLabelModel:
    return learned(world)


def learned(world: LabelWorld, **more: object) -> MultiLabelModel:
    arguments = {"labels": world.labels, "positive": world.labels[1], "rng": np.random.default_rng(3)} | more
    return train_labels(world.X[:200], world.has[:200], pool=world.X[200:], **arguments)  # type: ignore[arg-type]


def test_each_question_is_learned_as_it_would_be_alone(world: LabelWorld, model: MultiLabelModel) -> None:
    proba = model.predict_proba(world.X)
    for place, own in enumerate(np.random.default_rng(3).spawn(3)):
        alone = train(
            world.X[:200],
            [YES if yes else NO for yes in world.has[:200, place]],
            classes=(NO, YES),
            positive=YES,
            rng=own,
            pool=world.X[200:],
        )
        assert model.operating_points[place] == alone.operating_point
        np.testing.assert_allclose(proba[:, place], alone.positive_scores(world.X), rtol=1e-6)
        np.testing.assert_allclose(model.question(place).predict_proba(world.X)[:, 1], proba[:, place], rtol=1e-6)
    thresholds = [point.threshold for point in model.operating_points]
    assert len(set(thresholds)) == 3 and model.learned.all()


def test_the_headline_is_one_of_the_labels(world: LabelWorld, model: MultiLabelModel) -> None:
    proba = model.predict_proba(world.X)
    assert model.operating_point is model.operating_points[1]
    np.testing.assert_array_equal(model.flags(world.X), model.all_flags(proba)[:, 1])
    np.testing.assert_array_equal(model.chances(proba[:, 1]), model.all_chances(proba)[:, 1])
    np.testing.assert_array_equal(model.predict_rows(world.X, np.array([5, 7])), proba[[5, 7]])


def test_labels_are_found_where_they_are(world: LabelWorld, model: MultiLabelModel) -> None:
    flags = model.all_flags(model.predict_proba(world.X))[200:]
    for place, common in enumerate(world.has[200:].mean(axis=0)):
        assert world.has[200:][flags[:, place], place].mean() > 2 * common


def test_a_label_that_nobody_or_everybody_has(world: LabelWorld) -> None:
    has = world.has.copy()
    has[:, 0], has[:, 2] = False, True
    made = learned(world._replace(has=has))
    assert made.learned.tolist() == [False, True, False]
    flags = made.all_flags(made.predict_proba(world.X))
    assert not flags[:, 0].any() and flags[:, 2].all()
    assert made.operating_points[0].why == "in-none"
    assert made.operating_points[2].why == "in-every"
    has[:, 1] = False
    with pytest.raises(TooFewLabelsError):
        learned(world._replace(has=has))
    with pytest.raises(ValueError, match="'else' is not one of the labels"):
        learned(world, positive="else")


def test_targets_and_weights_go_to_each_question(world: LabelWorld) -> None:
    for target in ("recall>=0.9", "precision>=0.5"):
        points = learned(world, target=parse_target(target)).operating_points
        assert [point.target for point in points] == [target] * 3
    weight = np.ones((200, 3))
    weight[:100, 2] = 0.1
    plain, weighted = learned(world), learned(world, sample_weight=weight)
    np.testing.assert_array_equal(plain.classifier.coef[0], weighted.classifier.coef[0])
    assert np.abs(plain.classifier.coef[2] - weighted.classifier.coef[2]).max() > 0.01


def test_kept_as_bytes(world: LabelWorld, model: MultiLabelModel) -> None:
    back = persist.load(persist.dump(model))
    assert isinstance(back, MultiLabelModel)
    assert (back.classes, back.positive, back.operating_points, back.calibrations) == (
        model.classes, model.positive, model.operating_points, model.calibrations,
    )  # fmt: skip
    np.testing.assert_array_equal(back.predict_proba(world.X), model.predict_proba(world.X))
    two = learned(world._replace(has=world.has[:, 1:], labels=world.labels[1:]))
    again = persist.load(persist.dump(two))
    np.testing.assert_array_equal(again.predict_proba(world.X), two.predict_proba(world.X))
    short = dataclasses.replace(model, calibrations=model.calibrations[:2])
    with pytest.raises(CorruptModelError, match="one of each for each label"):
        persist.load(persist.dump(short))


def view_of(world: LabelWorld, model: MultiLabelModel) -> PoolView:
    training = TrainingSet(LABELLED, world.has[:200].astype(np.int64))
    return PoolView(world.X, np.arange(200, len(world.has)), model, training=training, batch_size=30)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_every_strategy_ranks_items_for_all_labels(strategy: str, world: LabelWorld, model: MultiLabelModel) -> None:
    registry.check_multi_label(strategy)
    ranks = [registry.get(strategy).rank(view_of(world, model), 30, np.random.default_rng(1)) for _ in range(2)]
    assert len(set(ranks[0].order.tolist())) == 30
    assert ranks[0].remarks == () and np.isfinite(ranks[0].scores).all()
    np.testing.assert_array_equal(ranks[0].order, ranks[1].order)


def test_doubts_about_labels_add_up(world: LabelWorld, model: MultiLabelModel) -> None:
    view = view_of(world, model)
    proba = view.probabilities()
    entropy = (entr(proba) + entr(1.0 - proba)).sum(axis=1)
    ranking = registry.get("entropy").rank(view, 20, np.random.default_rng(1))
    np.testing.assert_allclose(np.sort(entropy)[::-1][:20], entropy[ranking.order])
    np.testing.assert_allclose(ranking.scores, entropy[ranking.order] / 3)
    likely = registry.get("likely_positive").rank(view, 20, np.random.default_rng(1))
    np.testing.assert_allclose(likely.scores, proba[likely.order].mean(axis=1))


def test_what_nothing_is_known_about_has_no_say(world: LabelWorld) -> None:
    has = world.has.copy()
    has[:, 2] = True
    made = learned(world._replace(has=has))
    assert len(list(view_of(world, made).questions())) == 2


@pytest.mark.parametrize("strategy", ["error_reduction", "error_reduction_01"])
def test_strategies_for_one_question_are_refused(strategy: str, world: LabelWorld) -> None:
    with pytest.raises(UnknownStrategyError, match="one question only"):
        simulate_labels(
            world.X, world.has, labels=world.labels, positive="label 0", strategy=strategy, setup=Setup(), seed=0
        )


def test_the_audit_serves_every_label(world: LabelWorld, model: MultiLabelModel) -> None:
    """Each label's doubts raise rates, by as much in all as labels are wanted; what is asked says its exact probability."""
    n = len(world.has)
    proba = model.predict_proba(world.X)
    chances, flags = model.all_chances(proba), model.all_flags(proba)
    trained = np.arange(n) < 200
    rates = raise_rates(np.zeros(n), chances, flags, in_training=trained, count=60)
    assert rates[~trained].sum() == pytest.approx(60) and not rates[trained].any()
    for place in range(3):  # each label's flagged items are likelier than the average to serve
        assert rates[~trained & flags[:, place]].mean() > 1.2 * rates[~trained].mean()
    plan = plan_round(
        world.X,
        model,
        pool=np.arange(n),
        in_training=trained,
        audited=np.zeros(n, dtype=bool),
        priorities=np.random.default_rng(2).random(n),
        rates=np.zeros(n),
        audit_count=20,
        batch_size=60,
        strategy="default",
        rng=np.random.default_rng(3),
    )
    drawn = [query for query in plan.queries if query.audit]
    assert drawn and all(query.inclusion_probability == plan.rates[query.index] for query in drawn)


def test_intervals_of_each_label_hold_the_truth() -> None:
    world = make_label_world(n=2000, seed=4)
    model = learned(world)
    proba = model.predict_proba(world.X)
    chances, flags = model.all_chances(proba), model.all_flags(proba)
    trained = np.arange(2000) < 200
    rates = raise_rates(np.zeros(2000), chances, flags, in_training=trained, count=120)
    has, flagged = world.has[200:], flags[200:]
    true = [
        (hit / flagged[:, j].sum(), hit / has[:, j].sum(), 2 * hit / (flagged[:, j].sum() + has[:, j].sum()))
        for j in range(3)
        if (hit := (has[:, j] & flagged[:, j]).sum())
    ]
    true.append(tuple(np.mean(true, axis=0)))
    rng = np.random.default_rng(0)
    held = np.zeros((4, 3))
    for _ in range(40):
        rows = np.flatnonzero(~trained & (rng.random(2000) < rates))
        found = estimate_labels(
            chances,
            flags,
            labels=world.labels,
            in_training=trained,
            rows=rows,
            truth=world.has[rows],
            rates=rates,
            rng=rng,
        )
        for i, each in enumerate((*found.labels, found.macro)):
            held[i] += [value.low <= truth <= value.high for value, truth in zip(each[1:], true[i], strict=True)]
    assert held.min() >= 0.85 * 40  # of 95%, 40 times: fewer than 34 would be a chance of one in a hundred
    assert held.mean() >= 0.94 * 40


def test_means_leave_out_what_is_not_known() -> None:
    from learner.audit import UNKNOWN, Interval3
    from learner.confusion import ClassEstimate

    known = Interval3(0.2, 0.5, 0.6)
    made = macro(
        [ClassEstimate("a", known, UNKNOWN, known), ClassEstimate("b", Interval3(0.4, 0.7, 1.0), UNKNOWN, UNKNOWN)]
    )
    assert (made.label, made.recall, made.f1) == ("macro", UNKNOWN, known)
    assert made.precision == pytest.approx((0.3, 0.6, 0.8))


def test_a_simulated_project() -> None:
    world = make_label_world(seed=6)
    setup = Setup(seed_labels=60, seed_positives=10, pool_size=900, batch_size=25, rounds=2, audit_per_round=8)

    def run() -> list[object]:
        return list(
            simulate_labels(
                world.X, world.has, labels=world.labels, positive="label 2", strategy="default", setup=setup, seed=1
            )
        )

    results = run()
    assert results == run()
    last = results[-1]
    assert [each.label for each in last.by_label] == list(world.labels)
    headline = last.by_label[2]
    assert (last.true, last.threshold, last.labels) == (headline.true, headline.threshold, 110)
    assert last.macro is not None and last.macro.f1.point == pytest.approx(
        np.mean([each.estimate.f1.point for each in last.by_label if each.estimate.f1.point is not None])
    )
