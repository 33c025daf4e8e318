"""What commands share: the project that is meant, and who asks from where."""

from __future__ import annotations

import contextlib
from typing import Final

from bot.domain import NotFoundError, Project
from bot.services import projects
from bot.services.rights import What
from bot.slack.desk import Desk, Json
from bot.slack.listeners.acts import UsageError
from bot.slack.responder import Place
from bot.words import say, speak

MOST_WORDS: Final = 12  # of a project's name, where more than a name was typed


def meant(desk: Desk, command: Json, words: list[str]) -> list[Project]:
    """The project that was named, or those of this channel. Raises NotFoundError."""
    if words:
        return [spoken(_named(desk, words))]
    here = desk.store.projects.by_channel(str(command.get("channel_id")))
    if not here:
        known = ", ".join(project.id for project in desk.store.projects.all())
        raise NotFoundError(say("commands-no-project-here", known=known) if known else say("commands-no-project"))
    return here


def _named(desk: Desk, words: list[str]) -> Project:
    """Raises NotFoundError, UsageError where more follows behind a project's name."""
    try:
        return projects.find(desk.store, " ".join(words))
    except NotFoundError as unknown:
        for last in range(min(len(words) - 1, MOST_WORDS), 0, -1):
            with contextlib.suppress(NotFoundError):
                project = projects.find(desk.store, " ".join(words[:last]))
                too_much = " ".join(words[last:])[:40]
                raise UsageError(say("commands-too-much", project=project.name, words=too_much)) from unknown
        raise


def one(desk: Desk, command: Json, words: list[str], usage: str) -> Project:
    """The one that is meant. Raises NotFoundError, which says how to name it."""
    here = meant(desk, command, words)
    if len(here) > 1:
        names = ", ".join(project.id for project in here)
        raise NotFoundError(say("commands-which-project", projects=len(here), names=names, usage=usage))
    return spoken(here[0])


def spoken(project: Project) -> Project:
    """What is said from here on is about this one, so it comes in its language, whatever others the channel has."""
    speak(project.language)
    return project


def led(desk: Desk, command: Json, words: list[str], usage: str, what: What) -> Project:
    """The project meant, which this person leads. Raises NotAllowedError, saying who may do `what`."""
    project = one(desk, command, words, usage)
    desk.rights.require_lead(project, user_of(command), what)
    return project


def user_of(command: Json) -> str:
    """Who asks."""
    return str(command.get("user_id"))


def place_of(command: Json) -> Place:
    """Where the answer goes if it comes later."""
    return Place(response_url=command.get("response_url"), user_id=user_of(command))
