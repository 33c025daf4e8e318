"""Features of bounded size for very large pools: the n-grams of learner.features, each hashed to one of a fixed number of columns.

No vocabulary is kept: memory is that of two arrays of weights, whatever the pool. The weights (idf) come from a first pass over the
texts, which counts in how many each column occurs; the rows from a second. Grams that meet in a column add up (at 10 million different
grams in a million columns some do; with short texts that costs little, as rare ones meet rare ones).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.counting import Counted, chunks, count
from learner.errors import CorruptFeaturesError
from learner.features import Mapper, State, array, filled, stack
from learner.ngrams import U64
from learner.types import Matrix
from learner.weighing import Space, beside, weigh

NAMES = ("words", "characters")
BITS = 20


class HashedFeatures:
    """Word 1-2-grams and character 2-5-grams (char_wb) in 2 * 2**bits columns, float32, sublinear tf, idf from the fitted texts.

    Columns that fewer than `min_df` of the fitted texts have weigh nothing. `mapper` as in TfidfFeatures.
    """

    def __init__(self, *, bits: int = BITS, min_df: int = 2, mapper: Mapper = map) -> None:
        if not 1 <= bits <= 30:
            raise ValueError(f"bits must be between 1 and 30, not {bits}")
        self._bits, self._min_df, self._map = bits, min_df, mapper
        self._idfs = [np.zeros(1 << bits, np.float32) for _ in NAMES]
        self._numbers = 0  # stored in the rows of the texts fitted on

    @property
    def name(self) -> str:
        return f"hashed-1:bits={self._bits}:min_df={self._min_df}"

    @property
    def learns(self) -> bool:
        return True

    @property
    def n_features(self) -> int:
        return 2 << self._bits

    def fit_transform(self, texts: Sequence[str]) -> Matrix:
        """Rows (n, d) of the texts that the weights are learned from."""
        blocks = self.fit_blocks(texts)
        return filled(blocks, len(texts), self._numbers, self.n_features)

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Rows (n, d) of other texts."""
        return stack(self.transform_blocks(texts), self)

    def fit_blocks(self, texts: Sequence[str]) -> Iterator[Matrix]:
        totals = [np.zeros(1 << self._bits, np.int64) for _ in NAMES]
        for chunk in self._map(self._frequencies, chunks(texts)):
            for total, (columns, df) in zip(totals, chunk, strict=True):
                total[columns] += df
        n = len(texts)
        self._idfs = [_weights(df, n, self._min_df) for df in totals]
        self._numbers = sum(int(df[idf > 0].sum()) for df, idf in zip(totals, self._idfs, strict=True))
        return self.transform_blocks(texts)

    def transform_blocks(self, texts: Sequence[str]) -> Iterator[Matrix]:
        return iter(self._map(self._rows, chunks(texts)))

    def state(self) -> dict[str, NDArray[Any]]:
        return {f"{name}_idf": idf for name, idf in zip(NAMES, self._idfs, strict=True)}

    def restore(self, state: State) -> None:
        idfs = [array(state, f"{name}_idf", np.float32) for name in NAMES]
        if any(len(idf) != 1 << self._bits or not np.isfinite(idf).all() or (idf < 0).any() for idf in idfs):
            raise CorruptFeaturesError(f"the weights are not those of {1 << self._bits} columns")
        self._idfs = idfs

    def _frequencies(self, texts: Sequence[str]) -> list[tuple[NDArray[np.int32], NDArray[np.int64]]]:
        """The columns that occur, and in how many texts, for either block."""
        result = []
        for grams in count(texts).blocks:
            space = self._space(grams.vocabulary, None)
            result.append((space.columns, grams.frequencies(space.compact, len(space.columns))))
        return result

    def _rows(self, texts: Sequence[str]) -> Matrix:
        counted: Counted = count(texts)
        return beside(
            [
                weigh(grams, self._space(grams.vocabulary, idf), idf)
                for grams, idf in zip(counted.blocks, self._idfs, strict=True)
            ]
        )

    def _space(self, hashes: U64, idf: NDArray[np.float32] | None) -> Space:
        """The uppermost bits are the column, so sorted hashes have sorted columns. With `idf`, columns without weight are left out."""
        columns = (hashes >> np.uint64(64 - self._bits)).astype(np.int32)
        alive = np.ones(len(columns), np.bool_) if idf is None else idf[columns] > 0
        distinct, place = np.unique(columns[alive], return_inverse=True)
        compact = np.full(len(columns), -1, np.int32)
        compact[alive] = place
        return Space(compact, distinct, 1 << self._bits)


def _weights(df: NDArray[np.int64], n: int, min_df: int) -> NDArray[np.float32]:
    idf = np.log((1.0 + n) / (1.0 + df)) + 1.0
    return np.where(df >= max(1, min(min_df, n)), idf, 0.0).astype(np.float32)
