"""In which language a request is answered: all ways of finding the project that it is about."""

from __future__ import annotations

import json
from typing import Any

import pytest
from queue_world import in_modal, send
from slack_bolt import BoltRequest
from slack_world import Bench, a_project, click, command, form, open_round, signed

from bot.domain import StoreUnavailableError
from bot.services.ports import Store
from bot.slack.blocks.queue import Trail
from bot.slack.interpreter import language_of
from bot.words import language

Json = dict[str, Any]


@pytest.fixture
def projects(store: Store) -> Store:
    """C1: one English; C2: one German; C3: two German ones; C4: one of each."""
    for name, channel, spoken in (
        *(("brand", "C1", "en"), ("marke", "C2", "de"), ("eins", "C3", "de"), ("zwei", "C3", "de")),
        *(("one", "C4", "en"), ("drei", "C4", "de")),
    ):
        store.projects.add(a_project(id=name, name=name, channel_id=channel, language=spoken))
    return store


def pressed(value: Any, *, menu: bool = False, channel: str = "C1", **more: Any) -> Json:
    """A click in a channel; `value` as it is, or as JSON."""
    raw = value if isinstance(value, str) or value is None else json.dumps(value)
    return click("x", raw, selected=menu) | {"channel": {"id": channel}} | more


def modal(metadata: str, **more: Any) -> Json:
    return {"type": "view_submission", "view": {"type": "modal", "private_metadata": metadata}} | more


def event(**inner: Any) -> Json:
    return {"type": "event_callback", "event": inner}


CASES: dict[str, tuple[Json, str | None]] = {
    # by what a button or a menu carries
    "a question": (pressed({"q": "marke:1:0", "l": "other"}), "de"),
    "a project": (pressed({"project": "marke"}), "de"),
    "a project in short": (pressed({"p": "marke"}), "de"),
    "a menu": (pressed({"q": "marke:1:0", "do": "why"}, menu=True), "de"),
    "an english one elsewhere": (pressed({"q": "brand:1:0"}, channel="C2"), "en"),
    "a click in the queue": (
        in_modal({"private_metadata": Trail("brand").dump()}, "x", {"q": "marke:1:0"}, "U1"),
        "de",
    ),
    # by what a form or the queue remembers
    "the queue": (modal(Trail("marke", 1, (0, 1)).dump()), "de"),
    "a form": (modal(json.dumps({"project": "marke"})), "de"),
    "a flag": (modal(json.dumps({"q": "marke:1:0"})), "de"),
    "a button of the queue without a value": (
        in_modal({"private_metadata": Trail("marke").dump()}, "x", {}, "U1"),
        "de",
    ),
    # by the channel
    "a channel of one": (pressed(None, channel="C2"), "de"),
    "a channel of two that speak the same": (pressed(None, channel="C3"), "de"),
    "a channel of two that do not": (pressed(None, channel="C4"), None),
    "a channel of none": (pressed(None, channel="C9"), None),
    "a command": ({"command": "/roundtable", "text": "status", "channel_id": "C2"}, "de"),
    "a command elsewhere": ({"command": "/roundtable", "text": "status", "channel_id": "D1"}, None),
    "an emoji": (event(type="reaction_added", item={"type": "message", "channel": "C2", "ts": "1.0"}), "de"),
    "a file": (event(type="file_shared", channel_id="C3"), "de"),
    "a file where two differ": (event(type="file_shared", channel_id="C4"), None),
    "home": (event(type="app_home_opened", user="U1", channel="D1"), None),
    # nobody of ours wrote it
    "an unknown project": (pressed({"project": "gone"}, channel="C9"), None),
    "an unknown question": (pressed({"q": "gone:1:0"}, channel="C9"), None),
    "no JSON": (pressed("{", channel="C2"), "de"),
    "a JSON list": (pressed(["marke"], channel="C2"), "de"),
    "a plain word": (pressed("marke", channel="C2"), "de"),
    "a number for a project": (pressed({"project": 7}, channel="C2"), "de"),
    "an object for a project": (pressed({"project": {"p": "marke"}}, channel="C2"), "de"),
    "nothing for a question": (pressed({"q": ""}, channel="C2"), "de"),
    "as deep as it goes": (pressed('{"a":' + "[" * 5_000, channel="C2"), "de"),
    "a menu with nothing chosen": (
        pressed(None, channel="C2", actions=[{"action_id": "x", "selected_option": None}]),
        "de",
    ),
    "metadata that is no text": ({"view": {"private_metadata": 7}, "channel": {"id": "C2"}}, "de"),
    "a view that is none": ({"view": "V1", "channel": {"id": "C2"}}, "de"),
    "a channel that is none": ({"channel": ["C2"]}, None),
    "an event that is none": ({"event": "x", "channel_id": "C2"}, "de"),
    "an item that is none": (event(item="C2"), None),
    "nothing": ({}, None),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES)
def test_the_language_of_a_request(projects: Store, body: Json, expected: str | None) -> None:
    assert language_of(body, projects.projects) == expected


@pytest.mark.parametrize("body", [pressed({"q": "marke:1:0"}), pressed(None, channel="C2")], ids=["project", "channel"])
def test_while_the_store_is_away_it_is_the_deployments(
    projects: Store, body: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailableError("away")

    for name in ("get", "all"):
        monkeypatch.setattr(type(projects.projects), name, away)
    assert language_of(body, projects.projects) is None


def test_what_is_said_ends_with_the_request(desk: Bench, store: Store) -> None:
    store.projects.add(a_project(id="marke", channel_id="C2", language="de"))
    body, headers = signed(command("help", channel="C2"))
    assert desk.app.dispatch(BoltRequest(body=body, headers=dict(headers))).status == 200
    assert language() == "en"


def test_it_ends_though_the_request_fails(desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (asked,) = open_round(store, ["a"], id="marke", language="de")
    spoken: list[str] = []

    def broken(*_: object, **__: object) -> None:
        spoken.append(language())
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(type(store.votes), "cast", broken)
    assert send(desk, click("label_0", {"q": asked, "l": "negative"})).status == 500
    assert (spoken, language()) == (["de"], "en")


def test_nobody_without_a_signature_has_the_store_asked(
    desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    for name in ("get", "all"):
        monkeypatch.setattr(type(store.projects), name, lambda *args: asked.append(args))
    body, headers = signed(form(click("label_0", {"q": "marke:1:0", "l": "negative"})))
    headers["x-slack-signature"] = "v0=0"
    assert desk.app.dispatch(BoltRequest(body=body, headers=dict(headers))).status == 401
    assert asked == []
