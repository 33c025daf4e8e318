from __future__ import annotations

import numpy as np
import pytest
from learner_worlds import World, make_world
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from learner import classifier
from learner.classifier import DEFAULT_C, TOLERANCE, fit, merged, telling
from learner.errors import TargetError, TooFewLabelsError
from learner.threshold import BEST_F1, Target, choose, parse_target, platt
from learner.training import out_of_fold, train


def test_it_is_scikit_learns_balanced_regression_on_telling_features(binary: World) -> None:
    codes = np.array([binary.classes.index(label) for label in binary.y])
    X = binary.X.astype(np.float64)
    scale = telling(X[:300], codes[:300], np.array([0, 1]), None)
    theirs = LogisticRegression(C=DEFAULT_C, class_weight="balanced", max_iter=200, tol=TOLERANCE)
    theirs.fit(X[:300].multiply(scale).tocsr(), codes[:300])
    ours = fit(binary.X[:300], codes[:300], 2).predict_proba(binary.X)
    assert ours == pytest.approx(theirs.predict_proba(X.multiply(scale).tocsr()), abs=1e-6)


def hapax_world(k: int) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
    """Rows (300, 5000) most of whose features no other row has, classes and weights."""
    rng = np.random.default_rng(k)
    columns = (5000 * rng.random((300, 20)) ** 2).astype(int)
    X = sparse.csr_matrix((rng.normal(0, 1, 6000), (np.repeat(np.arange(300), 20), columns.ravel())), (300, 5000))
    codes = np.digitize(X @ rng.normal(0, 1, 5000), np.linspace(0, 2, k)[1:])
    return X, codes, rng.choice([0.5, 1.0, 3.0], 300)


@pytest.mark.parametrize("k", [2, 3, 5])
@pytest.mark.parametrize("weighted", [False, True])
def test_at_the_optimum_it_is_scikit_learns_on_all_features(
    k: int, weighted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classifier, "TOLERANCE", 1e-9)
    monkeypatch.setattr(classifier, "MAX_ITERATIONS", 5000)
    X, codes, weight = hapax_world(k)
    given = weight[:200] if weighted else None
    scale = telling(X[:200], codes[:200], np.unique(codes[:200]), given)
    known = np.unique(X[:200].indices)
    scale[known] = telling(X[:200][:, known], codes[:200], np.unique(codes[:200]), given)
    theirs = LogisticRegression(C=DEFAULT_C, class_weight="balanced", max_iter=5000, tol=1e-9)
    theirs.fit(X[:200].multiply(scale).tocsr(), codes[:200], sample_weight=given)
    ours = fit(X[:200], codes[:200], k, sample_weight=given)
    assert merged(X[:200][:, known])[0].shape[1] < len(known) / 2
    assert ours.predict_proba(X) == pytest.approx(theirs.predict_proba(X.multiply(scale).tocsr()), abs=1e-6)
    assert ours.coef == pytest.approx(theirs.coef_ * scale, abs=1e-5)


def test_features_of_one_row_merged_by_hand() -> None:
    dense = np.array([[3.0, 1.0, 0.0, -4.0, 0.0], [0.0, 1.0, 0.0, 0.0, 2.0], [0.0, 1.0, 0.0, 0.0, 0.0]])
    X = sparse.csr_matrix(dense)
    made, place, share = merged(X)
    assert (sparse.csr_matrix(dense) != X).nnz == 0
    assert made.toarray().tolist() == [[1.0, 5.0, 0.0], [1.0, 0.0, 2.0], [1.0, 0.0, 0.0]]
    assert place[[0, 1, 3, 4]].tolist() == [1, 0, 1, 2]
    assert share == pytest.approx([0.6, 1.0, 0.0, -0.8, 1.0])


def test_a_feature_that_is_stored_as_0_says_nothing() -> None:
    X = sparse.csr_matrix(
        (np.array([0.0, 1.0, 1.0, 0.0]), np.array([0, 1, 1, 2]), np.array([0, 2, 3, 4])), shape=(3, 3)
    )
    made = fit(X, np.array([0, 1, 0]), 2)
    assert np.isfinite(made.coef).all()
    assert made.coef[0, [0, 2]].tolist() == [0.0, 0.0]


