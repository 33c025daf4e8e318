"""Texts to rows: TF-IDF of word 1-2-grams beside that of character 2-5-grams within words.

The same n-grams, weights and norms as scikit-learn's TfidfVectorizer(sublinear_tf=True, min_df=2) in its "word" and "char_wb" forms,
side by side, but made by arithmetic on whole arrays (see learner.ngrams), which takes a fraction of the time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from learner.ngrams import Grams, char_grams, normalise, word_grams
from learner.types import Matrix

CHUNK = 4_000_000  # characters worked on at a time: bounds the memory
LONGEST = 100_000  # characters of one text that count; what comes after them changes its row but little


class FeatureSource(Protocol):
    """Turns texts into rows of one matrix; d stays the same from fit_transform on."""

    def fit_transform(self, texts: Sequence[str]) -> Matrix:
        """Learns from these texts and gives their rows (n, d)."""
        ...

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Rows (n, d) of other texts, in terms of what was learned."""
        ...


def fingerprint(ids: Sequence[str], text_hashes: Sequence[str]) -> str:
    """What a cache of a pool's matrix goes by: changes with any item, text or their order."""
    digest = hashlib.blake2b(digest_size=16)
    for item, text in zip(ids, text_hashes, strict=True):
        digest.update(f"{len(item)}:{item}{len(text)}:{text}".encode())
    return digest.hexdigest()


@dataclass
class _Block:
    """One kind of n-gram: its vocabulary (sorted hashes) and weights, once fitted."""

    grams: Callable[[str], Grams]
    min_df: int
    vocabulary: NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    idf: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))

    def fit_transform(self, chunks: Sequence[str], n: int) -> Matrix:
        parts = [self._count(chunk) for chunk in chunks]
        hashes = np.concatenate([vocabulary for _, vocabulary in parts])
        df = np.concatenate([np.bincount(counts.indices, minlength=counts.shape[1]) for counts, _ in parts])
        vocabulary, place = np.unique(hashes, return_inverse=True)
        df = np.bincount(place, weights=df, minlength=len(vocabulary))
        kept = df >= min(self.min_df, n)
        self.vocabulary = vocabulary[kept]
        self.idf = (np.log((1.0 + n) / (1.0 + df[kept])) + 1.0).astype(np.float32)
        return self._weigh(parts)

    def transform(self, chunks: Sequence[str]) -> Matrix:
        return self._weigh([self._count(chunk) for chunk in chunks])

    def _count(self, chunk: str) -> tuple[Matrix, NDArray[np.uint64]]:
        """Counts (documents, grams of this chunk) and the grams' hashes, sorted."""
        grams = self.grams(chunk)
        vocabulary, place = np.unique(grams.hashes, return_inverse=True)
        shape = (grams.documents, len(vocabulary))
        ones = np.ones(len(place), dtype=np.float32)
        counts = sparse.coo_matrix((ones, (grams.document, place.astype(np.int32))), shape=shape).tocsr()
        return counts, vocabulary

    def _weigh(self, parts: Sequence[tuple[Matrix, NDArray[np.uint64]]]) -> Matrix:
        weighed: Matrix = sparse.vstack([self._weigh_one(*part) for part in parts], format="csr")
        return weighed

    def _weigh_one(self, counts: Matrix, vocabulary: NDArray[np.uint64]) -> Matrix:
        """TF-IDF of one chunk, in the fitted vocabulary, each row of length 1."""
        width = len(self.vocabulary)
        at = np.searchsorted(self.vocabulary, vocabulary)
        known = at < width
        known[known] = self.vocabulary[at[known]] == vocabulary[known]
        keep = known[counts.indices]
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))[keep]
        indptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=counts.shape[0]))])
        columns = at[counts.indices[keep]].astype(np.int32)
        data = (1.0 + np.log(counts.data[keep])) * self.idf[columns] if width else np.empty(0, np.float32)
        norms = np.sqrt(np.bincount(rows, weights=data.astype(np.float64) ** 2, minlength=counts.shape[0]))
        data = (data / np.where(norms > 0, norms, 1.0)[rows]).astype(np.float32)
        return sparse.csr_matrix((data, columns, indptr.astype(np.int32)), shape=(counts.shape[0], width))


class TfidfFeatures:
    """Word 1-2-grams and character 2-5-grams (char_wb), float32, sublinear tf; grams of one text alone are left out (min_df=2)."""

    def __init__(self, *, min_df: int = 2) -> None:
        self._blocks = [_Block(word_grams, min_df), _Block(char_grams, min_df)]

    def fit_transform(self, texts: Sequence[str]) -> Matrix:
        """Rows (n, d) of the texts that the vocabulary and weights are learned from. No texts: (0, 0)."""
        if not len(texts):
            return _empty(0)
        chunks = list(_chunks(texts))
        return _beside([block.fit_transform(chunks, len(texts)) for block in self._blocks])

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Rows (n, d) of other texts; what they have in common with the fitted ones."""
        width = sum(len(block.vocabulary) for block in self._blocks)
        if not len(texts):
            return _empty(width)
        chunks = list(_chunks(texts))
        return _beside([block.transform(chunks) for block in self._blocks])


def _chunks(texts: Sequence[str]) -> Iterator[str]:
    """The normalised texts, a line each, about CHUNK characters together."""
    lines: list[str] = []
    size = 0
    for text in texts:
        line = normalise(text[:LONGEST])
        lines.append(line)
        size += len(line) + 1
        if size >= CHUNK:
            yield "".join(lines)
            lines, size = [], 0
    if lines:
        yield "".join(lines)


def _empty(width: int) -> Matrix:
    return sparse.csr_matrix(np.zeros((0, width), dtype=np.float32))


def _beside(blocks: Sequence[Matrix]) -> Matrix:
    joined: Matrix = sparse.hstack(blocks, format="csr")
    return joined
