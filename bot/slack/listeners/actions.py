"""Clicks. Each: parse, one use case, answer; the acknowledgement is the last line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slack_bolt import Ack, BoltResponse

from bot.domain import RoundtableError, StoreUnavailableError, Via, VoteKind, VoteStatus
from bot.services.voting import cast_vote
from bot.slack.blocks.choices import picked
from bot.slack.blocks.standing import notice
from bot.slack.desk import Desk, Json, click_id, place_of, said, value_of
from bot.slack.listeners.trouble import tell_beside
from bot.slack.responder import Place
from bot.words import say

# Why an answer was not counted.
WHY: Final = {
    VoteStatus.CLOSED: "vote-closed",
    VoteStatus.UNKNOWN: "vote-unknown",
    VoteStatus.NOTHING: "vote-nothing",
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
        desk.responder.tell(place_of(body), notice(say("choices-tick")))
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


def outdated(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Unknown and outdated buttons: acknowledged and explained, and the message is put in order."""
    place = place_of(body)
    channel = (body.get("container") or {}).get("channel_id")
    if channel and place.message_ts and not place.ephemeral:
        key = desk.store.outbox.key_of(str(channel), place.message_ts)
        if key is not None:
            desk.store.outbox.touch([key], desk.clock.now())
    tell_beside(desk, body, say("button-outdated-here" if body.get("view") else "button-outdated"))
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
        desk.responder.tell(place, notice(say(WHY[status])))
    elif place.ephemeral:
        desk.responder.tell(place, notice(say("vote-taken-back")), replace=True)
    if status is not VoteStatus.UNKNOWN:
        desk.responder.show(query_id, place)
