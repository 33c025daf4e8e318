"""How a figure moves from round to round, in words: what may be chance is called so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.domain import CurvePoint, Estimate, Interval
from bot.slack.blocks.text import count

LOOKED_BACK: Final = 4  # rounds of a trend, this one included
Figure = Callable[[Estimate], Interval]


def change(old: Interval, new: Interval) -> str:
    """ "up 3 points to 58% (may be chance)"."""
    points = round(100 * (new.point or 0.0)) - round(100 * (old.point or 0.0))
    if points == 0:
        return f"unchanged at {new.point:.0%}"
    chance = " (may be chance)" if _alike(old, new) else ""
    return f"{'up' if points > 0 else 'down'} {count(abs(points), 'point')} to {new.point:.0%}{chance}"


def line(points: Sequence[CurvePoint], figure: Figure) -> str:
    """ "49% → 55% → 62%: rising"; empty while there is one value only."""
    known = [figure(point.estimate) for point in points]
    known = [value for value in known if value.point is not None][-LOOKED_BACK:]
    if len(known) < 2:
        return ""
    return f"{' → '.join(f'{value.point:.0%}' for value in known)}: {_word(known[0], known[-1])}"


def _word(first: Interval, last: Interval) -> str:
    if _alike(first, last):
        return "no clear change"
    return "rising" if (last.point or 0.0) > (first.point or 0.0) else "falling"


def _alike(old: Interval, new: Interval) -> bool:
    """Whether each lies within what the other leaves open."""
    return _inside(new, old) and _inside(old, new)


def _inside(value: Interval, other: Interval) -> bool:
    return value.point is not None and other.low <= value.point <= other.high
