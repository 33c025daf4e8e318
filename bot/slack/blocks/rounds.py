"""The round's message: live progress while it is open, the outcome afterwards."""

from __future__ import annotations

import re
from typing import Final

from bot.domain import CloseReason, RoundState, RoundView
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import Block, context, escape, mention, moment, section
from bot.words import say

BAR: Final = 20  # characters of the progress bar
PEOPLE: Final = 15  # shown by name, most answers first
_CLOSED_BY: Final = {  # name of its text
    CloseReason.COMPLETE: "rounds-complete",
    CloseReason.DEADLINE: "rounds-deadline",
    CloseReason.LEAD: "rounds-lead",
}


def bar(done: int, total: int) -> str:
    """A progress bar of fixed width; full only when all is done."""
    filled = BAR * done // total if total else BAR
    return "█" * filled + "░" * (BAR - filled)


def without_bar(text: str) -> str:
    """For those who hear it: figures follow each bar."""
    return re.sub(r"`[█░]+` ?", "", text)


def people_line(people: dict[str, int]) -> str:
    """Who answered how much, most first (mrkdwn)."""
    ranked = sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))
    told = [f"{mention(user)} {number}" for user, number in ranked[:PEOPLE]]
    if len(ranked) > PEOPLE:
        told.append(say("rounds-more-people", more=len(ranked) - PEOPLE))
    return " · ".join(told)


def round_message(view: RoundView) -> Message:
    """Progress, people, deadline."""
    round_, project = view.round, view.project
    title = say("rounds-title", project=escape(project.name), round=str(round_.number))
    done = say("rounds-done", answered=round_.answered, total=round_.total)
    state = _state(view)
    in_thread = project.items_in == "thread"
    lines = [f"*{title}*", f"`{bar(round_.answered, round_.total)}` {done}"]
    blocks: list[Block] = [section("\n".join(lines))]
    if view.people:
        blocks.append(context(people_line(view.people)))
    if round_.state is RoundState.OPEN:
        several = "yes" if project.multi_label else "no"
        blocks.append(context(say("rounds-answer-thread" if in_thread else "rounds-answer-below", several=several)))
    if state:
        blocks.append(context(state))
    where = say("rounds-where-thread" if in_thread else "rounds-where-below")
    return Message(f"{title}: {done}. {state or where}", blocks)


def _state(view: RoundView) -> str:
    round_ = view.round
    if round_.state is RoundState.CLOSED and round_.close_reason is not None:
        reason = say(_CLOSED_BY[round_.close_reason])
        if round_.closed_at is None:
            return say("rounds-closed", reason=reason)
        return say("rounds-closed-at", when=moment(round_.closed_at), reason=reason)
    if round_.state is RoundState.CLOSING:
        return say("rounds-closing")
    deadline = say("rounds-until", when=moment(round_.deadline)) if round_.deadline else ""
    overlap = say("rounds-overlap", wanted=view.project.overlap) if view.project.overlap > 1 else ""
    return " ".join(part for part in (deadline, overlap) if part)
