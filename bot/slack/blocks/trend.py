"""How a figure moves from round to round, in words: what may be chance is called so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.domain import CurvePoint, Estimate, Interval
from bot.words import figure, say

LOOKED_BACK: Final = 4  # rounds of a trend, this one included
Figure = Callable[[Estimate], Interval]
_NAMES: Final[tuple[tuple[str, Figure], ...]] = (  # name of its text, and what it is
    ("trend-precision", lambda estimate: estimate.precision),
    ("trend-recall", lambda estimate: estimate.recall),
    ("trend-f1", lambda estimate: estimate.f1),
)


def changes(before: Estimate, now: Estimate, told: Callable[[Interval], bool]) -> list[str]:
    """How each figure moved, of those that are `told` then and now: "precision up 3 points to 58% (may be chance)"."""
    pairs = [(say(name), of(before), of(now)) for name, of in _NAMES]
    return [_change(name, old, new) for name, old, new in pairs if told(old) and told(new)]


def _change(name: str, old: Interval, new: Interval) -> str:
    points = round(100 * (new.point or 0.0)) - round(100 * (old.point or 0.0))
    now = figure(new.point or 0.0, ".0%")
    if points == 0:
        return say("trend-unchanged", name=name, now=now)
    way, chance = "up" if points > 0 else "down", "yes" if _alike(old, new) else "no"
    return say("trend-change", name=name, way=way, points=abs(points), now=now, chance=chance)


def line(points: Sequence[CurvePoint], of: Figure) -> str:
    """ "49% → 55% → 62%: rising"; empty while there is one value only."""
    known = [value for value in (of(point.estimate) for point in points) if value.point is not None][-LOOKED_BACK:]
    if len(known) < 2:
        return ""
    values = " → ".join(figure(value.point or 0.0, ".0%") for value in known)
    return say("trend-line", values=values, trend=_trend(known))


def _trend(values: Sequence[Interval]) -> str:
    """By the first and the last; nothing is called rising whose last step, as it is written, went down."""
    if _alike(values[0], values[-1]):
        return "unclear"
    points = [round(100 * (value.point or 0.0)) for value in values]
    way = 1 if points[-1] > points[0] else -1
    if (points[-1] - points[-2]) * way < 0:
        return "mixed"
    return "rising" if way > 0 else "falling"


def _alike(old: Interval, new: Interval) -> bool:
    """Whether each lies within what the other leaves open."""
    return _inside(new, old) and _inside(old, new)


def _inside(value: Interval, other: Interval) -> bool:
    return value.point is not None and other.low <= value.point <= other.high
