"""conversations.*: channels, their members and history."""

from __future__ import annotations

from typing import Any

from bot.localslack.auth import require
from bot.localslack.errors import ApiError, bad_arguments
from bot.localslack.state import Channel, public
from bot.localslack.webapi.base import Call, Method, page_of

Json = dict[str, Any]
_FAMILIES = ("channels", "groups", "im")
_READ = tuple(f"{family}:read" for family in _FAMILIES)
_HISTORY = tuple(f"{family}:history" for family in _FAMILIES)
_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def channel_json(call: Call, channel: Channel) -> Json:
    """A channel as conversations.info gives it."""
    bot = call.ws.config.bot_user_id
    common: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": channel.im_with is not None,
        "is_mpim": False,
        "is_org_shared": False,
        "context_team_id": call.ws.config.team.id,
    }
    if channel.im_with is not None:
        return {**common, "user": channel.im_with, "is_user_deleted": False, "priority": 0}
    return {
        **common,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_private": channel.is_private,
        "is_general": channel.name == "general",
        "is_member": bot in channel.members,
        "is_shared": False,
        "is_ext_shared": False,
        "creator": "",
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
        "num_members": len(channel.members),
    }


def _list(call: Call) -> Json:
    wanted = [kind.strip() for kind in call.text("types", "public_channel").split(",")]
    if unknown := [kind for kind in wanted if kind not in _TYPES]:
        raise bad_arguments(f"unknown type: {unknown[0]} [json-pointer:/types]")
    families = {_TYPES[kind] for kind in wanted} - {"mpim"}
    for family in sorted(families):
        require(call.identity, "any", (f"{family}:read",))
    bot, found = call.ws.config.bot_user_id, []
    for channel in call.ws.state.channels.values():
        hidden = channel.scope_family != "channels" and bot not in channel.members
        archived = call.flag("exclude_archived") and channel.is_archived
        if channel.scope_family in families and not hidden and not archived:
            found.append(channel_json(call, channel))
    page, cursor = page_of(found, call)
    return {"ok": True, "channels": page, "response_metadata": {"next_cursor": cursor}}


def _info(call: Call) -> Json:
    return {"ok": True, "channel": channel_json(call, call.channel("read"))}


def _members(call: Call) -> Json:
    channel = call.channel("read")
    members: list[Any] = sorted(channel.members)
    page, cursor = page_of(members, call)
    return {"ok": True, "members": page, "response_metadata": {"next_cursor": cursor}}


def _readable(call: Call) -> Channel:
    channel = call.channel("history")
    if call.ws.config.bot_user_id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _between(messages: list[Json], call: Call) -> list[Json]:
    if not call.text("oldest") and not call.text("latest"):
        return messages
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "9" * 16
    try:
        low, high = float(oldest), float(latest)
    except ValueError:
        raise ApiError("invalid_ts_oldest") from None
    if call.flag("inclusive"):
        return [message for message in messages if low <= float(message["ts"]) <= high]
    return [message for message in messages if low < float(message["ts"]) < high]


def _shown(message: Json, call: Call) -> Json:
    out = public(message)
    if not call.flag("include_all_metadata"):
        out.pop("metadata", None)
    return out


def _answer(call: Call, messages: list[Json], **extra: Any) -> Json:
    page, cursor = page_of(messages, call)
    out: Json = {"ok": True, "messages": [_shown(m, call) for m in page], "has_more": bool(cursor), **extra}
    if cursor:
        out["response_metadata"] = {"next_cursor": cursor}
    return out


def _history(call: Call) -> Json:
    channel = _readable(call)
    top = [
        message
        for message in reversed(channel.messages.values())
        if message.get("thread_ts", message["ts"]) == message["ts"] or message.get("subtype") == "thread_broadcast"
    ]
    return _answer(call, _between(top, call), pin_count=0)


def _replies(call: Call) -> Json:
    channel = _readable(call)
    asked = channel.messages.get(call.needed("ts"))
    if asked is None:
        raise ApiError("thread_not_found")
    parent = channel.messages.get(str(asked.get("thread_ts", asked["ts"])), asked)
    replies = _between(call.ws.state.replies(channel, parent["ts"]), call)
    return _answer(call, [parent, *replies])


def _join(call: Call) -> Json:
    channel, bot = call.channel(), call.ws.config.bot_user_id
    if channel.is_archived:
        raise ApiError("is_archived")
    if channel.scope_family != "channels":
        raise ApiError("method_not_supported_for_channel_type")
    if bot in channel.members:
        return {
            "ok": True,
            "channel": channel_json(call, channel),
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    call.ws.join(channel, bot)
    return {"ok": True, "channel": channel_json(call, channel)}


def _open(call: Call) -> Json:
    users = [user.strip() for user in call.text("users").split(",") if user.strip()]
    if not users and call.text("channel"):
        return {"ok": True, "channel": {"id": call.channel().id}}
    if len(users) != 1:
        raise ApiError("not_enough_users" if not users else "too_many_users")
    if users[0] not in call.ws.state.people:
        raise ApiError("user_not_found")
    channel = call.ws.state.direct_channel(users[0])
    return {"ok": True, "channel": channel_json(call, channel) if call.flag("return_im") else {"id": channel.id}}


METHODS = (
    Method("conversations.list", _list, _READ, tier=2),
    Method("conversations.info", _info, _READ),
    Method("conversations.members", _members, _READ, tier=4),
    Method("conversations.history", _history, _HISTORY),
    Method("conversations.replies", _replies, _HISTORY),
    Method("conversations.join", _join, ("channels:join",)),
    Method("conversations.open", _open, ("im:write",)),
)
