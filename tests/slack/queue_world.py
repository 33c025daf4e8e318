"""Hands for the queue: App Home's buttons and the modal, as signed payloads."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_world import Bench, click, form, signed, until

from bot.slack.app import Doorkeeper
from bot.slack.desk import Desk

Json = dict[str, Any]
_numbers = itertools.count(1)


def new_trigger() -> str:
    """No two payloads of Slack's are the same."""
    return f"trigger.queue.{next(_numbers)}"


def inner(desk: Bench) -> Desk:
    """What the app's listeners work with."""
    (keeper,) = [each for each in desk.app._middleware_list if isinstance(each, Doorkeeper)]
    return keeper._desk


def send(desk: Bench, payload: Json) -> BoltResponse:
    text, headers = signed(form(payload))
    return desk.app.dispatch(BoltRequest(body=text, headers=dict(headers)))


def at_home(action_id: str, value: Json, user: str) -> Json:
    """A click in App Home."""
    payload = click(action_id, value, user=user)
    for name in ("channel", "message", "response_url"):
        del payload[name]
    return payload | {"container": {"type": "view", "view_id": "VHOME"}, "view": {"type": "home", "id": "VHOME"}}


def in_modal(shown: Json, action_id: str, value: Json, user: str, **more: Any) -> Json:
    """A click in the modal that is on screen."""
    view = {"id": f"V{user}", "hash": "h1", **shown}
    return at_home(action_id, value, user) | {"container": {"type": "view", "view_id": view["id"]}, "view": view} | more


def elements(view: Json) -> list[Json]:
    """All buttons of a view."""
    found = [element for block in view["blocks"] for element in block.get("elements", []) if "action_id" in element]
    return found + [block["accessory"] for block in view["blocks"] if "accessory" in block]


def texts(view: Json) -> str:
    """All that a view says."""
    return json.dumps(view["blocks"], ensure_ascii=False)


@dataclass
class Person:
    """One person at the queue; each step waits for what is then on screen."""

    desk: Bench
    user: str = "U0ANA"
    project: str = "brand"
    shown: Json | None = None

    def _after(self, payload: Json) -> Json:
        """Sends, and waits for this person's next view."""
        before = len(self.desk.gateway.views)
        answer = send(self.desk, payload)
        assert answer.status == 200, answer.status

        def next_view() -> Json | None:
            new = self.desk.gateway.views[before:]
            mine = [
                sent["view"]
                for sent in new
                if sent.get("view_id") == f"V{self.user}" or sent.get("trigger_id") == payload["trigger_id"]
            ]
            return mine[-1] if mine else None

        self.shown = until(next_view)
        return self.shown

    def start(self) -> Json:
        """Label next, in App Home."""
        return self._after(at_home("queue_start", {"project": self.project}, self.user))

    def press(self, words: str, **more: Any) -> Json:
        """A button of the modal by its words."""
        return self._after(self.payload(words, **more))

    def payload(self, words: str, **more: Any) -> Json:
        """What Slack would send for it."""
        assert self.shown is not None
        found = next(element for element in elements(self.shown) if element.get("text", {}).get("text") == words)
        return in_modal(self.shown, found["action_id"], json.loads(found["value"]), self.user, **more)

    def submit(self) -> Json:
        """The modal's own button: what the acknowledgement then shows."""
        assert self.shown is not None
        view = {"id": f"V{self.user}", "hash": "h1", "state": {"values": {}}, **self.shown}
        payload = {
            "type": "view_submission",
            "trigger_id": new_trigger(),
            "user": {"id": self.user},
            "team": {"id": "T1"},
            "view": view,
        }
        answer = send(self.desk, payload)
        body = json.loads(answer.body)
        assert body["response_action"] == "update", body
        self.shown = body["view"]
        return self.shown

    def close(self) -> None:
        """Done, or Escape."""
        assert self.shown is not None
        view = {"id": f"V{self.user}", "hash": "h1", **self.shown}
        payload = {
            "type": "view_closed",
            "trigger_id": new_trigger(),
            "user": {"id": self.user},
            "team": {"id": "T1"},
            "view": view,
        }
        assert send(self.desk, payload).status == 200

    @property
    def asks(self) -> str | None:
        """The query that is on screen."""
        labels = [element for element in elements(self.shown or {"blocks": []}) if "label" in element["action_id"]]
        return json.loads(labels[0]["value"])["q"] if labels else None
