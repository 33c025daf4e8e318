"""A project set up and changed by a form in Slack. Every wrong field is said at its field, and nothing that was written is lost."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from slack_bolt import Ack, BoltResponse

from bot.domain import ConflictError, Project, RoundtableError, StoreUnavailableError
from bot.services import changing, imports, projects, starting
from bot.services.costs import cost_of
from bot.services.download import check_url
from bot.services.project_rules import ProjectError, warm_up
from bot.slack import setup_form
from bot.slack.blocks import setup as blocks
from bot.slack.blocks.standing import notice
from bot.slack.blocks.text import Block, escape
from bot.slack.channels import Channel, Channels
from bot.slack.desk import Desk, Json, place_of, said, said_in_field, value_of
from bot.slack.errors import RefusedError, SlackError
from bot.slack.limits import LimitsError
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.events import publish_home
from bot.slack.responder import Place
from bot.slack.setup_form import Form

log = logging.getLogger("roundtable.listeners")

INVITE: Final = "I can't see that channel. Invite me there first: /invite @Roundtable"
ASK_AGAIN: Final = "Slack can't be asked about this channel just now; please try again."
LOST: Final = "This form is from an earlier version. Please open it again."

Tell = Callable[[str], None]  # to the person alone (mrkdwn)


def open_new(desk: Desk, trigger_id: str, user_id: str, channel_id: str, tell: Tell) -> None:
    """Opens the empty form, behind the acknowledgement. Raises NotAllowedError."""
    desk.rights.require_create(user_id)
    warm_up()

    def render() -> Block:
        try:
            timezone = Channels(desk.gateway).timezone(user_id)
        except SlackError as error:
            log.info("the time zone of a person is not known: %s", error)
            timezone = "UTC"
        return blocks.new_view(channel_id, user_id, timezone)

    desk.background.submit(_open, desk, trigger_id, render, tell)


def open_change(desk: Desk, trigger_id: str, user_id: str, project: Project, tell: Tell) -> None:
    """Opens the form with the project's settings, behind the acknowledgement. Raises NotAllowedError."""
    desk.rights.require_lead(project, user_id, "settings")
    warm_up()
    view = blocks.change_view(project, changing.fingerprint(project))
    desk.background.submit(_open, desk, trigger_id, lambda: view, tell)


def _open(desk: Desk, trigger_id: str, render: Callable[[], Block], tell: Tell) -> None:
    try:
        desk.gateway.open_view(trigger_id, render())
    except (SlackError, LimitsError) as error:
        log.warning("a form could not be opened: %s", error)
        tell("The form could not be opened in time. Please try once more.")


