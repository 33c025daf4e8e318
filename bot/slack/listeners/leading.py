"""App Home's buttons for those who lead: acts at once, forms for what needs a word more, and things to read."""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Callable
from typing import Final

from slack_bolt import Ack, BoltResponse

from bot.domain import Project, RoundtableError, StoreUnavailableError
from bot.services import adminlog, projects, rollback
from bot.slack.blocks import leading as blocks
from bot.slack.blocks.message import Message
from bot.slack.blocks.setup import settings_message
from bot.slack.blocks.standing import HOME_DO, help_message
from bot.slack.blocks.text import Block, section
from bot.slack.desk import Desk, Json, place_of, said, said_in_field, value_of
from bot.slack.errors import SlackError
from bot.slack.limits import LimitsError
from bot.slack.listeners import acts
from bot.slack.listeners import command_reading as reading
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.command_parts import spoken
from bot.slack.listeners.events import publish_home
from bot.slack.listeners.trouble import not_opened
from bot.slack.membership import in_time
from bot.words import say

log = logging.getLogger("roundtable.listeners")

Opens = Callable[[Desk, Project, str], Block]


def pressed(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """A button, or a choice of the menu More, beside a project."""
    value, user = value_of(action) or {}, place_of(body).user_id
    what = str(action.get("action_id", "")).removeprefix(HOME_DO)
    what = str(value.get("do")) if what == "more" else what
    project_id = value.get("project")
    if what == "round" and (body.get("view") or {}).get("type") == "modal":
        return _another_round(ack, body, value, desk)
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


def asked_why(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Why an item?: a form asks which."""
    return _general(ack, body, desk, blocks.why_form)


def asked_help(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Help: what can be typed."""
    return _general(ack, body, desk, lambda: _read(say("home-help"), help_message()))


def _general(ack: Ack, body: Json, desk: Desk, render: Callable[[], Block]) -> BoltResponse:
    """A window that is of no project."""
    user, trigger = place_of(body).user_id, str(body.get("trigger_id"))

    def show() -> None:
        try:
            desk.gateway.open_view(trigger, render())
        except (SlackError, LimitsError) as error:
            log.warning("a window of App Home could not be opened: %s", error)
            publish_home(desk, user, not_opened(error))

    desk.background.submit(show)
    return ack()


def told_why(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """The item that was meant: why it was asked, in the same window."""
    user, wanted = place_of(body).user_id, _entered(body)
    try:
        shown = in_time(desk.background, lambda: _read(say("leads-why-title"), reading.why_for(desk, user, wanted)))
    except StoreUnavailableError:
        return ack(response_action="errors", errors={blocks.FIELD: say("not-saved")})
    except RoundtableError as error:
        return ack(response_action="errors", errors={blocks.FIELD: said_in_field(error)})
    return ack(response_action="update", view=shown)


def _another_round(ack: Ack, body: Json, value: dict[str, str], desk: Desk) -> BoltResponse:
    """Another round was chosen in the window of a report."""
    view, number = body["view"], value.get("round", "")

    def render(_: object) -> Block:
        try:
            project = spoken(desk.store.projects.get(value.get("project", "")))
            return _report_of(desk, project, int(number) if number.isdecimal() else None)
        except RoundtableError as error:
            return blocks.shown_view(say("leads-report-title"), [section(not_opened(error))])

    desk.background.submit(desk.screens.update, str(view.get("id")), str(view.get("hash") or ""), render)
    return ack()


def imported(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """An address was sent."""
    delivery = str((body.get("view") or {}).get("id"))
    return _sent(ack, body, desk, functools.partial(acts.fetch, delivery=delivery))


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
    try:
        word = act(desk, spoken(desk.store.projects.get(project_id)), user, _entered(body))
    except StoreUnavailableError:
        return ack(response_action="errors", errors={blocks.FIELD: say("not-saved")})
    except RoundtableError as error:
        return ack(response_action="errors", errors={blocks.FIELD: said_in_field(error)})
    desk.background.submit(publish_home, desk, user, word)
    return ack()


def _entered(body: Json) -> str:
    """What stands in a form's only field."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    entry = (values.get(blocks.FIELD) or {}).get(blocks.FIELD) or {}
    return str(entry.get("value") or (entry.get("selected_option") or {}).get("value") or "")


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


def _import(desk: Desk, project: Project, user_id: str) -> Block:
    desk.rights.require_lead(project, user_id, "import")
    return blocks.import_view(project)


def _settings(desk: Desk, project: Project, user_id: str) -> Block:
    desk.rights.require_lead(project, user_id, "settings")
    return _read(say("leads-settings-title"), settings_message(project))


def _report(desk: Desk, project: Project, _user_id: str) -> Block:
    return _report_of(desk, project, None)


def _report_of(desk: Desk, project: Project, number: int | None) -> Block:
    last = projects.report(desk.store, project.id).round
    shown = reading.report_of(desk, project, number).payload(plain=True)["blocks"]
    return blocks.reports_view(project, last if number is None else number, last, shown)


def _people(desk: Desk, project: Project, user_id: str) -> Block:
    desk.rights.require_lead(project, user_id, "people")
    return _read(say("leads-people-title"), reading.people_of(desk, project))


def _read(title: str, message: Message) -> Block:
    return blocks.shown_view(title, message.payload(plain=True)["blocks"])


OPENS: Final[dict[str, Opens]] = {
    "import": _import,
    "settings": _settings,
    "measure": _measure,
    "report": _report,
    "people": _people,
    "export": _export,
    "models": _models,
    "log": _log,
}
