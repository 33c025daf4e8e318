"""A reminder's buttons, and the one in App Home that takes "never" back. Each wish is on disk before it is acknowledged."""

from __future__ import annotations

from slack_bolt import Ack, BoltResponse

from bot.domain import StoreUnavailableError
from bot.services import reminders
from bot.slack.blocks.standing import notice
from bot.slack.desk import Desk, Json, place_of
from bot.slack.listeners.events import publish_home
from bot.words import say


def not_today(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Not today: the reminder becomes one line."""
    place = place_of(body)
    try:
        reminders.not_today(desk.store, desk.clock, place.user_id)
    except StoreUnavailableError:
        desk.responder.tell(place, notice(say("not-saved")))
        return BoltResponse(status=503, body="")
    desk.responder.tell(place, notice(say("remind-rest")), replace=True)
    return ack()


def never(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Never: the same, and App Home shows how to take it back."""
    place = place_of(body)
    try:
        reminders.never(desk.store, place.user_id)
    except StoreUnavailableError:
        desk.responder.tell(place, notice(say("not-saved")))
        return BoltResponse(status=503, body="")
    desk.responder.tell(place, notice(say("remind-ended")), replace=True)
    desk.background.submit(publish_home, desk, place.user_id)
    return ack()


def again(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Remind me again, in App Home."""
    place = place_of(body)
    try:
        reminders.again(desk.store, place.user_id)
    except StoreUnavailableError:
        return BoltResponse(status=503, body="")
    desk.background.submit(publish_home, desk, place.user_id)
    return ack()
