"""A project set up and changed by a form in Slack. Every wrong field is said at its field, and nothing that was written is lost."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, BoltResponse

from bot.domain import Project, RoundtableError, StoreUnavailableError
from bot.services import changing, in_words, projects, starting
from bot.services.costs import cost_of
from bot.services.download import check_url
from bot.services.project_rules import PEOPLE, ProjectError, warm_up
from bot.services.rights import is_group
from bot.slack import setup_form
from bot.slack.blocks import setup as blocks
from bot.slack.blocks import setup_fields as fields
from bot.slack.blocks.standing import notice
from bot.slack.blocks.text import Block, escape
from bot.slack.channels import Channel, Channels
from bot.slack.desk import Desk, Json, place_of, said, said_in_field, value_of
from bot.slack.errors import RefusedError, SlackError
from bot.slack.limits import LimitsError
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.events import publish_home
from bot.slack.membership import SlowSlackError, in_time
from bot.slack.responder import Place
from bot.slack.setup_form import Form
from bot.words import LANGUAGES, language, say, speak, speaking

log = logging.getLogger("roundtable.listeners")

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
        return blocks.new_view(channel_id, user_id, timezone, _by_default())

    desk.background.submit(_open, desk, trigger_id, render, tell)


def open_change(desk: Desk, trigger_id: str, user_id: str, project: Project, tell: Tell) -> None:
    """Opens the form with the project's settings, behind the acknowledgement. Raises NotAllowedError."""
    desk.rights.require_lead(project, user_id, "settings")
    warm_up()
    view = blocks.change_view(project, changing.fingerprint(project))
    desk.background.submit(_open, desk, trigger_id, lambda: view, tell)


def _by_default() -> str:
    """The language of the deployment, whatever is spoken here."""
    with speaking(None):
        return language()


def _open(desk: Desk, trigger_id: str, render: Callable[[], Block], tell: Tell) -> None:
    try:
        desk.gateway.open_view(trigger_id, render())
    except (SlackError, LimitsError) as error:
        log.warning("a form could not be opened: %s", error)
        tell(say("setup-not-opened"))


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
    speak(_spoken(view))
    form = setup_form.read(_values(view))
    url = str(form.settings.pop(fields.URL, ""))
    try:
        project = _planned(desk, form, url, user)
        if project is None:
            return ack(response_action="errors", errors=_at_fields(form.errors, view))
        starting.begin(desk.store, desk.clock, project, user, delivery=str(view.get("id")), url=url)
    except StoreUnavailableError:
        raise
    except RoundtableError as error:
        return ack(response_action="errors", errors={"name": setup_form.short(said_in_field(error))})
    where = f"<#{project.channel_id}>"
    following = say("setup-done-fetching", channel=where) if url else say("setup-done-next", channel=where)
    said_so = [say("setup-done", project=escape(project.name), channel=where), following, *_cost(project)]
    return ack(response_action="update", view=blocks.said_view(say("setup-new"), *said_so))


def _spoken(view: Json) -> str | None:
    """In which language the form was shown. It is about no project yet, so nothing else says it."""
    try:
        kept = json.loads(str(view.get("private_metadata") or "{}"))
        return kept["language"] if kept["language"] in LANGUAGES else None
    except (ValueError, KeyError, TypeError):
        return None


def _cost(project: Project) -> list[str]:
    """What a slow strategy takes, for who chose it."""
    slow = cost_of(project.strategy, project.planned_labels)
    return [escape(slow)] if slow is not None else []


