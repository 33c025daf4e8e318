"""A lock held for the length of a block, renewed in the background."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain import ConflictError, StoreUnavailableError
from bot.services.ports import Lease, Store
from bot.words import say

# Long enough to outlive a stall of the machine, short enough that a killed holder's work goes on soon.
LEASE_SECONDS = 10.0
PATIENCE_STEP = 0.2


def project_lock(project_id: str) -> str:
    """The lock under which a project's rounds are advanced and its pool is imported."""
    return f"project:{project_id}"


@contextmanager
def held(store: Store, name: str, holder: str) -> Iterator[Lease | None]:
    """The lock while the block runs; None while somebody else has it.

    Should renewal fail, another may take the lock: that is what the fencing token of each write is for.
    """
    lease = store.locks.acquire(name, holder, LEASE_SECONDS)
    if lease is None:
        yield None
        return
    try:
        with renewed(store, lease, LEASE_SECONDS):
            yield lease
    finally:
        store.locks.release(lease)


@contextmanager
def renewed(store: Store, lease: Lease, seconds: float) -> Iterator[None]:
    """Keeps a lease alive in the background while the block runs, so that it may be short and the block slow."""
    done = threading.Event()
    keeper = threading.Thread(
        target=_renew, args=(store, lease, seconds, done), daemon=True, name=f"lease {lease.name}"
    )
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


@contextmanager
def claimed(store: Store, name: str, patience_seconds: float = 30.0) -> Iterator[Lease]:
    """The lock while the block runs, waited for. Raises ConflictError if nobody lets go of it in time."""
    holder = f"claim:{uuid.uuid4().hex}"
    pause = threading.Event()
    for _ in range(int(patience_seconds / PATIENCE_STEP) + 1):
        with held(store, name, holder) as lease:
            if lease is not None:
                yield lease
                return
        pause.wait(PATIENCE_STEP)
    raise ConflictError(say("lease-taken"))


def _renew(store: Store, lease: Lease, seconds: float, done: threading.Event) -> None:
    while not done.wait(seconds / 3):
        try:
            store.locks.acquire(lease.name, lease.holder, seconds)
        except StoreUnavailableError:
            continue  # tried again at the next turn; until then the lease runs on
