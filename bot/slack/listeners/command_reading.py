"""Commands that only look: how things stand, reports, people, the log, why an item was asked."""

from __future__ import annotations

import re
from typing import Final

from bot.domain import NotFoundError, Project, Query, Status
from bot.services import adminlog, projects
from bot.services.late_learning import learned_since
from bot.slack.blocks import leading
from bot.slack.blocks.message import Message
from bot.slack.blocks.reports import report_message
from bot.slack.blocks.standing import help_message, learned_line, status_message
from bot.slack.blocks.text import Block, context
from bot.slack.desk import Desk, Json
from bot.slack.failures import failures
from bot.slack.links import Links, disputes
from bot.slack.listeners.acts import UsageError
from bot.slack.listeners.command_parts import led, meant, one, spoken, user_of
from bot.slack.listeners.events import in_channel
from bot.slack.render import people_answer
from bot.words import say, speaking

NUMBER: Final = re.compile(r"[+-]?\d")
LINK: Final = re.compile(r"/archives/([A-Z0-9]+)/p(\d{10})(\d{6})\b")


def status(desk: Desk, command: Json, words: list[str]) -> Message:
    statuses = [projects.status(desk.store, desk.clock, project.id) for project in meant(desk, command, words)]
    messages = [_standing(desk, status) for status in statuses]
    blocks: list[Block] = []
    for message in messages:
        blocks += [*([{"type": "divider"}] if blocks else []), *message.blocks]
    return Message(" ".join(message.text for message in messages)[:4_000], blocks[:50])


def _standing(desk: Desk, status: Status) -> Message:
    with speaking(status.project.language):
        return status_message(status, failures(desk.store, status))


def report(desk: Desk, command: Json, words: list[str]) -> Message:
    """The report of the last round, or of round n."""
    number = int(words[0]) if words and words[0].isdecimal() and len(words[0]) < 7 else None
    if number is None and words and NUMBER.match(words[0]) and not _is_project(desk, " ".join(words)):
        raise UsageError(say("commands-report-usage"))
    project = one(desk, command, words if number is None else words[1:], "report")
    return report_of(desk, project, number)


def _is_project(desk: Desk, name: str) -> bool:
    try:
        projects.find(desk.store, name)
    except NotFoundError:
        return False
    return True


def report_of(desk: Desk, project: Project, number: int | None = None) -> Message:
    """A project's report, with those links that are known already. Raises NotFoundError."""
    found = projects.report(desk.store, project.id, number)
    message = report_message(project, found, disputes(desk.store, Links(desk.store), found))
    since = learned_since(desk.store, found)
    return message.ending(context(line := learned_line(since)), line) if since is not None else message


def people(desk: Desk, command: Json, words: list[str]) -> Message:
    """People's figures, for leads."""
    return people_of(desk, led(desk, command, words, "people", "people"))


def people_of(desk: Desk, project: Project) -> Message:
    """What a project's leads may know of its people. Raises NotFoundError."""
    found = projects.report(desk.store, project.id)
    return people_answer(desk.store, Links(desk.store), project, found)


def log(desk: Desk, command: Json, words: list[str]) -> Message:
    """Who did what to the project."""
    project = led(desk, command, words, "log", "log")
    return leading.log_message(project, adminlog.latest(desk.store, project.id))


def why(desk: Desk, command: Json, words: list[str]) -> Message:
    """Why an item was asked, by its id or by a link to its message."""
    if not words:
        raise UsageError(say("commands-why-usage"))
    link = LINK.search(" ".join(words))
    query = _by_link(desk, link) if link else _by_id(desk, command, words)
    project = spoken(desk.store.projects.get(query.project_id))
    _check_reader(desk, command, project)
    return leading.why_message(desk.store.rounds.query_view(query.id))


def why_for(desk: Desk, user_id: str, wanted: str) -> Message:
    """The same outside of any channel: of an item in a project whose items this person may see. Raises NotFoundError."""
    link = LINK.search(wanted)
    if link:
        found = _by_link(desk, link)
        project = spoken(desk.store.projects.get(found.project_id))
        if not _may_read(desk, user_id, project):
            raise NotFoundError(say("commands-why-elsewhere", project=project.name, channel=project.channel_name))
        return leading.why_message(desk.store.rounds.query_view(found.id))
    for project in desk.store.projects.all():
        asked = desk.store.rounds.asked(project.id, wanted.strip())
        if asked is not None and _may_read(desk, user_id, project):
            spoken(project)
            return leading.why_message(desk.store.rounds.query_view(asked.id))
    raise NotFoundError(say("leads-why-nowhere", item=wanted.strip()[:80]))


def _may_read(desk: Desk, user_id: str, project: Project) -> bool:
    return desk.shows_lead(project, user_id) or in_channel(desk, user_id, project)


def _by_link(desk: Desk, link: re.Match[str]) -> Query:
    channel, seconds, rest = link.groups()
    key = desk.store.outbox.key_of(channel, f"{seconds}.{rest}") or ""
    kind, _, query_id = key.partition(":")
    if kind != "query":
        raise NotFoundError(say("commands-why-link"))
    return desk.store.rounds.query(query_id)


def _by_id(desk: Desk, command: Json, words: list[str]) -> Query:
    """The item of that id in this channel's projects, or in the project that is named behind it."""
    item_id = " ".join(words)
    places = [(item_id, project) for project in desk.store.projects.by_channel(str(command.get("channel_id")))]
    named = _project_behind(desk, words)
    if named is not None:
        spoken(named[1])
        places.append(named)
    if not places:
        meant(desk, command, [])  # says which projects there are
    for wanted, project in places:
        query = desk.store.rounds.asked(project.id, wanted)
        if query is not None:
            return query
    for wanted, project in places:
        if _has_item(desk, project, wanted):
            raise NotFoundError(say("commands-why-not-asked", item=wanted[:80], project=project.name))
    names = list(dict.fromkeys(project.name for _, project in ([named] if named is not None else places)))
    raise NotFoundError(
        say(
            "commands-why-no-item",
            many="yes" if len(names) > 1 else "no",
            projects=", ".join(names),
            item=(named[0] if named is not None else item_id)[:80],
            usage=say("commands-why-usage"),
        )
    )


def _project_behind(desk: Desk, words: list[str]) -> tuple[str, Project] | None:
    """An item's id and the project that is named behind it."""
    for first in range(1, len(words)):
        if _is_project(desk, " ".join(words[first:])):
            return " ".join(words[:first]), projects.find(desk.store, " ".join(words[first:]))
    return None


def _has_item(desk: Desk, project: Project, item_id: str) -> bool:
    try:
        desk.store.items.get(project.id, item_id)
    except NotFoundError:
        return False
    return True


def _check_reader(desk: Desk, command: Json, project: Project) -> None:
    """Items are shown in their project's channel, and to its leads."""
    if command.get("channel_id") != project.channel_id and not desk.rights.may_lead(project, user_of(command)):
        raise NotFoundError(say("commands-why-elsewhere", project=project.name, channel=project.channel_name))


def help_(desk: Desk, command: Json, _words: list[str]) -> Message:
    here = len(desk.store.projects.by_channel(str(command.get("channel_id"))))
    return help_message(say("commands-here", projects=here))
