"""Deliveries seen, and waking the worker."""

from __future__ import annotations

import hashlib

from bot.store.client import Db

SLICE_SECONDS = 5.0  # BLPOP blocks no longer than this at once, well within its connection's time limit


class RedisGuard:
    """Implements `ports.Guard`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def first_time(self, what: str, ttl_seconds: int) -> bool:
        """True once per `what` within the time. Only a digest is kept: `what` may be a signature."""
        digest = hashlib.blake2b(what.encode(), digest_size=16).hexdigest()
        return bool(self._db.write("SET", self._db.keys("seen", digest), 1, "NX", "EX", max(1, ttl_seconds)))

    def wake(self) -> None:
        """Tells workers that there is something to do. Wake-ups that nobody has taken yet count as one."""
        self._db.run("wake")

    def wait(self, timeout_seconds: float) -> bool:
        """Blocks until woken or until the time is over. True if woken. Uses a connection of its own."""
        left = timeout_seconds
        while left > 0:
            # Redis takes a timeout of 0 as for ever.
            if self._db.block("BLPOP", self._db.keys("wake"), max(0.01, min(left, SLICE_SECONDS))):
                return True
            left -= SLICE_SECONDS
        return False
