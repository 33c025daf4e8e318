"""What a round brought, in figures."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from bot.domain.base import Frozen
from bot.domain.projects import Target
from bot.domain.rounds import CloseReason


class Interval(Frozen):
    """A point estimate with its 95% interval; None where nothing can be said yet."""

    low: float
    point: float | None
    high: float


class MoreLabels(Frozen):
    """How many more audit labels would bring each interval within 10 points of its point: 0 if it is, None if it takes more than
    5,000 or nothing can be said yet."""

    precision: int | None
    recall: int | None
    f1: int | None


class ClassFigures(Frozen):
    """Precision, recall and F1 of one class against the rest, items going to the class that the model thinks likeliest.

    Where items carry several labels: of one label, at its own threshold."""

    label: str
    precision: Interval
    recall: Interval
    f1: Interval
    threshold: float | None = None


class Confusion(Frozen):
    """How many of the items that an estimate speaks of are positive or not, among the flagged and among the others."""

    hits: Interval
    false_alarms: Interval
    missed: Interval
    rest: Interval


class Estimate(Frozen):
    """Precision, recall and F1 of the positive class, from audit labels only."""

    precision: Interval
    recall: Interval
    f1: Interval
    audit_labels: int
    population: int  # items that the estimate speaks of: those nobody labelled for training
    more: MoreLabels | None = None
    classes: tuple[ClassFigures, ...] = ()  # of projects with more than two labels, or with several labels an item
    macro: ClassFigures | None = None  # the plain means over the classes
    confusion: Confusion | None = None  # the numbers of items that the three figures are quotients of
    matrix: tuple[
        tuple[Interval, ...], ...
    ] = ()  # of more than two labels: items by the model's class (rows) and the true one

    @property
    def finds_nothing(self) -> bool:
        """Whether it is certain that the model flags nothing rightly, as it hardly flags anything."""
        return self.f1.point is not None and self.f1.high <= 0

    @property
    def says_something(self) -> bool:
        """Whether anything is known of precision or recall: a point, or an interval narrower than all there is."""
        return any(each.point is not None or each.low > 0 or each.high < 1 for each in (self.precision, self.recall))


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
    gold_answers: int = 0  # to known answers that were mixed in unannounced
    gold: Interval | None = None  # the share of these that was right
    skips: int = 0
    unsure: int = 0


class Noise(Frozen):
    """What disagreement among people leaves to be measured, over `items` items with several answers.

    `ceiling` is the F1 of one person's answers against another's: a model can't be seen to be better.
    """

    disputed: Interval
    ceiling: Interval
    items: int


class Advice(Frozen):
    """Whether to go on: the rule that fired ("go-on": none did), and the figures that its sentence tells."""

    rule: Literal["found", "recall", "none-flagged", "stable", "gain", "go-on"]
    values: dict[str, float] = Field(default_factory=dict)
    text: str = ""  # the sentence itself, in reports stored before it was said in the reader's language


class TargetNote(Frozen):
    """Why a threshold is not one for its target: it can't be reached yet, or there was too little to choose it by.

    `label`: of several that an item may carry; "" where there is one threshold."""

    why: Literal["unreached", "few-labels", "in-every", "in-none"]
    label: str = ""
    labels: int = 0  # few-labels: as many on the smaller side


class Effort(Frozen):
    """An estimate of how many random labels would have been needed for each chosen one; None, and why, while it can't be said.

    `needed`, `there`: positive audit answers, or chosen labels, where there are too few of them."""

    times: Interval | None
    chosen_labels: int
    why: Literal["few-positives", "all-positive", "none-flagged", "few-chosen", "alike", "too-many"] | None = None
    needed: int = 0
    there: int = 0
    reason: str = ""  # as `why`, in reports stored before it was said in the reader's language


class Disputed(Frozen):
    """An item that people differ on, and the query that asked for it last. `votes` counts present votes by label, and names nobody."""

    item_id: str
    query_id: str
    votes: dict[str, int]
    label: str | None  # None: a tie that is still open


class Scores(Frozen):
    """The model's scores of the positive class in bins of equal width from 0 to 1.

    `flagged` and `others` count unlabelled items at or over the threshold, and below it; the two `audit_` ones the audit's answers."""

    flagged: tuple[int, ...]
    others: tuple[int, ...]
    audit_positives: tuple[int, ...]
    audit_others: tuple[int, ...]


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
    target: Target = "f1"  # that the threshold was chosen for
    target_note: str = ""  # as `target_notes`, in reports stored before these were said in the reader's language
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
    suggested: Agreement | None = None  # of the round's votes with the model's answers, where people were shown these
    advice: Advice | None = None
    spent: int | None = None  # labels of items that were asked for, over all rounds
    planned: int | None = None  # as many are meant to be spent
    disputed: tuple[Disputed, ...] = ()  # most worth a look first
    scores: Scores | None = None
    hard: int = 0  # items of the round that people dispute, were unsure about or flagged
    rechecked: int = 0  # queries of the round that asked again and got their answer: no new labels
    target_notes: tuple[TargetNote, ...] = ()
    contested: tuple[Disputed, ...] = ()  # known answers that most people contradict; never posted in public
