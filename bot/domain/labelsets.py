"""Answers of projects whose items may carry several labels: one string for one set of labels.

Such a value is the labels in the project's order as a JSON array without spaces, `["spam","abuse"]`; `[]` is an answer, too: none of
them. lua/common.lua writes the same. All that reads or makes these strings does it here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from bot.words import say

NONE = "[]"


def encode(chosen: Iterable[str], labels: Sequence[str]) -> str:
    """The value for these labels. Raises ValueError, which names the first that is none of the project's."""
    wanted = set(chosen)
    unknown = sorted(wanted.difference(labels))
    if unknown:
        raise ValueError(say("label-unknown", label=repr(unknown[0]), known=", ".join(labels)))
    return json.dumps([label for label in labels if label in wanted], separators=(",", ":"), ensure_ascii=False)


def decode(value: str) -> tuple[str, ...]:
    """The labels of a value, in its order. Raises ValueError for what is no value."""
    found = json.loads(value)
    if not isinstance(found, list) or not all(isinstance(label, str) for label in found):
        raise ValueError(say("label-no-set", label=repr(value)))
    return tuple(found)


def is_value(value: str, labels: Sequence[str]) -> bool:
    """Whether this is how a set of just these labels is written."""
    try:
        return encode(decode(value), labels) == value
    except ValueError:
        return False


def said(value: str) -> str:
    """The set in words."""
    return ", ".join(decode(value)) or say("labels-none")


def tally(counts: Mapping[str, int]) -> dict[str, int]:
    """label -> how many have it, from value -> how many have that value."""
    found: dict[str, int] = {}
    for value, count in counts.items():
        for label in decode(value):
            found[label] = found.get(label, 0) + count
    return found


def majority(votes: Mapping[str, int], labels: Sequence[str]) -> str | None:
    """What more than half of the votes (value -> how many) say of each label; None where just half say a label, or without a vote."""
    total, have = sum(votes.values()), tally(votes)
    if not total or any(2 * count == total for count in have.values()):
        return None
    return encode((label for label in labels if 2 * have.get(label, 0) > total), labels)
