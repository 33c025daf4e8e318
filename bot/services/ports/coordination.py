"""The clock, locks, and what keeps processes out of each other's way."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Protocol


class Clock(Protocol):
    """The one source of the present moment."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class Lease(NamedTuple):
    """A lock held until it runs out or is released. Tokens of one name only grow."""

    name: str
    token: int
    holder: str


class Locks(Protocol):
    """Locks with fencing tokens."""

    def acquire(self, name: str, holder: str, ttl_seconds: float) -> Lease | None:
        """None while another holder has it. The same holder again: renewed under the same token."""
        ...

    def release(self, lease: Lease) -> None: ...


class Guard(Protocol):
    """Deliveries seen, and waking the worker."""

    def first_time(self, what: str, ttl_seconds: int) -> bool:
        """True once per `what` within the time (SET NX EX): event ids, signatures."""
        ...

    def wake(self) -> None:
        """Tells workers that there is something to do."""
        ...

    def wait(self, timeout_seconds: float) -> bool:
        """Blocks until woken or until the time is over. True if woken."""
        ...
