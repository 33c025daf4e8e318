"""The labelling queue: App Home's buttons, and the modal in which one click answers and brings the next item."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from slack_bolt import Ack, BoltResponse

from bot.domain import (
    ConflictError,
    RoundState,
    RoundtableError,
    StoreUnavailableError,
    Via,
    VoteKind,
)
from bot.services import queue
from bot.slack.blocks import queue as blocks
from bot.slack.blocks.choices import picked, values_in
from bot.slack.blocks.queue import Trail
from bot.slack.blocks.text import Block
from bot.slack.desk import Desk, Json, click_id, place_of, value_of
from bot.slack.limits import LimitsError, enforce_view
from bot.slack.listeners import turns
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.decisions import correction
from bot.words import say

log = logging.getLogger("roundtable.listeners")


def start(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Label next, in App Home: opens the modal."""
    project_id, trigger = (value_of(action) or {}).get("project"), body.get("trigger_id")
    if project_id is None or not trigger:
        return outdated(ack, body, desk)
    user_id, trail = place_of(body).user_id, Trail(project_id)

    def render() -> Block:
        project = desk.store.projects.get(project_id)
        if not desk.members.has(project.channel_id, user_id):
            raise ConflictError(say("queue-join"))
        desk.rights.require_vote(project, user_id)
        return turns.turn(desk, user_id, trail)(False)

    desk.background.submit(turns.open_modal, desk, place_of(body), str(trigger), render)
    return ack()


def change(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Change, beside one of the last votes in App Home: opens the modal with that item."""
    asked, trigger = (value_of(action) or {}).get("q"), body.get("trigger_id")
    if asked is None or not trigger:
        return outdated(ack, body, desk)
    user_id = place_of(body).user_id

    def render() -> Block:
        view = desk.store.rounds.query_view(asked)
        if view.round_state is not RoundState.OPEN:
            return correction(desk, asked, user_id, Via.MODAL)
        return blocks.item_view(view, Trail(view.project.id, view.query.round, change=True), user_id)

    desk.background.submit(turns.open_modal, desk, place_of(body), str(trigger), render)
    return ack()


def label(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """A label: a vote, and the next item."""
    value = value_of(action)
    if value is None or not {"q", "l"} <= value.keys():
        return outdated(ack, body, desk)
    return _answer(ack, body, action, desk, value["q"], VoteKind.VOTE, value["l"])


def save(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Save: a vote for all labels that are ticked, and the next item."""
    asked, screen = (value_of(action) or {}).get("q"), turns.screen_of(body)
    if asked is None or screen is None:
        return outdated(ack, body, desk)
    chosen = picked(body["view"].get("state"), asked)
    if not chosen:
        desk.background.submit(turns.remark, desk, screen, body["view"], say("choices-tick"))
        return ack()
    return _answer(ack, body, action, desk, asked, VoteKind.VOTE, None, chosen)


def none(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """None of these: a vote, and the next item."""
    asked = (value_of(action) or {}).get("q")
    if asked is None:
        return outdated(ack, body, desk)
    return _answer(ack, body, action, desk, asked, VoteKind.VOTE, None, ())


def skip(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Skip: no vote, and the next item."""
    return _decline(ack, body, action, desk, VoteKind.SKIP)


def unsure(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Unsure: no vote, somebody else is asked, and the next item."""
    return _decline(ack, body, action, desk, VoteKind.UNSURE)


def _decline(ack: Ack, body: Json, action: Json, desk: Desk, kind: VoteKind) -> BoltResponse:
    value = value_of(action)
    if value is None or "q" not in value:
        return outdated(ack, body, desk)
    return _answer(ack, body, action, desk, value["q"], kind, None)


def back(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Back: the item that was answered before, with the person's answer, to change it."""
    screen = turns.screen_of(body)
    if screen is None or not screen.trail.back:
        return outdated(ack, body, desk)
    desk.background.submit(turns.show_back, desk, screen)
    return ack()


def next_item(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Next: the modal's own button. Its answer carries the item, so it works when Slack takes no more updates."""
    view = body.get("view") or {}
    screen = turns.screen_of(body)
    if screen is None:
        return ack(response_action="clear")
    shown = blocks.with_word(view, say("queue-choose"))
    try:
        asked = _asked(view)
        chosen = picked(view.get("state"), asked) if asked else ()
        if asked and chosen:  # boxes that are ticked are meant to be saved
            shown = _saved(desk, screen, asked, chosen, str(body.get("trigger_id")))
        else:
            state = queue.next_item(desk.store, desk.clock, screen.trail.project, screen.user_id, last=asked)
            if state.view is None or state.view.query.id != asked:
                word = turns.meanwhile(state, screen.user_id)
                shown = turns.rendered(desk, screen.user_id, screen.trail, state, word, without_picture=False)
        enforce_view(shown)
    except StoreUnavailableError:
        shown = blocks.with_word(view, say("not-saved"))
    except (RoundtableError, LimitsError) as error:
        log.warning("the next item could not be shown: %s", error)
        shown = blocks.with_word(view, say("queue-no-next"))
    return ack(response_action="update", view=shown)


def _saved(desk: Desk, screen: turns.Screen, asked: str, chosen: Sequence[str], action_id: str) -> Block:
    """Saves what is ticked; what the modal shows next. Raises RoundtableError."""
    word = turns.cast(desk, screen, asked, VoteKind.VOTE, None, chosen, action_id)
    return turns.after(desk, screen, asked, word)(False)


def closed(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """The modal was closed: what it showed may go to others, and App Home shows how far the person is."""
    screen = turns.screen_of(body)
    if screen is not None:
        desk.background.submit(turns.leave, desk, screen)
    return ack()


def _asked(view: Json) -> str | None:
    """The query that the modal on screen asks about."""
    first = next(values_in(view.get("blocks") or [], blocks.LABEL), None)
    return (value_of({"value": first}) or {}).get("q")


def _answer(
    ack: Ack,
    body: Json,
    action: Json,
    desk: Desk,
    query_id: str,
    kind: VoteKind,
    label: str | None,
    chosen: Sequence[str] | None = None,
) -> BoltResponse:
    """One answer. It is on disk when this acknowledges; the next item comes behind the acknowledgement."""
    screen = turns.screen_of(body)
    if screen is None:
        return outdated(ack, body, desk)
    try:
        word = turns.cast(desk, screen, query_id, kind, label, chosen, click_id(action, body))
    except StoreUnavailableError:
        desk.background.submit(turns.remark, desk, screen, body["view"], say("not-saved"))
        return BoltResponse(status=503, body="")  # what is not on disk is not acknowledged
    desk.background.submit(turns.go_on, desk, screen, query_id, word)
    return ack()
