"""What the queue's modal shows when something was pressed in it: the vote, and the next item, behind the acknowledgement."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain import QueryView, RoundState, RoundtableError, StoreUnavailableError, Via, VoteKind, VoteStatus
from bot.services import queue
from bot.services.ports import QueueState
from bot.services.voting import cast_vote
from bot.slack.blocks import queue as blocks
from bot.slack.blocks.queue import Trail
from bot.slack.blocks.text import Block
from bot.slack.desk import Desk, Json, place_of, said
from bot.slack.errors import SlackError
from bot.slack.limits import LimitsError
from bot.slack.listeners.events import publish_home
from bot.slack.listeners.trouble import not_opened, tell
from bot.slack.responder import Place
from bot.words import say

log = logging.getLogger("roundtable.listeners")

# Why the last answer was not counted.
WHY: Final = {VoteStatus.CLOSED: "queue-vote-late", VoteStatus.UNKNOWN: "queue-vote-unknown"}


@dataclass(frozen=True, slots=True)
class Screen:
    """The modal that was clicked, and by whom."""

    user_id: str
    view_id: str
    view_hash: str
    trail: Trail


def screen_of(body: Json) -> Screen | None:
    """Of a click or a submission; None for another modal, or one of another version."""
    view = body.get("view") or {}
    trail = Trail.read(str(view.get("private_metadata") or ""))
    if trail is None or view.get("callback_id") != blocks.VIEW:
        return None
    return Screen(place_of(body).user_id, str(view.get("id")), str(view.get("hash") or ""), trail)


def cast(
    desk: Desk,
    screen: Screen,
    query_id: str,
    kind: VoteKind,
    label: str | None,
    chosen: Sequence[str] | None,
    action_id: str,
) -> str:
    """Records the answer; a word (mrkdwn) where it did not count. Raises StoreUnavailableError."""
    try:
        outcome = cast_vote(
            desk.ballots,
            desk.clock,
            query_id=query_id,
            user_id=screen.user_id,
            label=label,
            kind=kind,
            via=Via.QUEUE,
            action_id=action_id,
            message_ts=None,
            rights=desk.rights,
            chosen=chosen,
        )
    except StoreUnavailableError:
        raise
    except RoundtableError as error:
        return said(error)
    return say(WHY[outcome.status]) if outcome.status in WHY else ""


def go_on(desk: Desk, screen: Screen, query_id: str, word: str) -> None:
    """In the background: what the modal shows next."""
    show(desk, screen, after(desk, screen, query_id, word))


def after(desk: Desk, screen: Screen, query_id: str, word: str) -> Callable[[bool], Block]:
    """Renders the next item, or the word that one answer was changed."""
    project, _, place = query_id.partition(":")
    number, _, position = place.partition(":")
    trail = screen.trail
    if project == trail.project and number.isdecimal() and position.isdecimal() and not word:
        trail = trail.answered(int(number), int(position))
    if screen.trail.change and not word:
        return lambda _: _changed(desk, screen.user_id, query_id, trail)
    return turn(desk, screen.user_id, trail, last=query_id, word=word)


def _changed(desk: Desk, user_id: str, query_id: str, trail: Trail) -> Block:
    return blocks.changed_view(desk.store.rounds.query_view(query_id), user_id, trail)


def turn(desk: Desk, user_id: str, trail: Trail, *, last: str | None = None, word: str = "") -> Callable[[bool], Block]:
    """Renders the next item for this person, as things are when it is called."""

    def render(without_picture: bool) -> Block:
        state = queue.next_item(desk.store, desk.clock, trail.project, user_id, last=last)
        return rendered(desk, user_id, trail, state, word or meanwhile(state, user_id), without_picture=without_picture)

    return render


def meanwhile(state: QueueState, user_id: str) -> str:
    """A word where others decided the last item while it was on screen."""
    if not queue.others_decided(state, user_id):
        return ""
    return say("queue-kept" if user_id in (state.last_votes or {}) else "queue-taken")


def rendered(desk: Desk, user_id: str, trail: Trail, state: QueueState, word: str, *, without_picture: bool) -> Block:
    """The next item, or why there is none."""
    if state.view is None:
        return blocks.end_view(state, trail, word)
    said = word or (say("queue-slow") if desk.screens.tight() else "")
    return blocks.item_view(state.view, trail, user_id, state=state, word=said, without_picture=without_picture)


def show_back(desk: Desk, screen: Screen) -> None:
    """The item before, with the person's answer."""
    trail = screen.trail
    *before, position = trail.back
    asked, earlier = blocks.query_id(trail, position), Trail(trail.project, trail.round, tuple(before))

    def render(without_picture: bool) -> Block:
        view: QueryView = desk.store.rounds.query_view(asked)
        if view.round_state is not RoundState.OPEN:
            return turn(desk, screen.user_id, Trail(trail.project), word=say("queue-no-back"))(without_picture)
        return blocks.item_view(view, earlier, screen.user_id, without_picture=without_picture)

    show(desk, screen, render)


def show(desk: Desk, screen: Screen, render: Callable[[bool], Block]) -> None:
    """Brings the modal up to date; a modal that was closed meanwhile holds nothing."""
    try:
        if not desk.screens.update(screen.view_id, screen.view_hash, render):
            leave(desk, screen)
    except RoundtableError as error:
        log.warning("the next item could not be shown: %s", error)


def remark(desk: Desk, screen: Screen, view: Json, word: str) -> None:
    """What is on screen, with something to say (mrkdwn)."""
    show(desk, screen, lambda _: blocks.with_word(view, word))


def open_modal(desk: Desk, place: Place, trigger_id: str, render: Callable[[], Block]) -> None:
    """In the background, within the 3 s of the trigger; what goes wrong is said where the person clicked."""
    try:
        view = render()
        desk.gateway.open_view(trigger_id, view)
    except (RoundtableError, SlackError, LimitsError) as error:
        log.warning("the queue could not be opened: %s", error)
        tell(desk, place, not_opened(error))


def leave(desk: Desk, screen: Screen) -> None:
    """What the person held may go to others."""
    try:
        if screen.trail.round:
            queue.leave(desk.store, screen.trail.project, screen.trail.round, screen.user_id)
    except RoundtableError as error:
        log.info("a lease was not given back and runs out by itself: %s", error)
    publish_home(desk, screen.user_id)
