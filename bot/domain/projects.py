"""Projects and their items."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from bot.domain import labelsets
from bot.domain.base import Frozen
from bot.words import ENGLISH


def _one_form(target: str) -> str:
    return "".join(target.lower().split())


# Of the operating point: f1, precision>=P, recall>=R or cost:N (see learner.threshold), however it was written.
Target = Annotated[str, AfterValidator(_one_form)]


class ProjectState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"


class Project(Frozen):
    """One labelling task in one channel.

    `id` is a slug of the name, unique. `positive` is the class that precision and recall speak of; where items may carry several
    labels (`multi_label`, see bot.domain.labelsets), the label that the headline figures speak of, beside those of each label.
    `audit_per_round` items of each batch are a probability sample for measuring only. On top of the batch come items that have their
    label already (see bot.services.again): `reask_per_round` at most whose label is in doubt, `gold_per_round` whose answer is known.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    name: str = Field(min_length=1, max_length=80)
    channel_id: str
    channel_name: str
    labels: tuple[str, ...] = Field(min_length=2, max_length=100)  # a menu of Slack's takes no more
    positive: str
    batch_size: int = Field(default=50, ge=1, le=500)
    audit_per_round: int = Field(default=10, ge=0)
    overlap: int = Field(default=1, ge=1, le=10)
    next_overlap: int | None = Field(
        default=None, ge=1, le=10
    )  # takes the place of `overlap` when the next round opens
    # 0: they cost answers, and measuring people is for a lead to decide.
    reask_per_round: int = Field(default=0, ge=0, le=50)
    gold_per_round: int = Field(default=0, ge=0, le=50)
    strategy: str = "default"
    target: Target = "f1"
    features: Literal["tfidf", "hashed", "embeddings"] = "tfidf"
    schedule: str | None = None  # five-field cron in `timezone`; None: the next round follows at once
    timezone: str = "UTC"
    language: str = ENGLISH  # of all that people read in it (see bot.words)
    deadline_minutes: int | None = Field(default=None, ge=1)
    max_rounds: int | None = Field(default=None, ge=1)
    planned_labels: int | None = Field(default=None, ge=1)  # meant to be spent in all; None: what max_rounds come to
    items_in: Literal["thread", "channel"] = "thread"
    seed_patterns: tuple[str, ...] = ()  # asked first while there is no model (see bot.services.seeding)
    guidelines: dict[str, str] = Field(default_factory=dict)  # label -> what it means, with examples
    reactions: dict[str, str] = Field(default_factory=dict)  # name of an emoji -> the label that it stands for
    suggestions: bool = False  # people are shown the model's answer before they give theirs
    multi_label: bool = False  # an item may carry several labels, or none
    # Slack user ids (U…) and user group ids (S…). Without leads the whole channel leads, without annotators the whole channel labels.
    leads: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    audit_round: tuple[int, int] | None = None  # this round spends that many labels, all on measuring
    start_round: int | None = None  # this round begins at once, whatever the schedule says
    report_schedule: str | None = None  # of reports beside those of the rounds: five-field cron in `timezone`
    report_since: datetime | None = None  # from when that schedule holds
    report_to: Literal["channel", "leads", "both"] = "channel"
    lead_notes: bool = True  # after each round, people's figures to each lead in private
    reminders: bool = False  # people are reminded of an open round that waits for them
    random_state: int = 0
    state: ProjectState = ProjectState.ACTIVE
    state_by: str | None = None  # who paused or resumed it last (None: Roundtable itself), and when
    state_at: datetime | None = None
    created_at: datetime

    def takes(self, value: str) -> bool:
        """Whether this is an answer that can be given here."""
        return labelsets.is_value(value, self.labels) if self.multi_label else value in self.labels

    def carries(self, value: str, label: str) -> bool:
        """Whether an item with this answer has that label."""
        return label in labelsets.decode(value) if self.multi_label else value == label

    def is_positive(self, value: str) -> bool:
        """Whether an item with this answer counts as positive in the headline figures."""
        return self.carries(value, self.positive)

    def said(self, value: str) -> str:
        """An answer in words."""
        return labelsets.said(value) if self.multi_label else value


class Item(Frozen):
    """Something to be labelled. `text_hash` is that of the normalised text; an exact duplicate is linked, not stored."""

    id: str
    text: str
    text_hash: str
    url: str | None = None
    image_url: str | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)
    source: str = ""  # file name and line that it came from
