"""Shared fixtures: a real server of our own, an empty store on it for each test, and a clock that stands still.

Nothing here ever touches a server that it did not start itself.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis

from bot.services.clock import ManualClock
from bot.services.ports import Store
from bot.store import connect
from bot.store.embedded import EmbeddedServer

# Test processes share the cores: linear algebra with a thread for each core in each of them would mostly wait for itself.
# Read when numpy is first imported, here and in the processes that tests start.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[EmbeddedServer]:
    """The embedded server on a socket in a folder of this test process (so of each xdist worker)."""
    # Not below pytest's own folders: their names are too long for a Unix socket.
    with tempfile.TemporaryDirectory(prefix="rt-test-") as folder:
        server = EmbeddedServer(Path(folder))
        server.enter()
        try:
            yield server
        finally:
            server.leave()


@pytest.fixture
def redis_url(embedded_server: EmbeddedServer) -> str:
    """Address of an empty database on the server that this test process started."""
    url = f"unix://{embedded_server.socket_path}?db=0"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture
def store(redis_url: str, tmp_path: Path) -> Iterator[Store]:
    """An empty store on a real server."""
    store = connect(redis_url, data_dir=tmp_path)
    yield store
    store.close()


@pytest.fixture
def clock() -> ManualClock:
    """A Monday morning that stands still until it is moved."""
    return ManualClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
