"""The web process's own side of HTTP: its health, and the way through to what answers Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.domain import RoundtableError

Answer = Callable[[Request], Awaitable[Response]]


class WebApp(FastAPI):
    """FastAPI, but what is in `straight` (POST, by path) passes by its eight layers: parsing of parameters, exit stacks and the like.

    They have nothing to do for Slack's requests and cost each click time.
    """

    straight: Mapping[str, Answer]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the life of the app."""
        answer = self.straight.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "POST" else None
        if answer is None:
            await super().__call__(scope, receive, send)
            return
        response = await answer(Request(scope, receive))
        await response(scope, receive, send)


def build_http(*, ready: Callable[[], list[str]], posts: Mapping[str, Answer], stop: Callable[[], None]) -> WebApp:
    """The web app: `posts` by their path, `/healthz` and `/readyz`.

    `ready` names what is missing; `stop` is called when no request is under way any more.
    """

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        await anyio.to_thread.run_sync(stop)

    app = WebApp(title="Roundtable", lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)
    app.straight = dict(posts)
    for path, answer in posts.items():
        app.add_route(path, answer, methods=["POST"])  # for other methods' 405

    async def healthz(_: Request) -> Response:
        return JSONResponse({"ok": True})

    async def readyz(_: Request) -> Response:
        try:
            missing = await anyio.to_thread.run_sync(ready)
        except RoundtableError as error:
            missing = [str(error)]
        return JSONResponse({"ok": not missing, "missing": missing}, 503 if missing else 200)

    app.add_route("/healthz", healthz, methods=["GET"])
    app.add_route("/readyz", readyz, methods=["GET"])
    return app
