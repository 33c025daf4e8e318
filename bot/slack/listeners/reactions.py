"""Emoji on items' messages, where a project takes them for votes."""

from __future__ import annotations

import logging

from slack_bolt import Ack, BoltResponse

from bot.domain import RoundtableError, StoreUnavailableError, VoteStatus
from bot.services.reactions import react
from bot.slack.blocks.text import escape
from bot.slack.desk import Desk, Json, said
from bot.slack.errors import SlackError
from bot.slack.listeners.actions import WHY
from bot.words import say

log = logging.getLogger("roundtable.listeners")


def reaction_added(ack: Ack, event: Json, desk: Desk) -> BoltResponse:
    """A vote, if the project says so."""
    return _react(ack, event, desk, added=True)


def reaction_removed(ack: Ack, event: Json, desk: Desk) -> BoltResponse:
    """The vote is taken back."""
    return _react(ack, event, desk, added=False)


def _react(ack: Ack, event: Json, desk: Desk, *, added: bool) -> BoltResponse:
    """On disk before the acknowledgement. If it can't be saved, Slack is not told that it was, and sends the event again."""
    item, user, emoji = event.get("item") or {}, str(event.get("user")), str(event.get("reaction"))
    channel, ts = str(item.get("channel")), str(item.get("ts"))
    # Most emoji in most channels are only emoji: nothing is read for them but the list of projects.
    if not any(project.reactions for project in desk.store.projects.by_channel(channel)):
        return ack()
    key = desk.store.outbox.key_of(channel, ts)
    if key is None:
        return ack()
    try:
        outcome = react(
            desk.store,
            desk.clock,
            message_key=key,
            user_id=user,
            emoji=emoji,
            added=added,
            event_ts=str(event.get("event_ts")),
            message_ts=ts,
            rights=desk.rights,
        )
    except StoreUnavailableError:
        return BoltResponse(status=503, body="")
    except RoundtableError as error:
        desk.background.submit(_tell, desk, channel, user, said(error))
        return ack()
    if outcome is not None and outcome.status in WHY and outcome.status is not VoteStatus.NOTHING:
        desk.background.submit(_tell, desk, channel, user, f":{escape(emoji)}: {say(WHY[outcome.status])}")
    return ack()


def _tell(desk: Desk, channel: str, user: str, text: str) -> None:
    """In the background: an emoji has no response_url, so the person is told by a message that only they see."""
    try:
        desk.gateway.tell(channel, user, text)
    except SlackError as error:
        log.warning("a person could not be told about a reaction: %s", error)
