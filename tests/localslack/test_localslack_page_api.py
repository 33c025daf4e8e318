"""What the page relies on: state, streams, posts, and nothing for other sites' pages."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from localslack_world import Page, client_of, eventually, item_blocks, modal
from slack_sdk import WebClient

from bot.localslack.server import ChannelSpec, WorkspaceServer


@contextmanager
def stream(server: WorkspaceServer, user: str = "U0ANA") -> Iterator[list[dict[str, Any]]]:
    """The events that this person's page hears, as they come."""
    heard: list[dict[str, Any]] = []
    listening = threading.Event()
    client = httpx.Client(timeout=90, trust_env=False)
    response = client.send(client.build_request("GET", server.url + f"/ui/events?as={user}"), stream=True)

    def read() -> None:
        try:
            for line in response.iter_lines():
                listening.set()
                if line.startswith("data: "):
                    heard.append(json.loads(line[6:]))
        except httpx.HTTPError:
            return

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    assert listening.wait(60)
    try:
        yield heard
    finally:
        server.stop()
        thread.join(60)
        client.close()


def kinds(heard: list[dict[str, Any]]) -> list[str]:
    return [event["type"] for event in heard]


def test_everybody_hears_of_messages(slack: WorkspaceServer, client: WebClient) -> None:
    with stream(slack) as ana, stream(slack, "U0BEN") as ben:
        ts = client.chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
        client.chat_update(channel="C0BRAND", ts=ts, text="b")
        client.chat_delete(channel="C0BRAND", ts=ts)
        for heard in (ana, ben):
            eventually(lambda heard=heard: len(heard) == 3)
            assert kinds(heard) == ["message", "message", "message_deleted"]
            assert heard[1]["message"]["text"] == "b" and heard[2] == {
                "type": "message_deleted",
                "channel": "C0BRAND",
                "ts": ts,
            }


def test_only_the_person_hears_of_what_is_theirs(slack: WorkspaceServer, client: WebClient) -> None:
    with stream(slack) as ana, stream(slack, "U0BEN") as ben:
        client.chat_postEphemeral(channel="C0BRAND", user="U0ANA", text="psst")
        client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": []})
        client.views_open(trigger_id=slack.workspace.triggers.new("U0ANA"), view=modal())
        client.chat_postMessage(channel="U0ANA", text="in private")
        eventually(lambda: len(ana) == 4)
        assert kinds(ana) == ["ephemeral", "home", "modals", "message"]
        client.chat_postMessage(channel="C0BRAND", text="last")
        eventually(lambda: ben)
        assert [event["message"]["text"] for event in ben] == ["last"]


def test_a_silent_app_is_told_to_the_person(slack: WorkspaceServer, client: WebClient, page: Page) -> None:
    ts = client.chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
    with stream(slack) as ana:
        page.click(ts, "label_0")
        eventually(lambda: ana)
        assert ana == [{"type": "notice", "level": "error", "text": "block_actions: the app is not connected"}]


def test_state_has_what_the_page_shows(slack: WorkspaceServer, client: WebClient, page: Page) -> None:
    client.chat_postMessage(channel="C0BRAND", text="a")
    state = page.state("U0LEAD")
    assert state["team"]["name"] == "Local workspace" and state["me"]["id"] == "U0LEAD"
    assert [u["id"] for u in state["users"]] == ["U0ANA", "U0BEN", "U0CHI", "U0LEAD", "U0BOT"]
    assert state["commands"][0]["name"] == "/roundtable"
    assert [(c["id"], c["name"], c["is_member"]) for c in state["channels"]] == [
        ("C0BRAND", "brand-safety", True),
        ("C0GENERAL", "general", True),
    ]
    assert state["modals"] == [] == state["ephemerals"] == state["files"] and state["home"] is None
    assert page.http.get("/ui/state", params={"as": "U0NOBODY"}).status_code == 404


def test_posting_escapes_and_checks(slack: WorkspaceServer, page: Page) -> None:
    posted = page.act("post", channel="C0BRAND", text="<!channel> & <@U0BEN>")
    (message,) = page.messages()
    assert message["ts"] == posted["ts"] and message["text"] == "&lt;!channel&gt; &amp; &lt;@U0BEN&gt;"
    assert message["_notifies"] == []
    assert page.act("post", channel="C0BRAND", text="reply", thread_ts=posted["ts"])["ok"]
    assert page.act("post", channel="C0BRAND", text=" ")["error"] == "no_text"
    assert page.act("post", channel="C0NONE", text="x")["error"] == "channel_not_found"
    assert page.act("post", channel="C0BRAND", text="x", thread_ts="1.1")["error"] == "thread_not_found"
    assert page.act("post", "U0NOBODY", channel="C0BRAND", text="x")["error"] == "user_not_found"
    assert "invalid_arguments" in page.act("post", channel="C0BRAND")["error"]


def test_another_sites_page_can_do_nothing(slack: WorkspaceServer, page: Page) -> None:
    body = json.dumps({"as": "U0ANA", "channel": "C0BRAND", "text": "x"})
    for path in ("/ui/post", "/control/faults"):
        page.http.post(path, content=body, headers={"content-type": "text/plain"})
    assert page.messages() == [] and page.http.post("/ui/post", content=body).status_code == 415
    rebound = page.http.get("/ui/state", params={"as": "U0ANA"}, headers={"host": "evil.example"})
    assert rebound.status_code == 400
    preflight = page.http.options("/ui/post", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in preflight.headers


def test_elements_that_are_not_there(slack: WorkspaceServer, client: WebClient, page: Page) -> None:
    ts = client.chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
    assert "no element" in page.click(ts, "nothing")["error"]
    assert "no message" in page.click("1.1", "label_0")["error"]
    assert (
        "ephemeral"
        in page.act("action", container={"type": "ephemeral", "id": "E0"}, block_id="a", action_id="b")["error"]
    )
    assert page.act("view/close", view_id="V0NONE")["error"] == "not_found"


def test_log_shows_what_was_called(slack: WorkspaceServer, client: WebClient, page: Page) -> None:
    client.chat_postMessage(channel="C0BRAND", text="hi <@U0ANA>")
    (call,) = page.log("chat.postMessage")
    assert call["args"] == {"channel": "C0BRAND", "text": "hi <@U0ANA>"} and call["response"]["ok"]
    assert call["_notifies"] == [{"kind": "user", "target": "U0ANA", "pointer": "/text"}]


def test_stop_ends_open_streams_quickly(serve: Callable[..., WorkspaceServer]) -> None:
    server = serve()
    with stream(server) as heard:
        client_of(server).chat_postMessage(channel="C0BRAND", text="a")
        eventually(lambda: heard)
    assert not server.running


def test_private_channels_are_heard_by_members_only(serve: Callable[..., WorkspaceServer]) -> None:
    secret = ChannelSpec("G0SECRET", "secret", members=("U0ANA", "U0BOT"), is_private=True)
    server = serve(channels=(secret, ChannelSpec("C0BRAND", "brand-safety")))
    client, page = client_of(server), Page(server.url)
    assert [c["id"] for c in page.state("U0BEN")["channels"]] == ["C0BRAND"]
    with stream(server) as ana, stream(server, "U0BEN") as ben:
        client.chat_postMessage(channel="G0SECRET", text="psst")
        client.chat_postMessage(channel="C0BRAND", text="aloud")
        eventually(lambda: len(ana) == 2)
        eventually(lambda: ben)
        assert [event["message"]["text"] for event in ben] == ["aloud"]
