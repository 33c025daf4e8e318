"""Socket Mode with the builtin client: as many workers as listeners, health, and an end that finishes what it began."""

from __future__ import annotations

import contextlib
import http.client
import logging
import threading
from socket import SHUT_RDWR
from typing import Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.domain import RoundtableError
from bot.slack import shapes
from bot.slack.errors import RefusedError, UncertainError, translate
from bot.slack.gateway import TIMEOUT

log = logging.getLogger("roundtable.socket")

BUFFER: Final = 16 * 1024  # bytes read at once; the default of 1,024 takes several reads per click
DRAIN_SECONDS: Final = 3.0  # Slack waits no longer for an acknowledgement


class SocketConnection(SocketModeHandler):
    """Counts the requests under way, so that the connection is closed when none is."""

    def __init__(self, app: App, app_token: str, *, api_url: str, threads: int) -> None:
        logger = logging.getLogger("roundtable.socketmode")
        logger.setLevel(logging.CRITICAL)  # a failed start is told by `connect`, in one sentence
        super().__init__(
            app,
            app_token,
            logger=logger,
            web_client=WebClient(token=app_token, base_url=api_url, timeout=TIMEOUT),
            receive_buffer_size=BUFFER,
            concurrency=threads,
        )
        self._under_way = 0
        self._idle = threading.Condition()

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """One envelope: dispatched and acknowledged."""
        with self._idle:
            self._under_way += 1
        try:
            if _right(req):
                super().handle(client, req)
        finally:
            with self._idle:
                self._under_way -= 1
                self._idle.notify_all()

    def connect(self) -> None:
        """Connects. Raises RoundtableError if Slack refuses the app token, another SlackError if it may be tried again."""
        try:
            # Asked for here: the client by itself would sleep, without a word, for as long as Slack's limit wants.
            self.client.wss_uri = self.client.web_client.apps_connections_open(app_token=self.client.app_token)["url"]
            self.client.connect()
        except SlackApiError as error:
            reason = translate(error)
            if not isinstance(reason, RefusedError):
                raise reason from error
            raise RoundtableError(
                f"Slack refuses SLACK_APP_TOKEN ({reason.code}); "
                "make one with the scope connections:write under Basic Information, App-Level Tokens."
            ) from error
        except (SlackClientError, OSError, http.client.HTTPException) as error:
            raise UncertainError(type(error).__name__) from error
        self.client.logger.setLevel(logging.WARNING)
        log.info("connected to Slack")

    def connected(self) -> bool:
        """Whether Slack can reach this process now."""
        return bool(self.client.is_connected())

    def stop(self) -> None:
        """Waits until no request is under way, at most DRAIN_SECONDS, then closes the connection."""
        with self._idle:
            self._idle.wait_for(lambda: self._under_way == 0, DRAIN_SECONDS)
        self._wake()
        self.client.close()

    def _wake(self) -> None:
        """Ends the waiting of the client's threads, for which its own end would wait: a read of up to 3 s, a queue of up to 1 s."""
        self.client.logger.setLevel(logging.CRITICAL)  # a reader that ends so is no fault
        self.client.closed = True
        self.client.auto_reconnect_enabled = False
        self.client.message_queue.put(None)
        self.client.current_session_runner.event.set()
        self.client.current_session_state.terminated = True
        session = self.client.current_session
        connection = session.sock if session is not None else None
        if connection is not None:
            with contextlib.suppress(OSError):  # gone already
                connection.shutdown(SHUT_RDWR)


def _right(req: SocketModeRequest) -> bool:
    try:
        shapes.check(req.payload)
    except ValueError:
        log.warning("a request that is not shaped as Slack's was passed over")
        return False
    return True
