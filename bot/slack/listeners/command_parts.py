"""What commands share: the project that is meant, and who asks from where."""

from __future__ import annotations

from bot.domain import NotFoundError, Project
from bot.services import projects
from bot.slack.desk import Desk, Json
from bot.slack.responder import Place


def meant(desk: Desk, command: Json, words: list[str]) -> list[Project]:
    """The project that was named, or those of this channel. Raises NotFoundError."""
    if words:
        return [projects.find(desk.store, " ".join(words))]
    here = desk.store.projects.by_channel(str(command.get("channel_id")))
    if not here:
        known = ", ".join(project.id for project in desk.store.projects.all())
        more = f"name one: {known}" if known else "`/roundtable new` makes one"
        raise NotFoundError(f"This channel has no project; {more}.")
    return here


def one(desk: Desk, command: Json, words: list[str], usage: str) -> Project:
    """The one that is meant. Raises NotFoundError, which says how to name it."""
    here = meant(desk, command, words)
    if len(here) > 1:
        names = ", ".join(project.id for project in here)
        raise NotFoundError(f"This channel has {len(here)} projects ({names}); say which: /roundtable {usage} PROJECT")
    return here[0]


def led(desk: Desk, command: Json, words: list[str], usage: str, what: str) -> Project:
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
