"""What stands beside the three figures: how many labels would narrow them, and each class's own."""

from __future__ import annotations

from typing import Final

from bot.domain import ClassFigures, Estimate, Interval
from bot.slack.blocks import curve
from bot.slack.blocks.text import Block, clip, escape, one_line, preformatted, table_block
from bot.slack.limits import TABLE_ROWS
from bot.words import figure, say

NAME: Final = 16  # characters of a class's name in the table
MOST: Final = 5_000  # more labels than that are not counted


def narrowing(estimate: Estimate) -> str:
    """What would narrow the intervals, in one sentence; empty where all are narrow, or nothing is known."""
    if estimate.more is None:
        return ""
    wanted = [
        _wanted(more, name)
        for name, more, found in (
            ("precision", estimate.more.precision, estimate.precision),
            ("recall", estimate.more.recall, estimate.recall),
        )
        if more != 0 and found.point is not None
    ]
    if len(wanted) == 2:
        return say("estimates-narrowing-both", first=wanted[0], second=wanted[1])
    return say("estimates-narrowing", wanted=wanted[0]) if wanted else ""


def _wanted(more: int | None, name: str) -> str:
    if more is None:
        return say("estimates-wanted-over", most=MOST, figure=name)
    return say("estimates-wanted", more=_rounded(more), figure=name)


def _rounded(number: int) -> int:
    """To two digits: it is a forecast."""
    step = int(10 ** max(len(str(number)) - 2, 0))
    return -(-number // step) * step


def classes_block(estimate: Estimate) -> Block | None:
    """Each class's figures and their means as a table; None for two classes. Labels that items carry together have thresholds, too."""
    if not estimate.classes:
        return None
    several = several_labels(estimate)
    heads = [(name_of_kind(several=several), NAME + 1), *((name, curve.COLUMN) for name, _ in curve.series())]
    head = " ".join(f"{name:<{width}}" for name, width in heads)
    lines = [f"{head} {say('estimates-threshold')}" if several else head.rstrip()]
    lines += [_line(clip(one_line(figures.label), NAME), figures) for figures in estimate.classes]
    if estimate.macro is not None:
        lines.append(_line(name_of_mean(several=several), estimate.macro))
    return preformatted("\n".join(lines))


def classes_table(estimate: Estimate) -> Block | None:
    """The same as a native table, which a phone can scroll; None for two classes, and for more than Slack takes."""
    means = [(name_of_mean(several=several_labels(estimate)), estimate.macro)] if estimate.macro is not None else []
    named = [*((clip(one_line(figures.label), 75), figures) for figures in estimate.classes), *means]
    if not estimate.classes or len(named) >= TABLE_ROWS:
        return None
    several = several_labels(estimate)
    head = [name_of_kind(several=several), *(name for name, _ in curve.series())]
    rows = [[*head, say("estimates-threshold")] if several else head]
    for name, figures in named:
        cells = [curve.cell(value).strip() for value in (figures.precision, figures.recall, figures.f1)]
        rows.append([name, *cells, *([threshold(figures.threshold)] if several else [])])
    return table_block(rows)


def name_of_kind(*, several: bool) -> str:
    """What the figures are of, as a head."""
    return say("estimates-label" if several else "estimates-class")


def name_of_mean(*, several: bool) -> str:
    """The name of their plain means."""
    return say("estimates-mean-labels" if several else "estimates-mean-classes")


def threshold(value: float | None) -> str:
    """A threshold as it is written everywhere; empty without one."""
    return "" if value is None else figure(value, ".3f")


def _line(name: str, figures: ClassFigures) -> str:
    cells = "".join(
        f"{curve.cell(value):<{curve.COLUMN + 1}}" for value in (figures.precision, figures.recall, figures.f1)
    )
    return f"{name:<{NAME}}  {cells}{threshold(figures.threshold)}".rstrip()


def several_labels(estimate: Estimate) -> bool:
    """Whether the figures are of labels that items carry together, each at its own threshold."""
    return any(figures.threshold is not None for figures in estimate.classes)


def classes_spoken(estimate: Estimate) -> str:
    """The same in one sentence, for readers who hear the message; empty for two classes."""
    if not estimate.classes:
        return ""
    several, mean = several_labels(estimate), estimate.macro
    told = ", ".join(f"{escape(one_line(figures.label))} {_spoken(figures.f1)}" for figures in estimate.classes)
    if mean is None:
        return say("estimates-labels" if several else "estimates-classes", list=told)
    return say("estimates-labels-mean" if several else "estimates-classes-mean", list=told, mean=_spoken(mean.f1))


def _spoken(value: Interval) -> str:
    return say("estimates-unknown") if value.point is None else curve.interval(value)
