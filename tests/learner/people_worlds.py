"""Simulated people and their votes, for the tests of agreement, people and stopping."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def cast(
    rng: np.random.Generator,
    accuracies: Sequence[float],
    *,
    items: int,
    votes: int,
    shares: Sequence[float] = (0.4, 0.6),
) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Ballots (item -> person -> label) of `votes` people each, right with their accuracy, and the truth. Classes are "0", "1", ..."""
    k = len(shares)
    truth = rng.choice(k, size=items, p=list(shares))
    ballots: dict[str, dict[str, str]] = {}
    for i, code in enumerate(truth.tolist()):
        who = rng.choice(len(accuracies), size=votes, replace=False)
        said = [code if rng.random() < accuracies[w] else (code + rng.integers(1, k)) % k for w in who]
        ballots[f"i{i:05d}"] = {f"p{w}": str(label) for w, label in zip(who, said, strict=True)}
    return ballots, {f"i{i:05d}": str(code) for i, code in enumerate(truth.tolist())}
