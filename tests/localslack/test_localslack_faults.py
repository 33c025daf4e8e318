"""Faults on demand, reconnection, and several connections."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable
from typing import Any
from urllib.error import URLError

import pytest
import requests
from localslack_world import Page, client_of, eventually, http_door, item_blocks, modal, new_app, on_socket
from slack_sdk.errors import SlackApiError

from bot.localslack.clock import ManualClock
from bot.localslack.faults import Faults, parse
from bot.localslack.server import WorkspaceServer

Serve = Callable[..., WorkspaceServer]


def test_spec_is_read() -> None:
    faults = parse("429=0.1, 5xx=0.05,slow=0.2:2s,drop@chat.update=3x,expire_triggers")
    assert [(f.name, f.method, f.probability, f.amount, f.left) for f in faults] == [
        ("429", None, 0.1, 1.0, None),
        ("5xx", None, 0.05, 0.0, None),
        ("slow", None, 0.2, 2.0, None),
        ("drop", "chat.update", 1.0, 0.0, 3),
        ("expire_triggers", None, 1.0, 0.0, None),
    ]


@pytest.mark.parametrize("spec", ["fire=1", "429=2", "slow=0.2:soon", "429=-1", "=1"])
def test_wrong_spec_names_the_part(spec: str) -> None:
    with pytest.raises(ValueError, match=r"fault"):
        parse(spec)


def test_same_seed_same_faults() -> None:
    def run(seed: int) -> list[bool]:
        faults = Faults("429=0.3", seed)
        return [faults.hits("429", "chat.update") is not None for _ in range(200)]

    assert run(1) == run(1) != run(2) and 30 < sum(run(1)) < 90


def test_ratelimited_and_server_error(serve: Serve) -> None:
    server = serve(faults="429@chat.postMessage=1x:30s,5xx=2x")
    client = client_of(server)
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel="C0BRAND", text="a")
    assert limited.value.response.headers["Retry-After"] == "30" and limited.value.response.status_code == 429
    for _ in range(2):
        with pytest.raises(SlackApiError) as broken:
            client.chat_postMessage(channel="C0BRAND", text="b")
        assert broken.value.response.status_code == 503
    client.chat_postMessage(channel="C0BRAND", text="c")
    assert [m["text"] for m in Page(server.url).messages()] == ["c"]


def test_dropped_connection_before_and_after(serve: Serve) -> None:
    server = serve(faults="drop=1x,drop_after=2x")
    client, page = client_of(server), Page(server.url)
    lost = (http.client.RemoteDisconnected, ConnectionError, URLError)
    client.retry_handlers.clear()
    with pytest.raises(lost):
        client.chat_postMessage(channel="C0BRAND", text="never posted")
    assert page.messages() == []
    with pytest.raises(lost):
        client.chat_postMessage(channel="C0BRAND", text="posted, but who knows")
    assert [m["text"] for m in page.messages()] == ["posted, but who knows"]


def test_slow_answer_waits_on_the_clock(serve: Serve, clock: ManualClock) -> None:
    server = serve(clock, faults="slow@chat.postMessage=1x:2s")
    done = threading.Event()

    def post() -> None:
        client_of(server).chat_postMessage(channel="C0BRAND", text="late")
        done.set()

    thread = threading.Thread(target=post)
    thread.start()
    assert clock.wait_for_sleepers(1, 60) and not done.is_set()
    clock.advance(2)
    assert done.wait(60)
    thread.join()


@pytest.mark.parametrize("transport", ["socket", "http"])
def test_duplicate_delivers_the_very_same_payload(serve: Serve, transport: str) -> None:
    bodies: list[str] = []

    def listen(app: Any) -> None:
        @app.action("label_0")
        def clicked(ack: Any, body: dict[str, Any]) -> None:
            ack()
            bodies.append(json.dumps(body, sort_keys=True))

    def click(server: WorkspaceServer) -> None:
        ts = client_of(server).chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
        assert Page(server.url).click(ts, "label_0")["acknowledged"]
        eventually(lambda: len(bodies) == 2)
        assert bodies[0] == bodies[1]

    if transport == "socket":
        server = serve(faults="duplicate")
        app = new_app(server)
        listen(app)
        with on_socket(app, server):
            click(server)
        return
    with http_door() as (url, place):
        server = serve(faults="duplicate", request_url=url)
        app = place["app"] = new_app(server)
        listen(app)
        click(server)


def test_expired_triggers_and_response_urls(serve: Serve) -> None:
    server = serve(faults="expire_triggers,expire_response_urls")
    triggers, hooks = server.workspace.triggers, server.workspace.hooks
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client_of(server).views_open(trigger_id=triggers.new("U0ANA"), view=modal())
    url = hooks.new("commands", "U0ANA", "C0BRAND")
    assert requests.post(url, json={"text": "x"}, timeout=60).json() == {"ok": False, "error": "expired_url"}


def test_response_urls_have_faults_too(serve: Serve) -> None:
    server = serve(faults="429@response_url=1x:7s,5xx@response_url=1x,drop@response_url=1x")
    url = server.workspace.hooks.new("commands", "U0ANA", "C0BRAND")
    with pytest.raises(requests.ConnectionError):
        requests.post(url, json={"text": "x"}, timeout=60)
    assert requests.post(url, json={"text": "x"}, timeout=60).status_code == 503
    limited = requests.post(url, json={"text": "x"}, timeout=60)
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "7")
    assert requests.post(url, json={"text": "x"}, timeout=60).text == "ok"


def test_faults_change_at_run_time(serve: Serve) -> None:
    server = serve()
    page = Page(server.url)
    assert page.control("faults", spec="5xx@auth.test=1x")["ok"]
    with pytest.raises(SlackApiError):
        client_of(server).auth_test()
    assert "unknown fault" in page.control("faults", spec="fire")["error"]
    assert page.control("faults", spec="")["spec"] == ""
    client_of(server).auth_test()


def test_builtin_client_reconnects_when_told_to(serve: Serve) -> None:
    server = serve(ack_seconds=3.0)
    app, page = new_app(server), Page(server.url)

    @app.action("label_0")
    def clicked(ack: Any) -> None:
        ack()

    ts = client_of(server).chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
    with on_socket(app, server):
        for reason in ("warning", "refresh_requested"):
            opened = len(server.log.all("apps.connections.open"))
            assert page.control("sockets", reason=reason)["told"] >= 1
            eventually(lambda opened=opened: len(server.log.all("apps.connections.open")) > opened)
            eventually(lambda: server.workspace.sockets.connections >= 1)
            eventually(lambda: page.click(ts, "label_0")["acknowledged"])


def test_several_connections_share_the_payloads(serve: Serve) -> None:
    server = serve()
    app, page = new_app(server), Page(server.url)
    clicks: list[str] = []

    @app.action("label_0")
    def clicked(ack: Any, body: dict[str, Any]) -> None:
        ack()
        clicks.append(body["actions"][0]["action_ts"])

    ts = client_of(server).chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
    with on_socket(app, server, connections=3) as handlers:
        received: list[set[str]] = [set() for _ in handlers]
        for handler, seen in zip(handlers, received, strict=True):
            handler.client.on_message_listeners.append(
                lambda text, seen=seen: seen.add(text) if '"interactive"' in text else None
            )
        for _ in range(9):
            assert page.click(ts, "label_0")["acknowledged"]
        assert len(set(clicks)) == len(clicks) == 9
        assert [len(seen) for seen in received] == [3, 3, 3]


def test_a_ticket_serves_once(serve: Serve) -> None:
    server = serve()
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg=="}
    answer = requests.get(server.url + "/link/?ticket=made-up", headers=upgrade | key, timeout=60)
    assert answer.status_code == 403 and server.workspace.sockets.connections == 0
