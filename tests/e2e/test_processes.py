"""`web` and `worker` when something outside them is wrong: the port, Slack, the tokens."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from e2e_data import items
from e2e_rig import ANA, Rig, free_port, until

from bot.localslack.server import WorkspaceConfig, WorkspaceServer

pytestmark = pytest.mark.e2e


def ended(rig: Rig, command: str, **environment: str) -> tuple[int, str]:
    """A command that ends by itself: its exit code and what it wrote to standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", command],
        env={**rig.environment(), **environment},
        cwd=rig.folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stderr


def methods(rig: Rig) -> list[str]:
    """Web API methods that were called, in order."""
    log = httpx.get(f"{rig.workspace.url}/control/log", trust_env=False).json()
    return [call["method"] for call in log["calls"]]


def test_a_taken_port_is_told_before_slack_hears_of_anything(make_rig: Callable[..., Rig]) -> None:
    rig = make_rig()
    with socket.create_server(("127.0.0.1", rig.web_port)):
        code, words = ended(rig, "web")
    assert code == 1
    assert words.count("\n") == 1, words
    assert "ROUNDTABLE_PORT" in words
    assert str(rig.web_port) in words
    assert methods(rig) == []


def test_port_0_takes_any_and_tells_which(make_rig: Callable[..., Rig]) -> None:
    rig = make_rig(ROUNDTABLE_PORT="0")
    rig.spawn("web")
    found = until(lambda: re.search(r"serving on (http://127\.0\.0\.1:(\d+))", rig.log_of("web")), "the address")
    assert found.group(2) != "0"
    until(lambda: httpx.get(f"{found.group(1)}/readyz", trust_env=False).status_code == 200, "web ready")
    assert rig.terminate("web") == 0


def test_web_waits_for_a_slack_that_is_out_of_reach(make_rig: Callable[..., Rig]) -> None:
    port = free_port()
    rig = make_rig(SLACK_API_URL=f"http://127.0.0.1:{port}/api/")
    rig.spawn("web")
    url = f"http://127.0.0.1:{rig.web_port}"

    def answer(path: str) -> Any:
        try:
            return httpx.get(url + path, trust_env=False)
        except httpx.TransportError:
            return None

    ready = until(lambda: answer("/readyz"), "web")
    assert ready.status_code == 503
    assert "Slack can't be reached" in ready.json()["missing"][0]
    assert answer("/healthz").status_code == 200
    with WorkspaceServer(WorkspaceConfig(port=port)):
        until(lambda: answer("/readyz").status_code == 200, "web connected")
        assert rig.terminate("web") == 0


@pytest.mark.parametrize(
    ("name", "value"), [("SLACK_APP_TOKEN", "xapp-wrong"), ("SLACK_BOT_TOKEN", "xoxb-wrong")], ids=["app", "bot"]
)
def test_a_wrong_token_ends_web_with_one_line(make_rig: Callable[..., Rig], name: str, value: str) -> None:
    code, words = ended(make_rig(), "web", **{name: value})
    assert code == 1
    lines = [line for line in words.splitlines() if line.startswith("roundtable:")]
    assert len(lines) == 1, words
    assert name in lines[0]
    assert "Traceback" not in words
    assert value not in words


def test_a_wrong_token_that_slack_tells_later_ends_web_too(make_rig: Callable[..., Rig]) -> None:
    port = free_port()
    rig = make_rig(SLACK_API_URL=f"http://127.0.0.1:{port}/api/", SLACK_APP_TOKEN="xapp-wrong")
    rig.spawn("web")
    until(lambda: "the next try is in" in rig.log_of("web"), "the first try")
    with WorkspaceServer(WorkspaceConfig(port=port)):
        assert rig.wait("web") == 1
    last = rig.log_of("web").splitlines()[-1]
    assert last.startswith("roundtable: Slack refuses SLACK_APP_TOKEN (invalid_auth)")
    assert "Traceback" not in rig.log_of("web")


def test_debug_shows_neither_requests_nor_secrets(make_rig: Callable[..., Rig]) -> None:
    rig = make_rig(ROUNDTABLE_LOG_LEVEL="DEBUG")
    project = rig.project(items(70, seeds=20), batch_size=4, audit_per_round=1, max_rounds=1)
    rig.start("worker", "web")
    query = rig.wait_items(project, 1, 4)[0]
    assert rig.press(ANA, query, "label_0").acknowledged
    until(lambda: rig.message(f"query:{query}") and ANA in str(rig.message(f"query:{query}")), "the click's answer")
    assert (rig.terminate("web"), rig.terminate("worker")) == (0, 0)
    for name in ("web", "worker"):
        written = rig.log_of(name)
        for secret in (rig.workspace.config.bot_token, rig.workspace.config.app_token, "response_url", "/actions/"):
            assert secret not in written, name
        assert " DEBUG slack_sdk" not in written, name
        assert '"blocks"' not in written, name
