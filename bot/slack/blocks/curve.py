"""The learning curve: a native chart, a table in fixed-width text, and what a picture of it says in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.domain import CurvePoint, Estimate, Interval, Report
from bot.slack.blocks.text import Block
from bot.slack.limits import CHART_POINTS

SERIES: Final[tuple[tuple[str, Callable[[Estimate], Interval]], ...]] = (
    ("Precision", lambda estimate: estimate.precision),
    ("Recall", lambda estimate: estimate.recall),
    ("F1", lambda estimate: estimate.f1),
)
TITLE: Final = "Learning curve"


def drawable(curve: Sequence[CurvePoint]) -> bool:
    """Whether there is a line to draw: two rounds or more, and a value known in each that is drawn."""
    return len(_known(curve)) >= 2


def _known(curve: Sequence[CurvePoint]) -> list[CurvePoint]:
    """The last rounds at which all three figures are known: a chart's series must have every category."""
    known = [point for point in curve if all(of(point.estimate).point is not None for _, of in SERIES)]
    return known[-CHART_POINTS:]


def chart_block(curve: Sequence[CurvePoint]) -> Block:
    """A `data_visualization` line chart in percent, a category per round; F1 with its interval."""
    points = _known(curve)
    categories = [f"{point.round} ({point.labels})" for point in points]
    lines = [(name, [of(point.estimate).point or 0.0 for point in points]) for name, of in SERIES]
    # The chart knows no bands: F1's interval is drawn as two lines, so that no wiggle is taken for news.
    lines += [
        ("F1 at least", [point.estimate.f1.low for point in points]),
        ("F1 at most", [point.estimate.f1.high for point in points]),
    ]
    return {
        "type": "data_visualization",
        "title": TITLE,
        "chart": {
            "type": "line",
            "series": [
                {
                    "name": name,
                    "data": [
                        {"label": category, "value": round(100 * value, 1)}
                        for category, value in zip(categories, values, strict=True)
                    ],
                }
                for name, values in lines
            ],
            "axis_config": {"categories": categories, "x_label": "Round (labels)", "y_label": "Percent"},
        },
    }


def interval(value: Interval) -> str:
    """ "62% (41% to 80%)"; without a point estimate only the interval."""
    if value.point is None:
        return f"between {value.low:.0%} and {value.high:.0%}"
    return f"{value.point:.0%} ({value.low:.0%} to {value.high:.0%})"


def table(curve: Sequence[CurvePoint], *, rows: int = 12) -> str:
    """The last rounds in fixed-width columns, for readers and clients without charts."""
    lines = [f"{'Round':>5} {'Labels':>7}  {'Precision':<18} {'Recall':<18} {'F1':<18}"]
    for point in curve[-rows:]:
        cells = "".join(f"{cell(of(point.estimate)):<19}" for _, of in SERIES)
        lines.append(f"{point.round:>5} {point.labels:>7,}  {cells}".rstrip())
    return "\n".join(lines)


def cell(value: Interval) -> str:
    """An interval in fixed width: " 62% (41–80%)"."""
    middle = "  – " if value.point is None else f"{100 * value.point:3.0f}%"
    return f"{middle} ({100 * value.low:.0f}–{100 * value.high:.0f}%)"


def alt_text(report: Report) -> str:
    """What a picture of the curve says, in words."""
    first, last = report.curve[0], report.curve[-1]
    ends = "; ".join(f"{name} {_short(of(first.estimate))} to {_short(of(last.estimate))}" for name, of in SERIES)
    return f"Learning curve, rounds {first.round} to {last.round}, {first.labels} to {last.labels} labels: {ends}."


def _short(value: Interval) -> str:
    return "unknown" if value.point is None else f"{value.point:.0%}"
