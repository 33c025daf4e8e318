"""Payloads as signed HTTP requests, the way Slack makes them: one address for events, interactivity and commands."""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import urlencode

import httpx

from bot.localslack.clock import Clock
from bot.localslack.delivery import Answer, Parcel

ROOM_SECONDS = 30.0  # only so that nothing hangs for ever: the 3 s rule is delivery.py's


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature: HMAC-SHA256 over `v0:timestamp:body`."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encode(parcel: Parcel) -> tuple[bytes, str]:
    """(body, content type): events as JSON, commands as a form, interactions as a form with one field `payload`."""
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload).encode(), "application/json"
    fields = parcel.payload if parcel.kind == "slash_commands" else {"payload": json.dumps(parcel.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def headers(secret: str, parcel: Parcel, body: bytes, content_type: str, now: float) -> dict[str, str]:
    """The headers of a delivery, with its signature and, for a repeated event, Slack's retry headers."""
    timestamp = str(int(now))
    out = {
        "content-type": content_type,
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature(secret, timestamp, body),
    }
    if parcel.retry_num is not None:
        out["x-slack-retry-num"] = str(parcel.retry_num)
        out["x-slack-retry-reason"] = parcel.retry_reason or ""
    return out


class SignedHttp:
    """Sends to one address, over connections that are kept alive."""

    def __init__(self, url: str, secret: str, clock: Clock) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=50)
        self._client = httpx.AsyncClient(timeout=ROOM_SECONDS, limits=limits, trust_env=False)

    async def send(self, parcel: Parcel) -> Answer:
        """One POST. Anything but a 2xx is no acknowledgement."""
        body, content_type = encode(parcel)
        head = headers(self._secret, parcel, body, content_type, self._clock.now())
        try:
            response = await self._client.post(self._url, content=body, headers=head)
        except httpx.HTTPError:
            return Answer(False, error="connection_failed")
        if not response.is_success:
            return Answer(False, response.status_code, error="http_error", headers=tuple(response.headers.items()))
        return Answer(True, response.status_code, _read(response), headers=tuple(response.headers.items()))

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


def _read(response: httpx.Response) -> dict[str, object] | str | None:
    if not response.content:
        return None
    if response.headers.get("content-type", "").startswith("application/json"):
        try:
            read = response.json()
        except ValueError:
            return response.text
        return read if isinstance(read, dict) else response.text
    return response.text
