"""The scheduled report: how labelling stands, the figures of the last round, what is new since the last scheduled report."""

from __future__ import annotations

from bot.domain import Bulletin, Figures, Project, RoundState
from bot.slack.blocks import curve, trend
from bot.slack.blocks.message import Message
from bot.slack.blocks.rounds import bar
from bot.slack.blocks.text import Block, clip, context, count, escape, header, moment, mrkdwn, section


def bulletin_message(project: Project, bulletin: Bulletin) -> Message:
    """For the channel, or for a lead."""
    now, title = bulletin.now, f"{project.name}: how it stands"
    lines = [_round(now), _labels(project, now)]
    new = changes(project, bulletin)
    blocks: list[Block] = [header(title), section("\n".join(lines)), *_measured(now)]
    blocks.append(section(f"*{_since(bulletin)}:* {new}"))
    ending = f"As of {moment(now.at)}. By schedule, beside the reports of the rounds; `/roundtable report` has the last one in full."
    blocks.append(context(ending))
    spoken = [f"{escape(title)}.", *lines, _spoken(now), f"{_since(bulletin)}: {new}"]
    return Message(clip(" ".join(part for part in spoken if part).replace("*", "").replace("`", ""), 4_000), blocks)


def _round(now: Figures) -> str:
    paused = " The project is paused." if now.paused else ""
    if now.round is None:
        return f"No round yet.{paused}"
    progress = f"`{bar(now.answered, now.total)}` {now.answered} of {now.total} answered"
    state = {RoundState.OPEN: "is open", RoundState.CLOSING: "is closing"}.get(
        now.round_state or RoundState.CLOSED, "is closed"
    )
    return f"Round {now.round} {state}: {progress}.{paused}"


def _labels(project: Project, now: Figures) -> str:
    share = f"{now.positives:,} of them {escape(project.positive)}"
    return f"{count(now.labels, 'label')}, {share}; {count(now.pool_size, 'item')} left in the pool."


def _measured(now: Figures) -> list[Block]:
    if now.estimate is None:
        return []
    fields = [mrkdwn(f"*{name}*\n{curve.interval(of(now.estimate))}") for name, of in curve.SERIES]
    fields.append(
        mrkdwn(f"*Measured*\nafter round {now.report}, by {count(now.estimate.audit_labels, 'audit answer')}")
    )
    return [{"type": "section", "fields": fields}]


def _spoken(now: Figures) -> str:
    if now.estimate is None:
        return ""
    told = ", ".join(f"{name} {curve.interval(of(now.estimate))}" for name, of in curve.SERIES)
    return f"After round {now.report}: {told}."


def _since(bulletin: Bulletin) -> str:
    return f"Since {moment(bulletin.before.at)}" if bulletin.before else "What is new"


def changes(project: Project, bulletin: Bulletin) -> str:
    """What is new (mrkdwn)."""
    now, before = bulletin.now, bulletin.before
    if before is None:
        return "this is the first scheduled report; the next one compares with it."
    labels = now.labels - before.labels
    if labels == 0 and now.round == before.round and now.report == before.report:
        return "no new answers."
    parts = [f"{count(labels, 'new label')}, {now.positives - before.positives:,} of them {escape(project.positive)}"]
    if now.report != before.report:
        closed = (now.report or 0) - (before.report or 0)
        parts.append(f"{count(closed, 'round')} closed")
        parts += _moved(before, now)
    return "; ".join(parts) + "."


def _moved(before: Figures, now: Figures) -> list[str]:
    if before.estimate is None or now.estimate is None:
        return []
    pairs = [(name, of(before.estimate), of(now.estimate)) for name, of in curve.SERIES]
    return [
        f"{name if name == 'F1' else name.lower()} {trend.change(old, new)}"
        for name, old, new in pairs
        if old.point is not None and new.point is not None
    ]
