"""The models of people recover who is careful and who is not, and say how sure they are."""

from __future__ import annotations

import numpy as np
import pytest
from people_worlds import cast

from learner.ballots import Ballots
from learner.dawid_skene import best_model, dawid_skene, enough
from learner.people import (
    PeopleModel,
    ask_again,
    confidence,
    gold_accuracy,
    gold_codes,
    label_influence,
    one_coin,
    training_weight,
)
from learner.people_intervals import with_intervals

CLASSES = ["0", "1"]


def points(model: PeopleModel) -> list[float]:
    return [entry.accuracy.point or 0.0 for entry in model.people]


def fitted(ballots: Ballots, known: dict[str, str] | None = None, seed: int = 0) -> PeopleModel:
    return with_intervals(one_coin(ballots, known), gold_codes(ballots, known or {}), np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("accuracies", "shares"),
    [([0.95, 0.92, 0.7], (0.4, 0.6)), ([0.97, 0.95, 0.75], (0.1, 0.9)), ([0.95, 0.9, 0.6], (0.3, 0.3, 0.4))],
    ids=["balanced", "rare", "three classes"],
)
def test_a_careless_person_is_found(accuracies: list[float], shares: tuple[float, ...]) -> None:
    ballots, _ = cast(np.random.default_rng(1), accuracies, items=400, votes=3, shares=shares)
    model = fitted(Ballots.of(ballots, [str(c) for c in range(len(shares))]))
    assert points(model) == pytest.approx(accuracies, abs=0.05)
    careless = model.people[2]
    assert careless.known
    assert careless.accuracy.high < min(entry.accuracy.low for entry in model.people[:2])


def test_somebody_who_answers_at_random_is_seen_through() -> None:
    ballots, truth = cast(np.random.default_rng(2), [0.95, 0.92, 0.9, 0.5], items=300, votes=3)
    made = Ballots.of(ballots, CLASSES)
    model = fitted(made)
    guesser = model.people[3].accuracy
    assert guesser.low < 0.5 < guesser.high < 0.7
    right = [truth[item] for item in made.items] == np.array(CLASSES)[model.posterior.argmax(axis=1)]
    assert np.mean(right) > 0.96


def test_if_all_guess_no_label_is_sure() -> None:
    ballots, truth = cast(np.random.default_rng(3), [0.5, 0.5, 0.5], items=300, votes=3, shares=(0.5, 0.5))
    model = one_coin(Ballots.of(ballots, CLASSES))
    assert max(points(model)) < 0.75
    assert np.mean(list(confidence(model, truth).values())) == pytest.approx(0.5, abs=0.1)


def test_intervals_cover_the_true_accuracies() -> None:
    rng = np.random.default_rng(4)
    accuracies, hits = [0.95, 0.9, 0.7], np.zeros(3)
    for seed in range(30):
        ballots, _ = cast(rng, accuracies, items=120, votes=2)
        model = fitted(Ballots.of(ballots, CLASSES), seed=seed)
        hits += [e.accuracy.low <= a <= e.accuracy.high for e, a in zip(model.people, accuracies, strict=True)]
    assert hits.mean() >= 27
    assert hits.min() >= 23


def test_few_answers_are_drawn_to_the_group() -> None:
    ballots, _ = cast(np.random.default_rng(5), [0.95, 0.95, 0.95], items=300, votes=3)
    ballots["new"] = {"p0": "0", "p1": "0", "p3": "1"}
    newcomer = fitted(Ballots.of(ballots, CLASSES)).find("p3")
    assert newcomer is not None
    assert (newcomer.answers, newcomer.judged, newcomer.known) == (1, 1, False)
    assert newcomer.accuracy.point is not None
    assert newcomer.accuracy.point > 0.75
    assert newcomer.accuracy.high - newcomer.accuracy.low > 0.2


def test_known_answers_tell_two_people_apart() -> None:
    ballots, truth = cast(np.random.default_rng(6), [0.97, 0.7], items=200, votes=2)
    made = Ballots.of(ballots, CLASSES)
    apart = np.ptp(points(one_coin(made)))
    gold = {item: truth[item] for item in sorted(truth)[:100]}
    model = fitted(made, gold)
    assert np.ptp(points(model)) > apart
    assert points(model) == pytest.approx([0.97, 0.7], abs=0.07)
    alone = gold_accuracy(made, gold)
    assert [entry.judged for entry in alone] == [100, 100]
    said = [ballots[item]["p1"] == gold[item] for item in gold]
    assert alone[1].accuracy.point == pytest.approx(np.mean(said))
    assert alone[1].accuracy.low < 0.7 < alone[1].accuracy.high


def test_without_gold_answers_nobody_is_measured_on_them() -> None:
    made = Ballots.of({"i": {"a": "0"}}, CLASSES)
    assert gold_accuracy(made, {"i": "renamed", "j": "0"})[0].accuracy.point is None


