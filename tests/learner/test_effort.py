"""The estimate of labels saved: right where it speaks, silent where it can't."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from learner_worlds import World, make_world

from learner.classifier import encode
from learner.effort import Effort, effort
from learner.training import train


def estimated(world: World, *, chosen: np.ndarray, serving: np.ndarray, seed: int = 0, **more: Any) -> Effort:
    """The estimate for a project with 60 seeds, these chosen rows and these audit rows (uniform)."""
    codes = encode(world.y, world.classes)
    seeds = np.arange(60)
    training = np.concatenate([seeds, chosen])
    domain = np.ones(len(world.y), dtype=bool)
    domain[training] = False
    model = train(
        world.X[training],
        [world.y[row] for row in training],
        classes=world.classes,
        positive=world.positive,
        rng=np.random.default_rng(1),
        pool=world.X[domain],
    )
    fields = {
        "n_classes": len(world.classes),
        "place": world.classes.index(world.positive),
        "seeds": seeds,
        "drawn": serving[:0],
        "drawn_weight": np.empty(0),
        "serving": serving,
        "weight": np.full(len(serving), float(domain.sum()) / max(len(serving), 1)),
        "chosen_labels": len(chosen),
        "flags": model.flags(world.X),
        "domain": domain,
        "rng": np.random.default_rng(seed),
    } | more
    return effort(world.X, codes, **fields)


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(["calm", "angry"], n=4_000, seed=2, shares=[0.85, 0.15])


def test_labels_that_are_no_better_than_random_are_not_said_to_save(world: World) -> None:
    # "Chosen" at random, as many as the audit trains with: the truth is 1.
    found = [
        estimated(world, chosen=np.arange(100 + 240 * k, 340 + 240 * k), serving=np.arange(3_000, 3_300), seed=k)
        for k in range(6)
    ]
    covered = [e.times.low <= 1.0 <= e.times.high for e in found]
    assert sum(covered) >= 5
    assert all(e.random_labels == 240 for e in found)


def test_labels_worth_many_random_ones_are_found_to_be(world: World) -> None:
    # From 15 seeds on, "chosen" stands for what 2,500 random labels bring, spent as 200; the audit has 1,000.
    found = estimated(
        world, chosen=np.arange(100, 2_600), serving=np.arange(3_000, 4_000), chosen_labels=200, seeds=np.arange(15)
    )
    assert found.told
    assert found.times.point is not None
    assert found.times.low > 1.0
    assert found.chosen.low > 0.0


def test_it_is_silent_with_too_little_to_go_by(world: World) -> None:
    audit = np.arange(3_000, 3_300)
    few = estimated(world, chosen=np.arange(100, 300), serving=audit[:10])
    assert not few.told
    assert few.why == "few-positives"
    assert few.times.point is None
    unchosen = estimated(world, chosen=np.arange(100, 105), serving=audit)
    assert unchosen.why == "few-chosen"
    nothing = estimated(world, chosen=np.arange(100, 300), serving=audit, flags=np.zeros(len(world.y), dtype=bool))
    assert nothing.why == "none-flagged"
    assert not estimated(world, chosen=np.arange(100, 300), serving=audit[:0]).told


def test_seeds_of_one_class_or_none_are_a_model_that_finds_nothing(world: World) -> None:
    calm = np.flatnonzero(~world.truth)[:40]
    for seeds in (calm, calm[:0]):
        found = estimated(world, chosen=np.arange(100, 400), serving=np.arange(3_000, 3_300), seeds=seeds)
        assert found.why is None
        assert 0.0 <= found.times.low <= found.times.high
        assert found.chosen.high > 0.0


def test_unequal_rates_count_for_fewer_random_labels(world: World) -> None:
    serving = np.arange(3_000, 3_300)
    weight = np.where(np.arange(300) % 3 == 0, 30.0, 1.0)
    even = estimated(world, chosen=np.arange(100, 300), serving=serving)
    uneven = estimated(world, chosen=np.arange(100, 300), serving=serving, weight=weight)
    assert uneven.random_labels < 0.5 * even.random_labels


def test_the_same_seed_gives_the_same_digits(world: World) -> None:
    one, other = (
        estimated(world, chosen=np.arange(100, 300), serving=np.arange(3_000, 3_200), seed=5) for _ in range(2)
    )
    assert one == other


def test_several_classes() -> None:
    three = make_world(["a", "b", "c"], n=1_500, seed=3)
    found = estimated(three, chosen=np.arange(100, 400), serving=np.arange(1_000, 1_200))
    assert found.why is None
