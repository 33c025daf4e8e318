"""Which files a report's thread gets, by the kind in their key: "chart", "matrix", "scores", "client"."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Final

from bot.domain import NotFoundError, Project, Report
from bot.slack.blocks import curve
from bot.slack.blocks.message import Attachment, Picture
from bot.slack.pictures import client, learning, matrix, spread, style
from bot.words import say

log = logging.getLogger("roundtable.pictures")

_PICTURES: Final[dict[str, tuple[str, Callable[[Project, Report, str], Picture]]]] = {
    "chart": ("learning-curve", learning.draw),
    "matrix": ("confusion-matrix", matrix.draw),
    "scores": ("scores", spread.draw),
}
CLIENT: Final = "client"
KINDS: Final = (*_PICTURES, CLIENT)
# What a page has room for; its confusion matrix is a table.
ON_THE_PAGE: Final = ("chart", "scores")
KEPT: Final = 6  # pictures: those of a report are wanted again for its page


def filename(kind: str, project_id: str, number: int | str) -> str:
    """The name of one report's file, the same each time: what it is found again by."""
    return f"report-{project_id}-{number}.html" if kind == CLIENT else f"{_PICTURES[kind][0]}-{project_id}-{number}.png"


class Files:
    """Makes them. One object per sender, not for several threads."""

    def __init__(self) -> None:
        self._said = False
        self._drawn: deque[tuple[Project, Picture]] = deque(maxlen=KEPT)

    def due(self, report: Report) -> list[str]:
        """The kinds of file that this report gives rise to; pictures only where they can be drawn."""
        return [*self._drawable(report), CLIENT] if report.model_version is not None else []

    def make(self, kind: str, project: Project, report: Report) -> Picture | Attachment:
        """Draws or writes it. Raises NotFoundError if that can't be done here."""
        name = filename(kind, report.project_id, report.round)
        there = self._drawable(report)
        if kind == CLIENT:
            pictures = [self._picture(each, project, report) for each in ON_THE_PAGE if each in there]
            return client.page(project, report, [each for each in pictures if each is not None], name)
        picture = self._picture(kind, project, report) if kind in there else None
        if picture is None:
            raise NotFoundError(say("pictures-missing", name=name))
        return picture

    def _drawable(self, report: Report) -> list[str]:
        if not style.available():
            if not self._said:
                log.warning(
                    "reports go without pictures: they take matplotlib (pip install 'roundtable-learning[charts]')"
                )
            self._said = True
            return []
        confusion = report.estimate.confusion
        there = {
            "chart": curve.drawable(report.curve),
            "matrix": confusion is not None and confusion.hits.point is not None and confusion.missed.point is not None,
            "scores": report.scores is not None and report.threshold is not None,
        }
        return [kind for kind in _PICTURES if there[kind]]

    def _picture(self, kind: str, project: Project, report: Report) -> Picture | None:
        """The picture; None if matplotlib fails, which must not hold up the messages behind it."""
        name, draw = filename(kind, report.project_id, report.round), _PICTURES[kind][1]
        for drawn_for, picture in self._drawn:
            if picture.filename == name and drawn_for == project:
                return picture
        try:
            picture = draw(project, report, name)
        except Exception:  # the edge to a large library that is given people's own names
            log.exception("%s can't be drawn", name)
            return None
        self._drawn.append((project, picture))
        return picture
