"""The menu of an item, open or closed."""

from __future__ import annotations

from slack_bolt import Ack, BoltResponse

from bot.slack.desk import Desk, Json, value_of
from bot.slack.listeners import actions, decisions, reading

CHOICES = {
    "text": reading.read_all,
    "undo": actions.undo,
    "guidelines": reading.guidelines,
    "why": reading.why,
    "flag": decisions.flag,
    "correct": decisions.correct,
}


def more(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """What was chosen: full text, undo, guidelines, why it is asked, a flag, a change of one's answer."""
    choice = CHOICES.get(str((value_of(action) or {}).get("do")))
    return choice(ack, body, action, desk) if choice is not None else actions.outdated(ack, body, desk)
