"""Adjudication, for leads: App Home's buttons, and the modal in which one disputed item after the other is decided."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_bolt import Ack, BoltResponse

from bot.domain import DecisionKind, Dispute, Project, RoundtableError, StoreUnavailableError, VoteStatus
from bot.services import decisions
from bot.services.decisions import Adjudicated
from bot.slack.blocks import decisions as blocks
from bot.slack.blocks import fields
from bot.slack.blocks.decisions import Place
from bot.slack.blocks.text import SAID, Block, clip, escape
from bot.slack.desk import Desk, Json, place_of, said, value_of
from bot.slack.errors import SlackError
from bot.slack.limits import LimitsError, enforce_view
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.decisions import by_modal, in_channel, refuse
from bot.slack.listeners.events import publish_home
from bot.slack.listeners.trouble import not_opened
from bot.slack.membership import in_time
from bot.words import say

log = logging.getLogger("roundtable.listeners")


def start(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Decide, in App Home: opens the modal with the most pressing item."""
    project_id = (value_of(action) or {}).get("project")
    if project_id is None:
        return outdated(ack, body, desk)
    user_id = place_of(body).user_id
    return _open(ack, body, desk, lambda: _turn(desk, _led(desk, project_id, user_id), None))


def again(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Change, beside a decision in App Home: opens the modal with that item."""
    value = value_of(action) or {}
    project_id, item_id = value.get("project"), value.get("item")
    if project_id is None or item_id is None:
        return outdated(ack, body, desk)
    user_id = place_of(body).user_id

    def render() -> Block:
        project = _led(desk, project_id, user_id)
        return _shown(desk, Place(project.id, item_id, None), 0)

    return _open(ack, body, desk, render)


def later(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Later: the next item, without a decision on this one."""
    view, place = body.get("view") or {}, _place(body)
    if place is None:
        return outdated(ack, body, desk)
    user_id = place_of(body).user_id

    def render(_: bool) -> Block:
        try:
            return _turn(desk, _led(desk, place.project, user_id), place)
        except StoreUnavailableError:
            raise
        except RoundtableError as error:
            return blocks.told_view(say("decide-title"), said(error))

    desk.background.submit(desk.screens.update, str(view.get("id")), str(view.get("hash") or ""), render)
    return ack()


def decided(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """A decision, submitted: recorded, then acknowledged with the next item."""
    view, place, user_id = body["view"], _place(body), place_of(body).user_id
    if place is None:
        return ack(response_action="clear")
    try:
        project = in_time(desk.background, lambda: _led(desk, place.project, user_id))
        label, reason, instead = given = fields.entered(project, view)
        by = by_modal(user_id, view, given)
        case = desk.store.decisions.case(project.id, place.item)
        done = decisions.adjudicate(desk.store, desk.clock, case, by, label=label, instead=instead, reason=reason)
        shown = _turn(desk, project, place) if place.why is not None else _done(project, label, done)
    except RoundtableError as error:
        return refuse(ack, view, error)
    enforce_view(shown)
    desk.background.submit(publish_home, desk, user_id)
    return ack(response_action="update", view=shown)


def _led(desk: Desk, project_id: str, user_id: str) -> Project:
    """The project, for one who leads it and may see its items. Raises NotFoundError, NotAllowedError, ConflictError, DirectoryError."""
    project = desk.store.projects.get(project_id)
    in_channel(desk, project, user_id)
    desk.rights.require_lead(project, user_id, "decide")
    return project


def _turn(desk: Desk, project: Project, place: Place | None) -> Block:
    """The next disputed item behind `place`, or that there is none."""
    last = Dispute(item_id=place.item, why=place.why) if place is not None and place.why is not None else None
    dispute, left = decisions.next_dispute(desk.store, project.id, last)
    if dispute is not None:
        return _shown(desk, Place(project.id, dispute.item_id, dispute.why), left)
    title = say("decide-title-of", project=project.name)
    return blocks.told_view(title, say("decide-last", left=left) if left else say("decide-nothing"))


def _shown(desk: Desk, place: Place, left: int) -> Block:
    case = desk.store.decisions.case(place.project, place.item)
    return blocks.decide_view(case, place, left, decisions.model_said(desk.store, case))


def _done(project: Project, label: str, done: Adjudicated) -> Block:
    nothing = done.status is VoteStatus.NOTHING
    if done.kind is DecisionKind.WITHDRAW:
        words = say("decide-withdrawn-before" if nothing else "decide-withdrawn")
    elif done.kind is DecisionKind.SETTLE:
        words = say("decide-settled-before" if nothing else "decide-settled")
    else:
        words = say("decide-decided", label=escape(clip(project.said(label), SAID)))
    return blocks.told_view(say("decide-title-of", project=project.name), words)


def _place(body: Json) -> Place | None:
    view = body.get("view") or {}
    return Place.read(str(view.get("private_metadata") or "")) if view.get("callback_id") == blocks.DECIDE else None


def _open(ack: Ack, body: Json, desk: Desk, render: Callable[[], Block]) -> BoltResponse:
    trigger = body.get("trigger_id")
    if not trigger:
        return outdated(ack, body, desk)
    desk.background.submit(_show, desk, place_of(body).user_id, str(trigger), render)
    return ack()


def _show(desk: Desk, user_id: str, trigger_id: str, render: Callable[[], Block]) -> None:
    """In the background, within the 3 s of the trigger; what goes wrong is said in App Home."""
    try:
        desk.gateway.open_view(trigger_id, render())
    except (RoundtableError, SlackError, LimitsError) as error:
        log.warning("a disputed item could not be opened: %s", error)
        publish_home(desk, user_id, not_opened(error))
