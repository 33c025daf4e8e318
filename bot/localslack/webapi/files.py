"""files.*: uploads in three steps, and what is known of a file."""

from __future__ import annotations

from typing import Any

from bot.localslack.errors import ApiError, bad_arguments
from bot.localslack.state import Channel
from bot.localslack.webapi.base import Call, Method

Json = dict[str, Any]


def _get_upload_url(call: Call) -> Json:
    name = call.needed("filename")
    try:
        length = int(call.needed("length"))
    except ValueError:
        raise bad_arguments("length must be a whole number") from None
    if length < 1:
        raise bad_arguments("length must be more than 0")
    url, file_id = call.ws.files.begin(name, length, call.text("alt_txt") or None)
    return {"ok": True, "upload_url": url, "file_id": file_id}


def _complete(call: Call) -> Json:
    wanted = call.json_list("files")
    if not wanted or not all(isinstance(entry, dict) and entry.get("id") for entry in wanted):
        raise bad_arguments("missing required field: files")
    channel: Channel | None = None
    thread_ts = call.text("thread_ts") or None
    if call.text("channel_id") or call.text("channels"):
        channel = _target(call)
        if thread_ts and thread_ts not in channel.messages:
            raise ApiError("invalid_thread_ts")
    content = {"text": call.text("initial_comment")}
    if channel is None:
        return {"ok": True, "files": call.ws.files.complete(wanted, None, None, None)}
    return {"ok": True, "files": call.ws.share(wanted, channel, thread_ts, content)}


def _target(call: Call) -> Channel:
    name = "channel_id" if call.text("channel_id") else "channels"
    if "," in call.text(name):
        raise bad_arguments("this workspace shares an upload into one channel only")
    return call.writable_channel(name)


def _info(call: Call) -> Json:
    stored = call.ws.files.get(call.text("file"))
    return {"ok": True, "file": stored.info, "comments": [], "response_metadata": {"next_cursor": ""}}


METHODS = (
    Method("files.getUploadURLExternal", _get_upload_url, ("files:write",), tier=4),
    Method("files.completeUploadExternal", _complete, ("files:write",), tier=4),
    Method("files.info", _info, ("files:read",), tier=4),
)
