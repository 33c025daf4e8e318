"""What commands share: the project that is meant, and who asks from where."""

from __future__ import annotations

from bot.domain import NotFoundError, Project
from bot.services import projects
from bot.services.rights import What
from bot.slack.desk import Desk, Json
from bot.slack.responder import Place
from bot.words import say, speak


def meant(desk: Desk, command: Json, words: list[str]) -> list[Project]:
    """The project that was named, or those of this channel. Raises NotFoundError."""
    if words:
        return [_spoken(projects.find(desk.store, " ".join(words)))]
    here = desk.store.projects.by_channel(str(command.get("channel_id")))
    if not here:
        known = ", ".join(project.id for project in desk.store.projects.all())
        raise NotFoundError(say("commands-no-project-here", known=known) if known else say("commands-no-project"))
    return here


def one(desk: Desk, command: Json, words: list[str], usage: str) -> Project:
    """The one that is meant. Raises NotFoundError, which says how to name it."""
    here = meant(desk, command, words)
    if len(here) > 1:
        names = ", ".join(project.id for project in here)
        raise NotFoundError(say("commands-which-project", projects=len(here), names=names, usage=usage))
    return _spoken(here[0])


def _spoken(project: Project) -> Project:
    """The rest of the answer is about this one, so it comes in its language, whatever others the channel has."""
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
