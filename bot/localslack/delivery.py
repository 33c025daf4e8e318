"""Bringing payloads to the app, by Socket Mode or signed HTTP, and waiting for its acknowledgement, 3 s at most."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from bot.localslack.calls import CallLog
from bot.localslack.clock import Clock
from bot.localslack.faults import Faults

Json = dict[str, Any]
Kind = Literal["interactive", "slash_commands", "events_api"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parcel:
    """A payload on its way. `retry_num`, `retry_reason`: of an event that is delivered again."""

    kind: Kind
    payload: Json
    retry_num: int | None = None
    retry_reason: str | None = None


@dataclass(frozen=True)
class Answer:
    """What the app said. `status`: HTTP's (200 for a socket's acknowledgement), None if nothing came.

    `body`: what it sent with the acknowledgement. `error`: timeout, no_connection, connection_failed or http_error."""

    acknowledged: bool
    status: int | None = None
    body: Json | str | None = None
    error: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    ms: float = 0.0

    @property
    def message(self) -> Json | None:
        """The acknowledgement read as a message."""
        if isinstance(self.body, str):
            return {"text": self.body} if self.body.strip() else None
        return self.body or None


class Transport(Protocol):
    """A way to the app."""

    async def send(self, parcel: Parcel) -> Answer:
        """Brings it there and waits without limit. Never raises for what the app does."""
        ...

    async def close(self) -> None:
        """Lets go of connections."""
        ...


class Delivery:
    """Delivers with the 3 s rule, the faults and the log."""

    def __init__(self, transport: Transport, clock: Clock, faults: Faults, log: CallLog, ack_seconds: float) -> None:
        self._transport = transport
        self._clock = clock
        self._faults = faults
        self._log = log
        self._ack_seconds = ack_seconds

    async def deliver(self, parcel: Parcel) -> Answer:
        """The app's answer, or that it didn't come in time. With the fault `duplicate`: the second copy's is dropped."""
        if self._faults.hits("duplicate"):
            first, _ = await asyncio.gather(self._once(parcel), self._once(parcel))
            return first
        return await self._once(parcel)

    async def _once(self, parcel: Parcel) -> Answer:
        started = time.perf_counter()
        sending = asyncio.ensure_future(self._transport.send(parcel))
        timer = asyncio.ensure_future(self._clock.sleep(self._ack_seconds))
        await asyncio.wait({sending, timer}, return_when=asyncio.FIRST_COMPLETED)
        timer.cancel()
        if sending.done():
            answer = sending.result()
        else:
            sending.cancel()
            answer = Answer(False, error="timeout")
        answer = replace(answer, ms=round((time.perf_counter() - started) * 1000, 1))
        self._record(parcel, answer)
        return answer

    def _record(self, parcel: Parcel, answer: Answer) -> None:
        name = str(parcel.payload.get("type") or parcel.payload.get("command"))
        if not answer.acknowledged:
            logger.warning("%s was not acknowledged: %s (status %s)", name, answer.error, answer.status)
        args = {"kind": parcel.kind, "payload": parcel.payload, "retry_num": parcel.retry_num}
        response = {"acknowledged": answer.acknowledged, "error": answer.error, "body": answer.body, "ms": answer.ms}
        self._log.add(self._clock.now(), "delivery", name, args, answer.status or 0, response)
