"""Time: the 3 s rule, trigger_ids, response_urls, retries of events and rates. The clock is moved by hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from localslack_world import Page, client_of, eventually, http_door, item_blocks, modal, new_app, on_socket
from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.localslack.clock import ManualClock
from bot.localslack.rates import POST_BURST, TIER_1_BURST
from bot.localslack.server import WorkspaceServer

Serve = Callable[..., WorkspaceServer]


def error_of(call: Callable[..., Any], **more: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**more)
    return str(caught.value.response["error"])


def test_a_silent_app_is_given_up_after_three_seconds(serve: Serve, clock: ManualClock) -> None:
    server = serve(clock, ack_seconds=3.0)
    app, client, page = new_app(server), client_of(server), Page(server.url)
    ts = client.chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
    with on_socket(app, server), ThreadPoolExecutor(1) as pool:  # no listener: Bolt says nothing
        clicked = pool.submit(page.click, ts, "label_0")
        eventually(lambda: clock.sleeping() == [3.0])
        clock.advance(2.9)
        assert not clicked.done()
        clock.advance(0.2)
        assert clicked.result(60)["error"] == "timeout"


def test_without_the_app_a_click_fails_at_once(serve: Serve) -> None:
    server = serve()
    ts = client_of(server).chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
    outcome = Page(server.url).click(ts, "label_0")
    assert outcome["error"] == "no_connection" and not outcome["acknowledged"]
    unreachable = serve(request_url="http://127.0.0.1:9/slack/events")
    ts = client_of(unreachable).chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
    assert Page(unreachable.url).click(ts, "label_0")["error"] == "connection_failed"


def test_trigger_ids_live_three_seconds(serve: Serve, clock: ManualClock) -> None:
    server = serve(clock)
    client, triggers = client_of(server), server.workspace.triggers
    in_time, late = triggers.new("U0ANA"), triggers.new("U0ANA")
    clock.advance(2.9)
    assert client.views_open(trigger_id=in_time, view=modal())["ok"]
    clock.advance(0.2)
    assert error_of(client.views_open, trigger_id=late, view=modal()) == "expired_trigger_id"


def answer_to(url: str, **body: Any) -> tuple[int, str]:
    response = requests.post(url, json=body, timeout=60)
    return response.status_code, response.text if response.ok else response.json()["error"]


def test_response_urls_serve_five_times_in_half_an_hour(serve: Serve, clock: ManualClock) -> None:
    server = serve(clock)
    page, hooks = Page(server.url), server.workspace.hooks
    ts = client_of(server).chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
    url = hooks.new("actions", "U0ANA", "C0BRAND", ts=ts)
    for number in range(4):
        assert answer_to(url, text=str(number), replace_original=True) == (200, "ok")
    assert page.messages()[0]["text"] == "3"
    clock.advance(30 * 60 - 1)
    assert answer_to(url, text="for me") == (200, "ok")
    assert answer_to(url, text="once more") == (404, "used_url")
    fresh = hooks.new("actions", "U0ANA", "C0BRAND", ts=ts)
    clock.advance(30 * 60)
    assert answer_to(fresh, text="late") == (404, "expired_url")
    assert answer_to(fresh + "0", text="x") == (404, "not_found")
    assert [m["text"] for m in page.messages()] == ["3"]
    assert [e["message"]["text"] for e in page.state()["ephemerals"]] == ["for me"]


def test_response_url_refuses_what_slack_refuses(serve: Serve, clock: ManualClock) -> None:
    server = serve(clock)
    page, hooks, client = Page(server.url), server.workspace.hooks, client_of(server)
    ts = client.chat_postMessage(channel="C0BRAND", text="a")["ts"]
    url = hooks.new("actions", "U0ANA", "C0BRAND", ts=ts)
    assert answer_to(url, text="x", blocks=[{"type": "nonsense"}], replace_original=True) == (400, "invalid_blocks")
    assert answer_to(url) == (400, "no_text")
    assert answer_to(url, text="all", response_type="in_channel") == (200, "ok")
    assert answer_to(url, delete_original=True) == (200, "ok")
    assert [m["text"] for m in page.messages()] == ["all"]
    assert answer_to(url, text="gone", replace_original=True) == (400, "message_not_found")


def test_events_are_retried_at_once_after_a_minute_and_after_five(serve: Serve) -> None:
    clock = ManualClock(time.time() - 180)  # Bolt refuses what is 300 s away from its own clock
    with http_door() as (url, place):
        server = serve(clock, request_url=url)
        app = place["app"] = new_app(server)
        seen: list[tuple[str, str | None, str | None]] = []
        broken = threading.Event()
        broken.set()

        @app.middleware
        def fail(req: Any, next: Any, body: dict[str, Any]) -> Any:
            head = {name: values[0] for name, values in req.headers.items()}
            seen.append((body["event_id"], head.get("x-slack-retry-num"), head.get("x-slack-retry-reason")))
            return BoltResponse(status=500) if broken.is_set() else next()

        @app.event("app_home_opened")
        def opened() -> None:
            return

        event_id = Page(server.url).act("home/open")["event_id"]
        # Two answers first: the wait for an acknowledgement is a sleeper, too, and may last as long as the wait for the next try.
        eventually(lambda: len(server.log.all("event_callback")) == 2 and clock.sleeping() == [60.0])
        assert seen == [(event_id, None, None), (event_id, "1", "http_error")]
        clock.advance(59)
        assert clock.sleeping() == [1.0] and len(seen) == 2
        clock.advance(1)
        eventually(lambda: 300.0 in clock.sleeping())
        assert len(seen) == 3
        broken.clear()
        clock.advance(300)
        eventually(lambda: len(server.log.all("event_callback")) == 4)
        assert [number for _, number, _ in seen] == [None, "1", "2", "3"]
        assert [call.response["acknowledged"] for call in server.log.all("event_callback")] == [
            False,
            False,
            False,
            True,
        ]


def test_posts_are_limited_per_channel(serve: Serve, clock: ManualClock) -> None:
    client = client_of(serve(clock, enforce_rates=True))
    for number in range(POST_BURST):
        client.chat_postMessage(channel="C0BRAND", text=str(number))
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C0BRAND", text="too soon")
    response = caught.value.response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "1")
    client.chat_postMessage(channel="C0GENERAL", text="another channel")
    clock.advance(1)
    client.chat_postMessage(channel="C0BRAND", text="in time")


def test_tiers_are_per_minute(serve: Serve, clock: ManualClock) -> None:
    client = client_of(serve(clock, enforce_rates=True))
    for _ in range(20):
        client.users_list()
    with pytest.raises(SlackApiError) as caught:
        client.users_list()
    assert caught.value.response.headers["Retry-After"] == "3"
    clock.advance(3)
    client.users_list()
    assert error_of(client.users_list) == "ratelimited"


def test_rates_can_be_switched_off(serve: Serve, clock: ManualClock) -> None:
    server = serve(clock, enforce_rates=True)
    assert Page(server.url).control("rates", enforce=False)["enforce"] is False
    for number in range(3 * POST_BURST):
        client_of(server).chat_postMessage(channel="C0BRAND", text=str(number))


def test_an_app_may_open_all_its_connections_at_once(serve: Serve, clock: ManualClock) -> None:
    server = serve(clock, enforce_rates=True)
    client = client_of(server)

    def connect() -> object:
        return client.apps_connections_open(app_token=server.config.app_token)

    for _ in range(TIER_1_BURST):
        connect()
    assert error_of(connect) == "ratelimited"
    clock.advance(60)
    connect()
    assert error_of(connect) == "ratelimited"
