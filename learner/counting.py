"""How often each n-gram occurs in each text, chunk by chunk: what all TF-IDF features are made from.

Texts repeat their words, so n-grams are made once per different token (what stands between spaces) of a chunk. Word pairs come from the
tokens' words in a row, and character n-grams, which never cross a space, from one sparse product: (texts x tokens) @ (tokens x grams).
A chunk is kept in this factored form, a tenth of the counts themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count as counter

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from learner.ngrams import U64, char_grams, pair_hashes, word_hashes
from learner.types import Matrix

CHUNK = 1_000_000  # characters worked on at a time: bounds the memory
LONGEST = 100_000  # characters of one text that count; what comes after them changes its row but little

Ints = NDArray[np.int32]
_EMPTY = "\n"  # a token that no text has


@dataclass(frozen=True, eq=False)
class Grams:
    """Counts (n texts, k grams) as a product of factors, and the grams' hashes (k,), sorted.

    `times` None: `counts` is (n, k) itself. Else it is (n, tokens), to be multiplied by `times` (tokens, k).
    """

    counts: Matrix
    times: Matrix | None
    vocabulary: U64

    def select(self, compact: Ints, width: int) -> Matrix:
        """Counts (n, width), rows sorted, of the grams that `compact` (k,) gives a column to; -1: none. Columns that meet add up."""
        if self.times is None:
            chosen = _relabelled(self.counts, compact, width)
            chosen.sum_duplicates()
            return chosen
        product: Matrix = self.counts @ _relabelled(self.times, compact, width)
        product.sort_indices()
        return product

    def frequencies(self, compact: Ints, width: int) -> NDArray[np.int64]:
        """In how many of the texts each of the columns (width,) of `select` is not 0."""
        if self.times is None:
            chosen = _relabelled(self.counts, compact, width)
            chosen.sum_duplicates()
        else:
            chosen = self.counts @ _relabelled(self.times, compact, width)
        return np.bincount(chosen.indices, minlength=width)


@dataclass(frozen=True, eq=False)
class Counted:
    """One chunk of texts: its words' 1-2-grams and its characters' 2-5-grams ("char_wb")."""

    documents: int
    blocks: tuple[Grams, Grams]


def chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in order, about CHUNK characters at a time."""
    start = size = 0
    for end, text in enumerate(texts, start=1):
        size += min(len(text), LONGEST) + 1
        if size >= CHUNK:
            yield texts[start:end]
            start, size = end, 0
    if start < len(texts):
        yield texts[start:]


def count(texts: Sequence[str]) -> Counted:
    """Counts one chunk. Case is ignored, and so is which white space stands between words."""
    table: defaultdict[str, int] = defaultdict(counter().__next__)
    _ = table[_EMPTY]  # one token at least, so that nothing below is empty
    tokens: list[int] = []
    lengths: list[int] = []
    for text in texts:
        found = text[:LONGEST].lower().split()
        tokens.extend(map(table.__getitem__, found))
        lengths.append(len(found))
    n = len(lengths)
    document = np.repeat(np.arange(n, dtype=np.int32), lengths)
    token = np.fromiter(tokens, np.int32, len(tokens))
    lines = "".join(f" {name} \n" for name in table if name != _EMPTY)
    text_of = " \n" + lines  # a line of its own for the token that no text has: the tokens' numbers are the lines'
    return Counted(n, (_words(text_of, document, token, n), _characters(text_of, document, token, n, len(table))))


def _words(lines: str, document: Ints, token: Ints, n: int) -> Grams:
    owner, words = word_hashes(lines)
    per_token = np.bincount(owner, minlength=int(token.max(initial=0)) + 1)
    first = np.cumsum(per_token) - per_token
    many = per_token[token]
    # The words of each text in a row: for each token occurrence, its words.
    start = np.repeat(first[token] - (np.cumsum(many) - many), many)
    sequence = words[start + np.arange(len(start))]
    text = np.repeat(document, many)
    same = text[:-1] == text[1:]
    pairs = pair_hashes(sequence)[same]
    vocabulary, place = np.unique(np.concatenate([sequence, pairs]), return_inverse=True)
    return Grams(_csr(np.concatenate([text, text[:-1][same]]), place, (n, len(vocabulary))), None, vocabulary)


def _characters(lines: str, document: Ints, token: Ints, n: int, tokens: int) -> Grams:
    grams = char_grams(lines)
    vocabulary, place = np.unique(grams.hashes, return_inverse=True)
    return Grams(_csr(document, token, (n, tokens)), _csr(grams.document, place, (tokens, len(vocabulary))), vocabulary)


def _csr(rows: Ints, columns: NDArray[np.integer], shape: tuple[int, int]) -> Matrix:
    ones = np.ones(len(rows), dtype=np.float32)
    counts: Matrix = sparse.coo_matrix((ones, (rows, columns.astype(np.int32))), shape=shape).tocsr()
    return counts


def _relabelled(counts: Matrix, compact: Ints, width: int) -> Matrix:
    """The same counts with other columns; entries whose column becomes -1 are left out."""
    columns = compact[counts.indices]
    keep = columns >= 0
    if keep.all():
        indptr, data = counts.indptr, counts.data.copy()  # what is made of it is worked on in place
    else:
        indptr = np.concatenate([[0], np.cumsum(keep)])[counts.indptr].astype(np.int32)
        columns, data = columns[keep], counts.data[keep]
    return sparse.csr_matrix((data, columns, indptr), shape=(counts.shape[0], width))
