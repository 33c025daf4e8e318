"""What the page is told, as it happens: one queue per open page."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

Json = dict[str, Any]


class Bus:
    """Publishes to the pages that are open. To be used from the server's loop only."""

    def __init__(self) -> None:
        self._pages: dict[asyncio.Queue[Json | None], str] = {}
        self._closed = False

    @contextmanager
    def listen(self, user: str) -> Iterator[asyncio.Queue[Json | None]]:
        """A queue of what `user` may see; None ends it."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._pages[queue] = user
        if self._closed:
            queue.put_nowait(None)
        try:
            yield queue
        finally:
            del self._pages[queue]

    def publish(self, event: Json, *, to: str | Collection[str] | None = None) -> None:
        """To one person's pages, to those of several, or to all."""
        wanted = {to} if isinstance(to, str) else to
        for queue, user in self._pages.items():
            if wanted is None or user in wanted:
                queue.put_nowait(event)

    def notice(self, text: str, level: str = "error", *, to: str | None = None) -> None:
        """A line for people's eyes."""
        self.publish({"type": "notice", "text": text, "level": level}, to=to)

    def close(self) -> None:
        """Ends all queues: the server stops."""
        self._closed = True
        for queue in self._pages:
            queue.put_nowait(None)
