"""Slack over HTTP.

The signature is checked here, before anything of the body is parsed: Bolt parses first, and answers a timestamp that is
no number, or a body that is no JSON, with a stack trace.
"""

from __future__ import annotations

import json
import logging
from typing import Any, Final
from urllib.parse import parse_qsl

import anyio
import anyio.to_thread
from slack_bolt import App, BoltRequest
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.services.ports import Clock
from bot.slack import shapes
from bot.slack.forms import interaction

log = logging.getLogger("roundtable.http")

MAX_BODY: Final = 1_000_000  # bytes; Slack's are far smaller
PATH: Final = "/slack/events"
JSON: Final = "application/json"


class _SignatureTime(SignatureClock):
    """The injected clock, as slack_sdk wants it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


class SlackEndpoint:
    """POST /slack/events: signature, then Bolt in a thread."""

    def __init__(self, bolt: App, signing_secret: str, clock: Clock, threads: int) -> None:
        self._bolt = bolt
        self._verifier = SignatureVerifier(signing_secret, clock=_SignatureTime(clock))
        self._threads = threads
        self._limiter: anyio.CapacityLimiter | None = None

    async def answer(self, request: Request) -> Response:
        """Answers one request of Slack's."""
        body = await _body(request)
        if body is None:
            return JSONResponse({"error": "too large"}, 413)
        headers = {name: value for name, value in request.headers.items() if name in _HEADERS}
        if not self._signed(body, headers):
            return JSONResponse({"error": "invalid request"}, 401)
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self._threads)
        return await anyio.to_thread.run_sync(self._dispatch, body, headers, limiter=self._limiter)

    def _signed(self, body: bytes, headers: dict[str, str]) -> bool:
        timestamp = headers.get("x-slack-request-timestamp", "")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            return False
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return False
        return self._verifier.is_valid(text, timestamp, headers.get("x-slack-signature", ""))

    def _dispatch(self, body: bytes, headers: dict[str, str]) -> Response:
        try:
            request = _request(body, headers)
        except ValueError:  # signed, but nothing that Slack sends
            return JSONResponse({"error": "invalid request"}, 400)
        answer = self._bolt.dispatch(request)
        return Response(answer.body, answer.status, headers=answer.first_headers_without_set_cookie())


def _request(body: bytes, headers: dict[str, str]) -> BoltRequest:
    """Raises ValueError for what is no JSON object of Slack's shape. The signature is known to be good."""
    content_type = headers.get("content-type", "")
    payload = interaction(body, content_type)
    if payload is None:
        text = body.decode()
        payload = _object(text, content_type)
        if payload is None:  # a command's form
            return BoltRequest(body=text, headers=dict(headers))
    shapes.check(payload)
    # As in Socket Mode: parsed and checked already, which Bolt then does not do once more.
    return BoltRequest(body=payload, headers=dict(headers), mode="socket_mode")


def _object(text: str, content_type: str) -> dict[str, Any] | None:
    """The JSON object that is the body, or in a form's field `payload`; None for another form. Raises ValueError.

    Bolt takes any JSON, and fails later where it is no object."""
    raw: str | None = text
    if content_type.split(";")[0].strip() != JSON and not text.startswith("{"):
        raw = dict(parse_qsl(text, keep_blank_values=True)).get("payload")
    if raw is None:
        return None
    found = json.loads(raw)
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found


_HEADERS: Final = frozenset(
    {
        "content-type",
        "x-slack-request-timestamp",
        "x-slack-signature",
        "x-slack-retry-num",
        "x-slack-retry-reason",
    }
)


async def _body(request: Request) -> bytes | None:
    """The body; None if it is larger than any of Slack's."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            return None
        parts.append(part)
    return b"".join(parts)