def new_pressed(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """New project, in App Home."""
    return _pressed(ack, body, desk, lambda user, trigger, tell: open_new(desk, trigger, user, "", tell))


def change_pressed(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Change, beside a project in App Home."""
    project_id = (value_of(action) or {}).get("project")
    if project_id is None:
        return outdated(ack, body, desk)
    return _pressed(
        ack,
        body,
        desk,
        lambda user, trigger, tell: open_change(desk, trigger, user, desk.store.projects.get(project_id), tell),
    )


def _pressed(ack: Ack, body: Json, desk: Desk, run: Callable[[str, str, Tell], None]) -> BoltResponse:
    user = place_of(body).user_id

    def tell(text: str) -> None:
        desk.background.submit(publish_home, desk, user, text)  # a button of App Home has no other place for a word

    try:
        run(user, str(body.get("trigger_id")), tell)
    except RoundtableError as error:
        tell(said(error))
    return ack()


def told_by(desk: Desk, place: Place) -> Tell:
    """A word to whoever gave a command."""
    return lambda text: desk.responder.tell(place, notice(text))


def create(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Create: the form of a new project was sent."""
    view, user = body.get("view") or {}, place_of(body).user_id
    form = setup_form.read(_values(view))
    try:
        desk.rights.require_create(user)
        project = _created(desk, form, user)
        if project is None:
            return ack(response_action="errors", errors=form.errors)
        url = str(form.settings.get(blocks.URL) or "")
        if url:
            delivery = str(view.get("id"))
            imports.ask(
                desk.store, imports.job_for_address(desk.clock, project, url=url, user_id=user, delivery=delivery)
            )
    except StoreUnavailableError:
        raise
    except RoundtableError as error:
        return ack(response_action="errors", errors={"name": setup_form.short(said_in_field(error))})
    where = f"<#{project.channel_id}>"
    following = (
        f"I am fetching the items; I tell how that goes in {where}."
        if url
        else f"Now drop a CSV, TSV or JSONL file with the texts into {where}. The first round begins when they are here."
    )
    said_so = [f"*{escape(project.name)}* is set up in {where}.", following, *_cost(project)]
    return ack(response_action="update", view=blocks.said_view("New project", *said_so))


def _cost(project: Project) -> list[str]:
    """What a slow strategy takes, for who chose it."""
    slow = cost_of(project.strategy, project.planned_labels)
    return [escape(slow)] if slow is not None else []


def _created(desk: Desk, form: Form, user: str) -> Project | None:
    """None: there are faults, in `form.errors`."""
    settings = dict(form.settings)
    url = settings.pop(blocks.URL, "")
    if url:
        _checked(form, blocks.URL, lambda: check_url(url))
    channel = _channel(desk, form, str(settings.pop(blocks.CHANNEL, "")), user)
    project = None
    try:
        if not {"labels", "batch_size", "overlap", "target", "schedule"} & form.errors.keys():
            places: dict[str, Any] = {"name": "", "labels": ()}
            places |= {"channel_id": channel.id if channel else "", "channel_name": channel.name if channel else ""}
            wanted = {name: value for name, value in settings.items() if name != "positive" or value}
            project = projects.planned(desk.clock, **{**places, **wanted})
    except ProjectError as error:
        form.fail(error.field or "name", str(error))
    if project is None or channel is None or form.errors:
        return None
    if not channel.is_member and not _joined(desk, form, channel):
        return None
    try:
        starting.begin(desk.store, project, user)
    except ConflictError as error:
        form.fail("name", str(error))
        return None
    return project


def _checked(form: Form, name: str, check: Callable[[], object]) -> None:
    try:
        check()
    except RoundtableError as error:
        form.fail(name, str(error))


def _channel(desk: Desk, form: Form, channel_id: str, user: str) -> Channel | None:
    """The channel, if the app can work there and the person is in it, as far as it is private."""
    if not channel_id:
        form.fail(blocks.CHANNEL, "Choose the channel whose people will label.")
        return None
    try:
        channel = Channels(desk.gateway).info(channel_id)
        hidden = channel.is_private and not desk.members.has(channel_id, user)
    except RefusedError as error:
        form.fail(
            blocks.CHANNEL, INVITE if error.code == "channel_not_found" else f"Slack refuses this channel: {error}"
        )
        return None
    except SlackError as error:
        log.warning("a channel could not be looked at: %s", error)
        form.fail(blocks.CHANNEL, ASK_AGAIN)
        return None
    if channel.is_archived:
        form.fail(blocks.CHANNEL, "That channel is archived; choose another one.")
    elif hidden or (channel.is_private and not channel.is_member):
        form.fail(blocks.CHANNEL, INVITE)
    return channel


def _joined(desk: Desk, form: Form, channel: Channel) -> bool:
    try:
        Channels(desk.gateway).join(channel.id)
    except SlackError as error:
        log.warning("a channel could not be joined: %s", error)
        form.fail(blocks.CHANNEL, "I could not join that channel. Invite me there: /invite @Roundtable")
        return False
    return True


def save(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Save: a project's settings were changed."""
    view, user = body.get("view") or {}, place_of(body).user_id
    try:
        kept = json.loads(str(view.get("private_metadata") or ""))
        project_id, seen = str(kept["project"]), {str(name): str(mark) for name, mark in kept["seen"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return ack(response_action="update", view=blocks.said_view("Change the project", LOST))
    try:
        project = desk.store.projects.get(project_id)
        desk.rights.require_lead(project, user, "settings")
        form = _form_of(project, view)
        if form.errors:
            return ack(response_action="errors", errors=form.errors)
        changed = changing.change(desk.store, desk.clock, project_id, form.settings, seen, user)
    except StoreUnavailableError:
        raise
    except ProjectError as error:
        form.fail(error.field or "name", str(error))
        return ack(response_action="errors", errors=_at_fields(form.errors, view))
    except RoundtableError as error:
        return ack(response_action="errors", errors={"name": setup_form.short(said_in_field(error))})
    desk.store.guard.wake()  # a schedule may be due now
    desk.background.submit(publish_home, desk, user)
    return ack(response_action="update", view=_saved(changed))


def _form_of(project: Project, view: Json) -> Form:
    groups = {
        name: [listed for listed in getattr(project, name) if listed.startswith("S")]
        for name in ("leads", "annotators", "observers")
    }
    form = setup_form.read(_values(view), project.labels, groups)
    form.settings.pop("multi_label", None)  # not in this form: votes that are there depend on it
    if not form.settings.get("positive"):
        form.settings["positive"] = next(iter(form.settings.get("labels", project.labels)), project.positive)
    if project.deadline_minutes is not None and form.settings.get("deadline_minutes") is not None:
        # Shown as hours, cut to some digits; what was not touched stays as it was.
        shown = round(float(f"{project.deadline_minutes / 60:g}") * 60)
        if form.settings["deadline_minutes"] == shown:
            form.settings["deadline_minutes"] = project.deadline_minutes
    return form


def _at_fields(errors: Mapping[str, str], view: Json) -> dict[str, str]:
    """Errors at fields that the form has: Slack takes no others."""
    there = {block.get("block_id") for block in view.get("blocks") or () if block.get("type") == "input"}
    return {name if name in there else "name": text for name, text in errors.items()}


def _saved(changed: changing.Changed) -> Block:
    if not changed.settings:
        return blocks.said_view("Change the project", "Nothing was changed.")
    names = ", ".join(blocks.TITLES.get(name, name).lower() for name in changed.settings)
    later = "The number of answers wanted holds from the next round." if changed.project.next_overlap else ""
    paragraphs = [f"*{escape(changed.project.name)}* is changed: {names}.", *([later] if later else [])]
    paragraphs += _cost(changed.project) if "strategy" in changed.settings else []
    return blocks.said_view("Change the project", *paragraphs)


def _values(view: Json) -> Mapping[str, Any]:
    values = (view.get("state") or {}).get("values") or {}
    return values if isinstance(values, Mapping) else {}
