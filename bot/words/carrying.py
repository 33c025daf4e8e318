"""Work that is done in another thread goes on in the language in which it was begun."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")


class Carrying(Executor):
    """An executor that takes the language along (threads begin with none)."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """As Executor's."""
        return self._inner.submit(copy_context().run, fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As Executor's."""
        self._inner.shutdown(wait, cancel_futures=cancel_futures)
