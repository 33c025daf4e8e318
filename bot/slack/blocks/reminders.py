"""The reminder: what waits, the way to it, and two ways to be left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.services.reminders import Waiting
from bot.slack.blocks.choices import button
from bot.slack.blocks.message import Message
from bot.slack.blocks.queue import START
from bot.slack.blocks.text import Block, clip, context, count, escape, moment, section

NOT_TODAY: Final = "remind_not_today"
NEVER: Final = "remind_never"
AGAIN: Final = "remind_again"
REST: Final = "All right, not today."
ENDED: Final = "You will get no more reminders. In this app's Home you can turn them on again."
OFF: Final = "You asked for no reminders."


def reminder_message(waiting: Sequence[Waiting]) -> Message:
    """For one person, in private."""
    blocks: list[Block] = []
    lines = [_line(one) for one in waiting]
    for one, line in zip(waiting, lines, strict=True):
        start = button("Label next", START, {"project": one.project.id})
        label = clip(f"Label next: {one.project.name}", 75)
        blocks.append({**section(line), "accessory": {**start, "accessibility_label": label}})
    leave = [button("Not today", NOT_TODAY, {}), button("Never", NEVER, {})]
    blocks.append({"type": "actions", "block_id": "leave", "elements": leave})
    blocks.append(context("One a day at most, and only in your working hours."))
    spoken = f"{' '.join(lines)} Buttons: Label next, Not today, Never."
    return Message(clip(spoken.replace("*", ""), 4_000), blocks)


def _line(one: Waiting) -> str:
    until = f", open until {moment(one.round.deadline)}" if one.round.deadline else ""
    return f"{count(one.items, 'item')} of *{escape(one.project.name)}* (round {one.round.number}{until}) could use your answer."


def home_off() -> list[Block]:
    """For the Home of who said "never"."""
    return [{**section(OFF), "accessory": button("Remind me again", AGAIN, {})}]
