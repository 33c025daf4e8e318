"""Fixtures of the learner's tests."""

from __future__ import annotations

import pytest
from learner_worlds import World, make_world


@pytest.fixture(scope="session")
def binary() -> World:
    return make_world(["calm", "angry"], shares=[0.85, 0.15])


@pytest.fixture(scope="session")
def three() -> World:
    return make_world(["a", "b", "c"])
