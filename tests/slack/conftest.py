"""Fixtures of the Slack tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import responses
from slack_world import Bench, bench

from bot.services.ports import Store


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
