"""The file of `roundtable simulate`: labelled texts, and the projects that can be simulated on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import typer

from bot.domain import RoundtableError
from bot.services.label_cells import LabelForm, split_cell
from bot.services.tabular import BadRecord, Table, TableError, open_table
from learner.ngrams import normalise
from learner.simulate import RoundResult, Setup, simulate, simulate_labels
from learner.types import Matrix

# One simulated project on the features, by a strategy, from a seed.
Run = Callable[[Matrix, str, Setup, Sequence[int]], Iterator[RoundResult]]


class Labelled(NamedTuple):
    """A file of labelled texts, exact duplicates taken out (the first stays)."""

    texts: list[str]
    labels: list[str]
    skipped: int  # records that could not be read, or without text or label
    duplicates: int


def read_labelled(path: Path, text_column: str, label_column: str, *, header: bool = True) -> Labelled:
    """Reads texts and labels. Raises TableError if the file or a column isn't there."""
    data = Labelled([], [], 0, 0)
    skipped = duplicates = 0
    seen: set[str] = set()
    with open_table(path, header=header) as table:
        text_at, label_at = _columns(table, text_column, label_column, header=header)
        for record in table:
            if isinstance(record, BadRecord):
                skipped += 1
                continue
            text = str(record.values.get(text_at) or "").strip()
            label = str(record.values.get(label_at) or "").strip()
            if not text or not label:
                skipped += 1
                continue
            key = normalise(text)
            if key in seen:
                duplicates += 1
                continue
            seen.add(key)
            data.texts.append(text)
            data.labels.append(label)
    return data._replace(skipped=skipped, duplicates=duplicates)


def one_label(data: Labelled, positive: list[str], *, multiclass: bool) -> Run:
    """Projects whose items have one label each. Raises RoundtableError, BadParameter."""
    classes, labels, target = _classes(data.labels, positive, multiclass=multiclass)

    def run(X: Matrix, strategy: str, setup: Setup, seed: Sequence[int]) -> Iterator[RoundResult]:
        return simulate(X, labels, classes=classes, positive=target, strategy=strategy, setup=setup, seed=seed)

    return run


def several_labels(data: Labelled, positive: list[str], form: LabelForm) -> Run:
    """Projects whose items carry any of the labels that occur. Raises RoundtableError, BadParameter."""
    if len(positive) != 1:
        raise typer.BadParameter(
            "with --multi-label there is one label that headline figures speak of", param_hint="--positive"
        )
    sets = [set(split_cell(cell, form) or ()) for cell in data.labels]
    labels = sorted(set().union(*sets))
    _require(positive, labels)
    if len(labels) < 2:
        raise RoundtableError(
            f"{labels[0]!r} is the only label: what is simulated with --multi-label needs two at least"
        )
    has = np.array([[label in each for label in labels] for each in sets], dtype=np.bool_)

    def run(X: Matrix, strategy: str, setup: Setup, seed: Sequence[int]) -> Iterator[RoundResult]:
        return simulate_labels(X, has, labels=labels, positive=positive[0], strategy=strategy, setup=setup, seed=seed)

    return run


def _require(wanted: list[str], there: list[str]) -> None:
    for name in wanted:
        if name not in there:
            raise RoundtableError(
                f"no item is labelled {name!r}; there are {', '.join(repr(label) for label in there[:20])}"
            )


def _classes(labels: list[str], positive: list[str], *, multiclass: bool) -> tuple[list[str], list[str], str]:
    """Class names, labels in their terms, and the positive one. Raises RoundtableError if no item is positive."""
    there = sorted(set(labels))
    _require(positive, there)
    if multiclass and len(positive) == 1:
        return there, labels, positive[0]
    if multiclass:
        raise typer.BadParameter("with --multiclass there can be one positive label only", param_hint="--positive")
    wanted = set(positive)
    if len(wanted) == 1:
        name = positive[0]
        other = "rest" if name != "rest" else "other"
    else:
        name, other = "positive", "rest"
    return [other, name], [name if label in wanted else other for label in labels], name


def _columns(table: Table, text: str, label: str, *, header: bool) -> tuple[str, str]:
    """The columns as the table calls them. Numbers count from 1; where one of the two is 0, both are taken to count from 0."""
    if not header and "0" in (text, label):
        try:
            text, label = str(int(text) + 1), str(int(label) + 1)
        except ValueError:
            raise TableError("with --no-header columns are given by number") from None
    return table.require(text), table.require(label)
