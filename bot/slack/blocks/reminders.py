"""The reminder: what waits, the way to it, and two ways to be left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.services.reminders import Waiting
from bot.slack.blocks.choices import button
from bot.slack.blocks.message import Message
from bot.slack.blocks.queue import START
from bot.slack.blocks.text import Block, clip, context, escape, moment, section
from bot.words import say

NOT_TODAY: Final = "remind_not_today"
NEVER: Final = "remind_never"
AGAIN: Final = "remind_again"


def reminder_message(waiting: Sequence[Waiting]) -> Message:
    """For one person, in private."""
    blocks: list[Block] = []
    lines = [_line(one) for one in waiting]
    for one, line in zip(waiting, lines, strict=True):
        start = button(say("queue-label-next"), START, {"project": one.project.id})
        label = clip(say("queue-label-next-of", project=one.project.name), 75)
        blocks.append({**section(line), "accessory": {**start, "accessibility_label": label}})
    leave = [button(say("remind-not-today"), NOT_TODAY, {}), button(say("remind-never"), NEVER, {})]
    blocks.append({"type": "actions", "block_id": "leave", "elements": leave})
    blocks.append(context(say("remind-seldom")))
    spoken = say("remind-spoken", waiting=" ".join(lines))
    return Message(clip(spoken.replace("*", ""), 4_000), blocks)


def _line(one: Waiting) -> str:
    name, number = escape(one.project.name), str(one.round.number)
    if one.round.deadline is None:
        return say("remind-waiting", items=one.items, project=name, round=number)
    return say("remind-waiting-until", items=one.items, project=name, round=number, until=moment(one.round.deadline))


def home_off() -> list[Block]:
    """For the Home of who said "never"."""
    return [{**section(say("remind-off")), "accessory": button(say("remind-again"), AGAIN, {})}]
