"""map() on threads: same results, same order, a bounded number under way."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

THREADS = min(
    4, os.cpu_count() or 1
)  # array operations let go of the interpreter's lock; more threads would wait for it
AHEAD = 1  # results that may wait for their turn: bounds the memory


def ordered_map(function: Callable[[A], B], values: Iterable[A]) -> Iterator[B]:
    """function(value) for each value, in their order. A single value is worked on at once, without a thread."""
    rest = iter(values)
    first = list(islice(rest, 2))
    if len(first) < 2:
        yield from map(function, first)
        return
    with ThreadPoolExecutor(THREADS) as pool:
        under_way: deque[Future[B]] = deque(pool.submit(function, value) for value in first)
        for value in rest:
            if len(under_way) >= THREADS + AHEAD:
                yield under_way.popleft().result()
            under_way.append(pool.submit(function, value))
        while under_way:
            yield under_way.popleft().result()
