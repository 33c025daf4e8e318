"""The round's message: live progress while it is open, the outcome afterwards."""

from __future__ import annotations

from typing import Final

from bot.domain import CloseReason, RoundState, RoundView
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import Block, context, count, escape, mention, moment, section

BAR: Final = 20  # characters of the progress bar
PEOPLE: Final = 15  # shown by name, most answers first
CLOSED_BY: Final = {
    CloseReason.COMPLETE: "every item has its label",
    CloseReason.DEADLINE: "the deadline came",
    CloseReason.LEAD: "a lead closed it",
}


def bar(done: int, total: int) -> str:
    """A progress bar of fixed width; full only when all is done."""
    filled = BAR * done // total if total else BAR
    return "█" * filled + "░" * (BAR - filled)


def people_line(people: dict[str, int]) -> str:
    """Who answered how much, most first (mrkdwn)."""
    ranked = sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))
    line = " · ".join(f"{mention(user)} {number}" for user, number in ranked[:PEOPLE])
    return line + (f" · and {len(ranked) - PEOPLE} more" if len(ranked) > PEOPLE else "")


def round_message(view: RoundView) -> Message:
    """Progress, people, deadline."""
    round_, project = view.round, view.project
    title = f"{escape(project.name)}, round {round_.number}"
    done = f"{round_.answered} of {count(round_.total, 'item')} answered"
    state = _state(view)
    where = "in this thread" if project.items_in == "thread" else "below"
    lines = [f"*{title}*", f"`{bar(round_.answered, round_.total)}` {done}"]
    blocks: list[Block] = [section("\n".join(lines))]
    if view.people:
        blocks.append(context(people_line(view.people)))
    blocks.append(
        context(
            state or f"Answer {where}: one click on a label each. For many in a row: Label next in this app's Home."
        )
    )
    text = f"{title}: {done}. {state or f'The items are {where}.'}"
    return Message(text, blocks)


def _state(view: RoundView) -> str:
    round_ = view.round
    if round_.state is RoundState.CLOSED and round_.close_reason is not None:
        when = f" {moment(round_.closed_at)}" if round_.closed_at else ""
        return f"Closed{when}: {CLOSED_BY[round_.close_reason]}."
    if round_.state is RoundState.CLOSING:
        return "Closing: the model is learning from the answers."
    deadline = f"Open until {moment(round_.deadline)}." if round_.deadline else ""
    overlap = f"Each item wants {view.project.overlap} answers." if view.project.overlap > 1 else ""
    return " ".join(part for part in (deadline, overlap) if part)
