"""What is only read, in a modal: the whole text, what the labels mean, why an item is asked. From a message, or on top of the queue."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_bolt import Ack, BoltResponse

from bot.domain import QueryView, RoundtableError
from bot.slack.blocks.guidance import guidelines_view, why_view
from bot.slack.blocks.standing import full_text_view
from bot.slack.blocks.text import Block
from bot.slack.desk import Desk, Json, place_of, value_of
from bot.slack.errors import SlackError
from bot.slack.limits import LimitsError
from bot.slack.listeners import turns
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.trouble import not_opened, tell

log = logging.getLogger("roundtable.listeners")


def read_all(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """The whole text."""
    return _open(ack, body, action, desk, lambda view: full_text_view(view.item.text, view.item.url))


def guidelines(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """What the labels mean."""
    return _open(ack, body, action, desk, lambda view: guidelines_view(view.project))


def why(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Why this item is asked."""
    return _open(ack, body, action, desk, why_view)


def _open(ack: Ack, body: Json, action: Json, desk: Desk, render: Callable[[QueryView], Block]) -> BoltResponse:
    asked, trigger = (value_of(action) or {}).get("q"), body.get("trigger_id")
    if asked is None or not trigger:
        return outdated(ack, body, desk)
    desk.background.submit(_show, desk, body, asked, str(trigger), render)
    return ack()


def _show(desk: Desk, body: Json, query_id: str, trigger_id: str, render: Callable[[QueryView], Block]) -> None:
    """In the background: reads the item and opens the modal; what goes wrong is said where the person pressed."""
    screen = turns.screen_of(body)
    show = desk.gateway.open_view if screen is None else desk.gateway.push_view
    try:
        show(trigger_id, render(desk.store.rounds.query_view(query_id)))
    except (RoundtableError, SlackError, LimitsError) as error:
        log.warning("a modal could not be opened: %s", error)
        if screen is None:
            tell(desk, place_of(body), not_opened(error))
        else:
            turns.remark(desk, screen, body["view"], not_opened(error))
