"""The confusion matrix: how many items the model flags rightly and wrongly, estimated from the audit sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot.domain import Confusion, Estimate, Interval, Project, Report
from bot.slack.blocks.message import Picture
from bot.slack.blocks.text import clip, one_line
from bot.slack.pictures import style
from bot.words import figure, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INTERVALS_UP_TO: Final = 5  # classes; of more, only the middles fit into a picture


def number(value: Interval) -> str:
    """ "120"; a dash where nothing is known."""
    return "–" if value.point is None else figure(value.point, ",.0f")


def span(value: Interval) -> str:
    """ "90 to 160"."""
    return say("pictures-span", low=figure(value.low, ",.0f"), high=figure(value.high, ",.0f"))


def below(estimate: Estimate) -> str:
    """How sure it is."""
    return say("matrix-below", items=estimate.population, answers=estimate.audit_labels)


def rows(positive: str, found: Confusion) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[Interval, ...], ...]]:
    """Names of the rows (what the model says) and columns (what is true), and the cells."""
    said = (say("matrix-flagged"), say("matrix-not-flagged"))
    true = (positive, say("matrix-not", label=positive))
    return said, true, ((found.hits, found.false_alarms), (found.missed, found.rest))


def draw(project: Project, report: Report, filename: str) -> Picture:
    """Two by two for the positive class; of more than two labels all of them beside it."""
    estimate = report.estimate
    assert estimate.confusion is not None  # noqa: S101 - asked for by `files.due`
    wide = bool(estimate.matrix)
    k = len(estimate.matrix)
    made = style.figure(12.0 if wide else 7.5, 4.2 if k <= INTERVALS_UP_TO else 6.5)
    panels = [made.add_subplot()] if not wide else list(made.subplots(1, 2, width_ratios=(2, 3)))
    said, true, cells = rows(style.label(project, project.positive), estimate.confusion)
    _panel(panels[0], said, true, cells)
    if wide:
        names = [style.label(project, label) for label in project.labels]
        _panel(panels[1], names, names, estimate.matrix, crowded=k > INTERVALS_UP_TO)
    number = str(report.round)
    title = say("matrix-picture", project=style.subject(project), round=number)
    style.title(made, title, below(estimate))
    return Picture(
        filename, say("matrix-short", round=number), style.alone(project, words(project, report)), style.png(made)
    )


def _panel(
    axes: Axes,
    said: Sequence[str],
    true: Sequence[str],
    cells: Sequence[Sequence[Interval]],
    *,
    crowded: bool = False,
) -> None:
    style.dress(axes, say("matrix-people"), say("matrix-model"))
    axes.grid(visible=False)
    axes.set_xticks(range(len(true)), true, rotation=0 if len(true) <= 3 else 45, **style.LITERAL)
    axes.set_yticks(range(len(said)), said, **style.LITERAL)
    axes.set_xlim(-0.5, len(true) - 0.5)
    axes.set_ylim(len(said) - 0.5, -0.5)
    for i, row in enumerate(cells):
        total = sum(cell.point or 0.0 for cell in row)
        for j, cell in enumerate(row):
            share = (cell.point or 0.0) / total if total else 0.0
            axes.fill([j - 0.5, j + 0.5, j + 0.5, j - 0.5], [i - 0.5, i - 0.5, i + 0.5, i + 0.5],
                      color=style.SKY, alpha=share, edgecolor=style.GRID)  # fmt: skip
            axes.text(j, i - (0 if crowded else 0.08), number(cell), ha="center", va="center", color=style.INK,
                      fontsize=9 if crowded else 15, fontweight="bold")  # fmt: skip
            if not crowded:
                axes.text(j, i + 0.2, f"({span(cell)})", ha="center", va="center", color=style.INK, fontsize=9)


def words(project: Project, report: Report) -> str:
    """The matrix of the positive class in sentences (plain text)."""
    found, estimate = report.estimate.confusion, report.estimate
    if found is None:
        return ""
    cells = {"hits": found.hits, "alarms": found.false_alarms, "missed": found.missed, "rest": found.rest}
    return say(
        "matrix-alt",
        round=str(report.round),
        label=clip(one_line(project.positive), 75),
        estimated=say("pictures-answers", items=estimate.population, answers=estimate.audit_labels),
        **{name: f"{number(value)} ({span(value)})" for name, value in cells.items()},
    )
