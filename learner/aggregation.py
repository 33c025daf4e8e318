"""From people's votes to what can be said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class AgreementShare(NamedTuple):
    """`share` of pairs of votes on the same item that agree (None without a pair), over `items` items with two votes or more."""

    share: float | None
    items: int


def agreement(votes: Iterable[Mapping[str, str]]) -> AgreementShare:
    """How often two people who saw the same item said the same.

    Each mapping is one item's present votes, person -> label. All pairs count alike, so an item with more votes weighs more.
    """
    agreeing = pairs = items = 0
    for ballot in votes:
        n = len(ballot)
        if n < 2:
            continue
        items += 1
        pairs += n * (n - 1) // 2
        agreeing += sum(count * (count - 1) // 2 for count in Counter(ballot.values()).values())
    return AgreementShare(agreeing / pairs if pairs else None, items)
