"""Socket Mode with the builtin client: as many workers as listeners, health, and an end that finishes what it began."""

from __future__ import annotations

import http.client
import logging
import threading
from typing import Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.domain import RoundtableError
from bot.slack.gateway import TIMEOUT, RefusedError, UncertainError, translate

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
            super().handle(client, req)
        finally:
            with self._idle:
                self._under_way -= 1
                self._idle.notify_all()

    def connect(self) -> None:
        """Connects. Raises RoundtableError if Slack refuses the app token, another SlackError if it may be tried again."""
        try:
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
        self.client.close()
