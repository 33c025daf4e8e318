"""reactions.*: emoji on messages."""

from __future__ import annotations

from typing import Any

from bot.localslack.errors import ApiError
from bot.localslack.state import Channel, public
from bot.localslack.webapi.base import Call, Method

Json = dict[str, Any]


def _message(call: Call) -> tuple[Channel, Json]:
    if not call.text("channel") or not call.text("timestamp"):
        raise ApiError("no_item_specified")
    channel = call.channel()
    message = channel.messages.get(call.text("timestamp"))
    if message is None:
        raise ApiError("message_not_found")
    return channel, message


def _add(call: Call) -> Json:
    name = call.text("name").strip(":")
    if not name or not all(letter.isalnum() or letter in "_+-':" for letter in name):
        raise ApiError("invalid_name")
    channel, message = _message(call)
    bot, reactions = call.ws.config.bot_user_id, message.get("reactions", [])
    mine = next((entry for entry in reactions if entry["name"] == name), None)
    if mine is not None and bot in mine["users"]:
        raise ApiError("already_reacted")
    others = [entry for entry in reactions if entry is not mine]
    users = [*(mine["users"] if mine else []), bot]
    added = {"name": name, "users": users, "count": len(users)}
    call.ws.state.change(channel, message["ts"], {"reactions": [*others, added]})
    return {"ok": True}


def _get(call: Call) -> Json:
    channel, message = _message(call)
    return {"ok": True, "type": "message", "channel": channel.id, "message": public(message)}


METHODS = (
    Method("reactions.add", _add, ("reactions:write",)),
    Method("reactions.get", _get, ("reactions:read",)),
)
