"""`roundtable doctor`: each fault with what to do, and nothing left out in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from typer.testing import Result

from bot.localslack.config import WorkspaceConfig
from bot.localslack.server import WorkspaceServer
from bot.store.embedded import EmbeddedServer
from bot.store.keys import Keys

Invoke = Callable[..., Result]


def verdicts(result: Result) -> dict[str, bool | None]:
    """Check -> whether it is fine; None if it was left out."""
    marks = {"ok     ": True, "FAULT  ": False, "-      ": None}
    return {line[7:].split(":")[0]: marks[line[:7]] for line in result.stdout.splitlines() if line[:7] in marks}


@contextmanager
def configured(url: str, name: str, value: str) -> Iterator[None]:
    """The server with another setting for a while."""
    with redis.Redis.from_url(url, decode_responses=True) as client:
        before = client.config_get(name)[name]
        client.config_set(name, value)
        try:
            yield
        finally:
            client.config_set(name, before)


def test_without_any_token_redis_is_checked_and_slack_left_out(invoke: Invoke) -> None:
    result = invoke("doctor")
    found = verdicts(result)
    assert {"redis", "version", "appendonly", "appendfsync", "maxmemory-policy", "layout", "clock", "settings"} <= set(
        found
    )
    assert [name for name, fine in found.items() if not fine] == ["slack"]
    assert found["slack"] is None
    assert "left out: SLACK_BOT_TOKEN is not set" in result.stdout
    assert result.stdout.endswith("All is well.\n")


def test_with_the_embedded_server(
    invoke: Invoke, environment: pytest.MonkeyPatch, embedded_server: EmbeddedServer
) -> None:
    environment.delenv("REDIS_URL")
    environment.setenv("ROUNDTABLE_DATA_DIR", str(embedded_server.folder.parent))
    assert verdicts(invoke("doctor"))["redis"]


@pytest.mark.parametrize(("setting", "value"), [("maxmemory-policy", "allkeys-lru"), ("appendfsync", "everysec")])
def test_a_fault_of_redis_says_what_to_do(invoke: Invoke, redis_url: str, setting: str, value: str) -> None:
    with configured(redis_url, setting, value):
        result = invoke("doctor", code=1)
    assert [name for name, fine in verdicts(result).items() if fine is False] == [setting]
    assert f"Set `{setting} " in result.stdout
    assert "1 fault found." in result.stderr


def test_a_layout_that_is_not_known(invoke: Invoke, redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set(Keys()("schema"), 99)
    result = invoke("doctor", code=1)
    assert verdicts(result)["layout"] is False
    assert "All is well" not in result.stdout


def test_redis_out_of_reach(invoke: Invoke, environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("REDIS_URL", f"unix://{tmp_path}/none.sock")
    result = invoke("doctor", code=1)
    assert verdicts(result)["redis"] is False
    assert "REDIS_URL" in result.stdout


def test_wrong_settings_are_faults_too(invoke: Invoke, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_BOT_TOKEN", "xapp-topsecret")
    environment.setenv("ROUNDTABLE_PORT", "x")
    result = invoke("doctor", code=1)
    assert verdicts(result) == {"SLACK_BOT_TOKEN": False, "ROUNDTABLE_PORT": False, "redis, slack": None}
    assert "topsecret" not in result.output
    assert "left out" in result.stdout


@pytest.fixture
def workspace(environment: pytest.MonkeyPatch) -> Iterator[WorkspaceServer]:
    """A Slack that the settings point at, with an app that connects by Socket Mode."""
    config = WorkspaceConfig(port=0)
    with WorkspaceServer(config) as server:
        environment.setenv("SLACK_API_URL", server.api_url)
        environment.setenv("SLACK_BOT_TOKEN", config.bot_token)
        environment.setenv("SLACK_APP_TOKEN", config.app_token)
        environment.setenv("ROUNDTABLE_LEADS", "U0LEAD")
        yield server


def test_slack_too(invoke: Invoke, workspace: WorkspaceServer) -> None:
    invoke("project", "create", "Brand", "--channel", "#brand-safety", "--labels", "a,b")
    found = verdicts(invoke("doctor"))
    assert all(found.values())
    assert {"Slack bot token", "Slack scopes", "Slack app token", "channel of Brand", "lead U0LEAD"} <= set(found)


def test_faults_of_slack(invoke: Invoke, environment: pytest.MonkeyPatch, workspace: WorkspaceServer) -> None:
    invoke("project", "create", "Brand", "--channel", "C0BRAND", "--labels", "a,b")
    environment.setenv("ROUNDTABLE_LEADS", "U0NOBODY")
    environment.setenv("SLACK_APP_TOKEN", "xapp-wrong")
    result = invoke("doctor", code=1)
    wrong = {name for name, fine in verdicts(result).items() if fine is False}
    assert wrong == {"Slack app token", "lead U0NOBODY"}
    assert "xapp-wrong" not in result.output
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
    environment.delenv("SLACK_APP_TOKEN")
    result = invoke("doctor", code=1)
    wrong = {name for name, fine in verdicts(result).items() if fine is False}
    assert wrong == {"Slack bot token", "SLACK_APP_TOKEN, SLACK_SIGNING_SECRET"}
    assert "xoxb-wrong" not in result.output
