"""Fixtures of the store's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from store_world import World

from bot.services.ports import Store
from bot.store import connect
from bot.store.embedded import EmbeddedServer


@pytest.fixture
def world(store: Store) -> World:
    """Ten items, nothing labelled; round 1 not opened yet."""
    return World(store).create()


@pytest.fixture(scope="session")
def session_store(embedded_server: EmbeddedServer) -> Iterator[Store]:
    """A store for property tests, whose examples share one database, apart from that of `store`."""
    store = connect(f"unix://{embedded_server.socket_path}?db=1", data_dir=embedded_server.folder)
    yield store
    store.close()
