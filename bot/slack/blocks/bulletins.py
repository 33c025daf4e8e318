"""The scheduled report: how labelling stands, the figures of the last round, what is new since the last scheduled report."""

from __future__ import annotations

from bot.domain import Bulletin, Estimate, Figures, Interval, Project, RoundState
from bot.slack.blocks import curve, trend
from bot.slack.blocks.message import Message
from bot.slack.blocks.rounds import bar, without_bar
from bot.slack.blocks.text import Block, clip, context, escape, header, moment, mrkdwn, section
from bot.words import say


def bulletin_message(project: Project, bulletin: Bulletin) -> Message:
    """For the channel, or for a lead."""
    now, title = bulletin.now, say("bulletins-title", project=project.name)
    lines = [_round(now), _labels(project, now)]
    lines += [say("bulletins-learned", when=moment(now.learned_at))] if now.learned_at is not None else []
    new = _since(bulletin, changes(project, bulletin))
    blocks: list[Block] = [header(title), section("\n".join(lines))]
    if now.estimate is not None:
        blocks.append(_measured(now, now.estimate))
    blocks += [section(new), context(say("bulletins-ending", when=moment(now.at)))]
    spoken = [f"{escape(title)}.", *lines, _spoken(now), new]
    text = without_bar(" ".join(part for part in spoken if part)).replace("*", "").replace("`", "")
    return Message(clip(text, 4_000), blocks)


def _round(now: Figures) -> str:
    if now.round is None:
        told = say("bulletins-no-round")
    else:
        state, shown = (now.round_state or RoundState.CLOSED).value, bar(now.answered, now.total)
        told = say(
            "bulletins-round",
            round=str(now.round),
            state=state,
            bar=shown,
            answered=str(now.answered),
            total=str(now.total),
        )
    return f"{told} {say('bulletins-paused')}" if now.paused else told


def _labels(project: Project, now: Figures) -> str:
    positive = escape(project.positive)
    return say("bulletins-labels", labels=now.labels, positives=now.positives, positive=positive, left=now.pool_size)


def _measured(now: Figures, estimate: Estimate) -> Block:
    fields = [mrkdwn(f"*{name}*\n{curve.interval(of(estimate))}") for name, of in curve.series()]
    after = say("bulletins-measured-after", round=str(now.report), answers=estimate.audit_labels)
    return {"type": "section", "fields": [*fields, mrkdwn(f"{say('bulletins-measured')}\n{after}")]}


def _spoken(now: Figures) -> str:
    if now.estimate is None:
        return ""
    told = ", ".join(f"{name} {curve.interval(of(now.estimate))}" for name, of in curve.series())
    return say("bulletins-after", round=str(now.report), figures=told)


def _since(bulletin: Bulletin, new: str) -> str:
    if bulletin.before is None:
        return say("bulletins-new", new=new)
    return say("bulletins-since", when=moment(bulletin.before.at), new=new)


def changes(project: Project, bulletin: Bulletin) -> str:
    """What is new (mrkdwn)."""
    now, before = bulletin.now, bulletin.before
    if before is None:
        return say("bulletins-first")
    labels = now.labels - before.labels
    if labels == 0 and now.round == before.round and now.report == before.report:
        return say("bulletins-nothing")
    positives, positive = now.positives - before.positives, escape(project.positive)
    parts = [say("bulletins-new-labels", labels=labels, positives=positives, positive=positive)]
    if now.report != before.report:
        parts.append(say("bulletins-closed", rounds=(now.report or 0) - (before.report or 0)))
        if before.estimate is not None and now.estimate is not None:
            parts += trend.changes(before.estimate, now.estimate, _known)
    return "; ".join(parts) + "."


def _known(value: Interval) -> bool:
    return value.point is not None
