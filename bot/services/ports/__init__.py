"""What the use cases need from the outside: a store, a clock. `bot.store` implements `Store` on Redis.

Every write is atomic on its own and safe to repeat. Methods that take a `token` are fenced: a token older than the
newest one given out for that lock is refused with ConflictError, so that a worker that was thought dead can't write.
All methods raise StoreUnavailableError when Redis can't be reached or refuses to write.
"""

from __future__ import annotations

from bot.services.ports.acts import ActStore
from bot.services.ports.bulletins import BulletinStore
from bot.services.ports.coordination import Clock, Guard, Lease, Locks
from bot.services.ports.decisions import DecisionStore
from bot.services.ports.directory import Directory, DirectoryError
from bot.services.ports.imports import Fetches, ImportStore
from bot.services.ports.messages import MessageRecord, OutboxStore, PostIntent, in_thread_of, thread_ts_of
from bot.services.ports.pool import (
    AddOutcome,
    Arrivals,
    FirstItems,
    ItemStore,
    ModelStore,
    NewItem,
    ProjectStore,
    chained,
)
from bot.services.ports.queue import Answered, QueueState, QueueStore
from bot.services.ports.reminders import ReminderStore
from bot.services.ports.rounds import RoundStore
from bot.services.ports.store import Difference, Store
from bot.services.ports.votes import VoteStore

__all__ = [
    "ActStore",
    "AddOutcome",
    "Answered",
    "Arrivals",
    "BulletinStore",
    "Clock",
    "DecisionStore",
    "Difference",
    "Directory",
    "DirectoryError",
    "Fetches",
    "FirstItems",
    "Guard",
    "ImportStore",
    "ItemStore",
    "Lease",
    "Locks",
    "MessageRecord",
    "ModelStore",
    "NewItem",
    "OutboxStore",
    "PostIntent",
    "ProjectStore",
    "QueueState",
    "QueueStore",
    "ReminderStore",
    "RoundStore",
    "Store",
    "VoteStore",
    "chained",
    "in_thread_of",
    "thread_ts_of",
]
