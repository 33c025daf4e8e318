"""The Web API: one module per family of methods, and the way through token, limits and faults to them."""

from __future__ import annotations

import logging
from typing import Any

from bot.localslack.auth import identify, require
from bot.localslack.errors import ApiError
from bot.localslack.webapi import app, chat, conversations, files, reactions, usergroups, views
from bot.localslack.webapi.base import Call, Method
from bot.localslack.workspace import Workspace

Json = dict[str, Any]

METHODS: dict[str, Method] = {
    method.name: method
    for family in (app, chat, conversations, files, reactions, usergroups, views)
    for method in family.METHODS
}

logger = logging.getLogger(__name__)


def run(ws: Workspace, name: str, args: Json, token: str | None) -> Json:
    """One call, from token to answer. Raises ApiError for whatever Slack would refuse."""
    method = METHODS.get(name)
    if method is None:
        logger.error("UNKNOWN METHOD %s was called: this workspace doesn't have it", name)
        raise ApiError("unknown_method", req_method=name)
    identity = identify(ws.config, token)
    require(identity, method.needs, method.scopes)
    _check_rate(ws, method, args)
    return method.handler(Call(ws, args, identity))


def _check_rate(ws: Workspace, method: Method, args: Json) -> None:
    fault = ws.faults.hits("429", method.name)
    wait = (
        int(fault.amount) if fault else ws.rates.retry_after(method.name, method.tier, str(args.get("channel") or ""))
    )
    if wait or fault:
        raise ApiError("ratelimited", status=429, headers={"Retry-After": str(max(wait, 1))})
    if ws.faults.hits("5xx", method.name):
        raise ApiError("service_unavailable", status=503)
