"""The workspace as a server in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import socket
import threading
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.routing import BaseRoute
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.localslack.calls import CallLog
from bot.localslack.clock import Clock, SystemClock
from bot.localslack.config import (
    ALL_SCOPES,
    DEFAULT_CHANNELS,
    DEFAULT_PEOPLE,
    ChannelSpec,
    Command,
    Person,
    Shortcut,
    Team,
    UserGroup,
    WorkspaceConfig,
)
from bot.localslack.control import Control
from bot.localslack.faults import Faults
from bot.localslack.faults import parse as parse_faults
from bot.localslack.state import State
from bot.localslack.surface import Surface
from bot.localslack.ui import Ui
from bot.localslack.workspace import Workspace

__all__ = [
    "ALL_SCOPES",
    "DEFAULT_CHANNELS",
    "DEFAULT_PEOPLE",
    "ChannelSpec",
    "Command",
    "Person",
    "Shortcut",
    "Team",
    "UserGroup",
    "WorkspaceConfig",
    "WorkspaceServer",
]
_START_SECONDS = 10.0
_STOP_SECONDS = 10.0

logger = logging.getLogger(__name__)


class _Protocol(HttpToolsProtocol):
    """uvicorn's protocol, with a way to cut a connection (the fault `drop`)."""

    open_transports: dict[tuple[str, int], asyncio.Transport]  # by the client's address; set by a subclass per server

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.open_transports[transport.get_extra_info("peername")[:2]] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.open_transports.pop(self.transport.get_extra_info("peername")[:2], None)
        super().connection_lost(exc)


class WorkspaceServer:
    """Starts and stops the workspace; usable as a context manager. `clock`: what expiry, pacing and retries go by.

    Raises ValueError for a wrong fault spec."""

    def __init__(self, config: WorkspaceConfig | None = None, clock: Clock | None = None) -> None:
        self.config = config or WorkspaceConfig()
        self._clock = clock or SystemClock()
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._uvicorn: uvicorn.Server | None = None
        self._socket: socket.socket | None = None
        self._workspace: Workspace | None = None
        self._failure: BaseException | None = None
        self._transports: dict[tuple[str, int], asyncio.Transport] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        parse_faults(self.config.faults)

    # --- life

    def start(self) -> WorkspaceServer:
        """Serves from a thread; returns when it does. Raises OSError if the port is taken."""
        self._socket = socket.create_server((self.config.host, self.config.port), backlog=2048)
        self._workspace = Workspace(self.config, self._clock, self.url)
        protocol = type("Protocol", (_Protocol,), {"open_transports": self._transports})
        self._uvicorn = uvicorn.Server(
            uvicorn.Config(
                self._application(self._workspace),
                http=protocol,
                ws="websockets-sansio",
                lifespan="on",
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=2,
            )
        )
        self._thread = threading.Thread(target=self._run, name="localslack", daemon=True)
        self._thread.start()
        if not self._ready.wait(_START_SECONDS) or self._failure is not None:
            raise RuntimeError("the local workspace did not start") from self._failure
        return self

    def stop(self) -> None:
        """Ends streams and connections, then the thread."""
        if self._loop is not None and self._thread is not None and self.running:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(_STOP_SECONDS)
        if self._socket is not None:
            self._socket.close()

    def __enter__(self) -> WorkspaceServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # --- what others read

    @property
    def running(self) -> bool:
        """Whether its thread lives."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def port(self) -> int:
        """The port it listens on."""
        if self._socket is None:
            raise RuntimeError("the local workspace is not started")
        return int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        """The page's address, without a slash at its end."""
        return f"http://{self.config.host}:{self.port}"

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is to be."""
        return f"{self.url}/api/"

    @property
    def workspace(self) -> Workspace:
        """All parts. Only `log`, `faults` and `rates` may be touched from other threads; the rest may be looked at."""
        if self._workspace is None:
            raise RuntimeError("the local workspace is not started")
        return self._workspace

    @property
    def state(self) -> State:
        """People, channels, messages: to be looked at."""
        return self.workspace.state

    @property
    def log(self) -> CallLog:
        """The recorded calls."""
        return self.workspace.log

    @property
    def faults(self) -> Faults:
        """The faults, to be set at run time."""
        return self.workspace.faults

    # --- inside

    def _run(self) -> None:
        assert self._uvicorn is not None and self._socket is not None  # noqa: S101 - start() set both
        try:
            self._uvicorn.run(sockets=[self._socket])
        except BaseException as failure:  # the thread's edge: start() reports it
            self._failure = failure
            logger.exception("the local workspace stopped")
        finally:
            self._ready.set()

    def _application(self, ws: Workspace) -> Starlette:
        @contextlib.asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            self._loop = asyncio.get_running_loop()
            watcher = asyncio.create_task(self._close_when_stopped(ws))
            self._ready.set()
            yield
            watcher.cancel()

        routes: list[BaseRoute] = [*Surface(ws, self._cut).routes(), *Ui(ws).routes(), *Control(ws).routes()]
        # By name only what this machine calls itself: else a site could rebind its own name to this address and act here.
        own = ["*"] if self.config.host in ("0.0.0.0", "::") else ["127.0.0.1", "localhost", self.config.host]  # noqa: S104
        guard = Middleware(TrustedHostMiddleware, allowed_hosts=own, www_redirect=False)
        return Starlette(routes=[*routes, *_page_routes()], lifespan=lifespan, middleware=[guard])

    async def _close_when_stopped(self, ws: Workspace) -> None:
        # uvicorn waits for open streams before it ends the lifespan, so they have to be ended before.
        await self._stopping.wait()
        await ws.close()
        if self._uvicorn is not None:
            self._uvicorn.should_exit = True

    def _cut(self, request: Request) -> None:
        address: Any = request.client
        transport = self._transports.get((address.host, address.port)) if address else None
        if transport is not None:
            transport.abort()


def _page_routes() -> list[BaseRoute]:
    """The page's, if it is installed."""
    try:
        routes = importlib.import_module("bot.localslack.page.routes")
    except ModuleNotFoundError as missing:
        logger.warning("the page is not served: %s", missing)
        return []
    found: list[BaseRoute] = routes.page_routes()
    return found
