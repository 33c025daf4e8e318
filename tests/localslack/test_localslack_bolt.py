"""An unmodified Bolt app, on Socket Mode and on signed HTTP, through everything that people can do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from localslack_world import Page, client_of, eventually, http_door, item_blocks, modal, new_app, on_socket
from slack_bolt import App
from slack_sdk import WebClient

from bot.localslack.server import WorkspaceServer


@dataclass
class Stage:
    """A workspace, an app in it, and people."""

    server: WorkspaceServer
    app: App
    page: Page
    client: WebClient
    seen: list[dict[str, Any]] = field(default_factory=list)
    heard: threading.Event = field(default_factory=threading.Event)

    def note(self, body: dict[str, Any]) -> None:
        self.seen.append(body)
        self.heard.set()

    def first(self) -> dict[str, Any]:
        assert self.heard.wait(60)
        return self.seen[0]

    def post(self, **more: Any) -> str:
        return str(self.client.chat_postMessage(channel="C0BRAND", text="A tweet", blocks=item_blocks(), **more)["ts"])


@pytest.fixture(params=["socket", "http"])
def stage(request: pytest.FixtureRequest, serve: Callable[..., WorkspaceServer]) -> Iterator[Stage]:
    if request.param == "socket":
        server = serve()
        app = new_app(server)
        with on_socket(app, server):
            yield Stage(server, app, Page(server.url), client_of(server))
        return
    with http_door() as (url, place):
        server = serve(request_url=url)
        place["app"] = new_app(server)
        yield Stage(server, place["app"], Page(server.url), client_of(server))


def test_click_carries_slacks_payload_and_replaces_the_message(stage: Stage) -> None:
    statuses = []

    @stage.app.action("label_0")
    def clicked(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        statuses.append(respond(text="Ana: negative", replace_original=True).status_code)
        stage.note(body)

    ts = stage.post(metadata={"event_type": "roundtable_message", "event_payload": {"key": "query:p:1:0"}})
    outcome = stage.page.click(ts, "label_0")
    assert outcome["ok"] and outcome["acknowledged"] and outcome["status"] == 200
    body = stage.first()
    assert body["type"] == "block_actions"
    assert body["user"] == {"id": "U0ANA", "username": "ana", "name": "ana", "team_id": "T0LOCAL"}
    assert body["team"] == {"id": "T0LOCAL", "domain": "local"}
    assert body["container"] == {"type": "message", "message_ts": ts, "channel_id": "C0BRAND", "is_ephemeral": False}
    assert body["channel"] == {"id": "C0BRAND", "name": "brand-safety"}
    assert body["message"]["ts"] == ts and body["message"]["blocks"][1]["block_id"] == "answer"
    assert "_notifies" not in body["message"]
    (action,) = body["actions"]
    assert action["value"] == '{"q":"p:1:0","l":"negative"}' and action["type"] == "button" and action["action_ts"]
    assert body["response_url"].startswith(stage.server.url) and body["trigger_id"] and body["state"] == {"values": {}}
    (message,) = stage.page.messages()
    assert message["text"] == "Ana: negative" and "blocks" not in message and message["edited"]["user"] == "U0BOT"
    assert statuses == [200]


def test_overflow_carries_the_chosen_option(stage: Stage) -> None:
    @stage.app.action("more")
    def chosen(ack: Any, body: dict[str, Any]) -> None:
        ack()
        stage.note(body)

    ts = stage.post()
    stage.page.click(ts, "more", selected="text")
    assert stage.first()["actions"][0]["selected_option"]["value"] == "text"
    refused = stage.page.click(ts, "more", selected="no such option")
    assert not refused["ok"] and "no such option" in refused["error"]


def test_click_in_a_thread_and_in_an_ephemeral(stage: Stage) -> None:
    @stage.app.action("label_0")
    def clicked(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        if body["container"]["is_ephemeral"]:
            respond(delete_original=True)
        else:
            thread = body["container"]["thread_ts"]
            respond(text="only you", blocks=item_blocks(), replace_original=False, thread_ts=thread)
        stage.note(body)

    parent = stage.post()
    reply = stage.post(thread_ts=parent)
    stage.page.click(reply, "label_0")
    (shown,) = eventually(lambda: stage.page.state()["ephemerals"])
    assert shown["thread_ts"] == parent and shown["message"]["text"] == "only you"
    assert stage.page.state("U0BEN")["ephemerals"] == []
    at = {"type": "ephemeral", "id": shown["id"]}
    stage.page.act("action", container=at, block_id="answer", action_id="label_0")
    eventually(lambda: not stage.page.state()["ephemerals"])
    assert "message" not in eventually(lambda: stage.seen[1:])[0]


def test_slash_command_is_answered_in_the_acknowledgement(stage: Stage) -> None:
    @stage.app.command("/roundtable")
    def command(ack: Any, body: dict[str, Any]) -> None:
        ack(f"{body['user_name']} asked {body['text']} in {body['channel_name']}")
        stage.note(body)

    assert stage.page.act("post", channel="C0BRAND", text="/roundtable status @ben #general @nobody")["ok"]
    (shown,) = stage.page.state()["ephemerals"]
    assert shown["message"]["text"] == "ana asked status <@U0BEN|ben> <#C0GENERAL|general> @nobody in brand-safety"
    assert stage.first()["command"] == "/roundtable" and stage.first()["is_enterprise_install"] == "false"
    parent = stage.post()
    assert "threads" in stage.page.act("post", channel="C0BRAND", text="/roundtable help", thread_ts=parent)["error"]
    assert "valid command" in stage.page.act("post", channel="C0BRAND", text="/nothing")["error"]


def test_command_answer_with_blocks_in_the_channel(stage: Stage) -> None:
    @stage.app.command("/roundtable")
    def command(ack: Any) -> None:
        ack(text="all see it", blocks=item_blocks(), response_type="in_channel")

    stage.page.act("post", channel="C0GENERAL", text="/roundtable")
    (message,) = stage.page.messages("C0GENERAL")
    assert message["text"] == "all see it" and len(message["blocks"]) == 2


def open_modal_by_click(stage: Stage, **view: Any) -> str:
    @stage.app.action("label_0")
    def clicked(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(**view))

    stage.page.click(stage.post(), "label_0")
    return str(eventually(lambda: stage.page.state()["modals"])[0]["id"])


def written(text: str) -> dict[str, Any]:
    return {"why": {"why": {"type": "plain_text_input", "value": text}}}


def test_modal_errors_update_push_and_clear(stage: Stage) -> None:
    answers: list[dict[str, Any]] = [
        {"response_action": "errors", "errors": {"why": "say more"}},
        {"response_action": "update", "view": modal(callback_id="reason", private_metadata="second")},
        {"response_action": "push", "view": modal(private_metadata="on top")},
        {"response_action": "clear"},
    ]

    @stage.app.view("reason")
    def submitted(ack: Any, body: dict[str, Any]) -> None:
        stage.note(body)
        ack(**answers[len(stage.seen) - 1])

    view_id = open_modal_by_click(stage)
    assert stage.page.act("view/submit", view_id=view_id, values=written("x"))["errors"] == {"why": "say more"}
    body = stage.first()
    assert body["type"] == "view_submission" and body["view"]["private_metadata"] == "kept"
    assert body["view"]["state"]["values"]["why"]["why"]["value"] == "x"
    assert stage.page.act("view/submit", view_id=view_id, values=written("xy"))["ok"]
    (updated,) = stage.page.state()["modals"]
    assert updated["private_metadata"] == "second" and updated["id"] == view_id
    assert stage.page.act("view/submit", view_id=view_id, values=written("xy"))["ok"]
    _, top = stage.page.state()["modals"]
    assert top["private_metadata"] == "on top" and top["root_view_id"] == view_id == top["previous_view_id"]
    assert stage.page.act("view/submit", view_id=top["id"], values=written("xy"))["ok"]
    assert stage.page.state()["modals"] == []


def test_modal_is_checked_before_the_app_is_asked(stage: Stage) -> None:
    view_id = open_modal_by_click(stage)
    assert stage.page.act("view/submit", view_id=view_id)["errors"] == {"why": "Please complete this required field."}
    answer = stage.page.act("view/submit", view_id=view_id, values=written("x" * 21))
    assert answer["errors"] == {"why": "Please enter at most 20 characters."}
    assert stage.page.act("view/submit", "U0BEN", view_id=view_id)["error"] == "not_found"


def test_button_in_a_modal_updates_it_and_keeps_what_was_entered(stage: Stage) -> None:
    @stage.app.action("again")
    def again(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=modal(private_metadata="new"))
        stage.note(body)

    view_id = open_modal_by_click(stage)
    at = {"type": "view", "view_id": view_id}
    entered = stage.page.act("action", container=at, block_id="why", action_id="why", selected="half a thought")
    assert entered["ok"] and entered["status"] is None  # kept, not sent: the input doesn't dispatch
    stage.page.act("action", container=at, block_id="act", action_id="again")
    eventually(lambda: stage.page.state()["modals"][0]["private_metadata"] == "new")
    assert stage.first()["container"] == at and "response_url" not in stage.first()
    assert stage.page.state()["modals"][0]["state"]["values"]["why"]["why"]["value"] == "half a thought"


def test_closing_a_modal_is_told_only_if_asked_for(stage: Stage) -> None:
    @stage.app.view_closed("reason")
    def closed(ack: Any, body: dict[str, Any]) -> None:
        ack()
        stage.note(body)

    view_id = open_modal_by_click(stage, notify_on_close=True)
    stage.page.act("view/close", view_id=view_id)
    assert stage.first()["type"] == "view_closed" and stage.first()["is_cleared"] is False
    assert stage.page.state()["modals"] == []


def test_home_is_published_when_it_is_opened(stage: Stage) -> None:
    @stage.app.event("app_home_opened")
    def opened(event: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        blocks = [{"type": "header", "text": {"type": "plain_text", "text": "Queue"}}]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})
        stage.note(body)

    assert stage.page.act("home/open")["event_id"].startswith("Ev")
    body = stage.first()
    assert body["type"] == "event_callback" and body["event"]["tab"] == "home"
    (authorization,) = body["authorizations"]
    assert authorization["user_id"] == "U0BOT" and authorization["is_bot"]
    assert eventually(lambda: stage.page.state()["home"])["blocks"][0]["text"]["text"] == "Queue"
    assert stage.page.state("U0BEN")["home"] is None


def test_shortcuts(stage: Stage) -> None:
    @stage.app.shortcut("correct")
    def correct(ack: Any, body: dict[str, Any]) -> None:
        ack()
        stage.note(body)

    @stage.app.shortcut("queue")
    def queue(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        stage.note(body)  # first: the page may see the modal before this thread goes on
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    ts = stage.post()
    stage.page.act("message_shortcut", channel="C0BRAND", ts=ts, callback_id="correct")
    body = stage.first()
    assert body["type"] == "message_action" and body["message_ts"] == ts and body["message"]["text"] == "A tweet"
    stage.page.act("shortcut", callback_id="queue")
    eventually(lambda: stage.page.state()["modals"])
    assert stage.seen[1]["type"] == "shortcut"


def test_joining_is_an_event(stage: Stage) -> None:
    @stage.app.event("member_joined_channel")
    def joined(body: dict[str, Any]) -> None:
        stage.note(body)

    stage.client.conversations_join(channel="C0GENERAL")  # a member already: no event
    stage.server.state.channels["C0GENERAL"].members.discard("U0CHI")
    stage.page.act("join", "U0CHI", channel="C0GENERAL")
    event = stage.first()["event"]
    assert (event["user"], event["channel"], event["channel_type"]) == ("U0CHI", "C0GENERAL", "C")


def test_a_wrong_response_action_is_shown_to_the_person(stage: Stage) -> None:
    @stage.app.view("reason")
    def submitted(ack: Any) -> None:
        ack(response_action="errors", errors={"no such block": "?"})

    view_id = open_modal_by_click(stage)
    assert stage.page.act("view/submit", view_id=view_id, values=written("x"))["ok"]
    assert [view["id"] for view in stage.page.state()["modals"]] == [view_id]


def test_clear_on_close_tells_of_every_modal(stage: Stage) -> None:
    @stage.app.view_closed("reason")
    def closed(ack: Any, body: dict[str, Any]) -> None:
        ack()
        stage.note(body)

    view_id = open_modal_by_click(stage, notify_on_close=True, clear_on_close=True)
    trigger = stage.server.workspace.triggers.new("U0ANA", view_id)
    stage.client.views_push(trigger_id=trigger, view=modal(notify_on_close=True, clear_on_close=True))
    stage.page.act("view/close", view_id=stage.page.state()["modals"][-1]["id"])
    eventually(lambda: len(stage.seen) == 2)
    assert [body["is_cleared"] for body in stage.seen] == [True, True] and stage.page.state()["modals"] == []
