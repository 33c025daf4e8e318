"""Adjudication, for leads: App Home's buttons, and the modal in which one disputed item after the other is decided."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_bolt import Ack, BoltResponse

from bot.domain import DecisionKind, Dispute, Project, RoundtableError, StoreUnavailableError
from bot.services import decisions
from bot.slack.blocks import decisions as blocks
from bot.slack.blocks import fields
from bot.slack.blocks.decisions import Place
from bot.slack.blocks.text import Block, clip, count, escape
from bot.slack.desk import Desk, Json, place_of, said, value_of
from bot.slack.errors import SlackError
from bot.slack.limits import LimitsError, enforce_view
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.decisions import by_modal, in_channel, refuse
from bot.slack.listeners.events import publish_home

log = logging.getLogger("roundtable.listeners")

NOT_OPENED = "That took too long for Slack. Please press the button once more."


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
        return blocks.decide_view(desk.store.decisions.case(project.id, item_id), Place(project.id, item_id, None), 0)

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
            return blocks.told_view("Decide", said(error))

    desk.background.submit(desk.screens.update, str(view.get("id")), str(view.get("hash") or ""), render)
    return ack()


def decided(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """A decision, submitted: recorded, then acknowledged with the next item."""
    view, place, user_id = body["view"], _place(body), place_of(body).user_id
    if place is None:
        return ack(response_action="clear")
    try:
        project = _led(desk, place.project, user_id)
        label, reason, instead = given = fields.entered(project, view)
        by = by_modal(user_id, view, given)
        case = desk.store.decisions.case(project.id, place.item)
        kind = decisions.adjudicate(desk.store, desk.clock, case, by, label=label, instead=instead, reason=reason)
        shown = _turn(desk, project, place) if place.why is not None else _done(project, label, kind)
    except RoundtableError as error:
        return refuse(ack, view, error)
    enforce_view(shown)
    desk.background.submit(publish_home, desk, user_id)
    return ack(response_action="update", view=shown)


def _led(desk: Desk, project_id: str, user_id: str) -> Project:
    """The project, for one who leads it and may see its items. Raises NotFoundError, NotAllowedError, ConflictError, DirectoryError."""
    project = desk.store.projects.get(project_id)
    in_channel(desk, project, user_id)
    desk.rights.require_lead(project, user_id, "decide disputed items")
    return project


def _turn(desk: Desk, project: Project, place: Place | None) -> Block:
    """The next disputed item behind `place`, or that there is none."""
    last = Dispute(item_id=place.item, why=place.why) if place is not None and place.why is not None else None
    dispute, left = decisions.next_dispute(desk.store, project.id, last)
    if dispute is not None:
        case = desk.store.decisions.case(project.id, dispute.item_id)
        return blocks.decide_view(case, Place(project.id, dispute.item_id, dispute.why), left)
    title = f"Decide: {project.name}"
    if left:
        return blocks.told_view(title, f"*That was the last one.* You left {count(left, 'item')} for later.")
    return blocks.told_view(title, "*Nothing waits for a decision. Thank you!*")


def _done(project: Project, label: str, kind: DecisionKind) -> Block:
    words = {
        DecisionKind.WITHDRAW: "The decision is withdrawn: the votes decide again.",
        DecisionKind.SETTLE: "Noted. The label stays as it is.",
    }.get(kind) or f"Decided: *{escape(clip(project.said(label), 75))}*."
    return blocks.told_view(f"Decide: {project.name}", words)


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
        publish_home(desk, user_id, said(error) if isinstance(error, RoundtableError) else NOT_OPENED)