@pytest.mark.parametrize(
    "votes",
    [{}, {"i": {"a": "0"}}, {f"i{n}": {"a": "1", "b": "1"} for n in range(30)}, {"i": {"a": "gone"}}],
    ids=["nobody", "nothing to compare", "one class", "labels renamed"],
)
def test_thin_votes_make_a_model_that_claims_little(votes: dict[str, dict[str, str]]) -> None:
    made = Ballots.of(votes, CLASSES)
    model = fitted(made)
    assert model.posterior.shape == (len(made.items), 2)
    assert all(entry.accuracy.low <= (entry.accuracy.point or 0.0) <= entry.accuracy.high for entry in model.people)
    assert best_model(made).method == model.method
    assert set(confidence(model, {"i": "0", "other": "1"}).values()) <= {1.0}


def test_only_known_people_make_labels_doubtful() -> None:
    ballots, _ = cast(np.random.default_rng(7), [0.95, 0.92, 0.6], items=200, votes=3)
    ballots |= {"alone": {"p2": "0"}, "sure": {"p0": "0"}, "stranger": {"p9": "0"}}
    model = one_coin(Ballots.of(ballots, CLASSES))
    sure = confidence(model, {"alone": "0", "sure": "0", "stranger": "0", "import": "1"})
    accuracy = {entry.person: entry.accuracy.point for entry in model.people}
    assert sure["alone"] == pytest.approx(accuracy["p2"])
    assert sure["sure"] == pytest.approx(accuracy["p0"])
    assert sure["stranger"] == sure["import"] == 1.0
    weights = training_weight(np.array(list(sure.values())), 2)
    assert weights[0] < 0.4 < 0.8 < weights[1] < weights[2] == 1.0
    assert training_weight(np.array([0.2, 0.5]), 2).tolist() == [0.1, 0.1]


def test_confusion_matrices_see_what_one_accuracy_does_not() -> None:
    rng = np.random.default_rng(8)
    truth = rng.random(500) < 0.35
    rates = [(0.95, 0.97), (0.55, 1.0), (0.9, 0.8), (0.9, 0.95)]  # right on positives, right on the others
    votes = {
        f"i{n:03d}": {
            f"p{w}": str(int(t != (rng.random() < (rates[w][0] if t else rates[w][1])))) for w in rng.permutation(4)[:3]
        }
        for n, t in enumerate(truth.tolist())
    }
    made = Ballots.of(votes, CLASSES)  # "0" is right for a positive
    model = dawid_skene(made)
    assert enough(made, one_coin(made).posterior)
    assert best_model(made).method.startswith("a confusion matrix")
    assert model.confusion[:, 0, 0] == pytest.approx([right for right, _ in rates], abs=0.1)
    assert model.confusion[:, 1, 1] == pytest.approx([right for _, right in rates], abs=0.1)
    assert model.confusion.sum(axis=2) == pytest.approx(1.0)


def test_dawid_skene_is_the_textbooks() -> None:
    # By hand: one EM step from majority shares on three items, two classes, no prior.
    votes = {"i1": {"a": "0", "b": "0"}, "i2": {"a": "1", "b": "1"}, "i3": {"a": "0", "b": "0"}}
    model = dawid_skene(Ballots.of(votes, CLASSES), prior=0.0)
    assert model.posterior == pytest.approx(np.array([[1, 0], [0, 1], [1, 0]]))
    assert model.shares == pytest.approx([2 / 3, 1 / 3])
    assert model.confusion == pytest.approx(np.tile(np.eye(2), (2, 1, 1)))


def test_few_positives_do_not_get_a_confusion_matrix() -> None:
    ballots, _ = cast(np.random.default_rng(9), [0.95, 0.9, 0.9], items=150, votes=3, shares=(0.04, 0.96))
    made = Ballots.of(ballots, CLASSES)
    assert not enough(made, one_coin(made).posterior)


def test_ask_again_starts_with_what_is_disputed_and_influential() -> None:
    sure = np.array([0.55, 0.55, 0.99, 1.0, np.nan])
    pull = np.array([0.1, 2.0, 5.0, 9.0, np.inf])
    disputed = np.array([True, True, False, False, False])
    assert ask_again(sure, pull, disputed).tolist() == [1, 0, 2, 3, 4]
    assert label_influence(np.array([1.0, 0.2]), np.array([3.0, 3.0])) == pytest.approx([0.0, 2.4])
    assert ask_again(np.empty(0), np.empty(0), np.empty(0, dtype=bool)).tolist() == []


def test_the_same_votes_in_another_order_give_the_same_digits() -> None:
    ballots, _ = cast(np.random.default_rng(10), [0.9, 0.8, 0.7], items=80, votes=2)
    turned = {item: dict(reversed(ballot.items())) for item, ballot in reversed(ballots.items())}
    one, other = (fitted(Ballots.of(votes, CLASSES)) for votes in (ballots, turned))
    assert one.people == other.people
    assert np.array_equal(one.posterior, other.posterior)
