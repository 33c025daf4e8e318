"""A bare Bolt app on the same FastAPI and uvicorn stack that only acknowledges: the yardstick.

Started by benchmarks.clicks as a process of its own: `python -m benchmarks.bare_bolt PORT SIGNING_SECRET [tuned]`. As Bolt's documentation
sets it up, or, "tuned", with the settings that Roundtable found to be fastest: a yardstick that is harder to match.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import anyio
import anyio.to_thread
import uvicorn
from fastapi import FastAPI
from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

THREADS = 20  # as ROUNDTABLE_LISTENER_THREADS


def build(signing_secret: str, *, tuned: bool) -> FastAPI:
    """The app."""
    identity = AuthorizeResult(enterprise_id=None, team_id=None, bot_token="xoxb-bare")  # noqa: S106 - made up
    bolt = App(
        signing_secret=signing_secret,
        authorize=lambda: identity,  # without one, Bolt would ask Slack who it is at each request
        process_before_response=tuned,
        ssl_check_enabled=not tuned,
        ignoring_self_events_enabled=not tuned,
        attaching_function_token_enabled=not tuned,
        listener_executor=ThreadPoolExecutor(THREADS),
    )

    @bolt.action(re.compile(".*"))
    def acknowledge(ack: Ack) -> BoltResponse:
        return ack()

    limiter: list[anyio.CapacityLimiter] = []  # made within the event loop that it belongs to

    async def events(request: Request) -> Response:
        if not limiter:
            limiter.append(anyio.CapacityLimiter(THREADS))
        body = (await request.body()).decode()
        headers: dict[str, str | Sequence[str]] = {**request.headers}
        answer = await anyio.to_thread.run_sync(
            lambda: bolt.dispatch(BoltRequest(body=body, headers=headers)), limiter=limiter[0]
        )
        return Response(answer.body, answer.status, headers=answer.first_headers_without_set_cookie())

    async def ready(_: Request) -> Response:
        return JSONResponse({"ok": True})

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_route("/slack/events", events, methods=["POST"])
    app.add_route("/readyz", ready, methods=["GET"])
    return app


if __name__ == "__main__":
    uvicorn.run(
        build(sys.argv[2], tuned=sys.argv[3:] == ["tuned"]),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        ws="none",
        timeout_keep_alive=75,
    )