def test_telling_features_by_hand() -> None:
    X = sparse.csr_matrix(np.array([[1.0, 2.0], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0]]))
    scale = telling(X, np.array([1, 1, 0, 0]), np.array([0, 1]), None)
    yes, no = np.array([3, 2]) / 5, np.array([3, 1]) / 4
    assert scale == pytest.approx(np.sqrt(np.abs(np.log(yes / no))))
    doubled = telling(X, np.array([1, 1, 0, 0]), np.array([0, 1]), np.array([2.0, 1.0, 1.0, 1.0]))
    yes = np.array([4, 3]) / 7
    assert doubled == pytest.approx(np.sqrt(np.abs(np.log(yes / no))))


def test_three_classes_sum_to_one(three: World) -> None:
    proba = three.model.predict_proba(three.X)
    assert proba.shape == (600, 3)
    assert proba.sum(axis=1) == pytest.approx(np.ones(600))


def test_a_class_without_labels_gets_no_probability(three: World) -> None:
    rows = [i for i in range(120) if three.y[i] != "c"]
    model = train(
        three.X[rows], [three.y[i] for i in rows], classes=three.classes, positive="c", rng=np.random.default_rng(0)
    )
    assert model.predict_proba(three.X).shape == (600, 3)
    assert not model.positive_scores(three.X).any()
    assert not model.flags(three.X).any()
    assert model.operating_point.method == "fallback"


@pytest.mark.parametrize("labels", [[], ["calm"], ["calm"] * 20])
def test_one_class_or_none_is_refused(labels: list[str], binary: World) -> None:
    with pytest.raises(TooFewLabelsError):
        train(binary.X[: len(labels)], labels, classes=binary.classes, positive="angry", rng=np.random.default_rng(0))


def test_an_unknown_label_or_positive_is_refused(binary: World) -> None:
    with pytest.raises(ValueError, match="purple"):
        train(binary.X[:2], ["calm", "purple"], classes=binary.classes, positive="angry", rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="purple"):
        train(binary.X[:2], ["calm", "angry"], classes=binary.classes, positive="purple", rng=np.random.default_rng(0))


def test_same_labels_and_seed_same_model_to_the_digit(binary: World) -> None:
    one, two = (
        train(
            binary.X[:200],
            binary.y[:200],
            classes=binary.classes,
            positive="angry",
            rng=np.random.default_rng(3),
            pool=binary.X[200:],
        )
        for _ in range(2)
    )
    assert one.positive_scores(binary.X).tolist() == two.positive_scores(binary.X).tolist()
    assert one.operating_point == two.operating_point


def test_few_positives_fall_back_and_say_so(binary: World) -> None:
    truth = binary.truth
    rows = np.concatenate([np.flatnonzero(truth)[:2], np.flatnonzero(~truth)[:50]])
    model = train(
        binary.X[rows],
        [binary.y[i] for i in rows],
        classes=binary.classes,
        positive="angry",
        rng=np.random.default_rng(0),
    )
    assert model.operating_point.threshold == 0.5
    assert (model.operating_point.why, model.operating_point.fewest) == ("few-labels", 2)


def test_duplicated_or_empty_rows_train(binary: World) -> None:
    X = sparse.csr_matrix((40, 60), dtype=np.float32)
    model = train(X, ["calm", "angry"] * 20, classes=binary.classes, positive="angry", rng=np.random.default_rng(0))
    assert np.isfinite(model.positive_scores(X)).all()


def test_out_of_fold_scores_do_not_flatter() -> None:
    """On labels that have nothing to do with the items, in-sample scores separate them, out-of-fold scores don't."""
    rng = np.random.default_rng(0)
    X = sparse.csr_matrix((rng.random((200, 400)) < 0.05).astype(np.float32))
    codes = (rng.random(200) < 0.3).astype(np.int64)
    inside = fit(X, codes, 2).predict_proba(X)[:, 1]
    outside = out_of_fold(X, codes, 1, 2, sample_weight=None, rng=rng)
    gap = [scores[codes == 1].mean() - scores[codes == 0].mean() for scores in (inside, outside)]
    assert gap[0] > 0.3
    assert abs(gap[1]) < 0.05


