"""The labelling queue: App Home's buttons, and the modal in which one click answers and brings the next item."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from slack_bolt import Ack, BoltResponse

from bot.domain import (
    ConflictError,
    QueryView,
    RoundState,
    RoundtableError,
    StoreUnavailableError,
    Via,
    VoteKind,
    VoteStatus,
)
from bot.services import queue
from bot.services.ports import QueueState
from bot.services.voting import cast_vote
from bot.slack.blocks import queue as blocks
from bot.slack.blocks.choices import values_in
from bot.slack.blocks.guidance import guidelines_view, why_view
from bot.slack.blocks.queue import Trail
from bot.slack.blocks.standing import full_text_view
from bot.slack.blocks.text import Block
from bot.slack.desk import NOT_SAVED, Desk, Json, click_id, place_of, said, value_of
from bot.slack.gateway import SlackError
from bot.slack.limits import LimitsError, enforce_view
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.decisions import correction
from bot.slack.listeners.events import publish_home

log = logging.getLogger("roundtable.listeners")

TOO_LATE: Final = "That took too long for Slack. Please press the button once more."
CHOOSE: Final = "Choose a label, Unsure, or Skip."
KEPT: Final = "The last item had got its label from others meanwhile; your answer is kept all the same."
TAKEN: Final = "The last item had got its label from others meanwhile."
WHY: Final = {
    VoteStatus.CLOSED: "That round closed meanwhile, so your last answer was not counted.",
    VoteStatus.UNKNOWN: "That item is no longer asked, so your last answer was not counted.",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """The modal that was clicked, and by whom."""

    user_id: str
    view_id: str
    view_hash: str
    trail: Trail


def start(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Label next, in App Home: opens the modal."""
    project_id, trigger = (value_of(action) or {}).get("project"), body.get("trigger_id")
    if project_id is None or not trigger:
        return outdated(ack, body, desk)
    user_id, trail = place_of(body).user_id, Trail(project_id)

    def render() -> Block:
        project = desk.store.projects.get(project_id)
        if not desk.members.has(project.channel_id, user_id):
            raise ConflictError("You are not in that project's channel. Join it, then press Label next again.")
        desk.rights.require_vote(project, user_id)
        return _turn(desk, user_id, trail)(False)

    desk.background.submit(_open, desk, user_id, str(trigger), render)
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

    desk.background.submit(_open, desk, user_id, str(trigger), render)
    return ack()


