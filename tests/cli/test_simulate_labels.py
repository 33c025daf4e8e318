"""`roundtable simulate --multi-label`, and a project with several labels by the other commands."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from test_simulate_command import run
from typer.testing import Result

from bot.domain import RoundtableError
from bot.services.ports import Store

Invoke = Callable[..., Result]
WORDS = {"spam": "prize winner cash", "abuse": "idiot liar fool"}
QUICK = [
    *(
        "--text-column",
        "text",
        "--label-column",
        "kinds",
        "--multi-label",
        "--seed-labels",
        "60",
        "--seed-positives",
        "8",
    ),
    *("--pool-size", "300", "--batch-size", "20", "--rounds", "2", "--audit-per-round", "6"),
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    path = tmp_path / "posts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "kinds"])
        for number in range(500):
            carried = [label for label in WORDS if rng.random() < 0.2]
            words = [*rng.choice(["see", "you", "home", "thanks", "lunch", "train", "call"], 5), f"n{number}"]
            words += [word for label in carried for word in rng.choice(WORDS[label].split(), 2)]
            writer.writerow([" ".join(words), "; ".join(carried) or "nothing"])
    return path


def test_figures_for_each_label(table: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    form = ["--label-separator", ";", "--none-label", "nothing", "--json", str(target)]
    code, output = run(str(table), *QUICK, *form, "--positive", "spam", "--strategy", "default,random")
    assert code == 0 and "By label" in output
    figures = json.loads(target.read_text("utf-8"))["strategies"]
    assert list(figures) == ["default", "random"]
    last = figures["default"][0]["rounds"][-1]
    assert last["labels"] == 100
    assert list(last["by_label"]) == ["abuse", "spam"]
    headline = last["by_label"]["spam"]
    assert all(headline[name] == last[name] for name in ("threshold", "precision", "recall", "f1", "average_precision"))
    assert set(headline["estimate"]) == set(last["macro"]) == {"precision", "recall", "f1"}
    assert last["by_label"]["abuse"]["f1"] > 0.5


def test_what_can_not_be_simulated(table: Path) -> None:
    assert run(str(table), *QUICK, "--positive", "spam", "--positive", "abuse")[0] == 2
    assert run(str(table), *QUICK, "--positive", "spam", "--multiclass")[0] == 2
    code, output = run(str(table), *QUICK, "--positive", "spam", "--strategy", "error_reduction")
    assert code == 2 and "or committee" in output
    with pytest.raises(RoundtableError, match="no item is labelled 'rude'"):
        run(str(table), *QUICK, "--positive", "rude", "--label-separator", ";")


def test_a_project_with_several_labels(invoke: Invoke, store: Store, tmp_path: Path) -> None:
    invoke("project", "create", "Post", "--channel", "C0POST", "--labels", "spam,abuse,praise", "--multi-label")
    path = tmp_path / "seeds.csv"
    path.write_text("text,label\na,spam+abuse\nb,nix\nc,praise\nd,rude\n", "utf-8")
    imported = invoke("import", "post", path, "--label-separator", "+", "--none-label", "nix").output
    assert "3 added" in imported and "3 items got a label" in imported and "unknown-label 1" in imported
    shown = invoke("project", "show", "post").output
    assert "Labels: spam, abuse, praise\n" in shown and "Several labels on an item: yes\n" in shown
    assert "by label:    spam 1, abuse 1, praise 1" in shown
    exported = invoke("export", "post", "--what", "labels", "--format", "jsonl").output
    assert [json.loads(line)["label"] for line in exported.splitlines()].count(["spam", "abuse"]) == 1
    assert store.projects.get("post").multi_label
    assert "all that is stored follows from the vote log" in invoke("rebuild", "post").output


def test_wrong_strategy_for_several_labels(invoke: Invoke) -> None:
    failed = invoke(
        *("project", "create", "Post", "--channel", "C0POST", "--labels", "a,b", "--multi-label"),
        *("--strategy", "error_reduction"),
        code=2,
    )
    assert "or committee" in failed.output
