"""What stands beside the three figures: how many labels would narrow them, and each class's own."""

from __future__ import annotations

from typing import Final

from bot.domain import ClassFigures, Estimate, Interval
from bot.slack.blocks import curve
from bot.slack.blocks.text import Block, clip, count, escape, one_line, preformatted

NAME: Final = 16  # characters of a class's name in the table
MOST: Final = 5_000  # more labels than that are not counted


def narrowing(estimate: Estimate) -> str:
    """What would narrow the intervals, in one phrase; empty where all are narrow, or nothing is known."""
    if estimate.more is None:
        return ""
    parts = [
        _wanted(more, name)
        for name, more, found in (
            ("precision", estimate.more.precision, estimate.precision),
            ("recall", estimate.more.recall, estimate.recall),
        )
        if more != 0 and found.point is not None
    ]
    return f"{' and '.join(parts)}, for ±10 points" if parts else ""


def _wanted(more: int | None, name: str) -> str:
    if more is None:
        return f"over {MOST:,} more audit labels on {name}"
    return f"about {count(_rounded(more), 'more audit label')} on {name}"


def _rounded(number: int) -> int:
    """To two digits: it is a forecast."""
    step = int(10 ** max(len(str(number)) - 2, 0))
    return -(-number // step) * step


def classes_block(estimate: Estimate) -> Block | None:
    """Each class's figures and their means as a table; None for two classes. Labels that items carry together have thresholds, too."""
    if not estimate.classes:
        return None
    several = several_labels(estimate)
    last = "Threshold" if several else ""
    lines = [f"{'Label' if several else 'Class':<{NAME}}  {'Precision':<18} {'Recall':<18} {'F1':<18} {last}".rstrip()]
    lines += [_line(clip(one_line(figures.label), NAME), figures) for figures in estimate.classes]
    if estimate.macro is not None:
        lines.append(_line("mean of labels" if several else "mean of classes", estimate.macro))
    return preformatted("\n".join(lines))


def _line(name: str, figures: ClassFigures) -> str:
    cells = "".join(f"{curve.cell(value):<19}" for value in (figures.precision, figures.recall, figures.f1))
    threshold = "" if figures.threshold is None else f"{figures.threshold:.3f}"
    return f"{name:<{NAME}}  {cells}{threshold}".rstrip()


def several_labels(estimate: Estimate) -> bool:
    """Whether the figures are of labels that items carry together, each at its own threshold."""
    return any(figures.threshold is not None for figures in estimate.classes)


def classes_spoken(estimate: Estimate) -> str:
    """The same in one sentence, for readers who hear the message; empty for two classes."""
    if not estimate.classes:
        return ""
    parts = [f"{escape(one_line(figures.label))} {_spoken(figures.f1)}" for figures in estimate.classes]
    mean = f"; their mean {_spoken(estimate.macro.f1)}" if estimate.macro is not None else ""
    return f"F1 by {'label' if several_labels(estimate) else 'class'}: {', '.join(parts)}{mean}."


def _spoken(value: Interval) -> str:
    return "not known yet" if value.point is None else curve.interval(value)
