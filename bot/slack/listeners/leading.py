"""App Home's buttons for those who lead: acts at once, forms for what needs a word more, and things to read."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Final

from slack_bolt import Ack, BoltResponse

from bot.domain import Project, RoundtableError, StoreUnavailableError
from bot.services import adminlog, projects, rollback
from bot.slack.blocks import leading as blocks
from bot.slack.blocks.message import Message
from bot.slack.blocks.standing import HOME_DO
from bot.slack.blocks.text import Block
from bot.slack.desk import Desk, Json, place_of, said, said_in_field, value_of
from bot.slack.errors import SlackError
from bot.slack.limits import LimitsError
from bot.slack.listeners import acts
from bot.slack.listeners import command_reading as reading
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.command_parts import spoken
from bot.slack.listeners.events import publish_home
from bot.slack.listeners.trouble import not_opened
from bot.words import say

log = logging.getLogger("roundtable.listeners")

Opens = Callable[[Desk, Project, str], Block]


def pressed(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """A button, or a choice of the menu More, beside a project."""
    value, user = value_of(action) or {}, place_of(body).user_id
    what = str(action.get("action_id", "")).removeprefix(HOME_DO)
    what = str(value.get("do")) if what == "more" else what
    project_id = value.get("project")
    if project_id is None or not (what in acts.PLAIN or what in OPENS):
        return outdated(ack, body, desk)
    if what in OPENS:
        desk.background.submit(_open, desk, user, str(body.get("trigger_id")), project_id, OPENS[what])
        return ack()
    word = ""
    try:
        word = acts.PLAIN[what](desk, spoken(desk.store.projects.get(project_id)), user)
    except StoreUnavailableError:
        raise
    except RoundtableError as error:
        word = said(error)
    desk.background.submit(publish_home, desk, user, word)
    return ack()


def measured(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """The form Measure was sent."""
    return _sent(ack, body, desk, acts.audit)


def gone_back(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """A model to go back to was chosen."""
    return _sent(ack, body, desk, acts.go_back)


def exported(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """What to export was chosen."""
    return _sent(ack, body, desk, acts.export)


def _sent(ack: Ack, body: Json, desk: Desk, act: Callable[[Desk, Project, str, str], str]) -> BoltResponse:
    """A form with one field: what is wrong is said at it."""
    view, user = body.get("view") or {}, place_of(body).user_id
    try:
        project_id = str(json.loads(str(view.get("private_metadata") or ""))["project"])
    except (ValueError, KeyError, TypeError):
        return ack(response_action="clear")
    entry = ((view.get("state") or {}).get("values") or {}).get(blocks.FIELD, {}).get(blocks.FIELD) or {}
    value = entry.get("value") or (entry.get("selected_option") or {}).get("value") or ""
    try:
        word = act(desk, spoken(desk.store.projects.get(project_id)), user, str(value))
    except StoreUnavailableError:
        return ack(response_action="errors", errors={blocks.FIELD: say("not-saved")})
    except RoundtableError as error:
        return ack(response_action="errors", errors={blocks.FIELD: said_in_field(error)})
    desk.background.submit(publish_home, desk, user, word)
    return ack()


def _open(desk: Desk, user_id: str, trigger_id: str, project_id: str, render: Opens) -> None:
    """In the background, within the 3 s of the trigger; what goes wrong is said in App Home."""
    try:
        desk.gateway.open_view(trigger_id, render(desk, spoken(desk.store.projects.get(project_id)), user_id))
    except (RoundtableError, SlackError, LimitsError) as error:
        log.warning("a window of App Home could not be opened: %s", error)
        publish_home(desk, user_id, not_opened(error))


def _measure(desk: Desk, project: Project, user_id: str) -> Block:
    desk.rights.require_lead(project, user_id, "audit")
    return blocks.measure_view(project, projects.status(desk.store, desk.clock, project.id).pool_size)


def _models(desk: Desk, project: Project, user_id: str) -> Block:
    desk.rights.require_lead(project, user_id, "model")
    current = desk.store.models.current(project.id)
    return blocks.rollback_view(project, current, rollback.choices(desk.store, project.id))


def _export(desk: Desk, project: Project, user_id: str) -> Block:
    desk.rights.require_lead(project, user_id, "export")
    return blocks.export_view(project)


def _log(desk: Desk, project: Project, user_id: str) -> Block:
    desk.rights.require_lead(project, user_id, "log")
    return _read(say("leads-log-title"), blocks.log_message(project, adminlog.latest(desk.store, project.id)))


def _report(desk: Desk, project: Project, _user_id: str) -> Block:
    return _read(say("leads-report-title"), reading.report_of(desk, project))


def _people(desk: Desk, project: Project, user_id: str) -> Block:
    desk.rights.require_lead(project, user_id, "people")
    return _read(say("leads-people-title"), reading.people_of(desk, project))


def _read(title: str, message: Message) -> Block:
    return blocks.shown_view(title, message.payload(plain=True)["blocks"])


OPENS: Final[dict[str, Opens]] = {
    "measure": _measure,
    "report": _report,
    "people": _people,
    "export": _export,
    "models": _models,
    "log": _log,
}
