"""Texts to rows: TF-IDF of word 1-2-grams beside that of character 2-5-grams within words.

The same n-grams, weights and norms as scikit-learn's TfidfVectorizer(sublinear_tf=True, min_df=2) in its "word" and "char_wb" forms,
side by side, but made by arithmetic on whole arrays (see learner.counting), which takes a fraction of the time.

A source is fitted once and then only applied, so that rows made early and rows made late mean the same. `state` is what was learned, as
arrays; a source restored from it gives the very same rows. Which texts a project's source is fitted on is the project's affair: a row
depends on the text and on that state alone, never on chunks, threads or the other texts of the call.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from learner.counting import Counted, chunks, count
from learner.errors import CorruptFeaturesError
from learner.ngrams import U64
from learner.types import Matrix
from learner.weighing import Space, beside, weigh

A = TypeVar("A")
B = TypeVar("B")
Mapper = Callable[
    [Callable[[Any], Any], Iterable[Any]], Iterable[Any]
]  # like map(): results in the order of the arguments
State = Mapping[str, NDArray[Any]]
Floats32 = NDArray[np.float32]
MERGE = 8  # vocabularies of chunks merged at a time: bounds the memory


class FeatureSource(Protocol):
    """Turns texts into rows of one matrix; d stays the same from the fit on."""

    @property
    def name(self) -> str:
        """Algorithm, version and parameters: two sources of the same name, fitted on the same texts, give the same rows."""
        ...

    @property
    def learns(self) -> bool:
        """Whether rows depend on the texts that it was fitted on."""
        ...

    @property
    def n_features(self) -> int:
        """Columns d; 0 before the fit where it depends on the texts."""
        ...

    def fit_transform(self, texts: Sequence[str]) -> Matrix:
        """Learns from these texts and gives their rows (n, d)."""
        ...

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Rows (n, d) of other texts, in terms of what was learned."""
        ...

    def fit_blocks(self, texts: Sequence[str]) -> Iterator[Matrix]:
        """As fit_transform, in blocks of rows one after the other. What was learned stands when the first block comes."""
        ...

    def transform_blocks(self, texts: Sequence[str]) -> Iterator[Matrix]:
        """As transform, in blocks of rows one after the other."""
        ...

    def state(self) -> dict[str, NDArray[Any]]:
        """What was learned."""
        ...

    def restore(self, state: State) -> None:
        """Takes over what another source of the same name learned. Raises CorruptFeaturesError if it can't be that."""
        ...


class TfidfFeatures:
    """Word 1-2-grams and character 2-5-grams (char_wb), float32, sublinear tf; grams of one text alone are left out (min_df=2).

    `mapper` does the work on chunks: map(), or a pool's that keeps the order. It changes the time only.
    """

    def __init__(self, *, min_df: int = 2, mapper: Mapper = map) -> None:
        self._min_df, self._map = min_df, mapper
        self._vocabularies = [np.empty(0, np.uint64)] * 2
        self._idfs = [np.empty(0, np.float32)] * 2
        self._numbers = 0  # stored in the rows of the texts fitted on

    @property
    def name(self) -> str:
        return f"tfidf-1:min_df={self._min_df}"

    @property
    def learns(self) -> bool:
        return True

    @property
    def n_features(self) -> int:
        return sum(len(vocabulary) for vocabulary in self._vocabularies)

    def fit_transform(self, texts: Sequence[str]) -> Matrix:
        """Rows (n, d) of the texts that the vocabulary and weights are learned from. No texts: (0, 0)."""
        blocks = self.fit_blocks(texts)
        return filled(blocks, len(texts), self._numbers, self.n_features)

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Rows (n, d) of other texts; what they have in common with the fitted ones."""
        return stack(self.transform_blocks(texts), self)

    def fit_blocks(self, texts: Sequence[str]) -> Iterator[Matrix]:
        parts: deque[_Part] = deque(self._map(_Part, chunks(texts)))
        n = len(texts)
        self._numbers = 0
        for block in range(2):
            vocabulary, df = _merged([(part.vocabularies[block], part.frequencies[block]) for part in parts])
            kept = df >= min(self._min_df, n)
            self._vocabularies[block] = vocabulary[kept]
            self._numbers += int(df[kept].sum())
            self._idfs[block] = (np.log((1.0 + n) / (1.0 + df[kept])) + 1.0).astype(np.float32)
        return iter(self._map(self._rows_of, _consumed(parts)))

    def transform_blocks(self, texts: Sequence[str]) -> Iterator[Matrix]:
        return iter(self._map(self._rows, chunks(texts)))

    def state(self) -> dict[str, NDArray[Any]]:
        names = ("words", "characters")
        state: dict[str, NDArray[Any]] = {}
        for name, vocabulary, idf in zip(names, self._vocabularies, self._idfs, strict=True):
            state |= {name: vocabulary, f"{name}_idf": idf}
        return state

    def restore(self, state: State) -> None:
        vocabularies, idfs = [], []
        for name in ("words", "characters"):
            vocabulary, idf = array(state, name, np.uint64), array(state, f"{name}_idf", np.float32)
            if len(vocabulary) != len(idf) or not (np.isfinite(idf).all() and (idf > 0).all()):
                raise CorruptFeaturesError(f"the weights of {name} do not fit the vocabulary")
            if (vocabulary[1:] <= vocabulary[:-1]).any():
                raise CorruptFeaturesError(f"the vocabulary of {name} is not in order")
            vocabularies.append(vocabulary)
            idfs.append(idf)
        self._vocabularies, self._idfs = vocabularies, idfs

    def _rows(self, texts: Sequence[str]) -> Matrix:
        return self._weigh(count(texts))

    def _rows_of(self, part: _Part) -> Matrix:
        return self._weigh(part.counted)

    def _weigh(self, counted: Counted) -> Matrix:
        return beside(
            [
                weigh(grams, _known(vocabulary, grams.vocabulary), idf)
                for grams, vocabulary, idf in zip(counted.blocks, self._vocabularies, self._idfs, strict=True)
            ]
        )


class _Part:
    """One chunk on its way: counts, and how many of its texts have each gram."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.counted = count(texts)
        self.vocabularies = [grams.vocabulary for grams in self.counted.blocks]
        self.frequencies = [
            grams.frequencies(np.arange(len(grams.vocabulary), dtype=np.int32), len(grams.vocabulary))
            for grams in self.counted.blocks
        ]


