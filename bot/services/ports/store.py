"""All of it in one."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from bot.services.ports.acts import ActStore
from bot.services.ports.bulletins import BulletinStore
from bot.services.ports.coordination import Guard, Locks
from bot.services.ports.decisions import DecisionStore
from bot.services.ports.imports import ImportStore
from bot.services.ports.messages import OutboxStore
from bot.services.ports.pool import ItemStore, ModelStore, ProjectStore
from bot.services.ports.queue import QueueStore
from bot.services.ports.reminders import ReminderStore
from bot.services.ports.rounds import RoundStore
from bot.services.ports.votes import VoteStore


class Difference(NamedTuple):
    """One place where what is stored and what the log says differ."""

    where: str
    stored: str
    rebuilt: str


class Store(Protocol):
    """All of it. One object per process; safe to use from several threads."""

    @property
    def projects(self) -> ProjectStore: ...
    @property
    def items(self) -> ItemStore: ...
    @property
    def votes(self) -> VoteStore: ...
    @property
    def decisions(self) -> DecisionStore: ...
    @property
    def rounds(self) -> RoundStore: ...
    @property
    def queue(self) -> QueueStore: ...
    @property
    def models(self) -> ModelStore: ...
    @property
    def bulletins(self) -> BulletinStore: ...
    @property
    def reminders(self) -> ReminderStore: ...
    @property
    def imports(self) -> ImportStore: ...
    @property
    def acts(self) -> ActStore: ...
    @property
    def locks(self) -> Locks: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def guard(self) -> Guard: ...

    def ping(self) -> None:
        """Raises StoreUnavailableError."""
        ...

    def rebuild(self, project_id: str, *, write: bool) -> list[Difference]:
        """Recomputes labels, counts, present votes and rounds' progress from the vote log; empty: nothing differs.

        `write` puts the rebuilt in place."""
        ...

    def close(self) -> None: ...
