"""The nouns of Roundtable, frozen. Values only: nothing here reads a clock, a store or the environment.

The names are the field's: see docs/architecture.md, "Names".
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value: compared by content, never changed, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RoundtableError(Exception):
    """Base of all errors that a person caused and can mend. Its text is one clear sentence, fit to be shown."""


class NotFoundError(RoundtableError):
    """What was named does not exist; the text says what there is instead."""


class ConflictError(RoundtableError):
    """The state does not allow it (now); the text says why and what to do."""


class StoreUnavailableError(RoundtableError):
    """Redis could not take or give the data. Nothing was half-written; the person may try again."""


class Check(Frozen):
    """What `roundtable doctor` found at one point. `advice` says what to do; it is empty where all is well."""

    name: str
    ok: bool
    detail: str
    advice: str = ""


class ProjectState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"


class Project(Frozen):
    """One labelling task in one channel.

    `id` is a slug of the name, unique. `positive` is the class that precision and recall speak of.
    `audit_per_round` items of each batch are a probability sample for measuring only.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    name: str = Field(min_length=1, max_length=80)
    channel_id: str
    channel_name: str
    labels: tuple[str, ...] = Field(min_length=2, max_length=10)
    positive: str
    batch_size: int = Field(default=50, ge=1, le=500)
    audit_per_round: int = Field(default=10, ge=0)
    overlap: int = Field(default=1, ge=1, le=10)
    strategy: str = "default"
    target: str = "f1"  # of the operating point: f1, precision>=P, recall>=R or cost:N (see learner.threshold)
    features: Literal["tfidf", "hashed", "embeddings"] = "tfidf"
    schedule: str | None = None  # five-field cron in `timezone`; None: the next round follows at once
    timezone: str = "UTC"
    deadline_minutes: int | None = Field(default=None, ge=1)
    max_rounds: int | None = Field(default=None, ge=1)
    items_in: Literal["thread", "channel"] = "thread"
    seed_patterns: tuple[str, ...] = ()  # asked first while there is no model (see bot.services.seeding)
    audit_round: tuple[int, int] | None = None  # this round spends that many labels, all on measuring
    random_state: int = 0
    state: ProjectState = ProjectState.ACTIVE
    state_by: str | None = None  # who paused or resumed it last (None: Roundtable itself), and when
    state_at: datetime | None = None
    created_at: datetime


class Item(Frozen):
    """Something to be labelled. `text_hash` is that of the normalised text; an exact duplicate is linked, not stored."""

    id: str
    text: str
    text_hash: str
    url: str | None = None
    image_url: str | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)
    source: str = ""  # file name and line that it came from


class Via(StrEnum):
    """How an answer came in."""

    BUTTON = "button"
    QUEUE = "queue"
    MODAL = "modal"
    SHORTCUT = "shortcut"
    API = "api"
    IMPORT = "import"


class VoteKind(StrEnum):
    VOTE = "vote"
    UNDO = "undo"  # takes the person's present vote on the item back
    SKIP = "skip"  # declines: recorded, but no vote


class Vote(Frozen):
    """One line of the append-only log, the truth. `query_id` is None for imported (seed) labels."""

    kind: VoteKind
    project_id: str
    item_id: str
    user_id: str  # Slack's user id; "import" for imported labels
    label: str | None  # None for undo and skip
    via: Via
    action_id: str  # what makes this answer this answer: Slack's action_ts, or "file:line" for imports
    at: datetime
    query_id: str | None = None
    message_ts: str | None = None
    model_version: str | None = None  # that asked


class LoggedVote(Vote):
    """A vote with its place in the log."""

    seq: str  # the log's own id, increasing


class VoteStatus(StrEnum):
    RECORDED = "recorded"
    CHANGED = "changed"  # superseded this person's earlier vote
    UNCHANGED = "unchanged"  # the same label again: nothing appended
    DUPLICATE = "duplicate"  # this very action was recorded before (a delivery twice)
    CLOSED = "closed"  # the round is over: nothing appended
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


class Query(Frozen):
    """An item asked for. `id` is "<project>:<round>:<position>"; `key` of its message is "query:" + id."""

    id: str
    project_id: str
    round: int
    position: int  # 0-based, the order on screen
    item_id: str
    strategy: str
    score: float | None
    rank: int | None
    audit: bool
    inclusion_probability: float | None
    model_version: str | None
    note: str = ""  # what was used instead of the strategy, and why


class RoundState(StrEnum):
    OPEN = "open"
    CLOSING = "closing"  # votes refused; training, report and plan are being made
    CLOSED = "closed"


class CloseReason(StrEnum):
    COMPLETE = "complete"
    DEADLINE = "deadline"
    LEAD = "lead"


