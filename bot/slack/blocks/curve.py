"""The learning curve: a native chart, a table in fixed-width text, and what a picture of it says in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.domain import CurvePoint, Estimate, Interval, Report
from bot.slack.blocks.text import Block, table_block
from bot.slack.limits import CHART_POINTS
from bot.words import figure, say

SERIES: Final[tuple[tuple[str, Callable[[Estimate], Interval]], ...]] = (  # name of its text, and what it is
    ("curve-precision", lambda estimate: estimate.precision),
    ("curve-recall", lambda estimate: estimate.recall),
    ("curve-f1", lambda estimate: estimate.f1),
)
COLUMN: Final = 18  # characters of a figure with its interval in fixed width


def series() -> list[tuple[str, Callable[[Estimate], Interval]]]:
    """The three figures by their names."""
    return [(say(name), of) for name, of in SERIES]


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
    lines = [(name, [of(point.estimate).point or 0.0 for point in points]) for name, of in series()]
    # The chart knows no bands: F1's interval is drawn as two lines, so that no wiggle is taken for news.
    lines += [
        (say("curve-f1-low"), [point.estimate.f1.low for point in points]),
        (say("curve-f1-high"), [point.estimate.f1.high for point in points]),
    ]
    return {
        "type": "data_visualization",
        "title": say("curve-title"),
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
            "axis_config": {
                "categories": categories,
                "x_label": say("curve-axis-rounds"),
                "y_label": say("curve-axis-percent"),
            },
        },
    }


def interval(value: Interval) -> str:
    """ "62% (41% to 80%)"; without a point estimate only the interval."""
    low, high = figure(value.low, ".0%"), figure(value.high, ".0%")
    if value.point is None:
        return say("curve-between", low=low, high=high)
    return say("curve-interval", point=figure(value.point, ".0%"), low=low, high=high)


def table(curve: Sequence[CurvePoint], *, rows: int = 12) -> str:
    """The last rounds in fixed-width columns, for readers and clients without charts."""
    names = "".join(f"{name:<{COLUMN + 1}}" for name, _ in series())
    lines = [f"{say('curve-column-round'):>5} {say('curve-column-labels'):>7}  {names.rstrip()}"]
    for point in curve[-rows:]:
        cells = "".join(f"{cell(of(point.estimate)):<{COLUMN + 1}}" for _, of in SERIES)
        lines.append(f"{point.round:>5} {figure(point.labels, ','):>7}  {cells}".rstrip())
    return "\n".join(lines)


def native_table(curve: Sequence[CurvePoint], *, rows: int = 12) -> Block:
    """The same as a native table, which a phone can scroll."""
    head = [say("curve-column-round"), say("curve-column-labels"), *(name for name, _ in series())]
    body = [
        [str(point.round), figure(point.labels, ","), *(cell(of(point.estimate)).strip() for _, of in SERIES)]
        for point in curve[-rows:]
    ]
    return table_block([head, *body])


def cell(value: Interval) -> str:
    """An interval in fixed width: " 62% (41–80%)"."""
    width = len(figure(1.0, ".0%"))
    middle = "– ".rjust(width) if value.point is None else figure(value.point, ".0%").rjust(width)
    return f"{middle} ({100 * value.low:.0f}–{figure(value.high, '.0%')})"


def alt_text(report: Report) -> str:
    """What a picture of the curve says, in words."""
    first, last = report.curve[0], report.curve[-1]
    ends = [
        say("curve-alt-end", name=name, start=_short(of(first.estimate)), end=_short(of(last.estimate)))
        for name, of in series()
    ]
    return say(
        "curve-alt",
        first=str(first.round),
        last=str(last.round),
        start=str(first.labels),
        end=str(last.labels),
        ends="; ".join(ends),
    )


def _short(value: Interval) -> str:
    return say("curve-unknown") if value.point is None else figure(value.point, ".0%")
