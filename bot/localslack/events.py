"""The Events API: delivered at once, and again at once, after a minute and after five if not acknowledged."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from bot.localslack.clock import Clock
from bot.localslack.config import WorkspaceConfig
from bot.localslack.delivery import Answer, Delivery, Parcel
from bot.localslack.ids import Ids
from bot.localslack.payloads import Payloads

Json = dict[str, Any]
RETRY_AFTER_SECONDS = (0.0, 60.0, 300.0)
_REASONS = {"timeout": "http_timeout", "connection_failed": "connection_failed", "no_connection": "connection_failed"}

logger = logging.getLogger(__name__)


class Events:
    """Sends events to the app in the background."""

    def __init__(self, config: WorkspaceConfig, clock: Clock, ids: Ids, payloads: Payloads, delivery: Delivery) -> None:
        self._subscribed = frozenset(config.subscribed_events)
        self._clock = clock
        self._ids = ids
        self._payloads = payloads
        self._delivery = delivery
        self._running: set[asyncio.Task[None]] = set()

    def emit(self, event: Json) -> str | None:
        """Sends it if the app subscribed to its type; returns the event_id. Doesn't wait."""
        if event["type"] not in self._subscribed:
            return None
        event_id = self._ids.new("Ev")
        event = {**event, "event_ts": self._ids.ts()}
        payload = self._payloads.event(event, event_id, self._clock.now())
        task = asyncio.get_running_loop().create_task(self._deliver(payload))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return event_id

    async def _deliver(self, payload: Json) -> None:
        answer = await self._delivery.deliver(Parcel("events_api", payload))
        for number, seconds in enumerate(RETRY_AFTER_SECONDS, start=1):
            if answer.acknowledged or ("x-slack-no-retry", "1") in answer.headers:
                return
            await self._clock.sleep(seconds)
            answer = await self._delivery.deliver(Parcel("events_api", payload, number, _reason(answer)))
        if not answer.acknowledged:
            logger.error("event %s was given up after %d retries", payload["event_id"], len(RETRY_AFTER_SECONDS))

    async def close(self) -> None:
        """Gives up what is still to be delivered."""
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


def _reason(answer: Answer) -> str:
    return _REASONS.get(answer.error or "", "http_error")