class Round(Frozen):
    """One batch asked, answered, learned from and reported. `number` counts from 1."""

    project_id: str
    number: int
    state: RoundState
    total: int
    answered: int = 0
    model_version: str | None  # that chose the batch; None at a cold start
    retired: tuple[str, ...] = ()  # items that left the audit sample for training when this round was planned
    opened_at: datetime
    deadline: datetime | None = None
    closing_at: datetime | None = None
    closed_at: datetime | None = None
    close_reason: CloseReason | None = None


class Interval(Frozen):
    """A point estimate with its 95% interval; None where nothing can be said yet."""

    low: float
    point: float | None
    high: float


class Estimate(Frozen):
    """Precision, recall and F1 of the positive class, from audit labels only."""

    precision: Interval
    recall: Interval
    f1: Interval
    audit_labels: int
    population: int  # items that the estimate speaks of: those nobody labelled for training


class ModelVersion(Frozen):
    """What was learned when, from what. `id` is "<project>:m<round>-<label revision>" (and a
    fingerprint, if these labels were learned on other features before); round 0 is the seed set."""

    id: str
    project_id: str
    round: int
    algorithm: str
    parameters: dict[str, Any]
    label_revision: int
    data_fingerprint: str
    training_labels: int
    training_positives: int
    threshold: float
    trained_at: datetime


class Agreement(Frozen):
    """Share of pairs of votes on the same item that agree, over `items` items with two votes or more."""

    share: float | None
    items: int


class PersonFigures(Frozen):
    """One person's answers so far, for leads only. `accuracy` None: nobody else answered the same items, nor were the answers known."""

    user_id: str
    answers: int
    judged: int  # answers that could be compared with somebody else's, or with a known one
    accuracy: Interval | None


class Noise(Frozen):
    """What disagreement among people leaves to be measured, over `items` items with several answers.

    `ceiling` is the F1 of one person's answers against another's: a model can't be seen to be better.
    """

    disputed: Interval
    ceiling: Interval
    items: int


class Advice(Frozen):
    """Whether to go on: the rule that fired ("go-on": none did), and what it means, in one sentence of plain text."""

    rule: Literal["found", "recall", "stable", "gain", "go-on"]
    text: str


class Effort(Frozen):
    """An estimate of how many random labels would have been needed for each chosen one; None and a reason while it can't be said."""

    times: Interval | None
    chosen_labels: int
    reason: str = ""


class CurvePoint(Frozen):
    """One round on the learning curve. `labels` counts all labels spent so far, seed and audit included."""

    round: int
    labels: int
    estimate: Estimate


class Report(Frozen):
    """The round summary, as it is posted."""

    project_id: str
    round: int
    close_reason: CloseReason
    made_at: datetime
    model_version: str | None  # None: labels of one class only, so nothing could be learned yet
    strategy: str
    labels: int
    positives: int
    new_labels: int
    new_positives: int
    unanswered: int  # queries of the round that closed without a label
    threshold: float | None  # None without a model
    target: str = "f1"  # that the threshold was chosen for
    target_note: str = ""  # why it can't be reached yet, or could not be chosen for
    estimate: Estimate
    previous: Estimate | None
    previous_threshold: float | None
    agreement: Agreement
    curve: tuple[CurvePoint, ...]
    pool_flagged: int  # unlabelled items at or over the threshold
    pool_size: int  # unlabelled items
    next_round: int | None  # None: no further round (max_rounds reached, pool exhausted)
    next_round_at: datetime | None  # None with next_round set: at once
    paused: bool = False  # the next round waits for somebody to resume the project
    # Later additions have defaults, so that reports that are stored already can still be read.
    alpha: Interval | None = None  # Krippendorff's, nominal
    noise: Noise | None = None
    people: tuple[PersonFigures, ...] = ()  # never posted in public
    ask_again: tuple[str, ...] = ()  # ids of items whose label is worth another look, most first
    stability: float | None = None  # kappa of this and the last model's flags on the stop set
    gain: Interval | None = None  # change of F1 by 100 labels over the last rounds
    effort: Effort | None = None
    advice: Advice | None = None


class Status(Frozen):
    """The answer to `/roundtable status` for one project."""

    project: Project
    round: Round | None
    labels: int
    positives: int
    pool_size: int
    people: dict[str, int]  # user id -> answers in the current round
    last_report: Report | None
    next_round_at: datetime | None
    pending_messages: int


class QueryView(Frozen):
    """All that a query's message shows. Others' votes stay out of it while the round is open and overlap > 1."""

    project: Project
    query: Query
    item: Item
    round_state: RoundState
    votes: dict[str, str]  # user id -> present label
    skipped: tuple[str, ...]  # user ids
    label: Label | None
    revision: int


class RoundView(Frozen):
    """All that a round's message shows."""

    project: Project
    round: Round
    people: dict[str, int]  # user id -> answers in this round
    report_key: str | None
