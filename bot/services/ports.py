"""What the use cases need from the outside: a store, a clock. `bot.store` implements `Store` on Redis.

Every write is atomic on its own and safe to repeat. Methods that take a `token` are fenced: a token older than the
newest one given out for that lock is refused with ConflictError, so that a worker that was thought dead can't write.
All methods raise StoreUnavailableError when Redis can't be reached or refuses to write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from bot.domain import (
    CloseReason,
    Frozen,
    Item,
    Label,
    LoggedVote,
    ModelVersion,
    Project,
    Query,
    QueryView,
    Report,
    Round,
    RoundState,
    RoundView,
    Vote,
    VoteOutcome,
)


class Clock(Protocol):
    """The one source of the present moment."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class NewItem(NamedTuple):
    """An item to import, with its seed label if the file gives one."""

    item: Item
    label: str | None
    line: int  # where it stands in its file, for messages and for the vote's action_id


class AddOutcome(NamedTuple):
    """What became of each new item, in the order given: "added"; "known", the very same item is there already (same id and text);
    "duplicate", its text is there under another id (`of`), linked; "clash", its id is there with another text."""

    kind: Literal["added", "known", "duplicate", "clash"]
    of: str | None = None


class Arrivals(NamedTuple):
    """How many items have come, and a hash of their ids and texts in the order in which they came ("" for none)."""

    items: int
    chain: str


def chained(chain: str, item_id: str, text_hash: str) -> str:
    """The hash of a history of items that goes on with this one."""
    return hashlib.sha1(f"{chain}\n{item_id}\n{text_hash}".encode(), usedforsecurity=False).hexdigest()


class ProjectStore(Protocol):
    """Projects and their settings."""

    def add(self, project: Project) -> None:
        """Raises ConflictError if the id is taken."""
        ...

    def get(self, project_id: str) -> Project:
        """Raises NotFoundError."""
        ...

    def update(self, project_id: str, changes: Mapping[str, Any]) -> Project:
        """Changes these settings and no others: two changes at once both stand. Returns the project after it.

        Raises NotFoundError; ConflictError if it could not be saved for others' changes; ValueError for values that can't be."""
        ...

    def all(self) -> list[Project]:
        """All, by creation."""
        ...

    def by_channel(self, channel_id: str) -> list[Project]:
        """Those of one channel, by creation."""
        ...


class ItemStore(Protocol):
    """Items and their seed labels."""

    def add_many(self, project_id: str, items: Sequence[NewItem], at: datetime) -> list[AddOutcome]:
        """Imports a chunk; labels become votes with via=import in the log. A second call with the same items adds nothing.

        A label on a duplicate or known item that has no label yet is recorded for the item that is there."""
        ...

    def get(self, project_id: str, item_id: str) -> Item:
        """Raises NotFoundError."""
        ...

    def iter(self, project_id: str) -> Iterator[Item]:
        """All items, in no stated order, in chunks from the store."""
        ...

    def arrivals(self, project_id: str) -> Arrivals:
        """Where the project's history of items stands: what caches of the pool go by."""
        ...

    def arrived(self, project_id: str, start: int = 0) -> Iterator[Item]:
        """Items in the order in which they came, from place `start` on (0: the first), in chunks from the store."""
        ...

    def count(self, project_id: str) -> int: ...

    def revision(self, project_id: str) -> int:
        """Moves with every item added: what caches of the pool go by."""
        ...


