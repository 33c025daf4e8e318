"""What every listener works with, and the click as a value."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, BoltResponse

from bot.domain import Project
from bot.services.ports import Clock, DirectoryError, Store
from bot.services.rights import NotAllowedError, Rights, told
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import escape, mentions
from bot.slack.gateway import Gateway
from bot.slack.limits import check_message
from bot.slack.membership import Members
from bot.slack.responder import Place, Responder
from bot.slack.screens import Screens

log = logging.getLogger("roundtable.listeners")

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Desk:
    """Store, clock, who may do what, and the ways to answer.

    `ballots` is the store for votes, which remembers the questions.
    """

    store: Store
    ballots: Store
    clock: Clock
    responder: Responder
    gateway: Gateway
    background: Executor
    screens: Screens
    members: Members
    rights: Rights

    def shows_lead(self, project: Project, user_id: str) -> bool:
        """Whether to show what leads can do; not while nobody can say. The act itself is checked again, by `rights`."""
        try:
            return self.rights.may_lead(project, user_id)
        except DirectoryError as error:
            log.warning("what leads can do is not shown: %s", error)
            return False

    def shows_create(self, user_id: str) -> bool:
        """Whether to offer a new project; not while nobody can say. The act itself is checked again, by `rights`."""
        try:
            return self.rights.may_create(user_id)
        except DirectoryError as error:
            log.warning("the way to a new project is not shown: %s", error)
            return False


def said(error: Exception) -> str:
    """What an error says to the person who caused it (mrkdwn); people in it are mentioned."""
    if isinstance(error, NotAllowedError):
        return f"{escape(error.reason)} {told(error.how, mentions(error.who) if error.who else '')}"
    return escape(str(error))


def said_in_field(error: Exception) -> str:
    """The same beside a field of a form, where nobody can be mentioned: an id would tell nobody anything."""
    return error.unnamed if isinstance(error, NotAllowedError) else str(error)


def place_of(body: Json) -> Place:
    """Where an interaction happened."""
    container = body.get("container") or {}
    message = body.get("message") or {}
    return Place(
        response_url=body.get("response_url"),
        user_id=str((body.get("user") or {}).get("id", "")),
        message_ts=container.get("message_ts") or message.get("ts"),
        thread_ts=container.get("thread_ts") or message.get("thread_ts"),
        ephemeral=bool(container.get("is_ephemeral")),
    )


def value_of(action: Json) -> dict[str, str] | None:
    """What a button or the chosen option of a menu carries; None if it is not of this version."""
    chosen = action.get("selected_option")
    raw = chosen.get("value") if isinstance(chosen, dict) else action.get("value")
    try:
        value = json.loads(raw) if isinstance(raw, str) else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        return None
    return value


def click_id(action: Json, body: Json) -> str:
    """What makes a click this click, so that a delivery twice is known again: by it a vote is idempotent."""
    return str(action.get("action_ts") or body.get("trigger_id"))


def ack_message(ack: Ack, message: Message) -> BoltResponse:
    """Answers a command inside its acknowledgement, to the person alone.

    Slack says nothing about faults in it, so the plainer form is taken, and what breaks a limit goes as text.
    """
    payload = message.payload(plain=True)
    if check_message(payload):
        return ack(text=message.text[:4_000], response_type="ephemeral")
    return ack(text=payload["text"], blocks=payload["blocks"], response_type="ephemeral")
