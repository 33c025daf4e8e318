"""In which language a request of Slack's is answered: its project's; about none, the one of all projects, else the deployment's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot.domain import RoundtableError
from bot.services.ports import ProjectStore
from bot.slack.desk import Json
from bot.slack.membership import acknowledging
from bot.words import shared, speak, speaking


class SpeakingApp(App):
    """Bolt's app; what is said while a request is answered ends with it, and so does its patience with Slack. Bolt's own middleware
    can't: it wraps nothing."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """As App's."""
        with speaking(None), acknowledging():
            return super().dispatch(req)


class Interpreter(Middleware):
    """Stands behind Bolt's check of the signature: only then is the store asked."""

    def __init__(self, projects: ProjectStore) -> None:
        self._projects = projects

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt passes it by name
        next: Callable[[], BoltResponse],
    ) -> BoltResponse | None:
        """Bolt's hook."""
        speak(language_of(req.body, self._projects))
        return next()


def language_of(body: Json, projects: ProjectStore) -> str | None:
    """That of the project, or of all there are where it is about none; None: the deployment's.

    Nothing that goes wrong here is worth a request: who answers it will say so."""
    try:
        for project_id in _projects(body):
            return projects.get(project_id).language
        channel, there = _channel(body), projects.all()
        about = [project for project in there if project.channel_id == channel]
        return shared(project.language for project in about or there)
    except RoundtableError:
        return None


def _projects(body: Json) -> Iterator[str]:
    """Ids of projects that a click, a menu or a form names."""
    view = body.get("view")
    carried = [view.get("private_metadata")] if isinstance(view, dict) else []
    for action in body.get("actions") or ():
        chosen = action.get("selected_option")
        carried.insert(0, chosen.get("value") if isinstance(chosen, dict) else action.get("value"))
    for text in carried:
        value = _read(text)
        found = value.get("project") or value.get("p") or str(value.get("q", "")).partition(":")[0]
        if isinstance(found, str) and found:
            yield found


def _read(text: Any) -> dict[str, Any]:
    try:
        value = json.loads(text) if isinstance(text, str) and text.startswith("{") else {}
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _channel(body: Json) -> str:
    """Where a command was typed, a message's button pressed, a file dropped or an emoji put."""
    event = body.get("event")
    if isinstance(event, dict):
        item = event.get("item")
        found = event.get("channel_id") or (item.get("channel") if isinstance(item, dict) else None)
    else:
        channel = body.get("channel")
        found = body.get("channel_id") or (channel.get("id") if isinstance(channel, dict) else None)
    return found if isinstance(found, str) else ""
