"""Files: an upload address, the bytes, then shared into a channel or thread. Kept in memory."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.localslack.errors import ApiError
from bot.localslack.state import Channel, State

Json = dict[str, Any]


@dataclass
class StoredFile:
    """A file: `data` is None until its bytes came; `info`: Slack's JSON."""

    id: str
    name: str
    length: int
    upload_key: str
    info: Json
    data: bytes | None = None
    complete: bool = False


class Files:
    """All files of the workspace."""

    def __init__(self, state: State, url: str) -> None:
        self._state = state
        self._url = url
        self.by_id: dict[str, StoredFile] = {}

    def begin(self, name: str, length: int, alt_txt: str | None, user: str | None = None) -> tuple[str, str]:
        """(upload address, file id) for a file of that many bytes; of the app, unless `user` says whose."""
        state, file_id, key = self._state, self._state.ids.new("F"), self._state.ids.secret()
        mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
        address = f"{self._url}/files/{file_id}/{quote(name, safe='')}"
        now = int(state.clock.now())
        info: Json = {
            "id": file_id,
            "created": now,
            "timestamp": now,
            "name": name,
            "title": name,
            "mimetype": mimetype,
            "filetype": name.rpartition(".")[2].lower() or "binary",
            "user": user or state.config.bot_user_id,
            "size": length,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "url_private": address,
            "url_private_download": address,
            "permalink": address,
            "channels": [],
            "groups": [],
            "ims": [],
            "shares": {},
        }
        if alt_txt:
            info["alt_txt"] = alt_txt
        self.by_id[file_id] = StoredFile(file_id, name, length, key, info)
        return f"{self._url}/upload/v1/{file_id}/{key}", file_id

    def receive(self, file_id: str, key: str, data: bytes) -> int:
        """Takes the bytes; returns how many. Raises ApiError: 404, or 400 if it isn't the announced number."""
        stored = self.by_id.get(file_id)
        if stored is None or stored.upload_key != key or stored.complete:
            raise ApiError("file_not_found", status=404)
        if len(data) != stored.length:
            raise ApiError("file_size_mismatch", status=400)
        stored.data = data
        return len(data)

    def get(self, file_id: str) -> StoredFile:
        """A file that is there for all. Raises ApiError file_not_found."""
        stored = self.by_id.get(file_id)
        if stored is None or not stored.complete:
            raise ApiError("file_not_found")
        return stored

    def drop(self, user: str, name: str, data: bytes) -> Json:
        """A file that a person uploads; what `complete` takes."""
        _, file_id = self.begin(name, len(data), None, user)
        self.by_id[file_id].data = data
        return {"id": file_id, "title": name}

    def complete(
        self,
        wanted: list[Json],
        channel: Channel | None,
        thread_ts: str | None,
        content: Json | None,
        author: Json | None = None,
    ) -> list[Json]:
        """Ends the upload of files [{id, title}], and shares them in one message if a channel is given.

        `author`: who shares them, if it is not the app. Raises ApiError file_not_found, if any isn't there or has no bytes yet."""
        found = [self._uploaded(str(entry.get("id"))) for entry in wanted]
        for stored, entry in zip(found, wanted, strict=True):
            stored.complete = True
            stored.info["title"] = entry.get("title") or stored.name
        if channel is not None:
            self._share(found, channel, thread_ts, content or {"text": ""}, author or self._state.bot_author())
        for stored in found:
            self._state.bus.publish({"type": "file", "file": stored.info})
        return [stored.info for stored in found]

    def _uploaded(self, file_id: str) -> StoredFile:
        stored = self.by_id.get(file_id)
        if stored is None or stored.data is None or stored.complete:
            raise ApiError("file_not_found")
        return stored

    def _share(
        self, found: list[StoredFile], channel: Channel, thread_ts: str | None, content: Json, author: Json
    ) -> None:
        place, visibility = {"im": ("ims", "private"), "groups": ("groups", "private")}.get(
            channel.scope_family, ("channels", "public")
        )
        files = [stored.info for stored in found]
        for info in files:
            info[place].append(channel.id)
            info["is_public"] = visibility == "public"
        fields = {"subtype": "file_share", "upload": True, "files": files, **content}
        message = self._state.post(channel, author, fields, thread_ts)
        share: Json = {"ts": message["ts"], "channel_name": channel.name, "team_id": self._state.config.team.id}
        if thread_ts:
            share["thread_ts"] = thread_ts
        for info in files:
            info["shares"].setdefault(visibility, {}).setdefault(channel.id, []).append(share)