class VoteStore(Protocol):
    """The vote log and what is derived from it."""

    def cast(self, vote: Vote, *, overlap: int) -> VoteOutcome:
        """Vote, undo or skip on an open query: one Lua script, then WAITAOF where known: when this returns, it is on disk.

        A query has its label when it has at least `overlap` votes and one label has strictly the most. The answer that
        completes its round wakes the worker."""
        ...

    def log(self, project_id: str) -> Iterator[LoggedVote]:
        """The whole log, oldest first, streamed."""
        ...

    def labels(self, project_id: str) -> dict[str, Label]:
        """item id -> label, all items that have one (seed labels included)."""
        ...

    def label_counts(self, project_id: str) -> dict[str, int]:
        """label -> number of items that have it; one read."""
        ...

    def label_revision(self, project_id: str) -> int:
        """Moves with every vote, undo, override and removal."""
        ...

    def votes_on(self, project_id: str) -> dict[str, dict[str, str]]:
        """item id -> user id -> present label, for all items with any (imports included)."""
        ...

    def override(self, project_id: str, item_id: str, label: Label, at: datetime) -> None: ...


class PostIntent(NamedTuple):
    """A message to be posted, known by its key before it has a ts.

    Keys: "round:<project>:<n>", "query:<query id>", "report:<project>:<n>", "chart:<project>:<n>"."""

    key: str
    project_id: str
    channel_id: str
    thread_key: str | None  # posted in the thread of that key's message, once that has a ts
    kind: Literal["message", "file"] = "message"


class RoundStore(Protocol):
    """Rounds, their queries, reports and the plan for the next one."""

    def current(self, project_id: str) -> Round | None:
        """The newest round, whatever its state."""
        ...

    def get(self, project_id: str, number: int) -> Round:
        """Raises NotFoundError."""
        ...

    def queries(self, project_id: str, number: int) -> list[Query]:
        """By position."""
        ...

    def all_queries(self, project_id: str) -> Iterator[Query]:
        """Of all rounds, by round and position."""
        ...

    def query(self, query_id: str) -> Query:
        """Raises NotFoundError."""
        ...

    def query_view(self, query_id: str) -> QueryView:
        """Raises NotFoundError. One round trip or two: it is on the path of each click."""
        ...

    def round_view(self, project_id: str, number: int) -> RoundView:
        """Raises NotFoundError."""
        ...

    def open_round(
        self,
        round_: Round,
        queries: Sequence[Query],
        posts: Sequence[PostIntent],
        token: int,
        *,
        audit_rates: bytes = b"",
    ) -> None:
        """Round, queries, the intents of their messages and the audit's rates, all at once. The same round again: nothing."""
        ...

    def audit_rates(self, project_id: str) -> bytes | None:
        """What the newest round was opened with; None before the first."""
        ...

    def begin_closing(self, project_id: str, number: int, reason: CloseReason, at: datetime, token: int) -> Round:
        """From here on votes on the round are refused. Already closing or closed: nothing happens; the round as it is."""
        ...

    def finish(
        self, report: Report, posts: Sequence[PostIntent], touch: Sequence[str], at: datetime, token: int
    ) -> None:
        """Report stored, round closed, report's messages intended, `touch` marked for update, all at once.

        The same round again: nothing happens."""
        ...

    def ask_to_close(self, project_id: str, number: int, user_id: str, at: datetime) -> None:
        """A lead's wish, which the worker takes up. Raises ConflictError if that round isn't open."""
        ...

    def close_wish(self, project_id: str, number: int) -> str | None:
        """Who wished it, if anyone."""
        ...

    def report(self, project_id: str, number: int) -> Report | None: ...

    def reports(self, project_id: str) -> list[Report]:
        """By round."""
        ...

    def answers_by_person(self, project_id: str, number: int) -> dict[str, int]: ...


class QueueState(Frozen):
    """How one project stands for one person's queue. `round` is None before the first round."""

    project: Project
    round: int | None = None
    round_state: RoundState | None = None
    total: int = 0
    answered: int = 0  # queries of the round that have their label
    own: int = 0  # present votes of this person in the round
    left: int = 0  # items for this person; of `lease_next`: 0
    busy: int = 0  # items that would be for this person if others did not hold them just now
    view: QueryView | None = None  # what was leased
    last_votes: dict[str, str] | None = None  # user -> present label, of the item answered last


class Answered(NamedTuple):
    """A vote of one person's, still standing."""

    at: datetime
    query_id: str


