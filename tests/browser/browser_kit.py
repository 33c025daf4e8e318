"""What the browser tests share: a real workspace, a small app in it, and Chromium looking at its page."""

from __future__ import annotations

import queue
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.localslack.config import Command, Shortcut
from bot.localslack.server import WorkspaceConfig, WorkspaceServer

Json = dict[str, Any]

CHANNEL = "C0BRAND"
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
SHORTCUTS = (Shortcut("Correct this prediction", "correct", "message"), Shortcut("Open my queue", "queue", "global"))


def chromium() -> str | None:
    """Path of a Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


@dataclass
class Room:
    """A workspace with one app in it and pages that look at it."""

    server: WorkspaceServer
    browser: Browser
    app: App
    contexts: list[BrowserContext] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def client(self) -> WebClient:
        """The app's Web API client."""
        return self.app.client

    def post(self, text: str = "hello", **more: Any) -> str:
        """Posts as the app; the message's ts."""
        return str(self.client.chat_postMessage(**{"channel": CHANNEL, "text": text, **more})["ts"])

    def open(self, person: str = "U0ANA", path: str = "/", **context: Any) -> Page:
        """A page of its own, live. Errors in its console end up in `trouble`, every address it asked for in `asked`."""
        made = self.browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **context})
        self.contexts.append(made)
        page = made.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda line: self.trouble.append(line.text) if line.type == "error" else None)
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(f"{self.server.url}{path}{'&' if '?' in path else '?'}as={person}")
        page.locator(f"body[data-live={person}]").wait_for()
        return page


class Seen:
    """What the app was sent, to be waited for from the test's thread."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Any] = queue.Queue()

    def put(self, value: Any) -> None:
        """From a listener."""
        self._queue.put(value)

    def next(self) -> Any:
        """The next one; fails after five seconds."""
        return self._queue.get(timeout=5)

    @property
    def empty(self) -> bool:
        """Nothing came (yet)."""
        return self._queue.empty()


def config(**changes: Any) -> WorkspaceConfig:
    """A workspace for tests: no rates, one command, two shortcuts."""
    command = Command("/roundtable", "Rounds of labelling", "status | help")
    return WorkspaceConfig(**{"enforce_rates": False, "commands": (command,), "shortcuts": SHORTCUTS, **changes})


@contextmanager
def room(browser: Browser, settings: WorkspaceConfig | None = None) -> Iterator[Room]:
    """A room for one test; at its end no page may have had an error."""
    with WorkspaceServer(settings or config()) as server:
        client = WebClient("xoxb-local-roundtable", base_url=server.api_url)
        made = Room(server, browser, App(client=client, token_verification_enabled=False))
        try:
            yield made
        finally:
            for context in made.contexts:
                context.close()
    assert not made.trouble, made.trouble


@contextmanager
def listening(made: Room) -> Iterator[None]:
    """The app is connected by Socket Mode. Register its listeners before."""
    handler = SocketModeHandler(made.app, "xapp-local-roundtable", web_client=WebClient(base_url=made.server.api_url))
    ready = threading.Event()
    handler.client.message_listeners.append(lambda *_: ready.set())
    handler.connect()
    try:
        assert ready.wait(5), "the app did not connect"
        yield
    finally:
        # Its reader sits in a socket read with a timeout of seconds; no test need wait for that.
        threading.Thread(target=handler.close, daemon=True).start()


def last_message(page: Page, text: str) -> Locator:
    """The newest message of the channel's list that contains `text`."""
    return page.locator("#messages .message").filter(has_text=text).last


def button(text: str, action: str, **more: Any) -> Json:
    """A Block Kit button."""
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action, "value": text, **more}


def options(*names: str) -> list[Json]:
    """Options of a menu."""
    return [{"text": {"type": "plain_text", "text": name}, "value": name} for name in names]


def item(text: str = "an item", *labels: str, **more: Any) -> list[Json]:
    """An item's blocks: the text as it is, label buttons, an overflow."""
    buttons = [button(label, f"label_{i}") for i, label in enumerate(labels or ("negative", "other"))]
    menu = {"type": "overflow", "action_id": "more", "options": options("Read all", "Undo")}
    part = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [
        {"type": "rich_text", "block_id": "text", "elements": [part]},
        {"type": "actions", "block_id": "answer", "elements": [*buttons, button("Skip", "skip"), menu], **more},
    ]


def section(text: str, kind: str = "mrkdwn", **more: Any) -> Json:
    """A section block."""
    return {"type": "section", "text": {"type": kind, "text": text}, **more}


def fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.scroller, .home, .dialog-body, .pane-head')]
            .filter((node) => node.offsetParent && node.scrollWidth > node.clientWidth + 1).map((node) => node.id || node.className)"""
    )
    assert wide == []
