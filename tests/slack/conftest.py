"""Fixtures of the Slack tests."""

from __future__ import annotations

from collections.abc import Iterator

import anyio.from_thread
import pytest
import responses
from http_world import Web
from slack_world import SECRET, Bench, bench

from bot.api.http import build_http
from bot.services.ports import Store
from bot.slack.http import PATH, SlackEndpoint


@pytest.fixture
def hooks() -> Iterator[responses.RequestsMock]:
    """What is sent to response URLs; an address that was not set up is a failure."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def desk(store: Store, hooks: responses.RequestsMock) -> Iterator[Bench]:
    """A Bolt app on the real store; `hooks` outlives its sender threads."""
    made = bench(store)
    yield made
    made.close()


@pytest.fixture
def portal() -> Iterator[anyio.from_thread.BlockingPortal]:
    with anyio.from_thread.start_blocking_portal() as portal:
        yield portal


@pytest.fixture
def web(desk: Bench, store: Store, portal: anyio.from_thread.BlockingPortal) -> Web:
    def ready() -> list[str]:
        store.ping()
        return []

    endpoint = SlackEndpoint(desk.app, SECRET, desk.clock, 4)
    return Web(build_http(ready=ready, posts={PATH: endpoint.answer}, stop=lambda: None), portal)
