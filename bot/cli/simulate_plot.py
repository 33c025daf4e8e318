"""The learning curve of simulated projects as a picture, with bands over the repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from bot.domain import RoundtableError
from learner.simulate import RoundResult

PANELS = (("f1", "F1 at the chosen threshold"), ("average_precision", "average precision"))


def plot(path: Path, results: Mapping[str, Sequence[Sequence[RoundResult]]]) -> None:
    """Draws the mean and the middle 80% of the repeats against labels spent.

    Raises RoundtableError without matplotlib, or if it can't be written.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise RoundtableError("--plot needs matplotlib: pip install 'roundtable-learning[charts]'") from None
    figure = Figure(figsize=(10, 4.2), layout="constrained")
    for axes, (name, title) in zip(figure.subplots(1, len(PANELS)), PANELS, strict=True):
        for strategy, repeats in results.items():
            labels = [result.labels for result in repeats[0]]
            values = np.array([[_value(result, name) for result in rounds] for rounds in repeats], dtype=float)
            known = np.ma.masked_invalid(values)
            (line,) = axes.plot(labels, known.mean(axis=0), marker="o", label=strategy)
            if len(repeats) > 1:
                low, high = np.percentile(np.nan_to_num(values), [10, 90], axis=0)
                axes.fill_between(labels, low, high, color=line.get_color(), alpha=0.15)
        axes.set(title=title, xlabel="labels", ylim=(0, 1))
        axes.grid(alpha=0.3)
    figure.axes[0].legend()
    try:
        figure.savefig(path, dpi=120)
    except (OSError, ValueError) as error:
        raise RoundtableError(f"{path}: the picture could not be written: {error}") from error


def _value(result: RoundResult, name: str) -> float:
    value = getattr(result.true, name)
    return float("nan") if value is None else float(value)
