"""Who may welcome a word from a lead: said only where enough answers speak for it, and never in public.

Somebody is named for accuracy if the whole interval lies below what the others reach, and for passing if they skip or can't say far more
often than the others. Both may well be the guidelines' fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain import Interval, PersonFigures

JUDGED = 20  # answers that must have been judged
SEEN = 20  # items that must have been answered or passed
PASSED = 0.25  # of these, from which on it is worth a word
TIMES = 2.0  # as often as the others


class Need(NamedTuple):
    """One person. `accuracy` with what the others reach, or `passed`, a share, with the others'; both may be there."""

    user_id: str
    accuracy: Interval | None = None
    others_right: float = 0.0
    passed: float | None = None
    others_passed: float = 0.0


def needs(people: Sequence[PersonFigures]) -> list[Need]:
    """In the order of the figures."""
    found = []
    for person in people:
        others = [other for other in people if other is not person]
        right, passed = _right(others), _passed(others)
        low = _is_low(person, right)
        often = _seen(person) >= SEEN and _passed([person]) >= max(PASSED, TIMES * passed)
        if low or often:
            found.append(
                Need(
                    person.user_id,
                    person.accuracy if low else None,
                    right or 0.0,
                    _passed([person]) if often else None,
                    passed,
                )
            )
    return found


def _is_low(person: PersonFigures, others: float | None) -> bool:
    accuracy = person.accuracy
    known = accuracy is not None and accuracy.point is not None and person.judged >= JUDGED
    return known and others is not None and accuracy is not None and accuracy.high < others


def _right(people: Sequence[PersonFigures]) -> float | None:
    """Mean accuracy, those counting more whose answers were judged more often; None where nobody's is known."""
    known = [
        (person.judged, person.accuracy.point)
        for person in people
        if person.accuracy is not None and person.accuracy.point is not None and person.judged
    ]
    weight = sum(judged for judged, _ in known)
    return sum(judged * point for judged, point in known) / weight if weight else None


def _seen(person: PersonFigures) -> int:
    return person.answers + person.skips + person.unsure


def _passed(people: Sequence[PersonFigures]) -> float:
    """Share of what they saw that they skipped or could not say."""
    seen = sum(map(_seen, people))
    return sum(person.skips + person.unsure for person in people) / seen if seen else 0.0
