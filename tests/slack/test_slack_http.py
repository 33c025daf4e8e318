"""The web app: signature before anything is parsed, replays, health."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import anyio.from_thread
import pytest
import responses
from http_world import Web
from slack_world import RESPONSE_URL, Bench, click, command, form, open_round, signed

from bot.api.http import build_http
from bot.domain import StoreUnavailableError
from bot.services.ports import Store
from bot.slack.http import MAX_BODY, PATH


def test_a_signed_click_is_stored_and_acknowledged(web: Web, store: Store, hooks: responses.RequestsMock) -> None:
    (query,) = open_round(store, ["a"])
    hooks.post(RESPONSE_URL, body="ok")
    body, headers = signed(form(click("label_0", {"q": query, "l": "negative"})))
    answer = web.post(PATH, content=body, headers=headers)
    assert (answer.status_code, answer.text) == (200, "")
    assert len(list(store.votes.log("brand"))) == 1


def test_a_command_is_answered_in_the_body(web: Web, store: Store) -> None:
    open_round(store, ["a"])
    body, headers = signed(command("status"))
    answer = web.post(PATH, content=body, headers=headers)
    assert "Round 1 is open" in answer.json()["text"]
    assert web.post(PATH, content=body, headers=headers).status_code == 401, "a replay"


@pytest.mark.parametrize("timestamp", ["soon", "", "1e9", "-1", "٣", "9" * 40, "0"])
def test_a_timestamp_that_is_none_or_old_is_refused(web: Web, timestamp: str) -> None:
    body, headers = signed(command("help"))
    answer = web.post(PATH, content=body, headers={**headers, "x-slack-request-timestamp": timestamp.encode()})
    assert answer.status_code == 401
    assert "Traceback" not in answer.text


def test_a_valid_signature_of_six_minutes_ago_is_refused(web: Web, desk: Bench) -> None:
    old = str(int(desk.clock.now().timestamp()) - 360)
    body, headers = signed(command("help"), timestamp=old)
    assert web.post(PATH, content=body, headers=headers).status_code == 401


def test_unsigned_rubbish_never_reaches_a_parser(web: Web) -> None:
    for body in (b"{", b"payload=%7B", b"\xff\xfe", b""):
        assert web.post(PATH, content=body, headers={"content-type": "application/json"}).status_code == 401
    assert web.post(PATH, content=b"x" * (MAX_BODY + 1)).status_code == 413
    body, headers = signed("{not json", content_type="application/json")
    assert web.post(PATH, content=body, headers=headers).status_code == 400


@pytest.mark.parametrize("text", ["[]", '"x"', "3", "null", '[{"type": "block_actions"}]'])
def test_signed_json_that_is_no_object_is_refused_in_words(
    web: Web, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    bodies = [
        signed(text, content_type="application/json"),
        signed(text, content_type="application/json; charset=utf-8"),
    ]
    bodies += [signed(urlencode({"payload": text})), signed(urlencode({"payload": text, "more": "1"}))]
    for body, headers in bodies:
        answer = web.post(PATH, content=body, headers=headers)
        assert (answer.status_code, answer.json()) == (400, {"error": "invalid request"})
    assert "Traceback" not in caplog.text


def test_url_verification_is_answered(web: Web) -> None:
    body, headers = signed(json.dumps({"type": "url_verification", "challenge": "c1"}), content_type="application/json")
    assert web.post(PATH, content=body, headers=headers).json() == {"challenge": "c1"}


def test_health_and_readiness(web: Web, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert web.get("/healthz").json() == {"ok": True}
    assert web.get("/readyz").status_code == 200

    def away() -> None:
        raise StoreUnavailableError("Redis can't be reached")

    monkeypatch.setattr(store, "ping", away)
    answer = web.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["Redis can't be reached"])
    assert web.get("/healthz").status_code == 200


def test_nothing_else_is_served(web: Web) -> None:
    for path in ("/docs", "/openapi.json", "/slack/install", "/"):
        assert web.get(path).status_code == 404
    assert web.get(PATH).status_code == 405


def test_in_socket_mode_only_health_is_served_and_the_end_is_told(portal: anyio.from_thread.BlockingPortal) -> None:
    seen: list[str] = []
    app = build_http(
        ready=lambda: ["not connected to Slack"],
        posts={},
        stop=lambda: seen.append("stop"),
    )
    with portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        web = Web(app, portal)
        assert web.get("/readyz").status_code == 503
        assert web.post(PATH).status_code == 404, "Socket Mode takes nothing over HTTP"
        assert seen == []
    assert seen == ["stop"]
