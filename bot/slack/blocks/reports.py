"""The round's report: one plain sentence, then the figures, what changed, the learning curve, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.domain import CloseReason, Interval, Project, Report, TargetNote
from bot.services import in_words
from bot.slack.blocks import advice, curve, disputes, estimates, trend
from bot.slack.blocks.disputes import Dispute
from bot.slack.blocks.message import Message
from bot.slack.blocks.people import alpha_note, small_print
from bot.slack.blocks.text import Block, clip, context, escape, header, moment, mrkdwn, preformatted, section
from bot.slack.limits import FIELDS
from bot.words import figure, say

VAGUE: Final = 0.6  # width of an interval from which on its middle is not worth telling
_REASONS: Final = {  # name of its text
    CloseReason.COMPLETE: "reports-closed-complete",
    CloseReason.DEADLINE: "reports-closed-deadline",
    CloseReason.LEAD: "reports-closed-lead",
}
_TARGETS: Final = {
    "f1": "reports-target-f1",
    "precision": "reports-target-precision",
    "recall": "reports-target-recall",
    "cost": "reports-target-cost",
}


def report_message(project: Project, report: Report, disputed: Sequence[Dispute] = ()) -> Message:
    """The report. The plainer form has the curve, and each class's figures, as text in fixed width."""
    title = say("reports-title", project=project.name, round=str(report.round))
    sentence, narrowing = plain_sentence(project, report), estimates.narrowing(report.estimate)
    changed = changes(project, report)
    since = say("reports-since", changed=changed) if changed else ""
    head: list[Block] = [header(title), section(sentence), *_figures(report)]
    head += [context(narrowing)] if narrowing else []
    moved = [section(since)] if since else []
    tail = [*disputes.blocks(disputed), *advice.blocks(project, report), *small_print(report)]
    tail += [context(_small_print(project, report)), context(_next(report))]
    table, listed = _plain_tables(report)
    plainer = [*head, *table, *moved, *listed, *tail]
    if (native := estimates.classes_table(report.estimate)) is not None:
        table = [native]
    if curve.drawable(report.curve):
        listed = [curve.chart_block(report.curve)]
    elif listed and not table:  # a message takes one native table
        listed = [curve.native_table(report.curve)]
    blocks = [*head, *table, *moved, *listed, *tail]
    classes, advised = estimates.classes_spoken(report.estimate), escape(advice.sentence(project, report))
    ending = (since, disputes.spoken(disputed), advised, _next(report))
    spoken = " ".join(part for part in (f"{escape(title)}.", sentence, narrowing, classes, *ending) if part)
    return Message(clip(spoken.replace("*", ""), 4_000), blocks, plainer if blocks != plainer else None)


def _plain_tables(report: Report) -> tuple[list[Block], list[Block]]:
    """The classes and the learning curve in fixed width, each if there is one."""
    classes = estimates.classes_block(report.estimate)
    return [classes] if classes else [], [preformatted(curve.table(report.curve))] if report.curve else []


def bold(label: str) -> str:
    """A label that stands out (mrkdwn)."""
    return f"*{escape(label)}*"


def plain_sentence(project: Project, report: Report, marked: Callable[[str], str] = bold) -> str:
    """What the figures mean, without a technical term (mrkdwn, or whatever `marked` makes of a label)."""
    estimate, positive = report.estimate, marked(project.positive)
    if report.model_version is None:
        return say("reports-no-model")
    precision, recall, answers = estimate.precision, estimate.recall, estimate.audit_labels
    if precision.point is None and recall.point is None:
        return say("reports-too-few", answers=str(answers), positive=positive)
    told: dict[str, str | int] = {"positive": positive, "answers": answers}
    if estimate.finds_nothing:
        return say("reports-finds-nothing", flagged=report.pool_flagged, items=report.pool_size, **told)
    if _vague(precision) and _vague(recall):
        return say("reports-too-early", precision=_span(precision), recall=_span(recall), **told)
    if _vague(precision):
        return say("reports-precision-uncertain", precision=_span(precision), recall=_about(recall), **told)
    if _vague(recall):
        return say("reports-recall-uncertain", precision=_about(precision), recall=_span(recall), **told)
    return say("reports-sentence", precision=_about(precision), recall=_about(recall), **told)


def _vague(value: Interval) -> bool:
    """Whether a single number would say more than is known."""
    return value.point is None or value.high - value.low > VAGUE


def _span(value: Interval) -> str:
    return say("curve-between", low=figure(value.low, ".0%"), high=figure(value.high, ".0%"))


def _about(value: Interval) -> str:
    point, low, high = (figure(part or 0.0, ".0%") for part in (value.point, value.low, value.high))
    return say("reports-about", point=point, low=low, high=high)


