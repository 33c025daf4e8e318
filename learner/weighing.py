"""From counts to TF-IDF rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from learner.counting import Grams, Ints
from learner.types import Matrix


class Space(NamedTuple):
    """Where the grams of one chunk go: `compact` (k,) is the place of each among `columns` (-1: nowhere), `columns` are sorted."""

    compact: Ints
    columns: Ints
    width: int  # of the whole block


def weigh(grams: Grams, space: Space, idf: NDArray[np.float32]) -> Matrix:
    """(1 + ln tf) * idf (width,), each row (n, width) of length 1; a row without any gram stays 0."""
    counts = grams.select(space.compact, len(space.columns))
    n = counts.shape[0]
    columns = space.columns[counts.indices]
    data = counts.data
    np.log(data, out=data)
    data += 1.0
    data *= idf[columns]
    lengths = np.diff(counts.indptr)
    filled = lengths > 0  # reduceat has no notion of an empty row
    squares = np.add.reduceat(data * data, counts.indptr[:-1][filled], dtype=np.float64) if len(data) else np.empty(0)
    data /= np.repeat(np.sqrt(squares).astype(np.float32), lengths[filled])
    return sparse.csr_matrix((data, columns, counts.indptr), shape=(n, space.width))


def beside(blocks: Sequence[Matrix]) -> Matrix:
    """Blocks (n, d1), (n, d2) ... as one (n, d1 + d2 + ...)."""
    joined: Matrix = sparse.hstack(blocks, format="csr")
    return joined


def dense_rows(rows: NDArray[np.float32]) -> Matrix:
    """A full array (n, d) as a sparse matrix, all its values stored."""
    n, width = rows.shape
    columns = np.tile(np.arange(width, dtype=np.int32), n)
    indptr = np.arange(n + 1, dtype=np.int32) * np.int32(width)
    return sparse.csr_matrix((rows.ravel(), columns, indptr), shape=(n, width))
