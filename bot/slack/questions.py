"""What a click has to know of its question, remembered: a vote then costs one round trip to the store.

With `appendfsync always` every answer of the server waits for the disk once, reads too, so each round trip that is saved
is a wait for the disk that is saved.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar, cast

from bot.domain import Project, Query
from bot.services.ports import Clock, ProjectStore, RoundStore, Store

QUERIES: Final = 10_000  # a query never changes once it was asked; the vote script looks whether it is there
PROJECTS: Final = 1_000
PROJECT_SECONDS: Final = 2.0  # so soon other labels or another overlap hold everywhere

V = TypeVar("V")


class _Remembered(Generic[V]):
    """The last `size` values, each for `keep` at most. What raises is not remembered."""

    def __init__(self, read: Callable[[str], V], size: int, clock: Clock, keep: timedelta | None) -> None:
        self._read, self._size, self._clock, self._keep = read, size, clock, keep
        self._known: OrderedDict[str, tuple[V, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, key: str) -> V:
        now = self._clock.now()
        with self._lock:
            found = self._known.get(key)
        if found is not None and (self._keep is None or now - found[1] < self._keep):
            return found[0]
        value = self._read(key)
        with self._lock:
            self._known[key] = (value, now)
            if len(self._known) > self._size:
                self._known.popitem(last=False)
        return value


class _Over:
    """A repository with some of its methods replaced."""

    def __init__(self, under: Any, **methods: Any) -> None:
        self._under = under
        self.__dict__.update(methods)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._under, name)


def remembering(store: Store, clock: Clock) -> Store:
    """The same store, with `rounds.query` and `projects.get` remembered. For votes only: others want the latest."""
    query: Callable[[str], Query] = _Remembered(lambda key: store.rounds.query(key), QUERIES, clock, None)
    keep = timedelta(seconds=PROJECT_SECONDS)
    project: Callable[[str], Project] = _Remembered(lambda key: store.projects.get(key), PROJECTS, clock, keep)
    rounds = cast(RoundStore, _Over(store.rounds, query=query))
    projects = cast(ProjectStore, _Over(store.projects, get=project))
    return cast(Store, _Over(store, rounds=rounds, projects=projects))
