"""What people decide about an item beside voting: flags, corrections, overrides; and what an adjudicator looks at."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.domain.base import Frozen
from bot.domain.projects import Item, Project
from bot.domain.votes import Label, Via


class DecisionKind(StrEnum):
    """Kinds of the log's entries that are no answers to a question."""

    FLAG = "flag"  # something is wrong with the item; a lead should look
    UNFLAG = "unflag"  # takes the person's flag back
    CORRECTION = "correction"  # somebody who has no vote says that what is shown is wrong
    SETTLE = "settle"  # an adjudicator has looked at the flags and corrections, and leaves the label to the votes
    OVERRIDE = "override"  # the adjudicator's decision: stands above all votes
    WITHDRAW = "withdraw"  # takes the override back: the votes decide again


class Decision(Frozen):
    """One line of the append-only log. Old overrides have neither person nor reason."""

    kind: DecisionKind
    project_id: str
    item_id: str
    user_id: str = ""
    label: str | None = None  # of corrections and overrides
    reason: str = ""
    via: Via = Via.MODAL
    action_id: str = ""  # what makes this decision this decision: a delivery twice counts once
    at: datetime
    query_id: str | None = None  # the newest for the item, if it was ever asked


class LoggedDecision(Decision):
    """A decision with its place in the log."""

    seq: str


class Note(Frozen):
    """What one person said about an item, as it stands now. `kind` "vote": the reason of a vote."""

    kind: str  # flag, correction, override, settle or vote
    user_id: str
    label: str | None = None
    reason: str = ""
    at: datetime
    settled: bool = False  # a flag or correction that an adjudicator has answered


class Why(StrEnum):
    """Why an item waits for an adjudicator; the most pressing first."""

    FLAG = "flag"
    CORRECTION = "correction"
    TIE = "tie"  # votes enough, and no label has the most
    UNSURE = "unsure"  # as many as were wanted, two at least, could not say
    SPLIT = "split"  # it has its label, but not by everybody's vote


class Dispute(Frozen):
    """An item that waits for an adjudicator."""

    item_id: str
    why: Why


class Case(Frozen):
    """All that an adjudicator, or somebody who corrects, needs to know of an item."""

    project: Project
    item: Item
    query_id: str | None  # the newest for it
    votes: dict[str, str]  # user -> present label, imports included
    unsure: tuple[str, ...]
    label: Label | None
    notes: tuple[Note, ...]  # oldest first
