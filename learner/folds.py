"""Folds for cross-validation."""

from __future__ import annotations

import numpy as np

from learner.types import Rows

FOLDS = 5


def stratified(codes: Rows, rng: np.random.Generator) -> Rows:
    """A fold (n,) for each item with a class (n,), every class dealt out evenly."""
    fold = np.empty(len(codes), dtype=np.int64)
    for code in np.unique(codes):
        members = rng.permutation(np.flatnonzero(codes == code))
        fold[members] = np.arange(len(members)) % FOLDS
    return fold