def _planned(desk: Desk, form: Form, url: str, user: str) -> Project | None:
    """The project that the form describes, in a channel that the app is in. None: there are faults, in `form.errors`.

    Raises NotAllowedError, DirectoryError."""
    settings = dict(form.settings)
    if url:
        _checked(form, fields.URL, lambda: check_url(url))
    channel_id, project = str(settings.pop(fields.CHANNEL, "")), None
    if not {"labels", "batch_size", "overlap", "target", fields.CRON, fields.REPORT_CRON} & form.errors.keys():
        places: dict[str, Any] = {"name": "", "labels": (), "channel_id": channel_id, "channel_name": channel_id}
        wanted = {name: value for name, value in settings.items() if name != "positive" or value}
        try:
            project = projects.planned(desk.clock, **{**places, **wanted})
        except ProjectError as error:
            form.fail(error.field or "name", str(error))
    # All that Slack is asked goes by one clock, as it waits 3 s for the answer. The channel is joined only for a form that is right.
    join = project is not None and not form.errors
    found: Channel | str
    try:
        found = in_time(desk.background, lambda: _looked_at(desk, channel_id, user, join=join))
    except SlowSlackError as error:
        found = str(error)
    if not isinstance(found, Channel):
        form.fail(fields.CHANNEL, found)
        return None
    return project.model_copy(update={"channel_name": found.name}) if project is not None and join else None


def _checked(form: Form, name: str, check: Callable[[], object]) -> None:
    try:
        check()
    except RoundtableError as error:
        form.fail(name, str(error))


def _looked_at(desk: Desk, channel_id: str, user: str, *, join: bool) -> Channel | str:
    """The channel, if the app can work there and the person is in it, as far as it is private; else what is wrong with it.

    Raises NotAllowedError, DirectoryError."""
    desk.rights.require_create(user)
    if not channel_id:
        return say("setup-say-channel")
    channels = Channels(desk.gateway)
    try:
        channel = channels.info(channel_id)
        hidden = channel.is_private and not desk.members.has(channel_id, user)
    except RefusedError as error:
        return say("setup-invite") if error.code == "channel_not_found" else say("setup-refused", why=error.told())
    except SlackError as error:
        log.warning("a channel could not be looked at: %s", error)
        return say("setup-ask-again")
    if channel.is_archived:
        return say("setup-archived")
    if hidden or (channel.is_private and not channel.is_member):
        return say("setup-invite")
    try:
        if join and not channel.is_member:
            channels.join(channel_id)
    except SlackError as error:
        log.warning("a channel could not be joined: %s", error)
        return say("setup-not-joined")
    return channel


def save(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Save: a project's settings were changed."""
    view, user = body.get("view") or {}, place_of(body).user_id
    try:
        kept = json.loads(str(view.get("private_metadata") or ""))
        project_id, seen = str(kept["project"]), {str(name): str(mark) for name, mark in kept["seen"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return ack(response_action="update", view=blocks.said_view(say("setup-change"), say("setup-lost")))
    try:
        project = desk.store.projects.get(project_id)
        speak(project.language)  # that of now: somebody may have just changed it
        in_time(desk.background, lambda: desk.rights.require_lead(project, user, "settings"))
        form = _form_of(project, view)
        if form.errors:
            return ack(response_action="errors", errors=_at_fields(form.errors, view))
        changed = changing.change(desk.store, desk.clock, project_id, form.settings, seen, user)
    except StoreUnavailableError:
        raise
    except ProjectError as error:
        form.fail(error.field or "name", str(error))
        return ack(response_action="errors", errors=_at_fields(form.errors, view))
    except RoundtableError as error:
        return ack(response_action="errors", errors={"name": setup_form.short(said_in_field(error))})
    desk.background.submit(publish_home, desk, user)
    return ack(response_action="update", view=_saved(changed))


def _form_of(project: Project, view: Json) -> Form:
    groups = {name: [listed for listed in getattr(project, name) if is_group(listed)] for name in PEOPLE}
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
        return blocks.said_view(say("setup-change"), say("setup-unchanged"))
    names = ", ".join(map(in_words.called, changed.settings))
    paragraphs = [say("setup-changed", project=escape(changed.project.name), settings=names)]
    paragraphs += [say("setup-changed-overlap")] if changed.project.next_overlap else []
    paragraphs += _cost(changed.project) if "strategy" in changed.settings else []
    return blocks.said_view(say("setup-change"), *paragraphs)


def _values(view: Json) -> Mapping[str, Any]:
    values = (view.get("state") or {}).get("values") or {}
    return values if isinstance(values, Mapping) else {}
