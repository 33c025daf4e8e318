"""Socket Mode against the local workspace: how the connection ends."""

from __future__ import annotations

import threading
import time

import pytest
from queue_kit import bot_in
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_world import until

from bot.localslack.server import WorkspaceConfig, WorkspaceServer
from bot.services.ports import Store


def test_the_end_does_not_wait_for_a_read_under_way(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    before = threading.active_count()
    with WorkspaceServer(WorkspaceConfig()) as server:
        with bot_in(server, store) as receiver:
            socket = receiver._socket
            assert socket is not None and receiver.missing() == []
            # The SDK reads for three seconds at a time; with this the test is not one of how fast the machine is. It holds from
            # the next read on, so one is brought to its end.
            session = socket.client.current_session
            session.sock.settimeout(120)
            session.ping(f"{session.session_id}:17.0")
            until(lambda: session.last_ping_pong_time == 17.0)
            asked = time.monotonic()
        assert time.monotonic() - asked < 10  # the workspace sends a ping every twenty
        assert not socket.connected()
        assert receiver.missing() == ["not connected to Slack"]
    assert threading.active_count() <= before
    assert [record.message for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


def test_a_limited_connection_is_waited_for_while_the_health_is_served(store: Store) -> None:
    with WorkspaceServer(WorkspaceConfig(enforce_rates=True)) as server:
        client = WebClient(base_url=server.api_url)
        with pytest.raises(SlackApiError) as refused:
            while True:
                client.apps_connections_open(app_token=server.config.app_token)
        assert int(refused.value.response.headers["Retry-After"]) > 5
        asked = time.monotonic()
        with bot_in(server, store) as receiver:
            assert time.monotonic() - asked < 5, (
                "the SDK by itself would sleep for as long as Slack says, and say nothing"
            )
            (missing,) = receiver.missing()
            assert "not connected to Slack" in missing and "rate" in missing
