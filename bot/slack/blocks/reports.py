"""The round's report: one plain sentence, then the figures, what changed, the learning curve, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.domain import CloseReason, Interval, Project, Report
from bot.slack.blocks import curve, disputes, estimates, trend
from bot.slack.blocks.disputes import Dispute
from bot.slack.blocks.message import Message
from bot.slack.blocks.people import advice_blocks, alpha_note
from bot.slack.blocks.text import Block, clip, context, count, escape, header, moment, mrkdwn, preformatted, section
from bot.slack.limits import FIELDS

VAGUE: Final = 0.6  # width of an interval from which on its middle is not worth telling
_REASONS = {
    CloseReason.COMPLETE: "every item was answered",
    CloseReason.DEADLINE: "its deadline came",
    CloseReason.LEAD: "a lead closed it",
}


def report_message(project: Project, report: Report, disputed: Sequence[Dispute] = ()) -> Message:
    """The report. The plainer form has the curve as a table."""
    title = f"{project.name}, round {report.round}: report"
    sentence = plain_sentence(project, report)
    head: list[Block] = [header(title), section(sentence), *_figures(report)]
    narrowing = estimates.narrowing(report.estimate)
    if narrowing:
        head.append(context(f"It would take {narrowing}."))
    by_class = estimates.classes_block(report.estimate)
    if by_class:
        head.append(by_class)
    changed = changes(project, report)
    if changed:
        head.append(section(f"*Since the last round:* {changed}"))
    tail = [*disputes.blocks(disputed), *advice_blocks(report), context(_small_print(report)), context(_next(report))]
    table = preformatted(curve.table(report.curve)) if report.curve else None
    plainer = [*head, *([table] if table else []), *tail]
    advice = escape(report.advice.text) if report.advice else ""
    wanted = f"It would take {narrowing}." if narrowing else ""
    classes = estimates.classes_spoken(report.estimate)
    since = f"Since the last round: {changed}" if changed else ""
    ending = (since, disputes.spoken(disputed), advice, _next(report))
    told = (f"{escape(title)}.", sentence, wanted, classes, *ending)
    spoken = " ".join(part for part in told if part)
    text = clip(spoken.replace("*", ""), 4_000)
    if curve.drawable(report.curve):
        return Message(text, [*head, curve.chart_block(report.curve), *tail], plainer)
    return Message(text, plainer)


def bold(label: str) -> str:
    """A label that stands out (mrkdwn)."""
    return f"*{escape(label)}*"


def plain_sentence(project: Project, report: Report, marked: Callable[[str], str] = bold) -> str:
    """What the figures mean, without a technical term (mrkdwn, or whatever `marked` makes of a label)."""
    estimate, positive = report.estimate, marked(project.positive)
    if report.model_version is None:
        return "There is no model yet: it takes labels of at least two kinds to learn from."
    if estimate.precision.point is None and estimate.recall.point is None:
        return (
            f"Too few audit answers so far ({estimate.audit_labels}) to say how well the model finds {positive}: "
            "a few more rounds will tell."
        )
    precision, recall = estimate.precision, estimate.recall
    judged = f"judged by {count(estimate.audit_labels, 'audit answer')}."
    if _vague(precision) and _vague(recall):
        return (
            f"Too early to say how well the model finds {positive}; the figures are still very uncertain: "
            f"of the items that it flags, {_span(precision)} are {positive}, "
            f"and it finds {_span(recall)} of all that are, {judged}"
        )
    if _vague(precision):
        return (
            f"What share of the items that the model flags are {positive} is still very uncertain ({_span(precision)}); "
            f"it finds {_about(recall)} of all that are, {judged}"
        )
    flagged = f"Of the items that the model flags, {_about(precision)} are {positive}"
    if _vague(recall):
        return f"{flagged}; what share it finds of all that are is still very uncertain ({_span(recall)}), {judged}"
    return f"{flagged}, and it finds {_about(recall)} of all that are, {judged}"


def _vague(value: Interval) -> bool:
    """Whether a single number would say more than is known."""
    return value.point is None or value.high - value.low > VAGUE


def _span(value: Interval) -> str:
    return f"between {value.low:.0%} and {value.high:.0%}"


def _about(value: Interval) -> str:
    return f"about {value.point:.0%} ({_span(value)})"


def _figures(report: Report) -> list[Block]:
    figures = [
        *((name, _with_trend(report, of)) for name, of in curve.SERIES),
        ("Labels", _labels(report)),
        ("Positives", f"{report.positives:,} (+{report.new_positives:,})"),
        (
            "Threshold",
            "none yet" if report.threshold is None else f"{report.threshold:.3f}, for {target_words(report.target)}",
        ),
        ("Agreement", _agreement(report)),
        ("Flagged in the pool", f"{report.pool_flagged:,} of {report.pool_size:,}"),
    ]
    return [{"type": "section", "fields": [mrkdwn(f"*{name}*\n{value}") for name, value in figures[:FIELDS]]}]


def _with_trend(report: Report, figure: trend.Figure) -> str:
    trended = trend.line(report.curve, figure)
    return curve.interval(figure(report.estimate)) + (f"\n{trended}" if trended else "")


def _labels(report: Report) -> str:
    line = f"{report.labels:,} (+{report.new_labels:,})"
    return f"{line}\n{plan}" if (plan := spent_line(report)) else line


def spent_line(report: Report) -> str:
    """What was asked for so far, against what was planned; empty where nobody planned."""
    if report.spent is None or report.planned is None:
        return ""
    over = f", {report.spent - report.planned:,} over it" if report.spent > report.planned else ""
    return f"{report.spent:,} of {report.planned:,} planned ({report.spent / report.planned:.0%}{over})"


def target_words(target: str) -> str:
    """What the threshold is chosen for, in words."""
    kind, _, value = target.partition(">=")
    if value:
        return f"{kind} of {float(value):.0%} or more"
    return {"f1": "best F1"}.get(target, f"least cost, a miss costing {target.partition(':')[2]} false alarms")


def _agreement(report: Report) -> str:
    agreement = report.agreement
    if agreement.share is None:
        return "not known: no item has two answers"
    return f"{agreement.share:.0%} on {count(agreement.items, 'item')}{alpha_note(report.alpha)}"


def changes(project: Project, report: Report) -> str:
    """What is different from the round before, in words (mrkdwn); empty for the first."""
    before, now = report.previous, report.estimate
    if before is None:
        return ""
    pairs = (
        ("precision", before.precision, now.precision),
        ("recall", before.recall, now.recall),
        ("F1", before.f1, now.f1),
    )
    # From one vague figure to the next, the change is chance.
    parts = [
        f"{name} {trend.change(then, value)}" for name, then, value in pairs if not (_vague(then) or _vague(value))
    ]
    old, new = report.previous_threshold, report.threshold
    if old is not None and new is not None and abs(new - old) >= 0.0005:
        parts.append(f"threshold {old:.3f} to {new:.3f}")
    parts.append(f"{report.new_positives:,} {escape(project.positive)} among {count(report.new_labels, 'new label')}")
    return "; ".join(parts) + "."


def _small_print(report: Report) -> str:
    estimate = report.estimate
    parts = [
        f"Closed because {_REASONS[report.close_reason]}",
        f"strategy {escape(report.strategy)}",
        f"model {escape(report.model_version)}" if report.model_version else "no model yet",
        f"intervals of 95% from {count(estimate.audit_labels, 'audit label')} over {estimate.population:,} items",
    ]
    if report.suggested is not None and report.suggested.share is not None:
        with_it = f"{report.suggested.share:.0%} of the answers on {count(report.suggested.items, 'item')}"
        parts.append(f"the model's suggestion was shown, and {with_it} agreed with it")
    if report.rechecked:
        parts.append(f"{count(report.rechecked, 'answer')} to items that had a label before, which are no new labels")
    if report.target_note:
        parts.append(escape(report.target_note))
    if report.unanswered:
        parts.append(f"{count(report.unanswered, 'item')} without a label")
    if report.hard:
        parts.append(f"{count(report.hard, 'item')} disputed, unsure or flagged")
    return " · ".join(parts)


def _next(report: Report) -> str:
    if report.next_round is None:
        return "This was the last round: nothing more will be asked."
    if report.paused:
        return f"The project is paused: `/roundtable resume` starts round {report.next_round}."
    when = f"starts {moment(report.next_round_at)}" if report.next_round_at else "starts now"
    return f"Round {report.next_round} {when}."
