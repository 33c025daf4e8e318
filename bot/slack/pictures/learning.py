"""The learning curve, with intervals as bands."""

from __future__ import annotations

from typing import Final

from bot.domain import Project, Report
from bot.slack.blocks import curve
from bot.slack.blocks.message import Picture
from bot.slack.pictures import style

_LINES: Final = ((style.BLUE, "-", "o"), (style.VERMILION, "--", "s"), (style.GREEN, ":", "^"))
BELOW: Final = "Bands: 95% intervals. Labels count all that were given, those for measuring included."


def draw(project: Project, report: Report, filename: str) -> Picture:
    """Precision, recall and F1 against labels spent, a panel each: bands on top of each other tell nothing."""
    made = style.figure(9.0, 3.6)
    labels = [point.labels for point in report.curve]
    panels = made.subplots(1, len(curve.SERIES), sharex=True, sharey=True)
    for axes, (name, of), (colour, line, marker) in zip(panels, curve.SERIES, _LINES, strict=True):
        values = [of(point.estimate) for point in report.curve]
        middle = [float("nan") if value.point is None else 100 * value.point for value in values]
        low, high = [100 * value.low for value in values], [100 * value.high for value in values]
        axes.fill_between(labels, low, high, color=colour, alpha=0.18, linewidth=0)
        axes.plot(labels, middle, line, color=colour, marker=marker, linewidth=2)
        style.dress(axes, "Labels", "Percent" if axes is panels[0] else "")
        axes.set_title(f"{name} {curve.cell(values[-1]).strip()}", color=style.INK, fontsize=11)
        axes.set_ylim(0, 100)
        axes.xaxis.get_major_locator().set_params(nbins=4, integer=True)
    style.title(made, f"{style.name(project.name)}: {curve.TITLE.lower()} to round {report.round}", BELOW)
    return Picture(filename, f"{curve.TITLE}, round {report.round}", curve.alt_text(report), style.png(made))
