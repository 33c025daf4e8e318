"""A reminder's buttons, and the one in App Home that takes "never" back. Each wish is on disk before it is acknowledged; where it can't
be, the app says so (trouble.unavailable)."""

from __future__ import annotations

from slack_bolt import Ack, BoltResponse

from bot.services import reminders
from bot.slack.blocks.standing import notice
from bot.slack.desk import Desk, Json, place_of
from bot.slack.listeners.events import publish_home
from bot.words import say


def not_today(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Not today: the reminder becomes one line."""
    place = place_of(body)
    reminders.not_today(desk.store, desk.clock, place.user_id)
    desk.responder.tell(place, notice(say("remind-rest")), replace=True)
    return ack()


def never(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Never: the same, and App Home shows how to take it back."""
    place = place_of(body)
    reminders.never(desk.store, place.user_id)
    desk.responder.tell(place, notice(say("remind-ended")), replace=True)
    desk.background.submit(publish_home, desk, place.user_id)
    return ack()


def again(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Remind me again, in App Home."""
    place = place_of(body)
    reminders.again(desk.store, place.user_id)
    desk.background.submit(publish_home, desk, place.user_id)
    return ack()
