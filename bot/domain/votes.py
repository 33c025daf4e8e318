"""What people answer, and what becomes of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.domain.base import Frozen


class Via(StrEnum):
    """How an answer came in."""

    BUTTON = "button"
    QUEUE = "queue"
    REACTION = "reaction"
    MODAL = "modal"
    SHORTCUT = "shortcut"
    API = "api"
    IMPORT = "import"


class VoteKind(StrEnum):
    VOTE = "vote"
    UNDO = "undo"  # takes the person's present vote on the item back
    SKIP = "skip"  # declines: recorded, but no vote
    UNSURE = "unsure"  # can't say: no vote; somebody else should be asked


class Vote(Frozen):
    """One line of the append-only log, the truth. `query_id` is None for imported (seed) labels."""

    kind: VoteKind
    project_id: str
    item_id: str
    user_id: str  # Slack's user id; "import" for imported labels
    label: str | None  # None for undo, skip and unsure; where items carry several labels: a set of them, see labelsets
    via: Via
    action_id: str  # what makes this answer this answer: Slack's action_ts, or "file:line" for imports
    at: datetime
    query_id: str | None = None
    message_ts: str | None = None
    model_version: str | None = None  # that asked
    reason: str = ""  # in the person's own words; a change after the round's end has one


class LoggedVote(Vote):
    """A vote with its place in the log."""

    seq: str  # the log's own id, increasing


class VoteStatus(StrEnum):
    RECORDED = "recorded"
    CHANGED = "changed"  # superseded this person's earlier vote
    UNCHANGED = "unchanged"  # the same label again, without a new reason: nothing appended
    DUPLICATE = "duplicate"  # this very action was recorded before (a delivery twice)
    CLOSED = "closed"  # the round is over: nothing appended
    LEARNING = "learning"  # of a late change: the round is just being learned from, nothing appended; try again
    ASKED_AGAIN = "asked again"  # of a late change: the item is asked in an open round, nothing appended; answer there
    UNKNOWN = "unknown"  # no such query: nothing appended
    NOTHING = "nothing"  # undo without a present vote: nothing appended


class VoteOutcome(Frozen):
    """What one answer did. Counts are those after it."""

    status: VoteStatus
    seq: str | None = None
    query_id: str | None = None
    previous: str | None = None  # this person's label before
    revision: int = 0  # the message's revision, see Outbox.settle
    answered: int = 0  # queries of the round that have their label
    total: int = 0
    round_complete: bool = False


class Label(Frozen):
    """The aggregated answer used for training."""

    item_id: str
    value: str
    votes: dict[str, int]  # label -> present votes for it
    decided_by: Literal["import", "majority", "override"] = "majority"
