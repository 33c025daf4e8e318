"""`roundtable import`, `export`, `rebuild`, and the exit codes of the real command."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import redis
from typer.testing import Result

from bot import cli
from bot.domain import RoundtableError
from bot.services.ports import Store

Invoke = Callable[..., Result]


@pytest.fixture
def tweets(tmp_path: Path) -> Path:
    path = tmp_path / "tweets.csv"
    path.write_text("text,label\nbad,negative\ngood,other\n=1+1,\nworse,awful\nBAD,\n", "utf-8")
    return path


def test_import(invoke: Invoke, brand: str, tweets: Path, store: Store) -> None:
    lines = invoke("import", "Brand safety", tweets).output.splitlines()
    assert lines == [
        "tweets.csv: 5 rows: 3 added, 0 there already, 1 duplicate linked, 1 rejected; 2 items got a label.",
        f"Rejected: unknown-label 1. By line: {tweets}.rejects.csv",
    ]
    assert store.items.count(brand) == 3
    again = invoke("import", brand, tweets).output
    assert "0 added, 3 there already, 1 duplicate linked, 1 rejected; 0 items got a label." in again


def test_the_command_line_is_english_whatever_the_project_and_the_deployment_speak(
    invoke: Invoke, brand: str, tweets: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUNDTABLE_LANGUAGE", "de")
    store.projects.update(brand, {"language": "de"})
    failed = invoke("import", brand, tweets, "--text-column", "tweet", code=1)
    assert str(failed.exception) == "tweets.csv, line 1: there is no column 'tweet'; there are 'text', 'label'"
    invoke("import", brand, tweets)
    rejects = Path(f"{tweets}.rejects.csv").read_text("utf-8")
    assert "5,unknown-label,'awful' is none of the labels" in rejects.replace('"', "")


def test_import_with_chosen_columns(invoke: Invoke, brand: str, tmp_path: Path, store: Store) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("tweet\tclass\tlabel\nhello\tother\t3\n", "utf-8")
    invoke("import", brand, path, "--text-column", "tweet", "--label-column", "class")
    (item,) = store.items.iter(brand)
    assert item.metadata == {"label": "3"}
    assert store.votes.label_counts(brand) == {"other": 1}


def test_import_without_a_header(invoke: Invoke, brand: str, tmp_path: Path, store: Store) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("other\thello\nnegative\tbad\n", "utf-8")
    invoke("import", brand, path, "--no-header", "--text-column", "2", "--label-column", "1")
    assert store.votes.label_counts(brand) == {"other": 1, "negative": 1}
    failed = invoke("import", brand, path, "--no-header", code=1)
    assert "there is no column 'text'; there are '1', '2'" in str(failed.exception)


def test_labels_that_disagree_are_told(invoke: Invoke, brand: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("text,label\na,other\nA,negative\n", "utf-8")
    assert (
        "1 row had another label than the item has already; the item's stands." in invoke("import", brand, path).output
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope", "tweets.csv"], "no project 'nope'"),
        (["brand-safety", "none.csv"], "no such file"),
        (["brand-safety", "tweets.csv", "--text-column", "tweet"], "there are 'text', 'label'"),
        (["brand-safety", "tweets.csv", "--strict"], "tweets.csv, line 5: 'awful' is none of the labels"),
        (["brand-safety", "tweets.csv", "--rejects", "none/r.csv"], "can't be written"),
    ],
)
def test_import_that_fails(invoke: Invoke, brand: str, tweets: Path, arguments: list[str], said: str) -> None:
    result = invoke("import", *arguments, code=1)
    assert isinstance(result.exception, RoundtableError)
    assert said in str(result.exception)


def test_the_limit_of_the_settings(invoke: Invoke, brand: str, tweets: Path, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ROUNDTABLE_MAX_TEXT_LENGTH", "3")
    assert "Rejected: long-text 3" in invoke("import", brand, tweets).output


def test_export_to_standard_output_and_to_a_file(invoke: Invoke, brand: str, tweets: Path, tmp_path: Path) -> None:
    invoke("import", brand, tweets)
    shown = invoke("export", brand, "--what", "labels", "--format", "csv").stdout
    labelled = {row["text"]: row["label"] for row in csv.DictReader(io.StringIO(shown, newline=""))}
    assert labelled == {"bad": "negative", "good": "other"}
    place = tmp_path / "votes.jsonl"
    said = invoke("export", brand, "--what", "votes", "--format", "jsonl", "--output", place).output
    assert said == f"{place}: 2 lines written.\n"
    assert {json.loads(line)["label"] for line in place.read_text("utf-8").splitlines()} == {"negative", "other"}


def test_export_wrong_usage(invoke: Invoke, brand: str) -> None:
    invoke("export", brand, "--what", "models", "--format", "csv", code=2)
    invoke("export", brand, "--what", "votes", "--format", "xlsx", code=2)
    invoke("export", brand, code=2)


def test_rebuild(invoke: Invoke, brand: str, tweets: Path, store: Store, redis_url: str) -> None:
    invoke("import", brand, tweets)
    assert "all that is stored follows from the vote log" in invoke("rebuild").output
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        (key,) = [key for key in client.scan_iter() if "labels" in key and client.type(key) == "hash"]
        client.delete(key)
    assert "--dry-run" in invoke("rebuild", brand, "--dry-run", code=1).output
    found = invoke("rebuild", brand, code=1).output
    assert "now as the vote log says" in found
    assert "by the log" in found
    assert store.votes.label_counts(brand) == {"negative": 1, "other": 1}
    invoke("rebuild", brand)


def test_rebuild_of_nothing(invoke: Invoke) -> None:
    assert "nothing to rebuild" in invoke("rebuild").output


@pytest.fixture
def command(environment: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The real command, in a process of its own."""

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "bot.cli", *arguments]
        return subprocess.run(call, cwd=tmp_path, env=os.environ.copy(), capture_output=True, text=True, timeout=60)

    return command


