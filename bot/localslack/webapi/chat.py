"""chat.*: messages."""

from __future__ import annotations

from typing import Any

from bot.localslack.content import MAX_UPDATE_TEXT, message_content
from bot.localslack.errors import ApiError
from bot.localslack.state import Channel, public
from bot.localslack.webapi.base import Call, Method

Json = dict[str, Any]


def _thread(call: Call, channel: Channel) -> str | None:
    thread_ts = call.text("thread_ts") or None
    if thread_ts is None:
        return None
    parent = channel.messages.get(thread_ts)
    if parent is None or parent.get("thread_ts", thread_ts) != thread_ts:
        raise ApiError("thread_not_found")
    return thread_ts


def _post_message(call: Call) -> Json:
    channel = call.writable_channel()
    if channel.im_with and not call.ws.config.messages_tab:
        raise ApiError("messages_tab_disabled")
    thread_ts = _thread(call, channel)
    state = call.ws.state
    message = state.post(channel, state.bot_author(), message_content(call.args, state.ids), thread_ts)
    if thread_ts and call.flag("reply_broadcast"):
        message["subtype"] = "thread_broadcast"
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "message": public(message)}


def _post_ephemeral(call: Call) -> Json:
    channel = call.writable_channel()
    person = call.person()
    if person.id not in channel.members:
        raise ApiError("user_not_in_channel")
    state = call.ws.state
    content = message_content(call.args, state.ids)
    content.pop("metadata", None)
    ephemeral = state.post_ephemeral(channel, person.id, state.bot_author(), content, _thread(call, channel))
    return {"ok": True, "message_ts": ephemeral.message["ts"]}


def _own_message(call: Call, channel: Channel, refusal: str) -> Json:
    message = channel.messages.get(call.text("ts"))
    if message is None or message.get("subtype") == "tombstone":
        raise ApiError("message_not_found")
    if message.get("bot_id") != call.ws.config.bot_id:
        raise ApiError(refusal)
    return message


def _update(call: Call) -> Json:
    channel = call.channel()
    if channel.is_archived:
        raise ApiError("is_archived")
    message = _own_message(call, channel, "cant_update_message")
    state = call.ws.state
    content = message_content(call.args, state.ids, max_text=MAX_UPDATE_TEXT)
    if "blocks" not in content and "blocks" not in call.args:
        content["blocks"] = None  # as in Slack: text alone takes the old blocks away
    if "attachments" not in content and "text" in call.args:
        content["attachments"] = None
    edited = {"user": call.ws.config.bot_user_id, "ts": state.ids.ts()}
    message = state.change(channel, message["ts"], {**content, "edited": edited})
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "text": message["text"], "message": public(message)}


def _delete(call: Call) -> Json:
    channel = call.channel()
    message = _own_message(call, channel, "cant_delete_message")
    call.ws.state.delete(channel, message["ts"])
    return {"ok": True, "channel": channel.id, "ts": message["ts"]}


def _permalink(call: Call) -> Json:
    channel = call.channel()
    message = channel.messages.get(call.text("message_ts"))
    if message is None:
        raise ApiError("message_not_found")
    link = f"{call.ws.url}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    parent = message.get("thread_ts")
    if parent and parent != message["ts"]:
        link += f"?thread_ts={parent}&cid={channel.id}"
    return {"ok": True, "channel": channel.id, "permalink": link}


METHODS = (
    Method("chat.postMessage", _post_message, ("chat:write",)),
    Method("chat.postEphemeral", _post_ephemeral, ("chat:write",), tier=4),
    Method("chat.update", _update, ("chat:write",)),
    Method("chat.delete", _delete, ("chat:write",)),
    Method("chat.getPermalink", _permalink, tier=5),
)
