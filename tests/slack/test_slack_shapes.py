"""Requests that are signed but not shaped as Slack's: refused or passed over in a word, never a fault of ours."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import responses
from http_world import Web
from queue_world import at_home, in_modal
from slack_world import RESPONSE_URL, Bench, click, form, open_round, signed

from bot.services.ports import Store
from bot.slack.blocks.queue import Trail
from bot.slack.http import PATH

Json = dict[str, Any]
MODAL: Json = {
    "type": "modal",
    "callback_id": "queue",
    "private_metadata": Trail("brand", 1, (0,)).dump(),
    "blocks": [
        {"type": "actions", "elements": [{"action_id": "queue_label_0", "value": '{"q":"brand:1:1","l":"other"}'}]}
    ],
    "state": {"values": {"b": {"a": {"type": "static_select", "selected_option": {"value": "x"}}}}},
}
ANSWER = {"q": "brand:1:0", "l": "negative"}


def _view(kind: str) -> Json:
    view = {"id": "V1", "hash": "h1", **MODAL}
    return {"type": kind, "trigger_id": "t", "user": {"id": "U0ANA"}, "team": {"id": "T1"}, "view": view}


PAYLOADS: dict[str, Json] = {
    "label": click("label_0", ANSWER),
    "menu": click("more", {"q": "brand:1:0", "do": "text"}, selected=True),
    "unknown": click("long_gone", ANSWER),
    "queue": in_modal(MODAL, "queue_label_0", ANSWER, "U0ANA"),
    "back": in_modal(MODAL, "queue_back", {}, "U0ANA"),
    "home": at_home("home_do_pause", {"project": "brand"}, "U0ANA"),
    "submission": _view("view_submission"),
    "closed": _view("view_closed"),
    "shortcut": {"type": "message_action", "callback_id": "c", "user": {"id": "U"}, "message": {"ts": "1"}},
}
EVENT: Json = {
    "type": "event_callback",
    "event_id": "Ev1",
    "team_id": "T1",
    "authorizations": [{"team_id": "T1", "user_id": "U0BOT", "enterprise_id": None}],
    "event": {"type": "app_home_opened", "user": "U0ANA", "tab": "home", "channel": "D1"},
}
WRONG: tuple[object, ...] = (None, 7, "\ud800", {}, ["x"])
GONE = object()


def _places(node: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every value within."""
    pairs: list[tuple[Any, object]] = []
    if isinstance(node, dict):
        pairs = list(node.items())
    elif isinstance(node, list):
        pairs = list(enumerate(node))
    for key, value in pairs:
        yield (*path, key)
        yield from _places(value, (*path, key))


def _broken(payload: Json) -> Iterator[tuple[str, Json]]:
    """The payload with one of its values gone or of another kind, for every value."""
    for path in _places(payload):
        for wrong in (GONE, *WRONG):
            changed = copy.deepcopy(payload)
            parent: Any = changed
            for key in path[:-1]:
                parent = parent[key]
            if wrong is GONE:
                del parent[path[-1]]
            else:
                parent[path[-1]] = wrong
            yield f"{path}: {'gone' if wrong is GONE else wrong!r}", changed


@pytest.mark.parametrize("name", [*PAYLOADS, "event"])
def test_whatever_is_wrong_within_a_signed_request_is_no_fault_of_ours(
    web: Web, store: Store, desk: Bench, hooks: responses.RequestsMock, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    open_round(store, ["a", "b"])
    hooks.post(RESPONSE_URL, body="ok")
    caplog.set_level(logging.WARNING)
    faults = []
    for what, payload in _broken(EVENT if name == "event" else PAYLOADS[name]):
        if name == "event":
            text, headers = signed(json.dumps(payload), content_type="application/json")
        else:
            text, headers = signed(form(payload))
        answer = web.post(PATH, content=text, headers=headers)
        if answer.status_code >= 500 or "Traceback" in answer.text:
            faults.append(f"{what} -> {answer.status_code}")
    faults += [f"{r.message} {r.exc_info[1]!r}" for r in caplog.records if r.exc_info and r.exc_info[1]]
    assert not faults, "\n".join(faults[:60])
