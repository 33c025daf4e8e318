"""reactions.*: emoji on messages."""

from __future__ import annotations

from typing import Any

from bot.localslack.errors import ApiError
from bot.localslack.state import Channel, public
from bot.localslack.webapi.base import Call, Method

Json = dict[str, Any]


def _item(call: Call) -> tuple[Channel, str]:
    if not call.text("channel") or not call.text("timestamp"):
        raise ApiError("no_item_specified")
    return call.channel(), call.text("timestamp")


def _add(call: Call) -> Json:
    channel, ts = _item(call)
    call.ws.emoji.add(call.ws.config.bot_user_id, channel, ts, call.text("name"))
    return {"ok": True}


def _get(call: Call) -> Json:
    channel, ts = _item(call)
    message = channel.messages.get(ts)
    if message is None:
        raise ApiError("message_not_found")
    return {"ok": True, "type": "message", "channel": channel.id, "message": public(message)}


METHODS = (
    Method("reactions.add", _add, ("reactions:write",)),
    Method("reactions.get", _get, ("reactions:read",)),
)
