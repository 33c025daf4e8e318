"""`roundtable demo`: the whole loop on real data, in a Slack workspace of your own."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.demo.ending import interruptible
from bot.cli.errors import extra
from bot.domain import RoundtableError
from bot.services.files import check_writable
from bot.settings import Settings


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(demo)


def demo(
    rounds: Annotated[int, typer.Option(help="Rounds of 50 to be labelled.", min=1, max=50)] = 5,
    leave: Annotated[bool, typer.Option("--exit", help="End when the last round is reported.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures to this file.")] = None,
    seed: Annotated[int, typer.Option(help="Reproduces every choice.", min=0)] = 0,
    data: Annotated[Path | None, typer.Option(help="Your own CSV, TSV or JSONL instead of the brand tweets.")] = None,
    text_column: Annotated[str, typer.Option(help="With --data: the column of the texts.")] = "text",
    label_column: Annotated[str, typer.Option(help="With --data: the column of the answers.")] = "label",
    positive: Annotated[str | None, typer.Option(help="With --data: the answer to be flagged.")] = None,
    stay: Annotated[bool, typer.Option("--stay", help="Leave the workspace open even without a terminal.")] = False,
    port: Annotated[int, typer.Option(help="Port of the workspace's page; 0 takes a free one.", min=0, max=65535)] = 0,
) -> None:
    """See it work: real tweets, three simulated annotators, five rounds of 50, reports with honest precision and recall."""
    with extra("demo"):
        from bot.cli.demo import corpus
        from bot.cli.demo.run import Options, run

    if data is not None and positive is None:
        raise typer.BadParameter("say which answer is to be flagged", param_hint="--positive")
    if data is None and positive is not None:
        raise typer.BadParameter("goes with --data", param_hint="--positive")
    if json_file is not None:
        check_writable(json_file)  # not after a minute's work
    console = Console(width=None if sys.stdout.isatty() else 120)
    own = None if data is None or positive is None else corpus.own_file(data, text_column, label_column, positive, seed)
    examples = own or corpus.brand_tweets(seed)
    options = Options(
        rounds=rounds, seed=seed, port=port, json_file=json_file, stay=(stay or sys.stdout.isatty()) and not leave
    )
    folder = _folder(Settings.load().data_dir)
    interruptible()
    run(console, folder, examples, options)


def _folder(data_dir: Path) -> Path:
    """A folder of its own for each demo: nothing is overwritten, and the pictures and logs stay. Raises RoundtableError."""
    parent = (data_dir / "demo").resolve()
    try:
        parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="run-", dir=parent))
    except OSError as error:
        raise RoundtableError(
            f"{parent}: can't be used ({error.strerror or error}); set ROUNDTABLE_DATA_DIR to another folder."
        ) from error
