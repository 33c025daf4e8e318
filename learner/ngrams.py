"""N-grams of many texts at once, as 64-bit hashes.

The texts stand in one array of code points, so that all substrings of a length are hashed by a handful of array operations: a
polynomial hash modulo 2^64 of scrambled code points. Among 10 million different grams two collide with a probability of about 3 in a
million. Which characters are spaces or word characters is Python's own view (str.isalnum), asked once per different character.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that it has an inverse
NEWLINE = 10
CHAR_MIN, CHAR_MAX = 2, 5


class Grams(NamedTuple):
    """One entry per occurrence: the text it is in (from 0) and the gram's hash; `documents` is the number of texts."""

    document: NDArray[np.int32]
    hashes: U64
    documents: int


def normalise(text: str) -> str:
    """Lower case, runs of white space made one space, a space before and a line end behind: "A  b" -> " a b \\n"."""
    return f" {' '.join(text.lower().split())} \n"


def char_grams(chunk: str) -> Grams:
    """Character 2-5-grams inside words padded by a space on either side: scikit-learn's "char_wb" (`chunk`: normalised lines)."""
    codes, document = _codes(chunk)
    space = codes == ord(" ")
    end = codes == NEWLINE
    scrambled = _scramble(codes.astype(np.uint64))
    rolling = scrambled.copy()
    alive = ~end  # the gram of the present length that starts here is within one padded word
    documents: list[NDArray[np.int32]] = []
    hashes: list[U64] = []
    for length in range(2, CHAR_MAX + 1):
        rolling = rolling[:-1] * BASE + scrambled[length - 1 :]
        alive = alive[:-1] & ~end[length - 1 :]
        if length > 2:
            alive &= ~space[length - 2 : -1]  # a space may stand at the ends only
        starts = np.flatnonzero(alive)
        if length == CHAR_MIN:
            starts = starts[~(space[starts] & space[starts + 1])]  # the two spaces of an empty text
        documents.append(document[starts])
        hashes.append(rolling[starts] + np.uint64(length))
    return Grams(np.concatenate(documents), np.concatenate(hashes), int(end.sum()))


def word_hashes(chunk: str) -> tuple[NDArray[np.int32], U64]:
    r"""Words of two characters or more (regex \\w\\w+), in order: the line that each is in, and its hash."""
    codes, document = _codes(chunk)
    inside = _flag(codes, lambda c: c.isalnum() or c == "_")
    edge = np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8))
    starts, ends = np.flatnonzero(edge == 1), np.flatnonzero(edge == -1)
    long = ends - starts >= 2
    starts, ends = starts[long], ends[long]
    return document[starts], _hash_spans(_scramble(codes.astype(np.uint64)), starts, ends)


def pair_hashes(words: U64) -> U64:
    """Hashes (n - 1,) of each word with the one that follows it: scikit-learn's 2-grams of words."""
    return _scramble(words[:-1]) * BASE + words[1:]


def _codes(chunk: str) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Code points, and the line that each is in."""
    codes = np.frombuffer(chunk.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ends = (codes == NEWLINE).astype(np.int32)
    return codes, np.cumsum(ends, dtype=np.int32) - ends


def _flag(codes: NDArray[np.uint32], test: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Whether each code point's character passes the test."""
    different, place = np.unique(codes, return_inverse=True)
    return np.fromiter((test(chr(code)) for code in different), dtype=np.bool_, count=len(different))[place]


def _scramble(values: U64) -> U64:
    """Spreads values over 64 bits (the finaliser of splitmix64, Steele, Lea & Flood 2014)."""
    z = values + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _hash_spans(scrambled: U64, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> U64:
    """Polynomial hashes of spans of any length: differences of prefix sums, shifted back by powers of the base's inverse."""
    n = len(scrambled)
    powers = np.ones(n + 1, dtype=np.uint64)
    powers[1:] = BASE
    powers = np.cumprod(powers, dtype=np.uint64)
    inverse = np.ones(n + 1, dtype=np.uint64)
    inverse[1:] = np.uint64(pow(int(BASE), -1, 2**64))
    inverse = np.cumprod(inverse, dtype=np.uint64)
    prefix = np.concatenate([np.zeros(1, np.uint64), np.cumsum(scrambled * powers[:n], dtype=np.uint64)])
    return _scramble((prefix[ends] - prefix[starts]) * inverse[starts])