def _figures(report: Report) -> list[Block]:
    figures = [
        *((name, _with_trend(report, of)) for name, of in curve.series()),
        (say("reports-labels"), _labels(report)),
        (say("reports-positives"), say("reports-more", all=report.positives, new=report.new_positives)),
        (say("reports-threshold"), threshold_line(report)),
        (say("reports-agreement"), _agreement(report)),
        (say("reports-flagged"), say("reports-of", part=report.pool_flagged, all=report.pool_size)),
    ]
    return [{"type": "section", "fields": [mrkdwn(f"*{name}*\n{value}") for name, value in figures[:FIELDS]]}]


def _with_trend(report: Report, of: trend.Figure) -> str:
    trended = trend.line(report.curve, of)
    return curve.interval(of(report.estimate)) + (f"\n{trended}" if trended else "")


def _labels(report: Report) -> str:
    line = say("reports-more", all=report.labels, new=report.new_labels)
    return f"{line}\n{plan}" if (plan := spent_line(report)) else line


def spent_line(report: Report) -> str:
    """What was asked for so far, against what was planned; empty where nobody planned."""
    if report.spent is None or report.planned is None:
        return ""
    told = {"spent": report.spent, "planned": report.planned}
    share = figure(report.spent / report.planned, ".0%")
    if report.spent > report.planned:
        return say("reports-spent-over", share=share, over=report.spent - report.planned, **told)
    return say("reports-spent", share=share, **told)


def threshold_line(report: Report) -> str:
    """The threshold in force, and what it was chosen for."""
    if report.threshold is None:
        return say("reports-no-threshold")
    return say(
        "reports-threshold-for", threshold=estimates.threshold(report.threshold), target=target_words(report.target)
    )


def target_words(target: str) -> str:
    """What the threshold is chosen for, in words."""
    return in_words.target_told(target, _TARGETS)


def _agreement(report: Report) -> str:
    agreement = report.agreement
    if agreement.share is None:
        return say("reports-no-agreement")
    share = figure(agreement.share, ".0%")
    return say("reports-agreement-on", share=share, items=agreement.items) + alpha_note(report.alpha)


def changes(project: Project, report: Report) -> str:
    """What is different from the round before, in words (mrkdwn); empty for the first."""
    before, now = report.previous, report.estimate
    if before is None:
        return ""
    # From one vague figure to the next, the change is chance.
    parts = trend.changes(before, now, lambda value: not _vague(value))
    old, new = report.previous_threshold, report.threshold
    if old is not None and new is not None and abs(new - old) >= 0.0005:
        moved = {"before": estimates.threshold(old), "now": estimates.threshold(new)}
        parts.append(say("reports-threshold-moved", **moved))
    found = {"positives": report.new_positives, "labels": report.new_labels}
    parts.append(say("reports-new-labels", positive=escape(project.positive), **found))
    return "; ".join(parts) + "."


def _small_print(project: Project, report: Report) -> str:
    estimate, version = report.estimate, report.model_version
    parts = [
        say(_REASONS[report.close_reason]),
        say("reports-strategy", strategy=escape(report.strategy)),
        say("reports-model", model=escape(version)) if version else say("reports-model-none"),
        say("reports-intervals", answers=estimate.audit_labels, items=estimate.population),
    ]
    if report.suggested is not None and report.suggested.share is not None:
        share = figure(report.suggested.share, ".0%")
        parts.append(say("reports-suggested", share=share, items=report.suggested.items))
    if report.rechecked:
        parts.append(say("reports-rechecked", answers=report.rechecked))
    parts += [escape(note) for note in target_notes(report)]
    if project.multi_label:
        parts.append(say("reports-one-label", label=escape(project.positive)))
    if report.unanswered:
        parts.append(say("reports-unanswered", items=report.unanswered))
    if report.hard:
        parts.append(say("reports-hard", items=report.hard))
    return " · ".join(parts)


def target_notes(report: Report) -> list[str]:
    """Why thresholds are not those for their target (plain text)."""
    told = [_note(report, note) for note in report.target_notes]
    return told or ([report.target_note] if report.target_note else [])


def _note(report: Report, note: TargetNote) -> str:
    if note.why == "unreached":
        told = say("reports-unreached", target=target_words(report.target))
    elif note.why == "few-labels":
        told = say("reports-few-labels", labels=note.labels, threshold=figure(0.5, "g"))
    else:
        told = say("reports-in-every" if note.why == "in-every" else "reports-in-none")
    return say("reports-note-of-label", label=note.label, note=told) if note.label else told


def _next(report: Report) -> str:
    if report.next_round is None:
        return say("reports-last")
    number = str(report.next_round)
    if report.paused:
        return say("reports-next-paused", round=number)
    if report.next_round_at:
        return say("reports-next-at", round=number, when=moment(report.next_round_at))
    return say("reports-next-now", round=number)
