"""Hands for what people decide beside voting: modals filled in and submitted, the shortcut, rounds that close."""

from __future__ import annotations

import json
from typing import Any

from queue_world import Json, at_home, elements, inner, new_trigger, send
from slack_world import RESPONSE_URL, T0, Bench, a_report, until

from bot.domain import CloseReason
from bot.services.ports import Store
from bot.slack.limits import check_view
from bot.slack.listeners.events import publish_home


def close_round(store: Store) -> None:
    """Closes the first round, with a report."""
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    store.rounds.begin_closing("brand", 1, CloseReason.LEAD, T0, lease.token)
    store.rounds.finish(a_report(1), [], [], T0, lease.token)


def post(store: Store, key: str, ts: str) -> None:
    """The message of that key has been posted."""
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    store.outbox.posted(key, ts, lease.token)


def opened(desk: Bench, payload: Json) -> Json:
    """Sends a payload that opens a modal; the modal."""
    before = len(desk.gateway.views)
    assert send(desk, payload).status == 200
    view: Json = until(lambda: desk.gateway.views[before:])[0]["view"]
    assert check_view(view) == []
    return view


def home(desk: Bench, user: str) -> Json:
    """App Home as that person sees it."""
    publish_home(inner(desk), user)
    assert check_view(desk.gateway.homes[user]) == []
    return desk.gateway.homes[user]


def from_home(desk: Bench, user: str, words: str) -> Json:
    """Opens a modal by a button of App Home, by its words or its accessible name."""
    for element in elements(home(desk, user)):
        if words in (element.get("text", {}).get("text"), element.get("accessibility_label")):
            return opened(desk, at_home(element["action_id"], json.loads(element["value"]), user))
    raise AssertionError(f"App Home has no button {words!r}")


def shortcut(message: Json, user: str, channel: str = "C1") -> Json:
    """Correct this prediction, in a message's menu."""
    return {
        "type": "message_action",
        "callback_id": "correct",
        "trigger_id": new_trigger(),
        "response_url": RESPONSE_URL,
        "user": {"id": user},
        "team": {"id": "T1"},
        "channel": {"id": channel, "name": "brand"},
        "message_ts": message.get("ts"),
        "message": message,
    }


def submission(view: Json, user: str, *, view_id: str = "V1", **entered: Any) -> Json:
    """A modal with its fields filled in: `label`, `reason`, `instead` by the fields' names."""
    values: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        given = entered.get(element["action_id"])
        if element["type"] == "plain_text_input":
            field = {"value": given if given is not None else element.get("initial_value")}
        elif element["type"] == "static_select":
            field = {"selected_option": {"value": given} if given is not None else element.get("initial_option")}
        else:
            field = {"selected_options": [{"value": each} for each in given or ()]}
        values[block["block_id"]] = {element["action_id"]: {"type": element["type"], **field}}
    return {
        "type": "view_submission",
        "trigger_id": new_trigger(),
        "user": {"id": user},
        "team": {"id": "T1"},
        "view": {**view, "id": view_id, "hash": "h1", "state": {"values": values}},
    }


def submit(desk: Bench, view: Json, user: str = "U0ANA", **entered: Any) -> Json:
    """What the acknowledgement of a submitted modal says; a view in it keeps Slack's limits."""
    answer = send(desk, submission(view, user, **entered))
    assert answer.status == 200
    body: Json = json.loads(answer.body)
    if body["response_action"] == "update":
        assert check_view(body["view"]) == []
    return body


def errors(body: Json) -> dict[str, str]:
    """The errors of a submission, by the names of their fields."""
    assert body["response_action"] == "errors", body
    return {block.rpartition("-")[0]: text for block, text in body["errors"].items()}
