"""Commands that do something to a project."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final

from bot.domain import NotFoundError
from bot.services import rollback
from bot.services.download import check_url
from bot.services.export import What
from bot.slack.blocks import leading
from bot.slack.blocks.message import Message
from bot.slack.blocks.setup import settings_message
from bot.slack.blocks.standing import notice
from bot.slack.desk import Desk, Json
from bot.slack.listeners import acts, setup
from bot.slack.listeners.command_parts import led, one, place_of, user_of
from bot.words import say

SHOW: Final = "show"
VERSION: Final = re.compile(r"^(\S+:)?m\d+-\d+(-\w+)?$")


def plain(usage: str, act: acts.Act) -> Callable[[Desk, Json, list[str]], Message]:
    """A command that takes nothing but a project."""

    def run(desk: Desk, command: Json, words: list[str]) -> Message:
        return notice(act(desk, one(desk, command, words, usage), user_of(command)))

    return run


def audit(desk: Desk, command: Json, words: list[str]) -> Message:
    """audit 30 [project]."""
    project = one(desk, command, words[1:], "audit N")
    return notice(acts.audit(desk, project, user_of(command), words[0] if words else ""))


def export(desk: Desk, command: Json, words: list[str]) -> Message:
    """export labels [project]."""
    wanted = words[0].casefold() if words and words[0].casefold() in list(What) else What.LABELS
    project = one(desk, command, words[1:], f"export {wanted}")
    return notice(acts.export(desk, project, user_of(command), words[0] if words else ""))


def go_back(desk: Desk, command: Json, words: list[str]) -> Message:
    """rollback [version] [project]; without a version, those that there are."""
    named = bool(words) and VERSION.match(words[0]) is not None
    project = one(desk, command, words[1:] if named else words, "rollback")
    if named:
        return notice(acts.go_back(desk, project, user_of(command), words[0]))
    desk.rights.require_lead(project, user_of(command), "model")
    current = desk.store.models.current(project.id)
    return leading.versions_message(project, current, rollback.choices(desk.store, project.id))


def new(desk: Desk, command: Json, _words: list[str]) -> None:
    tell = setup.told_by(desk, place_of(command))
    setup.open_new(desk, str(command.get("trigger_id")), user_of(command), str(command.get("channel_id") or ""), tell)


def config(desk: Desk, command: Json, words: list[str]) -> Message | None:
    """config [project] opens the form; config show [project] says all settings in words, known answers mixed in among them."""
    if words and words[0].casefold() == SHOW:
        return settings_message(led(desk, command, words[1:], f"config {SHOW}", "settings"))
    project = led(desk, command, words, "config", "settings")
    setup.open_change(
        desk, str(command.get("trigger_id")), user_of(command), project, setup.told_by(desk, place_of(command))
    )
    return None


def import_(desk: Desk, command: Json, words: list[str]) -> Message:
    """The address comes as <address> or <address|what was typed>, with & as &amp;."""
    if not words:
        raise NotFoundError(say("commands-import-usage"))
    url = html.unescape(words[0].strip("<>").partition("|")[0])
    check_url(url)
    project = one(desk, command, words[1:], say("commands-usage-import"))
    return notice(acts.fetch(desk, project, user_of(command), url, delivery=str(command.get("trigger_id"))))
