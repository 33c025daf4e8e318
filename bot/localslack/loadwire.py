"""The wires of the load driver: keep-alive connections to the app, and a cheap server for response_urls."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import httptools

from bot.localslack.hooks import MAX_USES

Done = Callable[[int | None], None]  # the HTTP status; None: the connection was lost
_OK = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok"
_GONE = (
    b"HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: 31\r\n\r\n"
    b'{"ok":false,"error":"used_url"}'
)


class Connection(asyncio.Protocol):
    """One keep-alive connection: a request at a time."""

    def __init__(self, free: Callable[[Connection], None]) -> None:
        self._free = free
        self._done: Done | None = None
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self.usable = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the transport."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what create_connection makes
        self._transport = transport

    def send(self, request: bytes, done: Done) -> None:
        """Sends; `done` is called once, with the status or None."""
        self._done = done
        if self._transport is None or not self.usable:
            self._finish(None)
            return
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Feeds the parser."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self.close()

    def on_message_complete(self) -> None:
        """The parser has a whole response."""
        status, keep = self._parser.get_status_code(), self._parser.should_keep_alive()
        self._parser = httptools.HttpResponseParser(self)
        if not keep:
            self.usable = False
        self._finish(status)
        if self.usable:
            self._free(self)
        else:
            self.close()

    def connection_lost(self, _: Exception | None) -> None:
        """The other side closed."""
        self.usable = False
        self._finish(None)

    def close(self) -> None:
        """Closes it; a request under way is answered with None."""
        self.usable = False
        if self._transport is not None:
            self._transport.abort()

    def _finish(self, status: int | None) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(status)


class Pool:
    """Connections to one address; grows when all are busy, up to `most`, then requests wait their turn."""

    def __init__(self, host: str, port: int, most: int) -> None:
        self._address = (host, port)
        self._most = most
        self._idle: list[Connection] = []
        self._all: list[Connection] = []
        self._opening = 0
        self._queue: list[tuple[bytes, Done]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def size(self) -> int:
        """How many connections were opened."""
        return len(self._all)

    def send(self, request: bytes, done: Done) -> None:
        """Sends on a free connection, now or as soon as there is one."""
        while self._idle:
            connection = self._idle.pop()
            if connection.usable:
                connection.send(request, done)
                return
        self._queue.append((request, done))
        if sum(connection.usable for connection in self._all) + self._opening < self._most:
            self._opening += 1
            task = asyncio.get_running_loop().create_task(self._open())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _open(self) -> None:
        try:
            _, connection = await asyncio.get_running_loop().create_connection(
                lambda: Connection(self._freed), *self._address
            )
        except OSError:
            if self._queue:
                self._queue.pop(0)[1](None)
            return
        finally:
            self._opening -= 1
        self._all.append(connection)
        self._freed(connection)

    def _freed(self, connection: Connection) -> None:
        if self._queue:
            connection.send(*self._queue.pop(0))
        else:
            self._idle.append(connection)

    def close(self) -> None:
        """Closes all; what still waits is answered with None."""
        for connection in self._all:
            connection.close()
        for _, done in self._queue:
            done(None)
        self._queue.clear()


class ResponseUrls:
    """Serves response_urls: counts uses by path and refuses the sixth."""

    def __init__(self) -> None:
        self.uses: Counter[bytes] = Counter()
        self.refused = 0
        self._server: asyncio.Server | None = None

    async def start(self) -> str:
        """Listens on a free port; returns the address."""
        self._server = await asyncio.get_running_loop().create_server(lambda: _Sink(self), "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def take(self, path: bytes) -> bytes:
        """Counts a use; the answer to send."""
        self.uses[path] += 1
        if self.uses[path] > MAX_USES:
            self.refused += 1
            return _GONE
        return _OK

    def close(self) -> None:
        """Stops listening."""
        if self._server is not None:
            self._server.close()


class _Sink(asyncio.Protocol):
    def __init__(self, urls: ResponseUrls) -> None:
        self._urls = urls
        self._path = b""
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what create_server makes
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            if self._transport is not None:
                self._transport.abort()

    def on_url(self, url: bytes) -> None:
        self._path += url

    def on_message_complete(self) -> None:
        path, self._path = self._path, b""
        if self._transport is not None:
            self._transport.write(self._urls.take(path))
