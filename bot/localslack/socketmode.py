"""Socket Mode: the app opens WebSockets, payloads go out over any one of them, acknowledgements come back."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import uuid
from typing import Any, Literal

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.localslack.delivery import Answer, Parcel
from bot.localslack.ids import Ids

Json = dict[str, Any]
MAX_CONNECTIONS = 10
_CONNECTION_SECONDS = 18060  # what Slack's hello tells; only told here, not kept

logger = logging.getLogger(__name__)


class SocketMode:
    """The open connections of the app."""

    def __init__(self, app_id: str, ids: Ids) -> None:
        self._app_id = app_id
        self._ids = ids
        self._tickets: set[str] = set()
        self._sockets: list[WebSocket] = []
        self._turn = itertools.count()
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._sockets)

    def ticket(self) -> str:
        """What apps.connections.open gives out: good for one connection."""
        ticket = self._ids.secret()
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket, ticket: str) -> None:
        """One connection, from handshake to end."""
        if ticket not in self._tickets or self.connections >= MAX_CONNECTIONS:
            await socket.close(code=1008, reason="not allowed")
            return
        self._tickets.discard(ticket)
        await socket.accept()
        self._sockets.append(socket)
        try:
            await socket.send_text(json.dumps(self._hello()))
            while True:
                self._acknowledge(await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):  # Starlette's RuntimeError: closed from this side meanwhile
            pass
        finally:
            self._forget(socket)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.connections,
            "debug_info": {
                "host": "applink-local",
                "build_number": 1,
                "approximate_connection_time": _CONNECTION_SECONDS,
            },
            "connection_info": {"app_id": self._app_id},
        }

    def _acknowledge(self, text: str) -> None:
        try:
            reply = json.loads(text)
            waiting = self._waiting.get(reply["envelope_id"])
        except (ValueError, KeyError, TypeError):
            logger.warning("a Socket Mode message that is no acknowledgement was ignored: %.200s", text)
            return
        if waiting is None:
            logger.warning("an acknowledgement came too late or twice (envelope %s)", reply["envelope_id"])
        elif not waiting.done():
            waiting.set_result(reply.get("payload"))

    async def send(self, parcel: Parcel) -> Answer:
        """Over one connection, each in turn. No connection: at once no answer, as in Slack."""
        envelope_id = str(uuid.uuid4())
        envelope: Json = {
            "envelope_id": envelope_id,
            "payload": parcel.payload,
            "type": parcel.kind,
            "accepts_response_payload": parcel.kind != "events_api",
        }
        if parcel.kind == "events_api":
            envelope |= {"retry_attempt": parcel.retry_num or 0, "retry_reason": parcel.retry_reason or ""}
        waiting: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            if not await self._send_to_one(json.dumps(envelope)):
                return Answer(False, error="no_connection")
            return Answer(True, 200, await waiting)
        finally:
            del self._waiting[envelope_id]

    async def _send_to_one(self, text: str) -> bool:
        while self._sockets:
            socket = self._sockets[next(self._turn) % len(self._sockets)]
            try:
                await socket.send_text(text)
            except (WebSocketDisconnect, RuntimeError, OSError):
                self._forget(socket)
            else:
                return True
        return False

    async def disconnect(self, reason: Literal["warning", "refresh_requested", "link_disabled"]) -> int:
        """Tells every connection to go; but for a warning, closes them then. Returns how many there were."""
        sockets = list(self._sockets)
        note = json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}})
        for socket in sockets:
            try:
                await socket.send_text(note)
                if reason != "warning":
                    self._forget(socket)
                    await socket.close(code=1000)
            except (WebSocketDisconnect, RuntimeError, OSError):
                self._forget(socket)
        return len(sockets)

    async def close(self) -> None:
        """Closes all connections."""
        for socket in list(self._sockets):
            self._forget(socket)
            try:
                await socket.close(code=1001)
            except (WebSocketDisconnect, RuntimeError, OSError):
                continue

    def _forget(self, socket: WebSocket) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
