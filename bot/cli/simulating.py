"""The work of `roundtable simulate`: features, what comes of each strategy, and the figures in tables and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as RichTable

from bot.cli.project_options import Features
from bot.cli.simulate_data import Run
from bot.domain import RoundtableError
from bot.services.feature_cache import MEGABYTE, FeatureCache
from bot.services.features import Sources, rows_of_texts
from bot.services.files import write_whole
from bot.settings import Settings
from learner.confusion import ClassEstimate
from learner.errors import LearnerError
from learner.simulate import RoundResult, Setup
from learner.strategies import registry
from learner.types import Matrix

CACHE_MB = 10_000

Results = dict[str, list[list[RoundResult]]]


def simulated(
    file: str,
    texts: list[str],
    project: Run,
    names: list[str],
    setup: Setup,
    repeats: int,
    random_state: int,
    features: Features,
    cache: Path | None,
) -> Results:
    """What comes of each strategy, with a bar. Raises RoundtableError."""
    try:
        with _bars(Console(stderr=True)) as progress:
            task = progress.add_task("features", total=len(names) * repeats * setup.rounds)
            X = _rows(texts, features, cache, progress)

            def run(name: str, repeat: int) -> list[RoundResult]:
                progress.update(task, description=f"{name}, {repeat + 1} of {repeats}")
                loop = project(X, name, setup, (random_state, repeat))
                return [_ticked(result, lambda: progress.advance(task)) for result in loop]

            return {name: [run(name, repeat) for repeat in range(repeats)] for name in names}
    except LearnerError as error:
        raise RoundtableError(f"{file}: {error}") from error


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


def strategies_in(option: str, *, multi_label: bool = False) -> list[str]:
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


def _bars(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("rounds"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console)


def write(path: Path, figures: dict[str, Any]) -> None:
    """As JSON, whole or not at all."""
    with write_whole(path) as file:
        json.dump(figures, file, indent=1, allow_nan=False)
        file.write("\n")


def summary(results: Results) -> RichTable:
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


def by_label_summary(results: Results) -> RichTable:
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
    return form.format(fmean(known)) if known else "-"
