"""Messages on their way to Slack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from bot.domain import Act, Frozen

_TS = "ts:"


def in_thread_of(ts: str) -> str:
    """The `thread_key` for the thread of a message that is not Roundtable's."""
    return _TS + ts


def thread_ts_of(thread_key: str) -> str | None:
    """The ts in a `thread_key` that was made so; None for the key of a message."""
    return thread_key.removeprefix(_TS) if thread_key.startswith(_TS) else None


class PostIntent(NamedTuple):
    """A message to be posted, known by its key before it has a ts.

    Keys: "round:<project>:<n>", "query:<query id>", "report:<project>:<n>", "chart:<project>:<n>", "import:<import id>",
    "rejects:<import id>"."""

    key: str
    project_id: str
    channel_id: str  # or a person's id: it goes to them in private
    # Posted in the thread of that key's message, once that has a ts; or of somebody else's message (see in_thread_of).
    thread_key: str | None
    kind: Literal["message", "file"] = "message"


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
    link: str | None = None  # its address, once somebody asked Slack for it


class OutboxStore(Protocol):
    """Messages on their way to Slack.

    Content is never stored: the sender renders the present state when it sends, so updates coalesce."""

    def intend(self, posts: Sequence[PostIntent], act: Act | None = None) -> None:
        """Queues posts, in order. A key that is there already is left as it is. `act`: what somebody did that they come of; it goes
        into the administrative log of the first one's project, all at once."""
        ...

    def get(self, key: str) -> MessageRecord | None: ...

    def get_many(self, keys: Sequence[str]) -> list[MessageRecord]:
        """Those of the messages that there are, in the order of the keys; one round trip."""
        ...

    def pending(self, limit: int) -> list[MessageRecord]:
        """Queued or sending, oldest first."""
        ...

    def pending_count(self, project_id: str) -> int: ...

    def begin(self, key: str, token: int, channel_id: str | None = None) -> MessageRecord:
        """Marks it as sending, one attempt more. `channel_id`: the conversation with the person it was intended for."""
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

    def link(self, key: str, address: str) -> None:
        """Keeps a posted message's address."""
        ...

    def key_of(self, channel_id: str, ts: str) -> str | None:
        """The key of a posted message."""
        ...
