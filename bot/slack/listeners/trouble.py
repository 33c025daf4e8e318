"""What is said where something could not be done: there where the person clicked, as far as there is a way to it."""

from __future__ import annotations

from slack_bolt import BoltResponse

from bot.domain import RoundtableError, StoreUnavailableError
from bot.slack.blocks.fields import block_of
from bot.slack.blocks.queue import with_word
from bot.slack.blocks.standing import notice
from bot.slack.desk import Desk, Json, place_of, said
from bot.slack.errors import RefusedError, SlackError, reason
from bot.slack.listeners.events import publish_home
from bot.slack.responder import Place
from bot.words import say


def tell(desk: Desk, place: Place, word: str) -> None:
    """A word (mrkdwn) to the person alone: beside the message that was clicked, or in App Home."""
    if place.response_url is not None:
        desk.responder.tell(place, notice(word))
    else:
        desk.background.submit(publish_home, desk, place.user_id, word)


def tell_beside(desk: Desk, body: Json, word: str) -> None:
    """The same for any click: in the modal on screen, where that is where it was."""
    view = body.get("view") or {}
    if view.get("type") == "modal":
        desk.background.submit(
            desk.screens.update, str(view.get("id")), str(view.get("hash") or ""), lambda _: with_word(view, word)
        )
    else:
        tell(desk, place_of(body), word)


def not_opened(error: Exception) -> str:
    """Why a modal could not be opened (mrkdwn)."""
    if isinstance(error, RefusedError) and reason(error.code):
        return error.told()
    if isinstance(error, SlackError):
        return say("too-late")
    if isinstance(error, RoundtableError) and not isinstance(error, StoreUnavailableError):
        return said(error)
    return say("not-opened")


def unavailable(body: Json, desk: Desk) -> BoltResponse:
    """The store can't be reached. A command and a form are answered in words; anything else is not acknowledged, and the words come
    beside it."""
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": say("commands-unreachable")})
    kind, view, word = body.get("type"), body.get("view") or {}, say("not-saved")
    if kind == "view_submission":
        return BoltResponse(status=200, body=_form_answer(view, word))
    if kind in ("block_actions", "message_action"):
        tell_beside(desk, body, word)
    return BoltResponse(status=503, body="")


def _form_answer(view: Json, word: str) -> dict[str, object]:
    """At the form's last field; as a line of its own where it has none."""
    if any(block.get("type") == "input" for block in view.get("blocks") or ()):
        return {"response_action": "errors", "errors": {block_of(view, ""): word}}
    return {"response_action": "update", "view": with_word(view, word)}
