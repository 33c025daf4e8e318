"""Each benchmark's --quick version runs through on generated data; the tasks are made as they say; missing data is said loudly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import audit_honesty, labels_saved, learner_speed, operating_point, penalty, tasks, worked_example
from benchmarks.common import interval
from benchmarks.labels_saved import Curve


def davidson(folder: Path, rows: list[tuple[str, str]]) -> Path:
    lines = [f'{i},3,0,0,3,{label},"{text}"' for i, (label, text) in enumerate(rows)]
    (folder / "davidson.csv").write_text(
        "\n".join([",count,hate_speech,offensive_language,neither,class,tweet", *lines]), "utf-8"
    )
    return folder


def test_tasks_are_thinned_and_without_duplicates(tmp_path: Path) -> None:
    rows = [(str(i % 3), f"text number {i}") for i in range(3_000)]
    folder = davidson(tmp_path, [*rows, ("1", "Text  number 0"), ("1", "text number 0")])
    hate, comments, clean = (tasks.load(name, folder) for name in tasks.DAVIDSON)
    assert len(hate.texts) == 3_000 and hate.truth.sum() == 1_000
    assert (~comments.truth).sum() == 1_000 and comments.prevalence == pytest.approx(0.074, abs=5e-4)
    assert (~clean.truth).sum() == 2_000 and clean.prevalence == pytest.approx(0.04, abs=5e-4)
    assert comments.seed_positives == 37 and clean.seed_positives == 20
    again = tasks.load("comments", folder)
    assert again.texts == comments.texts and (again.truth == comments.truth).all()


def test_features_are_kept(tmp_path: Path) -> None:
    task = tasks.generated(200)
    first, second = tasks.features(task, tmp_path), tasks.features(task, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    assert (first != second).nnz == 0 and (first != tasks.features(task, None)).nnz == 0


def test_missing_data_is_said_loudly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(tasks.MissingDataError, match="does not exist"):
        tasks.load("hate", tmp_path)
    with pytest.raises(SystemExit, match="nothing was measured"):
        operating_point.main(["--tasks", "hate,clean"])
    assert capsys.readouterr().err.count("LEFT OUT") == 2


def test_random_needs_labels_by_its_mean_curve() -> None:
    values = np.stack([np.full((2, 2), level) for level in (0.2, 0.4, 0.3, 0.8)])
    curve = Curve(np.array([100.0, 200.0, 300.0, 400.0]), values)
    both = np.arange(2)
    assert curve.needs(0.3, 0, both) == (150.0, True)
    assert curve.needs(0.6, 1, both) == (350.0, True)
    assert curve.needs(0.9, 0, both) == (400.0, False)


def test_coverage_and_errors_by_hand() -> None:
    nan = float("nan")
    rows = np.array(
        [
            # truth, low, point, high, squared error of the uniform samples, labels
            [1.0, 0.5, 0.9, 1.0, 0.04, 50.0],
            [0.5, 0.6, 0.7, 0.9, 0.16, 50.0],
            [nan, 0.0, nan, 1.0, nan, 50.0],
            [0.5, 0.2, 0.5, 0.9, nan, 50.0],
        ]
    )
    assert audit_honesty.coverage(rows) == pytest.approx(2 / 3)
    bias, rmse, uniform = audit_honesty.errors(rows)
    assert bias == pytest.approx((-0.1 + 0.2 + 0.0) / 3)
    assert rmse == pytest.approx(np.sqrt((0.01 + 0.04) / 2))
    assert uniform == pytest.approx(np.sqrt((0.04 + 0.16) / 2))


def test_interval_holds_the_mean() -> None:
    low, high = interval([1.0, 2.0, 3.0, 4.0])
    assert low < 2.5 < high


def test_labels_saved_runs(capsys: pytest.CaptureFixture[str]) -> None:
    labels_saved.main(["--quick"])
    said = capsys.readouterr()
    assert "labels saved by AP" in said.out and "Mean over tasks by F1" in said.out
    # Installed or not: a peer is named in either case.
    assert "small-text" in said.out + said.err or "SMALL-TEXT" in said.err


def test_worked_example_and_operating_point_run(capsys: pytest.CaptureFixture[str]) -> None:
    worked_example.main(["--quick"])
    operating_point.main(["--quick"])
    penalty.main(["--quick"])
    said = capsys.readouterr().out
    assert "held out" in said and "together" in said and "share of the best" in said


def test_audit_honesty_runs(capsys: pytest.CaptureFixture[str]) -> None:
    audit_honesty.main(["--quick"])
    assert "coverage" in capsys.readouterr().out


@pytest.fixture(scope="module")
def speed_pool() -> learner_speed.Pool:
    return learner_speed.Pool(10_000)


@pytest.mark.parametrize("strategy", learner_speed.STRATEGIES)
def test_refit_and_query_take_less_than_the_pools_matrix(strategy: str, speed_pool: learner_speed.Pool) -> None:
    model = speed_pool.model()
    most = learner_speed.peak(speed_pool, lambda: learner_speed.refit_and_query(speed_pool, model, strategy))
    assert most < learner_speed.MEMORY


def test_learner_speed_runs(capsys: pytest.CaptureFixture[str]) -> None:
    learner_speed.main(["--quick", "--peers", ""])
    said = capsys.readouterr().out
    assert "committee" in said and "memory over matrix" in said