def _known(vocabulary: U64, grams: U64) -> Space:
    """Where a chunk's grams (sorted) stand in a fitted vocabulary (sorted)."""
    at = np.searchsorted(vocabulary, grams)
    known = at < len(vocabulary)
    known[known] = vocabulary[at[known]] == grams[known]
    compact = np.where(known, np.cumsum(known) - 1, -1).astype(np.int32)
    return Space(compact, at[known].astype(np.int32), len(vocabulary))


def _merged(parts: Sequence[tuple[U64, NDArray[np.int64]]]) -> tuple[U64, NDArray[np.int64]]:
    """One sorted vocabulary of many, frequencies added up."""
    while len(parts) > 1:
        parts = [_merge(parts[start : start + MERGE]) for start in range(0, len(parts), MERGE)]
    return parts[0] if parts else (np.empty(0, np.uint64), np.empty(0, np.int64))


def _merge(parts: Sequence[tuple[U64, NDArray[np.int64]]]) -> tuple[U64, NDArray[np.int64]]:
    hashes = np.concatenate([vocabulary for vocabulary, _ in parts])
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    first = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])[: len(hashes)])
    df = np.concatenate([frequencies for _, frequencies in parts])[order]
    return hashes[first], np.add.reduceat(df, first) if len(first) else df


def _consumed(parts: deque[_Part]) -> Iterator[_Part]:
    """The parts one by one, each forgotten when the next is asked for."""
    while parts:
        yield parts.popleft()


def filled(blocks: Iterable[Matrix], n: int, numbers: int, width: int) -> Matrix:
    """The blocks as one matrix (n, width) of so many stored numbers, without ever being there twice."""
    kind: np.dtype[Any] = np.dtype(np.int32 if numbers <= np.iinfo(np.int32).max else np.int64)
    data = np.empty(numbers, np.float32)
    columns: NDArray[Any] = np.empty(numbers, kind)
    indptr: NDArray[Any] = np.zeros(n + 1, kind)
    row = at = 0
    for block in blocks:
        data[at : at + block.nnz], columns[at : at + block.nnz] = block.data, block.indices
        indptr[row + 1 : row + 1 + block.shape[0]] = block.indptr[1:].astype(kind) + at
        row, at = row + block.shape[0], at + block.nnz
    return sparse.csr_matrix((data, columns, indptr), shape=(n, width))


def stack(blocks: Iterable[Matrix], source: FeatureSource) -> Matrix:
    """The blocks as one matrix (n, d); no block at all: (0, d)."""
    parts = list(blocks)
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return sparse.csr_matrix(np.empty((0, source.n_features), np.float32))
    joined: Matrix = sparse.vstack(parts, format="csr", dtype=np.float32)
    return joined


def array(state: State, name: str, kind: type[np.generic]) -> NDArray[Any]:
    """One array (k,) of a stored state. Raises CorruptFeaturesError if it isn't there or is of another type."""
    found = state.get(name)
    if found is None or found.ndim != 1 or found.dtype != np.dtype(kind):
        raise CorruptFeaturesError(f"there is no array {name!r} of {np.dtype(kind)} in the stored features")
    return found
