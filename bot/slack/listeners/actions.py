"""Clicks. Each: parse, one use case, answer; the acknowledgement is the last line."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Final

from slack_bolt import Ack, BoltResponse

from bot.domain import QueryView, RoundtableError, StoreUnavailableError, Via, VoteKind, VoteStatus
from bot.services.voting import cast_vote
from bot.slack.blocks.choices import picked
from bot.slack.blocks.guidance import guidelines_view, why_view
from bot.slack.blocks.standing import full_text_view, notice
from bot.slack.blocks.text import Block
from bot.slack.desk import Desk, Json, click_id, place_of, said, value_of
from bot.slack.errors import SlackError
from bot.slack.limits import LimitsError
from bot.slack.responder import Place
from bot.words import say

log = logging.getLogger("roundtable.listeners")

OUTDATED: Final = "This button is from an earlier version of the message and does nothing any more. The newest message has the right ones."
TICK: Final = "Tick all labels that fit, then press Save; or press None of these."
WHY: Final = {
    VoteStatus.CLOSED: "This round is closed, so your answer was not counted.",
    VoteStatus.UNKNOWN: "This item is no longer asked, so your answer was not counted.",
    VoteStatus.NOTHING: "There was no answer of yours to take back.",
}


def label(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """A label button: a vote."""
    value = value_of(action)
    if value is None or not {"q", "l"} <= value.keys():
        return outdated(ack, body, desk)
    return _answer(ack, body, action, desk, query_id=value["q"], kind=VoteKind.VOTE, label=value["l"])


def pick(ack: Ack) -> BoltResponse:
    """A box was ticked, or a label chosen in the menu of many: nothing happens before Save."""
    return ack()


def save(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Save: a vote for all labels that are ticked."""
    asked = (value_of(action) or {}).get("q")
    if asked is None:
        return outdated(ack, body, desk)
    chosen = picked(body.get("state"), asked)
    if not chosen:
        desk.responder.tell(place_of(body), notice(TICK))
        return ack()
    return _answer(ack, body, action, desk, query_id=asked, kind=VoteKind.VOTE, label=None, chosen=chosen)


def none(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """None of these: a vote, whatever is ticked."""
    asked = (value_of(action) or {}).get("q")
    if asked is None:
        return outdated(ack, body, desk)
    return _answer(ack, body, action, desk, query_id=asked, kind=VoteKind.VOTE, label=None, chosen=())


def skip(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Skip: declines, no vote."""
    return _answer_without_label(ack, body, action, desk, VoteKind.SKIP)


def unsure(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Unsure: no vote, and somebody else is asked."""
    return _answer_without_label(ack, body, action, desk, VoteKind.UNSURE)


def undo(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Undo: takes the person's own answer back."""
    return _answer_without_label(ack, body, action, desk, VoteKind.UNDO)


def read_all(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """The whole text in a modal."""
    return _open_modal(ack, body, action, desk, lambda view: full_text_view(view.item.text, view.item.url))


def guidelines(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """What the labels mean, in a modal."""
    return _open_modal(ack, body, action, desk, lambda view: guidelines_view(view.project))


def why(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Why this item is asked, in a modal."""
    return _open_modal(ack, body, action, desk, why_view)


def _open_modal(ack: Ack, body: Json, action: Json, desk: Desk, render: Callable[[QueryView], Block]) -> BoltResponse:
    value, trigger = value_of(action), body.get("trigger_id")
    if value is None or "q" not in value or not trigger:
        return outdated(ack, body, desk)
    desk.background.submit(_open, desk, place_of(body), value["q"], str(trigger), render)
    return ack()


def outdated(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Unknown and outdated buttons: acknowledged and explained, and the message is put in order."""
    place = place_of(body)
    channel = (body.get("container") or {}).get("channel_id")
    if channel and place.message_ts and not place.ephemeral:
        key = desk.store.outbox.key_of(str(channel), place.message_ts)
        if key is not None:
            desk.store.outbox.touch([key], desk.clock.now())
    desk.responder.tell(place, notice(OUTDATED))
    return ack()


def _answer_without_label(ack: Ack, body: Json, action: Json, desk: Desk, kind: VoteKind) -> BoltResponse:
    value = value_of(action)
    if value is None or "q" not in value:
        return outdated(ack, body, desk)
    return _answer(ack, body, action, desk, query_id=value["q"], kind=kind, label=None)


def _answer(
    ack: Ack,
    body: Json,
    action: Json,
    desk: Desk,
    *,
    query_id: str,
    kind: VoteKind,
    label: str | None,
    chosen: Sequence[str] | None = None,
) -> BoltResponse:
    """One answer to one query. It is on disk when this acknowledges; if it can't be, it does not acknowledge."""
    place = place_of(body)
    try:
        outcome = cast_vote(
            desk.ballots,
            desk.clock,
            query_id=query_id,
            user_id=place.user_id,
            label=label,
            kind=kind,
            via=Via.BUTTON,
            action_id=click_id(action, body),
            message_ts=place.message_ts,
            rights=desk.rights,
            chosen=chosen,
        )
    except StoreUnavailableError:
        desk.responder.tell(place, notice(say("not-saved")))
        return BoltResponse(status=503, body="")  # what is not on disk is not acknowledged
    except RoundtableError as error:
        desk.responder.tell(place, notice(said(error)))
        return ack()
    _show(desk, place, query_id, outcome.status)
    return ack()


def _show(desk: Desk, place: Place, query_id: str, status: VoteStatus) -> None:
    """Queues what the person sees; it is sent behind the acknowledgement."""
    if status in WHY:
        desk.responder.tell(place, notice(WHY[status]))
    elif place.ephemeral:
        desk.responder.tell(place, notice("Your answer was taken back."), replace=True)
    if status is not VoteStatus.UNKNOWN:
        desk.responder.show(query_id, place)


def _open(desk: Desk, place: Place, query_id: str, trigger_id: str, render: Callable[[QueryView], Block]) -> None:
    """In the background: reads the item and opens the modal."""
    try:
        desk.gateway.open_view(trigger_id, render(desk.store.rounds.query_view(query_id)))
    except (RoundtableError, SlackError, LimitsError) as error:
        log.warning("a modal could not be opened: %s", error)
        desk.responder.tell(place, notice("It could not be opened, please try again."))