@pytest.fixture
def main(environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The same in this process: exit code and what it printed to standard output and error."""

    def main(*arguments: str) -> tuple[int, str, str]:
        environment.setattr(sys, "argv", ["roundtable", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return (int(ended.value.code or 0), *capsys.readouterr())

    return main


def test_exit_codes(
    command: Callable[..., subprocess.CompletedProcess[str]],
    main: Callable[..., tuple[int, str, str]],
    brand: str,
    tweets: Path,
) -> None:
    done = command("import", brand, str(tweets))
    assert (done.returncode, done.stderr) == (0, "")
    assert main("import", brand, str(tweets))[0] == 0
    assert main("import", brand, "none.csv") == (1, "", "roundtable: none.csv: there is no such file\n")
    for wrong in (["import", brand], ["import"], ["imports"], ["--nope"]):
        code, output, errors = main(*wrong)
        assert (code, output) == (2, "") and "Usage: " in errors


def test_wrong_settings_stop_the_start(
    command: Callable[..., subprocess.CompletedProcess[str]], environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("ROUNDTABLE_PORT", "eighty")
    environment.setenv("SLACK_BOT_TOKEN", "topsecret")
    failed = command("project", "list")
    assert failed.returncode == 1
    assert "topsecret" not in failed.stdout + failed.stderr
    assert [line.removeprefix("roundtable: ").split(":")[0] for line in failed.stderr.splitlines()] == [
        "SLACK_BOT_TOKEN",
        "ROUNDTABLE_PORT",
    ]


def test_a_pipe_closed_early_is_no_stack_trace(invoke: Invoke, brand: str, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("text,label\n" + "".join(f"text number {n},other\n" for n in range(5000)), "utf-8")
    invoke("import", brand, path)
    call = f"{sys.executable} -m bot.cli export {brand} --what labels --format csv | head -n 1"
    done = subprocess.run(["sh", "-c", call], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith('"item_id"')
    assert done.stderr == ""
