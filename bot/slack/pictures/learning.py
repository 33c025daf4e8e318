"""The learning curve, with intervals as bands."""

from __future__ import annotations

from typing import Final

from bot.domain import Project, Report
from bot.slack.blocks import curve
from bot.slack.blocks.message import Picture
from bot.slack.pictures import style
from bot.words import figure, say

_LINES: Final = ((style.BLUE, "-", "o"), (style.VERMILION, "--", "s"), (style.GREEN, ":", "^"))


def draw(project: Project, report: Report, filename: str) -> Picture:
    """Precision, recall and F1 against labels spent, a panel each: bands on top of each other tell nothing."""
    made = style.figure(9.0, 3.6)
    labels = [point.labels for point in report.curve]
    panels = made.subplots(1, len(curve.SERIES), sharex=True, sharey=True)
    for axes, (name, of), (colour, line, marker) in zip(panels, curve.series(), _LINES, strict=True):
        values = [of(point.estimate) for point in report.curve]
        middle = [float("nan") if value.point is None else 100 * value.point for value in values]
        low, high = [100 * value.low for value in values], [100 * value.high for value in values]
        axes.fill_between(labels, low, high, color=colour, alpha=0.18, linewidth=0)
        axes.plot(labels, middle, line, color=colour, marker=marker, linewidth=2)
        style.dress(axes, say("curve-axis-labels"), say("curve-axis-percent") if axes is panels[0] else "")
        axes.set_title(f"{name} {curve.cell(values[-1]).strip()}", color=style.INK, fontsize=11)
        axes.set_ylim(0, 100)
        axes.xaxis.get_major_locator().set_params(nbins=4, integer=True)
        axes.xaxis.set_major_formatter(lambda value, _: figure(value, ",.0f"))
    number = str(report.round)
    title = say("curve-picture", project=style.subject(project), round=number)
    style.title(made, title, say("curve-picture-below"))
    return Picture(
        filename,
        say("curve-picture-short", round=number),
        style.alone(project, curve.alt_text(report)),
        style.png(made),
    )