def test_the_chosen_threshold_beats_one_half_and_nears_the_best() -> None:
    """Over several worlds with a rare class."""
    chosen, half, best = [], [], []
    for seed in range(6):
        world = make_world(["no", "yes"], n=3000, seed=seed, shares=[0.93, 0.07])
        scores, truth = world.model.positive_scores(world.X[120:]), world.truth[120:]

        def f1(threshold: float, scores: np.ndarray = scores, truth: np.ndarray = truth) -> float:
            flags = scores >= threshold
            return float(2 * (flags & truth).sum() / max((flags.sum() + truth.sum()), 1))

        chosen.append(f1(world.model.operating_point.threshold))
        half.append(f1(0.5))
        best.append(max(f1(t) for t in np.linspace(0.01, 0.99, 99)))
    assert np.mean(chosen) >= 0.85 * np.mean(best)
    assert np.mean(chosen) >= np.mean(half) - 0.01


def test_best_f1_by_hand() -> None:
    scores = np.array([0.9, 0.8, 0.3, 0.2])
    point = choose(scores, np.array([1.0, 1.0, 0.0, 0.0]))
    assert 0.3 < point.threshold < 0.8
    assert point.expected_f1 == pytest.approx(1.0)
    assert point.expected_precision == point.expected_recall == pytest.approx(1.0)


def test_best_f1_cuts_between_different_scores_only() -> None:
    point = choose(np.array([0.5, 0.5, 0.5]), np.array([1.0, 0.0, 0.0]))
    assert point.threshold <= 0.5
    assert point.expected_precision == pytest.approx(1 / 3)


def test_platt_recovers_a_known_curve() -> None:
    rng = np.random.default_rng(0)
    z = rng.normal(0, 2, 20_000)
    truth = rng.random(20_000) < 1 / (1 + np.exp(-(0.7 * z - 1.0)))
    curve = platt(1 / (1 + np.exp(-z)), truth)
    assert curve.slope == pytest.approx(0.7, abs=0.03)
    assert curve.offset == pytest.approx(-1.0, abs=0.05)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("f1", BEST_F1),
        (" F1 ", BEST_F1),
        ("precision>=0.9", Target("precision", 0.9)),
        ("recall >= .8", Target("recall", 0.8)),
        ("cost:5", Target("cost", 5.0)),
    ],
)
def test_targets_are_read_and_written(text: str, target: Target) -> None:
    assert parse_target(text) == target
    assert parse_target(str(target)) == target


@pytest.mark.parametrize(
    "text", ["", "f2", "precision", "precision>=1.2", "recall>=0", "cost:0", "cost:-1", "precision>0.9"]
)
def test_what_is_no_target_is_refused(text: str) -> None:
    with pytest.raises(TargetError):
        parse_target(text)


RANKED = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
CHANCES = np.array([0.95, 0.85, 0.6, 0.4, 0.15, 0.05])


def test_each_target_by_hand() -> None:
    at = {
        text: choose(RANKED, CHANCES, parse_target(text))
        for text in ("precision>=0.85", "recall>=0.9", "cost:4", "cost:0.1")
    }
    assert 0.7 < at["precision>=0.85"].threshold < 0.8
    assert at["precision>=0.85"].expected_precision == pytest.approx(0.9)
    assert 0.5 < at["recall>=0.9"].threshold < 0.6
    assert 0.5 < at["cost:4"].threshold < 0.6  # flag from a chance of 1 / (1 + 4) on
    assert 0.8 < at["cost:0.1"].threshold < 0.9  # from 1 / 1.1 on
    assert all(point.reached for point in at.values())
    assert at["cost:4"].target == "cost:4"


def test_a_precision_out_of_reach_says_so() -> None:
    point = choose(RANKED, CHANCES / 3, Target("precision", 0.9))
    assert not point.reached
    assert point.why == "unreached"
    assert point.threshold > 0.8


def test_the_target_goes_with_the_model(binary: World) -> None:
    models = [
        train(
            binary.X[:200],
            binary.y[:200],
            classes=binary.classes,
            positive="angry",
            rng=np.random.default_rng(0),
            pool=binary.X[200:],
            target=parse_target(text),
        )
        for text in ("recall>=0.9", "f1", "precision>=0.6")
    ]
    flagged = [int(model.flags(binary.X[200:]).sum()) for model in models]
    assert flagged[0] >= flagged[1]
    assert flagged[0] > flagged[2]
    assert [model.operating_point.target for model in models] == ["recall>=0.9", "f1", "precision>=0.6"]
