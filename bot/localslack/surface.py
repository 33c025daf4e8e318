"""What the app reaches over HTTP: /api/<method>, response_urls, uploads, files, the Socket Mode address."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.localslack.auth import bearer, identify, require
from bot.localslack.errors import ApiError
from bot.localslack.mrkdwn import notifies
from bot.localslack.webapi import METHODS, run
from bot.localslack.workspace import Workspace

Json = dict[str, Any]
Cut = Callable[[Request], None]
_TEXT_FIELDS = ("text", "blocks", "attachments")


class Surface:
    """Routes for the app. `cut` drops a request's connection without an answer."""

    def __init__(self, ws: Workspace, cut: Cut) -> None:
        self._ws = ws
        self._cut = cut

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return [
            Route("/api/{method}", self._api, methods=["GET", "POST"]),
            Route("/actions/{team}/{number}/{key}", self._hook, methods=["POST"]),
            Route("/commands/{team}/{number}/{key}", self._hook, methods=["POST"]),
            Route("/upload/v1/{file_id}/{key}", self._upload, methods=["POST", "PUT"]),
            Route("/files/{file_id}/{name}", self._file, methods=["GET"]),
            WebSocketRoute("/link/", self._link),
        ]

    async def _api(self, request: Request) -> Response:
        name: str = request.path_params["method"]
        args: Json = {}
        status, body, headers, token = 200, {}, {}, None
        if await self._troubled(request, name):
            return Response(status_code=503)
        try:
            args = await read_args(request)
            token = bearer(request.headers, args.get("token"))
            body = run(self._ws, name, args, token)
        except ApiError as refused:
            status, body, headers = refused.status, refused.body(), refused.headers
        found = tuple(notifies(args)) if body.get("ok") and any(field in args for field in _TEXT_FIELDS) else ()
        self._ws.log.add(self._ws.clock.now(), "api", name, args, status, body, found)
        if self._ws.faults.hits("drop_after", name):
            self._cut(request)
        return JSONResponse(body, status, {**headers, **self._scope_headers(name, token)})

    def _scope_headers(self, name: str, token: str | None) -> dict[str, str]:
        config, method = self._ws.config, METHODS.get(name)
        known = {config.bot_token: config.scopes, config.app_token: config.app_scopes}
        if token not in known or method is None:
            return {}
        return {"x-oauth-scopes": ",".join(known[token]), "x-accepted-oauth-scopes": ",".join(method.scopes)}

    async def _troubled(self, request: Request, name: str) -> bool:
        """Waits or cuts the connection, if a fault says so. True: it was cut."""
        faults = self._ws.faults
        if slow := faults.hits("slow", name):
            await self._ws.clock.sleep(slow.amount)
        if faults.hits("drop", name):
            self._ws.log.add(self._ws.clock.now(), "api", name, {}, 0, {"ok": False, "error": "dropped"})
            self._cut(request)
            return True
        return False

    async def _hook(self, request: Request) -> Response:
        ws, name = self._ws, "response_url"
        args: Json = {}
        if await self._troubled(request, name):
            return Response(status_code=503)
        status, body = 200, {"ok": True}
        try:
            if ws.faults.hits("5xx", name):
                raise ApiError("service_unavailable", status=503)
            if fault := ws.faults.hits("429", name):
                wait = {"Retry-After": str(max(int(fault.amount), 1))}
                raise ApiError("ratelimited", status=429, headers=wait)
            args = await read_args(request)
            ws.hooks.use(request.path_params["key"], args)
        except ApiError as refused:
            status, body = max(refused.status, 400), refused.body()
            ws.log.add(ws.clock.now(), "hook", name, args, status, body)
            return JSONResponse(body, status, refused.headers)
        ws.log.add(ws.clock.now(), "hook", name, args, status, body, tuple(notifies(args)))
        if ws.faults.hits("drop_after", name):
            self._cut(request)
        return PlainTextResponse("ok")

    async def _upload(self, request: Request) -> Response:
        data = await _uploaded(request)
        ids = request.path_params
        try:
            count = self._ws.files.receive(ids["file_id"], ids["key"], data)
        except ApiError as refused:
            self._ws.log.add(self._ws.clock.now(), "hook", "upload", {**ids}, refused.status, refused.body())
            return JSONResponse(refused.body(), refused.status)
        self._ws.log.add(self._ws.clock.now(), "hook", "upload", {"file": ids["file_id"]}, 200, {"bytes": count})
        return PlainTextResponse(f"OK - {count}")

    async def _file(self, request: Request) -> Response:
        if not self._may_read(request):
            # As Slack does: not an error, but the way to the page where people sign in.
            return RedirectResponse(f"{self._ws.url}/?redir={quote(request.url.path, safe='')}", 302)
        stored = self._ws.files.by_id.get(request.path_params["file_id"])
        if stored is None or stored.data is None or not stored.complete:
            return JSONResponse({"ok": False, "error": "file_not_found"}, 404)
        # An uploaded page must not run as one of this server's own.
        guard = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
        return Response(stored.data, media_type=stored.info["mimetype"], headers=guard)

    def _may_read(self, request: Request) -> bool:
        """The app with its token and scope, or a browser that came from the page (where Slack has its cookie)."""
        if request.headers.get("sec-fetch-site") in ("same-origin", "none"):
            return True
        try:
            require(identify(self._ws.config, bearer(request.headers, None)), "bot", ("files:read",))
        except ApiError:
            return False
        return True

    async def _link(self, socket: WebSocket) -> None:
        await self._ws.sockets.serve(socket, socket.query_params.get("ticket", ""))


async def read_args(request: Request) -> Json:
    """Arguments of a call: query, form or JSON, as slack_sdk sends them.

    Raises ApiError invalid_json, json_not_object or invalid_post_type."""
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        form = await request.form()
        return args | {name: value for name, value in form.items() if isinstance(value, str)}
    body = await request.body()
    if not body:
        return args
    if kind == "application/x-www-form-urlencoded":
        return args | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if kind != "application/json":
        raise ApiError("invalid_post_type")
    try:
        read = json.loads(body)
    except ValueError:
        raise ApiError("invalid_json") from None
    if not isinstance(read, dict):
        raise ApiError("json_not_object")
    return args | read


async def _uploaded(request: Request) -> bytes:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        form = await request.form()
        for value in form.values():
            if not isinstance(value, str):
                return await value.read()
        return b""
    return await request.body()