class QueueStore(Protocol):
    """Items handed out to one person at a time. A lease runs out by the clock's time (see bot/store/keys.py)."""

    def lease_next(self, project_id: str, user_id: str, at: datetime, *, last: str | None = None) -> QueueState:
        """Leases the first item, by position, of the open round that this person has neither answered nor skipped and whose
        votes and other people's live leases are fewer than its overlap; one that they hold already stays theirs and is
        renewed. A vote or a skip on it releases it. `last` is the query answered before. Raises NotFoundError."""
        ...

    def standing(self, project_id: str, user_id: str, at: datetime) -> QueueState:
        """Counts what is there for this person and leases nothing. Raises NotFoundError."""
        ...

    def release(self, project_id: str, number: int, user_id: str) -> None:
        """What this person holds in that round, if anything, may go to others."""
        ...

    def recent(self, project_id: str, user_id: str, since: datetime) -> tuple[list[Answered], int]:
        """This person's latest votes, newest first, ten at most; and how many items they voted on since then.

        Looks at the newest 5,000 answers of the project and no further. Votes taken back do not count."""
        ...


class ModelStore(Protocol):
    """Model versions and their bytes (no pickle: see learner.persist)."""

    def save(self, version: ModelVersion, blob: bytes, token: int) -> None:
        """Stores and makes it current. The same id again: nothing happens."""
        ...

    def current(self, project_id: str) -> ModelVersion | None: ...

    def versions(self, project_id: str) -> list[ModelVersion]: ...

    def blob(self, version_id: str) -> bytes:
        """Raises NotFoundError."""
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


class MessageRecord(Frozen):
    """A message in the outbox.

    `state`: queued (intended), sending (a call may have been made: reconcile before another), posted, failed."""

    key: str
    project_id: str
    channel_id: str
    thread_key: str | None
    kind: Literal["message", "file"]
    state: Literal["queued", "sending", "posted", "failed"]
    ts: str | None = None
    attempts: int = 0
    error: str | None = None
    revision: int = 0  # moved by each touch


class OutboxStore(Protocol):
    """Messages on their way to Slack.

    Content is never stored: the sender renders the present state when it sends, so updates coalesce."""

    def intend(self, posts: Sequence[PostIntent]) -> None:
        """Queues posts, in order. A key that is there already is left as it is."""
        ...

    def get(self, key: str) -> MessageRecord | None: ...

    def get_many(self, keys: Sequence[str]) -> list[MessageRecord]:
        """Those of the messages that there are, in the order of the keys; one round trip."""
        ...

    def pending(self, limit: int) -> list[MessageRecord]:
        """Queued or sending, oldest first."""
        ...

    def pending_count(self, project_id: str) -> int: ...

    def begin(self, key: str, token: int) -> MessageRecord:
        """Marks it as sending, one attempt more."""
        ...

    def posted(self, key: str, ts: str, token: int) -> None: ...

    def failed(self, key: str, error: str, token: int) -> None:
        """Gives up: taken out of the queue, kept with its error."""
        ...

    def retry(self, key: str, error: str, token: int) -> None:
        """Known not to have been posted: back to queued, at its old place."""
        ...

    def touch(self, keys: Iterable[str], due: datetime) -> None:
        """Marks messages for update, not before `due` (an earlier due time stands). cast() touches the round's and the query's message."""
        ...

    def settle(self, key: str, revision: int) -> bool:
        """The message shows the state of `revision`: no update is due, unless it was touched since. True if none is due."""
        ...

    def due_updates(self, now: datetime, limit: int) -> list[MessageRecord]:
        """Posted messages whose update is due, longest due first."""
        ...

    def key_of(self, channel_id: str, ts: str) -> str | None:
        """The key of a posted message."""
        ...


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
    def rounds(self) -> RoundStore: ...
    @property
    def queue(self) -> QueueStore: ...
    @property
    def models(self) -> ModelStore: ...
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
