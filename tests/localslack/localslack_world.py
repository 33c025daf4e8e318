"""People who act in a workspace, unmodified Bolt apps on both transports, and what they send."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.localslack.server import Shortcut, WorkspaceServer

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-local-roundtable", "xapp-local-roundtable", "local-signing-secret"
SHORTCUTS = (Shortcut("Correct this", "correct"), Shortcut("Open the queue", "queue", "global"))


def eventually(condition: Callable[[], Any], timeout: float = 60.0) -> Any:
    """What `condition` returns once it is true."""
    deadline = time.monotonic() + timeout
    pause = threading.Event()
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come true in time"
        pause.wait(0.01)
    return found


class Page:
    """Does what the page does, over the same API."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=90, trust_env=False)

    def state(self, user: str = "U0ANA") -> dict[str, Any]:
        return self.http.get("/ui/state", params={"as": user}).json()

    def messages(self, channel: str = "C0BRAND", user: str = "U0ANA") -> list[dict[str, Any]]:
        return next(c["messages"] for c in self.state(user)["channels"] if c["id"] == channel)

    def act(self, path: str, user: str = "U0ANA", **body: Any) -> dict[str, Any]:
        return self.http.post(f"/ui/{path}", json={"as": user, **body}).json()

    def click(
        self,
        ts: str,
        action_id: str,
        block_id: str = "answer",
        user: str = "U0ANA",
        channel: str = "C0BRAND",
        **more: Any,
    ) -> dict[str, Any]:
        at = {"type": "message", "channel": channel, "ts": ts}
        return self.act("action", user, container=at, block_id=block_id, action_id=action_id, **more)

    def control(self, path: str, **body: Any) -> dict[str, Any]:
        return self.http.post(f"/control/{path}", json=body).json()

    def log(self, method: str | None = None) -> list[dict[str, Any]]:
        return self.http.get("/control/log", params={"method": method} if method else {}).json()["calls"]


def client_of(server: WorkspaceServer, token: str = BOT_TOKEN) -> WebClient:
    return WebClient(token, base_url=server.api_url, timeout=60)


def new_app(server: WorkspaceServer) -> App:
    return App(client=client_of(server), signing_secret=SECRET)


@contextmanager
def on_socket(app: App, server: WorkspaceServer, connections: int = 1) -> Iterator[list[SocketModeHandler]]:
    """The app on Socket Mode with slack_sdk's builtin client."""
    handlers = [SocketModeHandler(app, APP_TOKEN, ping_interval=0.2) for _ in range(connections)]
    for handler in handlers:
        handler.connect()
    eventually(lambda: server.workspace.sockets.connections == connections)
    try:
        yield handlers
    finally:
        # The builtin client holds its lock while it reads (3 s) and looks at its queue once a second: wake both.
        for handler in handlers:
            handler.client.auto_reconnect_enabled = False
        server.stop()
        for handler in handlers:
            handler.client.closed = True
            handler.client.message_queue.put(None)
            handler.close()


@contextmanager
def http_door() -> Iterator[tuple[str, dict[str, App]]]:
    """An address for signed HTTP, and where to put the app once it exists."""
    place: dict[str, App] = {}

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = place["app"].dispatch(BoltRequest(body=body, headers=headers))
            content = answer.body.encode()
            self.send_response(answer.status)
            for name, values in answer.headers.items():
                for value in values:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/slack/events", place
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def button(
    action_id: str = "label_0", value: str = '{"q":"p:1:0","l":"negative"}', text: str = "negative"
) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "value": value, "text": {"type": "plain_text", "text": text}}


def item_blocks() -> list[dict[str, Any]]:
    option = {"text": {"type": "plain_text", "text": "Undo"}, "value": "undo"}
    return [
        {"type": "section", "block_id": "text", "text": {"type": "plain_text", "text": "A tweet", "emoji": False}},
        {
            "type": "actions",
            "block_id": "answer",
            "elements": [
                button(),
                button("skip", "{}", "Skip"),
                {"type": "overflow", "action_id": "more", "options": [option, {**option, "value": "text"}]},
            ],
        },
    ]


def modal(**more: Any) -> dict[str, Any]:
    field = {"type": "plain_text_input", "action_id": "why", "max_length": 20}
    return {
        "type": "modal",
        "callback_id": "reason",
        "title": {"type": "plain_text", "text": "Why"},
        "submit": {"type": "plain_text", "text": "Send"},
        "private_metadata": "kept",
        "blocks": [
            {"type": "input", "block_id": "why", "label": {"type": "plain_text", "text": "Why"}, "element": field},
            {"type": "actions", "block_id": "act", "elements": [button("again")]},
        ],
        **more,
    }


def refusal(call: Callable[..., Any], *args: Any, **more: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(*args, **more)
    return dict(caught.value.response.data)


def code(call: Callable[..., Any], *args: Any, **more: Any) -> str:
    return str(refusal(call, *args, **more)["error"])
