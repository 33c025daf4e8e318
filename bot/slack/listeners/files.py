"""A file was dropped into a project's channel: it becomes an import. And the buttons of an import's message."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from slack_bolt import Ack, BoltResponse

from bot.domain import ImportJob, NotFoundError, Project, RoundtableError, StoreUnavailableError
from bot.services import imports
from bot.slack.blocks import imports as blocks
from bot.slack.blocks.standing import notice
from bot.slack.desk import Desk, Json, place_of, said, value_of
from bot.slack.errors import RefusedError, SlackError
from bot.slack.files import SlackFile, read_file
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.command_parts import spoken
from bot.slack.listeners.events import SEEN_SECONDS
from bot.words import say

log = logging.getLogger("roundtable.listeners")

# Tables of another form, which people are told how to save; any other file is none of Roundtable's business.
SPREADSHEETS: Final = (".xlsx", ".xls", ".ods", ".numbers", ".json", ".parquet")


def file_shared(ack: Ack, body: Json, event: Json, desk: Desk) -> BoltResponse:
    """Looks at the file behind the acknowledgement. The app's own files come by here, too."""
    app = {str(entry.get("user_id")) for entry in body.get("authorizations") or [] if entry.get("is_bot")}
    file_id, channel, user = (str(event.get(name) or "") for name in ("file_id", "channel_id", "user_id"))
    mine = user in app
    if (
        not mine
        and file_id
        and desk.store.projects.by_channel(channel)
        and desk.store.guard.first_time(f"event:{body.get('event_id')}", SEEN_SECONDS)
    ):
        desk.background.submit(_take_up, desk, file_id, channel, user)
    return ack()


def _take_up(desk: Desk, file_id: str, channel: str, user: str) -> None:
    """In the background: asks Slack what it is, and takes it up if it is a table of somebody who may import."""
    try:
        led = [project for project in desk.store.projects.by_channel(channel) if desk.shows_lead(project, user)]
        if not led:
            return
        project = imports.likely_project(desk.store, led)
        spoken(project)  # a channel may have several
        try:
            job = _job(desk, project, read_file(desk.gateway.file(file_id)), user)
        except RefusedError:
            raise  # it was deleted at once, or is not for the app
        except SlackError as error:
            log.warning("the file %s could not be looked at: %s", file_id, error)
            unknown = SlackFile(file_id, say("imports-a-file"), None, "", {})
            job = imports.refused(_job_for(desk, project, unknown, user), say("imports-not-seen"))
        if job is not None:
            imports.ask(desk.store, job)
    except (RoundtableError, SlackError) as error:
        log.warning("the file %s in %s could not be taken up: %s", file_id, channel, error)


def _job(desk: Desk, project: Project, file: SlackFile, user: str) -> ImportJob | None:
    job = _job_for(desk, project, file, user)
    if imports.is_table(file.name):
        return job
    return imports.refused(job, say("imports-save-as")) if file.name.lower().endswith(SPREADSHEETS) else None


def _job_for(desk: Desk, project: Project, file: SlackFile, user: str) -> ImportJob:
    return imports.job_for_file(
        desk.store,
        desk.clock,
        project,
        file_id=file.id,
        name=file.name,
        size=file.size,
        user_id=user,
        thread_ts=file.threads.get(project.channel_id),
    )


def menu(ack: Ack) -> BoltResponse:
    """A column was chosen: it counts when Import is pressed."""
    return ack()


def start(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Import: with the columns of the menus."""
    values = (body.get("state") or {}).get("values") or {}

    def use_case(job: ImportJob, user: str) -> ImportJob:
        text, label, project_id = blocks.chosen(values, job)
        if text is None:
            raise NotFoundError(say("imports-choose-text"))
        project = desk.store.projects.get(project_id)
        if project.channel_id != job.channel_id:
            raise NotFoundError(say("imports-not-here"))
        desk.rights.require_lead(project, user, "import")
        return imports.choose(
            desk.store, desk.clock, job.id, user, project=project, text_column=text, label_column=label
        )

    return _decide(ack, body, action, desk, use_case)


def drop(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Don't import."""

    def use_case(job: ImportJob, user: str) -> ImportJob:
        desk.rights.require_lead(desk.store.projects.get(job.project_id), user, "import")
        return imports.drop(desk.store, desk.clock, job.id, user)

    return _decide(ack, body, action, desk, use_case)


def _decide(
    ack: Ack, body: Json, action: Json, desk: Desk, use_case: Callable[[ImportJob, str], ImportJob]
) -> BoltResponse:
    place, job_id = place_of(body), (value_of(action) or {}).get("job")
    if job_id is None:
        return outdated(ack, body, desk)
    try:
        job = desk.store.imports.get(job_id)
        spoken(desk.store.projects.get(job.project_id))
        use_case(job, place.user_id)
    except StoreUnavailableError:
        desk.responder.tell(place, notice(say("not-saved")))
        return BoltResponse(status=503, body="")
    except RoundtableError as error:
        desk.responder.tell(place, notice(said(error)))
    return ack()
