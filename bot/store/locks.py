"""Locks with fencing tokens.

All locks draw their tokens from one counter, so a token names its lock, and a fenced write needs the token alone: it is refused
as soon as a newer token of the same lock has been given out. A lock that ran out but that nobody else took leaves its token good.
"""

from __future__ import annotations

from bot.services.ports import Lease
from bot.store.client import Db


class RedisLocks:
    """Implements `ports.Locks`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def acquire(self, name: str, holder: str, ttl_seconds: float) -> Lease | None:
        """None while another holder has it. The same holder again: renewed under the same token."""
        token = self._db.run("acquire", name, holder, max(1, int(ttl_seconds * 1000)))
        return None if token is None else Lease(name=name, token=int(token), holder=holder)

    def release(self, lease: Lease) -> None:
        """Gives it back; nothing happens if somebody else has it by now."""
        self._db.run("release", lease.name, lease.holder, lease.token)
