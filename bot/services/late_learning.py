"""Learning from what is said when no round will come soon: answers changed after their round, decisions, labels that were imported.

A round learns from all of it when it closes, and the next one before it opens. Where none is open or due (the last one is over, the pool is
exhausted, the project is paused or waits for its schedule), the model learns by itself, once nobody has changed anything for a while.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.domain import ModelVersion, Report
from bot.services.ports import Clock, Store

QUIET = timedelta(minutes=1)  # without another change: whoever decides one item often decides the next one, too
LONGEST = timedelta(minutes=10)  # so long after the first change it is learned, whatever follows


class _Pending(NamedTuple):
    """Labels that no model has learned: their revision, and when the first and the last change was seen."""

    revision: int
    first: datetime
    last: datetime


class LateChanges:
    """When to learn of them. What it remembers only saves looking; a new process waits anew, and comes to the same model."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._pending: dict[str, _Pending] = {}
        self._learned: dict[str, int] = {}  # project id -> revision

    def due(self, project_id: str) -> bool:
        """Whether the labels have moved since the current model, and have come to rest."""
        revision, now = self._store.votes.label_revision(project_id), self._clock.now()
        if self._learned.get(project_id) == revision:
            return False
        pending = self._pending.get(project_id)
        if pending is None:
            current = self._store.models.current(project_id)
            if current is not None and current.label_revision == revision:
                self.learned(project_id, revision)
                return False
            pending = _Pending(revision, now, now)
        elif pending.revision != revision:
            pending = pending._replace(revision=revision, last=now)
        self._pending[project_id] = pending
        return now >= min(pending.last + QUIET, pending.first + LONGEST)

    def learned(self, project_id: str, revision: int) -> None:
        """These labels were learned, or nothing could be learned from them."""
        self._learned[project_id] = revision
        self._pending.pop(project_id, None)

    def forget(self, project_id: str) -> None:
        """A round will learn of whatever there is."""
        self._pending.pop(project_id, None)


def learned_since(store: Store, report: Report | None) -> ModelVersion | None:
    """The current model, if it was trained after that report: of its figures it knows nothing, nor they of it."""
    current = store.models.current(report.project_id) if report is not None else None
    if report is None or current is None or current.id == report.model_version or current.round != report.round:
        return None
    return current if current.trained_at > report.made_at else None
