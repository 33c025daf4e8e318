"""Helpers of the tests of the set-up form: opened, filled in and sent as Slack does."""

from __future__ import annotations

import itertools
import json
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_world import Bench, command, form, signed, until

from bot.localslack.elements import CHOICE_FIELD, initial_state

_numbers = itertools.count(1)
PUBLIC = {"name": "brand-safety", "is_member": False, "is_private": False, "is_archived": False}
LABELS = "negative: says something bad, e.g. “broke after a day”\nother"


def send(desk: Bench, body: str) -> BoltResponse:
    text, headers = signed(body)
    return desk.app.dispatch(BoltRequest(body=text, headers=dict(headers)))


def ask(desk: Bench, text: str, **more: Any) -> str:
    body = send(desk, command(text, **more)).body
    return str(json.loads(body)["text"]) if body else ""


def opened(desk: Bench) -> dict[str, Any]:
    return until(lambda: desk.gateway.views.pop() if desk.gateway.views else None)["view"]


def filled(view: dict[str, Any], **entered: Any) -> dict[str, Any]:
    """The view as Slack sends it back, with what a person entered. A menu takes an option's value."""
    values = initial_state(view["blocks"])
    elements = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    for name, value in entered.items():
        kind = elements[name]["type"] if name in elements else "plain_text_input"
        entry = CHOICE_FIELD[kind]
        if entry == "selected_option" and value is not None:
            value = {"value": value}
        if entry == "selected_options":
            value = [{"value": each} for each in value]
        values[name] = {"value": {"type": kind, entry: value}}
    return {**view, "id": "V1", "state": {"values": values}}


def submitted(desk: Bench, view: dict[str, Any], *, user: str = "U0ANA") -> dict[str, Any]:
    payload = {
        "type": "view_submission",
        "user": {"id": user},
        "team": {"id": "T1"},
        "view": view,
        "trigger_id": f"t{next(_numbers)}",
    }
    answer = send(desk, form(payload))
    assert answer.status == 200
    body = json.loads(answer.body) if answer.body else {}
    if body.get("response_action") == "errors":
        inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
        assert body["errors"] and body["errors"].keys() <= inputs, "Slack takes errors at inputs of the view alone"
        assert all(0 < len(text) <= 250 for text in body["errors"].values())
    return body


def new_form(desk: Bench, **entered: Any) -> dict[str, Any]:
    desk.gateway.channels.setdefault("C1", PUBLIC)
    assert ask(desk, "new") == ""
    good = {"name": "Brand safety", "labels": LABELS, "channel_id": "C1"}
    return filled(opened(desk), **(good | entered))


def configured(desk: Bench, **entered: Any) -> dict[str, Any]:
    assert ask(desk, "config") == ""
    return filled(opened(desk), **entered)
