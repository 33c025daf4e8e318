"""`roundtable simulate`: the loop with an oracle on a file of labelled texts. No Slack, no Redis."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as RichTable

from bot.cli.project_options import Features
from bot.cli.simulate_data import one_label, read_labelled, several_labels
from bot.cli.simulate_plot import plot
from bot.domain import RoundtableError
from bot.services.feature_cache import MEGABYTE, FeatureCache
from bot.services.features import Sources, rows_of_texts
from bot.services.files import check_writable, write_whole
from bot.services.label_cells import LabelForm
from bot.settings import Settings
from learner.confusion import ClassEstimate
from learner.errors import LearnerError
from learner.simulate import RoundResult, Setup
from learner.strategies import registry
from learner.types import Matrix

CACHE_MB = 10_000

Results = dict[str, list[list[RoundResult]]]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("simulate")(simulate_command)


def simulate_command(
    file: Annotated[Path, typer.Argument(help="CSV or TSV (by suffix) of texts with their true labels.")],
    text_column: Annotated[str, typer.Option(help="Name of the text's column; its number, from 1, with --no-header.")],
    label_column: Annotated[str, typer.Option(help="Name (or number) of the label's column.")],
    positive: Annotated[list[str], typer.Option(help="The label to find; given several times, any of these.")],
    strategy: Annotated[
        str,
        typer.Option(
            help="One or more, with commas: "
            + ", ".join(registry.names())
            + "; after any of them, e.g., :cap=3 (of one cluster)"
        ),
    ] = "default",
    seed_labels: Annotated[int, typer.Option(min=0, help="Labels known before the first round.")] = 500,
    seed_positives: Annotated[int, typer.Option(min=0, help="Positive ones among them.")] = 37,
    pool_size: Annotated[
        int, typer.Option(min=1, help="Items that strategies pick from; the rest is measured on, too.")
    ] = 10_000,
    batch_size: Annotated[int, typer.Option(min=1, help="Items per round, the audit's included.")] = 50,
    rounds: Annotated[int, typer.Option(min=1)] = 5,
    audit_per_round: Annotated[int, typer.Option(min=0, help="Items of each batch that only measure.")] = 10,
    repeats: Annotated[int, typer.Option(min=1, help="Projects to simulate with each strategy.")] = 1,
    random_state: Annotated[int, typer.Option(min=0, help="Seed of all chance.")] = 0,
    header: Annotated[
        bool, typer.Option("--header/--no-header", help="Whether the first line names the columns.")
    ] = True,
    multiclass: Annotated[
        bool, typer.Option(help="Keep all labels as classes, not just positive against the rest.")
    ] = False,
    multi_label: Annotated[
        bool,
        typer.Option(
            help="An item may carry several labels: its cell names them all, as `roundtable import` reads them."
        ),
    ] = False,
    label_separator: Annotated[str, typer.Option(help="Between the labels of one cell.")] = LabelForm().separator,
    none_label: Annotated[
        str, typer.Option(help="What the cell of an item without any label says.")
    ] = LabelForm().none,
    features: Annotated[
        Features, typer.Option(help="What the learner sees of a text; embeddings: of ROUNDTABLE_EMBEDDINGS_MODEL.")
    ] = Features.TFIDF,
    cache: Annotated[Path | None, typer.Option(help="Folder where features are kept between runs.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Where to write all figures.")] = None,
    plot_file: Annotated[
        Path | None, typer.Option("--plot", help="Where to draw the learning curve (.png, .svg).")
    ] = None,
) -> None:
    """Simulates labelling projects on known labels: what each strategy would have reached, and how honest the estimates are."""
    console = Console(stderr=True)
    if multiclass and multi_label:
        raise typer.BadParameter(
            "an item has one label (--multiclass) or may have several, not both", param_hint="--multi-label"
        )
    names = _strategies(strategy, multi_label=multi_label)
    for place in filter(None, (json_file, plot_file)):
        check_writable(place)  # not after a minute's work
    setup = Setup(seed_labels, seed_positives, pool_size, batch_size, rounds, audit_per_round)
    data = read_labelled(file, text_column, label_column, header=header)
    if multi_label:
        simulated = several_labels(data, positive, LabelForm(label_separator, none_label))
    else:
        simulated = one_label(data, positive, multiclass=multiclass)
    if data.skipped or data.duplicates:
        console.print(f"{file.name}: {data.duplicates} exact duplicates and {data.skipped} unusable lines left out")
    try:
        with _progress(console) as progress:
            task = progress.add_task("features", total=len(names) * repeats * rounds)
            X = _rows(data.texts, features, cache, progress)

            def run(name: str, repeat: int) -> list[RoundResult]:
                progress.update(task, description=f"{name}, {repeat + 1} of {repeats}")
                loop = simulated(X, name, setup, (random_state, repeat))
                return [_ticked(result, lambda: progress.advance(task)) for result in loop]

            results: Results = {name: [run(name, repeat) for repeat in range(repeats)] for name in names}
    except LearnerError as error:
        raise RoundtableError(f"{file.name}: {error}") from error
    if json_file is not None:
        _write(json_file, as_json(results))
    if plot_file is not None:
        plot(plot_file, results)
    Console().print(_summary(results))
    if multi_label:
        Console().print(_by_label_summary(results))


def _rows(texts: list[str], features: Features, cache: Path | None, progress: Progress) -> Matrix:
    """Features (n, d) of the texts, with a bar where they take long. Raises RoundtableError."""
    folder = Settings.load().embeddings_model if features is Features.EMBEDDINGS else None
    bar = progress.add_task("features", total=len(texts), visible=features is Features.EMBEDDINGS)
    source = Sources(folder, lambda done: progress.advance(bar, done))(features.value)
    kept = FeatureCache(cache, CACHE_MB * MEGABYTE) if cache is not None else None
    X = rows_of_texts(texts, source, kept)
    progress.update(bar, visible=False)
    return X


def as_json(results: Results) -> dict[str, Any]:
    """The figures in the shape that scripts rely on."""
    strategies = {
        name: [{"rounds": [_round_json(result) for result in rounds]} for rounds in repeats]
        for name, repeats in results.items()
    }
    return {"strategies": strategies}


def _round_json(result: RoundResult) -> dict[str, Any]:
    estimate = result.estimate
    several = {"by_label": _by_label(result), "macro": _intervals(result.macro)} if result.macro is not None else {}
    return {
        "round": result.round,
        "labels": result.labels,
        "positives": result.positives,
        "threshold": result.threshold,
        "precision": result.true.precision,
        "recall": result.true.recall,
        "f1": result.true.f1,
        "average_precision": result.true.average_precision,
        "estimate": {
            "precision": list(estimate.precision),
            "recall": list(estimate.recall),
            "f1": list(estimate.f1),
            "audit_labels": estimate.audit_labels,
        },
        **several,
    }


def _by_label(result: RoundResult) -> dict[str, Any]:
    """The same for each label, where items carry several; all else speaks of the positive one."""
    return {
        each.label: {
            "threshold": each.threshold,
            "precision": each.true.precision,
            "recall": each.true.recall,
            "f1": each.true.f1,
            "average_precision": each.true.average_precision,
            "estimate": _intervals(each.estimate),
        }
        for each in result.by_label
    }


def _intervals(found: ClassEstimate) -> dict[str, list[float | None]]:
    return {"precision": list(found.precision), "recall": list(found.recall), "f1": list(found.f1)}


def _strategies(option: str, *, multi_label: bool = False) -> list[str]:
    """The names, each once, known ones only: else wrong usage."""
    # A comma before a number is one of hybrid's own: hybrid:0.6,0.3,0.1
    names = list(dict.fromkeys(part.strip() for part in re.split(r",(?!\s*[\d.])", option) if part.strip()))
    try:
        for name in names:
            registry.get(name)
            if multi_label:
                registry.check_multi_label(name)
    except LearnerError as error:
        raise typer.BadParameter(str(error), param_hint="--strategy") from None
    if not names:
        raise typer.BadParameter("name at least one strategy", param_hint="--strategy")
    return names


def _ticked(result: RoundResult, tick: Callable[[], None]) -> RoundResult:
    tick()
    return result


def _progress(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("rounds"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console)


def _write(path: Path, figures: dict[str, Any]) -> None:
    with write_whole(path) as file:
        json.dump(figures, file, indent=1, allow_nan=False)
        file.write("\n")


def _summary(results: Results) -> RichTable:
    """The last round of each strategy: mean true figures over the repeats."""
    # Narrow terminals fold a strategy's name, which may be long, and never cut a figure.
    table = RichTable(
        title="After the last round, on items that nobody labelled (means; AP: average precision, est.: by the audit)",
        box=SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1),
    )
    table.add_column("strategy", overflow="fold")
    for column in (
        "labels",
        "precision",
        "recall",
        "F1",
        "AP",
        "est. precision",
        "est. recall",
    ):
        table.add_column(column, justify="right", min_width=max(5, *map(len, column.split())))
    for name, repeats in results.items():
        last = [rounds[-1] for rounds in repeats if rounds]
        cells = [
            _mean([float(result.labels) for result in last], "{:.0f}"),
            _mean([result.true.precision for result in last]),
            _mean([result.true.recall for result in last]),
            _mean([result.true.f1 for result in last]),
            _mean([result.true.average_precision for result in last]),
            _mean([result.estimate.precision.point for result in last]),
            _mean([result.estimate.recall.point for result in last]),
        ]
        table.add_row(name, *cells)
    return table


def _by_label_summary(results: Results) -> RichTable:
    """The last round of each strategy, label by label, where items carry several."""
    table = RichTable(title="By label (means)")
    for column in ("strategy", "label", "threshold", "precision", "recall", "F1", "average precision"):
        table.add_column(column, justify="left" if column in ("strategy", "label") else "right")
    for name, repeats in results.items():
        last = [rounds[-1].by_label for rounds in repeats if rounds]
        for each in zip(*last, strict=True):
            table.add_row(
                name,
                each[0].label,
                _mean([one.threshold for one in each]),
                _mean([one.true.precision for one in each]),
                _mean([one.true.recall for one in each]),
                _mean([one.true.f1 for one in each]),
                _mean([one.true.average_precision for one in each]),
            )
    return table


def _mean(values: list[float | None], form: str = "{:.3f}") -> str:
    known = [value for value in values if value is not None]
    return form.format(float(np.mean(known))) if known else "-"
