"""Chromium for the browser tests. Where there is none they are left out, and the end of the run says so."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from browser_kit import CHROMIUM_ARGS, Room, chromium, room
from playwright.sync_api import Browser, sync_playwright

MISSING = "No Chromium was found on the PATH: the browser tests were LEFT OUT (Debian: apt-get install chromium)."


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks this folder's tests; leaves them out where there is no browser."""
    mine = [item for item in items if "browser" in item.path.parts]
    for item in mine:
        item.add_marker("browser")
        if chromium() is None:
            item.add_marker(pytest.mark.skip(reason=MISSING))
    if mine and chromium() is None:
        # Parallel runs do not load this file in the process that prints the summary; warnings reach it all the same.
        warnings.warn(MISSING, stacklevel=1)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The last thing that a run without a browser says."""
    if chromium() is None:
        terminalreporter.section("browser tests left out", sep="!", red=True, bold=True)
        terminalreporter.line(MISSING)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium per file: Playwright keeps an event loop running in this thread as long as it is open."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGS)
        yield opened
        opened.close()


@pytest.fixture
def place(browser: Browser) -> Iterator[Room]:
    """A workspace of this test's own."""
    with room(browser) as made:
        yield made
