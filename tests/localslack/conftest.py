"""A workspace per test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from localslack_world import SHORTCUTS, Page, client_of
from slack_sdk import WebClient

from bot.localslack.clock import Clock, ManualClock
from bot.localslack.server import WorkspaceConfig, WorkspaceServer


@pytest.fixture
def serve() -> Iterator[Callable[..., WorkspaceServer]]:
    """Starts workspaces; stops them afterwards. Rates are off unless asked for, and a slow machine gets more than 3 s."""
    started: list[WorkspaceServer] = []

    def start(clock: Clock | None = None, **config: Any) -> WorkspaceServer:
        config = {"enforce_rates": False, "ack_seconds": 60.0, "shortcuts": SHORTCUTS, **config}
        started.append(WorkspaceServer(WorkspaceConfig(**config), clock).start())
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def clock() -> ManualClock:
    """Stands at the present, so that signatures are accepted."""
    return ManualClock(time.time())


@pytest.fixture
def slack(serve: Callable[..., WorkspaceServer]) -> WorkspaceServer:
    return serve()


@pytest.fixture
def client(slack: WorkspaceServer) -> WebClient:
    return client_of(slack)


@pytest.fixture
def page(slack: WorkspaceServer) -> Page:
    return Page(slack.url)
