"""How every picture looks: one paper, one ink, colours that any colour vision tells apart.

The paper is opaque and a little grey, so that a picture reads the same in Slack's light and dark mode. Nothing here touches matplotlib's
global state: figures are drawn in the sender's thread. Names given by people are never parsed as formulas.
"""

from __future__ import annotations

import importlib.util
import io
from typing import TYPE_CHECKING, Any, Final

from bot.domain import Project
from bot.slack.blocks.text import clip, one_line
from bot.slack.pictures import fonts
from bot.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAPER: Final = "#f6f6f3"
INK: Final = "#1d1c1d"
FAINT: Final = "#5c5c58"
GRID: Final = "#d3d3cd"
# Okabe and Ito (2008).
BLUE: Final = "#0072b2"
VERMILION: Final = "#d55e00"
GREEN: Final = "#007a59"  # theirs is a little too light for thin lines on paper
SKY: Final = "#8ab8d6"
DPI: Final = 150
TOP_RIGHT: Final = 1  # of a legend, by matplotlib's number
NAME: Final = 24  # characters of a label

LITERAL: Final[dict[str, Any]] = {"parse_math": False}


def available() -> bool:
    """Whether matplotlib (the extra `charts`) is installed; looked up without loading it."""
    return importlib.util.find_spec("matplotlib") is not None


def figure(width: float = 7.5, height: float = 4.2) -> Figure:
    """An empty sheet, in inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    made = Figure(figsize=(width, height), dpi=DPI, layout="constrained", facecolor=PAPER)
    FigureCanvasAgg(made)
    return made


def title(made: Figure, text: str, below: str) -> None:
    """A title, and a small line under the picture that says how sure it is."""
    made.suptitle(text, color=INK, fontsize=13, fontweight="bold", x=0.02, ha="left", **LITERAL)
    made.supxlabel(below, color=FAINT, fontsize=9.5, x=0.02, ha="left", **LITERAL)


def dress(axes: Axes, x: str, y: str) -> None:
    """Ink, grid and names of the axes."""
    axes.set_facecolor(PAPER)
    axes.set_xlabel(x, color=INK, **LITERAL)
    axes.set_ylabel(y, color=INK, **LITERAL)
    axes.tick_params(colors=INK, which="both")
    for name, spine in axes.spines.items():
        spine.set_color(GRID if name in ("top", "right") else FAINT)
    axes.grid(color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)


def legend(axes: Axes, **more: Any) -> None:
    """In ink on paper."""
    found = axes.legend(facecolor=PAPER, edgecolor=GRID, labelcolor=INK, fontsize=9, **more)
    for text in found.get_texts():
        text.set_parse_math(False)


def label(project: Project, value: str) -> str:
    """A label, short enough for a picture; by its number where no font here has its letters."""
    written = fonts.readable(one_line(value))
    return say("pictures-label", number=str(project.labels.index(value) + 1)) if not written else clip(written, NAME)


def subject(project: Project) -> str:
    """Whose figures a picture shows, for its title: those of one label where items may carry several."""
    written = fonts.readable(one_line(project.name))
    name = project.id if not written else clip(written, NAME)
    if not project.multi_label:
        return name
    return say("pictures-one-label", project=name, label=label(project, project.positive))


def alone(project: Project, alt: str) -> str:
    """What a picture shows in words, and of which label where items may carry several."""
    of = clip(one_line(project.positive), NAME)
    return say("pictures-one-label-alt", label=of, alt=alt) if project.multi_label else alt


def png(made: Figure) -> bytes:
    """The finished picture."""
    fonts.dress(made)
    buffer = io.BytesIO()
    made.savefig(buffer, format="png", facecolor=PAPER)
    return buffer.getvalue()
