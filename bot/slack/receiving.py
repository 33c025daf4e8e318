"""The receiving half, put together for `web`: Bolt, the sender of answers, and HTTP or Socket Mode."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from pydantic import SecretStr

from bot.domain import RoundtableError
from bot.services.ports import Clock, Store
from bot.slack import directory
from bot.slack.app import build_app
from bot.slack.connecting import Connecting
from bot.slack.errors import RefusedError, SlackError
from bot.slack.gateway import TIMEOUT, SlackGateway
from bot.slack.http import SlackEndpoint
from bot.slack.responder import Responder
from bot.slack.socket import SocketConnection

log = logging.getLogger("roundtable.web")


class ReceivingSettings(Protocol):
    """The settings that receiving needs."""

    @property
    def slack_bot_token(self) -> SecretStr | None: ...
    @property
    def slack_app_token(self) -> SecretStr | None: ...
    @property
    def slack_signing_secret(self) -> SecretStr | None: ...
    @property
    def slack_api_url(self) -> str: ...
    @property
    def listener_threads(self) -> int: ...
    @property
    def leads(self) -> tuple[str, ...]: ...


class ReceivingParts(Protocol):
    """The parts of the container that receiving needs."""

    @property
    def store(self) -> Store: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def settings(self) -> ReceivingSettings: ...


class Receiver:
    """Everything between Slack's requests and the use cases."""

    def __init__(self, parts: ReceivingParts) -> None:
        settings = parts.settings
        token = _plain(settings.slack_bot_token)
        if token is None:
            raise RoundtableError("SLACK_BOT_TOKEN is not set: Slack can't be answered.")
        self._store = parts.store
        self._gateway = SlackGateway(token, settings.slack_api_url, timeout=TIMEOUT)
        self._executor = ThreadPoolExecutor(settings.listener_threads, thread_name_prefix="listeners")
        # Of their own, as some of the listeners' wait for what these find out.
        self._asking = ThreadPoolExecutor(settings.listener_threads, thread_name_prefix="directory")
        self.responder = Responder(parts.store)
        secret, app_token = _plain(settings.slack_signing_secret), _plain(settings.slack_app_token)
        asked = SlackGateway(token, settings.slack_api_url, timeout=directory.TIMEOUT)
        self.bolt = build_app(
            store=parts.store,
            clock=parts.clock,
            gateway=self._gateway,
            token=token,
            signing_secret=secret,
            api_url=settings.slack_api_url,
            responder=self.responder,
            executor=self._executor,
            leads=frozenset(settings.leads),
            directory=directory.SlackDirectory(asked, parts.clock, self._asking),
        )
        threads = settings.listener_threads
        self._socket = (
            SocketConnection(self.bolt, app_token, api_url=settings.slack_api_url, threads=threads)
            if app_token
            else None
        )
        socket = self._socket
        self._connecting = Connecting(lambda: self._connect(socket)) if socket is not None else None
        self._stopped = False
        # None in Socket Mode: nothing of Slack's comes over HTTP.
        self.endpoint = SlackEndpoint(self.bolt, secret, parts.clock, threads) if secret and not app_token else None

    def start(self, refused: Callable[[], None] = lambda: None) -> None:
        """Checks the bot token and connects, in Socket Mode; while Slack is out of reach, goes on trying.

        Raises RoundtableError if Slack refuses a token. If it does so later, `refused` is called, and `check` raises.
        """
        if self._connecting is not None:
            self._connecting.start(refused)
            return
        try:
            self._check_token()
        except SlackError as error:
            log.warning("Slack can't be reached now (%s); starting all the same", error)

    def check(self) -> None:
        """Raises RoundtableError if Slack refused a token after the start."""
        if self._connecting is not None and self._connecting.refusal is not None:
            raise self._connecting.refusal

    def _connect(self, socket: SocketConnection) -> None:
        self._check_token()
        socket.connect()

    def _check_token(self) -> None:
        try:
            self._gateway.whoami()
        except RefusedError as error:
            raise RoundtableError(f"Slack refuses SLACK_BOT_TOKEN: {error}.") from error

    def stop(self) -> None:
        """Finishes acknowledgements first, then answers, then what runs in the background. A second call does nothing."""
        if self._stopped:
            return
        self._stopped = True
        if self._connecting is not None:
            self._connecting.stop()
        if self._socket is not None:
            self._socket.stop()
        self.responder.stop()
        for threads in (self._executor, self._asking):
            threads.shutdown(wait=True, cancel_futures=True)

    def missing(self) -> list[str]:
        """What keeps this process from serving; empty: ready. Raises StoreUnavailableError."""
        self._store.ping()
        if self._socket is not None and not self._socket.connected():
            trouble = self._connecting.trouble if self._connecting is not None else ""
            return [f"not connected to Slack: {trouble}" if trouble else "not connected to Slack"]
        return []


def _plain(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret is not None else None