def label(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """A label: a vote, and the next item."""
    value = value_of(action)
    if value is None or not {"q", "l"} <= value.keys():
        return outdated(ack, body, desk)
    return _answer(ack, body, action, desk, value["q"], VoteKind.VOTE, value["l"])


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
    screen = _screen(body)
    if screen is None or not screen.trail.back:
        return outdated(ack, body, desk)
    desk.background.submit(_show_back, desk, screen)
    return ack()


def read(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Read all: the whole text on top of the modal."""
    return _on_top(ack, body, action, desk, lambda view: full_text_view(view.item.text, view.item.url))


def guidelines(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Guidelines: what the labels mean, on top of the modal."""
    return _on_top(ack, body, action, desk, lambda view: guidelines_view(view.project))


def why(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Why?: the reason for this item, on top of the modal."""
    return _on_top(ack, body, action, desk, why_view)


def _on_top(ack: Ack, body: Json, action: Json, desk: Desk, render: Callable[[QueryView], Block]) -> BoltResponse:
    asked, trigger = (value_of(action) or {}).get("q"), body.get("trigger_id")
    if asked is None or not trigger:
        return outdated(ack, body, desk)
    desk.background.submit(_push, desk, str(trigger), asked, render)
    return ack()


def next_item(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Next: the modal's own button. Its answer carries the item, so it works when Slack takes no more updates."""
    view = body.get("view") or {}
    screen = _screen(body)
    if screen is None:
        return ack(response_action="clear")
    shown = blocks.with_word(view, CHOOSE)
    try:
        asked = _asked(view)
        state = queue.next_item(desk.store, desk.clock, screen.trail.project, screen.user_id, last=asked)
        if state.view is None or state.view.query.id != asked:
            word = _meanwhile(state, screen.user_id)
            shown = _rendered(desk, screen.user_id, screen.trail, state, word, without_picture=False)
        enforce_view(shown)
    except (RoundtableError, LimitsError) as error:
        log.warning("the next item could not be shown: %s", error)
        shown = blocks.with_word(view, "The next item can't be had just now, please try again.")
    return ack(response_action="update", view=shown)


def closed(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """The modal was closed: what it showed may go to others, and App Home shows how far the person is."""
    screen = _screen(body)
    if screen is not None:
        desk.background.submit(_leave, desk, screen)
    return ack()


def _screen(body: Json) -> Screen | None:
    view = body.get("view") or {}
    trail = Trail.read(str(view.get("private_metadata") or ""))
    if trail is None or view.get("callback_id") != blocks.VIEW:
        return None
    return Screen(place_of(body).user_id, str(view.get("id")), str(view.get("hash") or ""), trail)


def _asked(view: Json) -> str | None:
    """The query that the modal on screen asks about."""
    first = next(values_in(view.get("blocks") or [], blocks.LABEL), None)
    return (value_of({"value": first}) or {}).get("q")


def _answer(
    ack: Ack, body: Json, action: Json, desk: Desk, query_id: str, kind: VoteKind, label: str | None
) -> BoltResponse:
    """One answer. It is on disk when this acknowledges; the next item comes behind the acknowledgement."""
    screen = _screen(body)
    if screen is None:
        return outdated(ack, body, desk)
    word = ""
    try:
        outcome = cast_vote(
            desk.ballots,
            desk.clock,
            query_id=query_id,
            user_id=screen.user_id,
            label=label,
            kind=kind,
            via=Via.QUEUE,
            action_id=click_id(action, body),
            message_ts=None,
            rights=desk.rights,
        )
        word = WHY.get(outcome.status, "")
    except StoreUnavailableError:
        desk.background.submit(_say, desk, screen, body["view"], NOT_SAVED)
        return BoltResponse(status=503, body="")  # what is not on disk is not acknowledged
    except RoundtableError as error:
        word = said(error)
    desk.background.submit(_go_on, desk, screen, query_id, word)
    return ack()


def _go_on(desk: Desk, screen: Screen, query_id: str, word: str) -> None:
    """In the background: the next item, or the word that one answer was changed."""
    project, _, place = query_id.partition(":")
    number, _, position = place.partition(":")
    trail = screen.trail
    if project == trail.project and number.isdecimal() and position.isdecimal() and not word:
        trail = trail.answered(int(number), int(position))
    if screen.trail.change and not word:
        _show(desk, screen, lambda _: _changed(desk, screen.user_id, query_id, trail))
    else:
        _show(desk, screen, _turn(desk, screen.user_id, trail, last=query_id, word=word))


def _changed(desk: Desk, user_id: str, query_id: str, trail: Trail) -> Block:
    return blocks.changed_view(desk.store.rounds.query_view(query_id), user_id, trail)


def _turn(
    desk: Desk, user_id: str, trail: Trail, *, last: str | None = None, word: str = ""
) -> Callable[[bool], Block]:
    """Renders the next item for this person, as things are when it is called."""

    def render(without_picture: bool) -> Block:
        state = queue.next_item(desk.store, desk.clock, trail.project, user_id, last=last)
        return _rendered(
            desk, user_id, trail, state, word or _meanwhile(state, user_id), without_picture=without_picture
        )

    return render


def _meanwhile(state: QueueState, user_id: str) -> str:
    """A word where others decided the last item while it was on screen."""
    if not queue.others_decided(state, user_id):
        return ""
    return KEPT if user_id in (state.last_votes or {}) else TAKEN


def _rendered(desk: Desk, user_id: str, trail: Trail, state: QueueState, word: str, *, without_picture: bool) -> Block:
    if state.view is None:
        return blocks.end_view(state, trail, word)
    said = word or (blocks.SLOW if desk.screens.tight() else "")
    return blocks.item_view(state.view, trail, user_id, state=state, word=said, without_picture=without_picture)


def _show_back(desk: Desk, screen: Screen) -> None:
    trail = screen.trail
    *before, position = trail.back
    asked, earlier = blocks.query_id(trail, position), Trail(trail.project, trail.round, tuple(before))

    def render(without_picture: bool) -> Block:
        view: QueryView = desk.store.rounds.query_view(asked)
        if view.round_state is not RoundState.OPEN:
            word = "That round closed meanwhile: its answers can't be changed here any more."
            return _turn(desk, screen.user_id, Trail(trail.project), word=word)(without_picture)
        return blocks.item_view(view, earlier, screen.user_id, without_picture=without_picture)

    _show(desk, screen, render)


def _show(desk: Desk, screen: Screen, render: Callable[[bool], Block]) -> None:
    """Brings the modal up to date; a modal that was closed meanwhile holds nothing."""
    try:
        if not desk.screens.update(screen.view_id, screen.view_hash, render):
            _leave(desk, screen)
    except RoundtableError as error:
        log.warning("the next item could not be shown: %s", error)


def _say(desk: Desk, screen: Screen, view: Json, word: str) -> None:
    _show(desk, screen, lambda _: blocks.with_word(view, word))


def _open(desk: Desk, user_id: str, trigger_id: str, render: Callable[[], Block]) -> None:
    """In the background, within the 3 s of the trigger; what goes wrong is said in App Home."""
    try:
        view = render()
        desk.gateway.open_view(trigger_id, view)
    except (RoundtableError, SlackError, LimitsError) as error:
        log.warning("the queue could not be opened: %s", error)
        publish_home(desk, user_id, TOO_LATE if isinstance(error, SlackError) else said(error))


def _push(desk: Desk, trigger_id: str, query_id: str, render: Callable[[QueryView], Block]) -> None:
    try:
        desk.gateway.push_view(trigger_id, render(desk.store.rounds.query_view(query_id)))
    except (RoundtableError, SlackError, LimitsError) as error:
        log.warning("a modal could not be opened: %s", error)


def _leave(desk: Desk, screen: Screen) -> None:
    try:
        if screen.trail.round:
            queue.leave(desk.store, screen.trail.project, screen.trail.round, screen.user_id)
    except RoundtableError as error:
        log.info("a lease was not given back and runs out by itself: %s", error)
    publish_home(desk, screen.user_id)
