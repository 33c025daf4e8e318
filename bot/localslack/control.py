"""The workspace's levers, for tests and demonstrations: faults, rates, sockets, and the log of calls."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.localslack.faults import NAMES
from bot.localslack.workspace import Workspace

Json = dict[str, Any]
_REASONS = ("warning", "refresh_requested", "link_disabled")


class Control:
    """Routes under /control."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return [
            Route("/control/log", self._log, methods=["GET"]),
            Route("/control/faults", self._faults, methods=["GET", "POST"]),
            Route("/control/rates", self._rates, methods=["POST"]),
            Route("/control/sockets", self._sockets, methods=["GET", "POST"]),
        ]

    async def _log(self, request: Request) -> Response:
        log = self._ws.log
        after = request.query_params.get("after", "0")
        if not after.isdigit():
            return JSONResponse({"ok": False, "error": "after is the number of a call"}, 400)
        calls = [call for call in log.all(request.query_params.get("method")) if call.number > int(after)]
        return JSONResponse({"ok": True, "calls": [call.as_json() for call in calls], "dropped": log.dropped})

    async def _faults(self, request: Request) -> Response:
        if request.method == "POST":
            body = await _json(request)
            try:
                self._ws.faults.set(str(body.get("spec", "")))
            except ValueError as wrong:
                return JSONResponse({"ok": False, "error": str(wrong)}, 400)
        return JSONResponse({"ok": True, "spec": self._ws.faults.spec, "names": NAMES})

    async def _rates(self, request: Request) -> Response:
        body = await _json(request)
        self._ws.rates.enforce = bool(body.get("enforce", True))
        return JSONResponse({"ok": True, "enforce": self._ws.rates.enforce})

    async def _sockets(self, request: Request) -> Response:
        sockets = self._ws.sockets
        if request.method == "GET":
            return JSONResponse({"ok": True, "connections": sockets.connections})
        reason = (await _json(request)).get("reason", "refresh_requested")
        if reason not in _REASONS:
            return JSONResponse({"ok": False, "error": f"reason is one of {', '.join(_REASONS)}"}, 400)
        return JSONResponse({"ok": True, "told": await sockets.disconnect(reason)})


async def _json(request: Request) -> Json:
    """The body, if it is a JSON object and says so; else nothing."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return {}
    try:
        read = json.loads(await request.body())
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
