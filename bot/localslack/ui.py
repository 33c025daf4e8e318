"""The page's own API: reading the workspace as one person, acting as that person, and hearing of changes."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.localslack.config import Person
from bot.localslack.delivery import Answer
from bot.localslack.elements import NotThereError
from bot.localslack.errors import ApiError
from bot.localslack.state import Channel
from bot.localslack.webapi.app import bot_user_json, user_json
from bot.localslack.workspace import Workspace

Json = dict[str, Any]
Handler = Callable[[Json, Person], Awaitable[Json]]
_KEEPALIVE_SECONDS = 15.0


class Ui:
    """Routes under /ui."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws

    def routes(self) -> list[BaseRoute]:
        """All of them. POST takes JSON only, so that no other site's page can act here."""
        posts: dict[str, Handler] = {
            "/ui/post": self._post,
            "/ui/upload": self._upload,
            "/ui/action": self._action,
            "/ui/view/submit": self._submit,
            "/ui/view/close": self._close,
            "/ui/home/open": self._home,
            "/ui/message_shortcut": self._message_shortcut,
            "/ui/shortcut": self._shortcut,
            "/ui/react": self._react,
            "/ui/join": self._join,
        }
        gets: list[BaseRoute] = [Route("/ui/state", self._state), Route("/ui/events", self._events)]
        return gets + [Route(path, self._guarded(handler), methods=["POST"]) for path, handler in posts.items()]

    def _guarded(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            if not request.headers.get("content-type", "").startswith("application/json"):
                return _refusal("invalid_post_type", 415)
            try:
                body = json.loads(await request.body())
                return JSONResponse(await handler(body, self._person(body.get("as"))))
            except ApiError as refused:
                return _refusal(refused.code, 404 if refused.code.endswith("not_found") else 400)
            except NotThereError as missing:
                return _refusal(str(missing), 404)
            except (ValueError, KeyError, TypeError, AttributeError) as wrong:
                return _refusal(f"invalid_arguments: {wrong!r}", 400)

        return endpoint

    def _person(self, user: object) -> Person:
        person = self._ws.state.people.get(str(user))
        if person is None:
            raise ApiError("user_not_found")
        return person

    def _channel(self, body: Json, person: Person) -> Channel:
        channel = self._ws.state.channels.get(str(body["channel"]))
        if channel is None or not _visible(channel, person):
            raise ApiError("channel_not_found")
        return channel

    # --- reading

    async def _state(self, request: Request) -> Response:
        try:
            person = self._person(request.query_params.get("as"))
        except ApiError as refused:
            return _refusal(refused.code, 404)
        return JSONResponse(self._everything(person))

    def _everything(self, person: Person) -> Json:
        ws, config = self._ws, self._ws.config
        users = [user_json(someone, config.team.id) for someone in ws.state.people.values()]
        team = {"id": config.team.id, "name": config.team.name, "domain": config.team.domain}
        app = {"id": config.app_id, "name": config.app_name, "user": config.bot_user_id}
        commands = [{"name": c.name, "description": c.description, "usage_hint": c.usage_hint} for c in config.commands]
        shortcuts = [{"name": s.name, "callback_id": s.callback_id, "kind": s.kind} for s in config.shortcuts]
        mine = [seen.as_json() for seen in ws.state.ephemerals.values() if seen.user == person.id]
        return {
            "ok": True,
            "team": team,
            "app": app,
            "me": user_json(person, config.team.id),
            "users": [*users, bot_user_json(config)],
            "usergroups": [{"id": g.id, "handle": g.handle, "name": g.name} for g in config.user_groups or ()],
            "commands": commands,
            "shortcuts": shortcuts,
            "channels": [_channel_json(c, person) for c in ws.state.channels.values() if _visible(c, person)],
            "ephemerals": mine,
            "modals": ws.modals.stack(person.id),
            "home": ws.modals.home(person.id),
            "files": [stored.info for stored in ws.files.by_id.values() if stored.complete],
        }

    async def _events(self, request: Request) -> Response:
        try:
            person = self._person(request.query_params.get("as"))
        except ApiError as refused:
            return _refusal(refused.code, 404)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(person), media_type="text/event-stream", headers=headers)

    async def _stream(self, person: Person) -> AsyncIterator[str]:
        with self._ws.bus.listen(person.id) as queue:
            yield ": open\n\n"
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), _KEEPALIVE_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield f"data: {json.dumps(event)}\n\n"

    # --- acting

    async def _post(self, body: Json, person: Person) -> Json:
        channel, text, thread_ts = self._channel(body, person), str(body["text"]), body.get("thread_ts")
        if not text.strip():
            return {"ok": False, "error": "no_text"}
        if text.startswith("/"):
            return await self._command(channel, person, text, thread_ts)
        if refused := _not_writable(channel, person, thread_ts):
            return {"ok": False, "error": refused}
        message = self._ws.state.post(channel, {"user": person.id}, {"text": _escaped(text)}, thread_ts)
        return {"ok": True, "ts": message["ts"]}

    async def _upload(self, body: Json, person: Person) -> Json:
        """Files [{name, content (base64)}], shared in one message."""
        channel, thread_ts, files = self._channel(body, person), body.get("thread_ts"), body["files"]
        if refused := _not_writable(channel, person, thread_ts):
            return {"ok": False, "error": refused}
        if not files:
            return {"ok": False, "error": "no_file_data"}
        contents = [(str(file["name"]), base64.b64decode(file["content"], validate=True)) for file in files]
        if not all(data for _, data in contents):
            return {"ok": False, "error": "empty_file"}  # Slack takes none either
        wanted = [self._ws.files.drop(person.id, name, data) for name, data in contents]
        text = {"text": _escaped(str(body.get("text") or ""))}
        shared = self._ws.share(wanted, channel, thread_ts, text, {"user": person.id})
        return {"ok": True, "files": [file["id"] for file in shared]}

    async def _command(self, channel: Channel, person: Person, text: str, thread_ts: str | None) -> Json:
        name, _, rest = text.partition(" ")
        if thread_ts:
            return {"ok": False, "error": f"{name} is not supported in threads. Sorry!"}
        command = next((known for known in self._ws.config.commands if known.name == name), None)
        if command is None:
            return {"ok": False, "error": f"{name} is not a valid command."}
        rest = self._ws.state.escape_names(rest.strip()) if command.should_escape else rest.strip()
        answer = await self._ws.interactions.command(person, channel, name, rest)
        out = _outcome(answer)
        return out if answer.acknowledged else {**out, "ok": False, "error": f"{name} failed: {answer.error}"}

    async def _action(self, body: Json, person: Person) -> Json:
        container, at, selected = body["container"], (body["block_id"], body["action_id"]), body.get("selected")
        acts = self._ws.interactions
        if container["type"] == "message":
            channel = self._channel(container, person)
            return _outcome(await acts.click_message(person, channel, container["ts"], *at, selected))
        if container["type"] == "ephemeral":
            return _outcome(await acts.click_ephemeral(person, container["id"], *at, selected))
        if container["type"] == "view":
            self._own_view(person, container["view_id"])
            return _outcome(await acts.click_view(person, container["view_id"], *at, selected))
        raise ValueError(f"unknown container {container['type']!r}")

    def _own_view(self, person: Person, view_id: str) -> None:
        user, _ = self._ws.modals.locate(view_id=view_id)
        if user != person.id:
            raise ApiError("not_found")

    async def _submit(self, body: Json, person: Person) -> Json:
        self._own_view(person, body["view_id"])
        answer, errors = await self._ws.interactions.submit(person, body["view_id"], body.get("values") or {})
        if answer is None:
            return {"ok": False, "acknowledged": False, "errors": errors}
        out = _outcome(answer)
        if errors or not answer.acknowledged:
            return {**out, "ok": False, "errors": errors}
        return out

    async def _close(self, body: Json, person: Person) -> Json:
        self._own_view(person, body["view_id"])
        await self._ws.interactions.close(person, body["view_id"])
        return {"ok": True}

    async def _home(self, _: Json, person: Person) -> Json:
        return {"ok": True, "event_id": self._ws.interactions.open_home(person)}

    async def _message_shortcut(self, body: Json, person: Person) -> Json:
        channel = self._channel(body, person)
        answer = await self._ws.interactions.message_shortcut(person, channel, body["ts"], body["callback_id"])
        return _outcome(answer)

    async def _shortcut(self, body: Json, person: Person) -> Json:
        return _outcome(await self._ws.interactions.shortcut(person, body["callback_id"]))

    async def _react(self, body: Json, person: Person) -> Json:
        channel = self._channel(body, person)
        if refused := _not_writable(channel, person, None):
            return {"ok": False, "error": refused}
        return {"ok": True, "there": self._ws.emoji.toggle(person.id, channel, str(body["ts"]), str(body["name"]))}

    async def _join(self, body: Json, person: Person) -> Json:
        channel = self._channel(body, person)
        if person.id not in channel.members:
            self._ws.join(channel, person.id)
        return {"ok": True}


def _not_writable(channel: Channel, person: Person, thread_ts: str | None) -> str | None:
    if channel.is_archived:
        return "is_archived"
    if person.id not in channel.members:
        return "not_in_channel"
    return "thread_not_found" if thread_ts and thread_ts not in channel.messages else None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _visible(channel: Channel, person: Person) -> bool:
    return not (channel.im_with or channel.is_private) or person.id in channel.members


def _channel_json(channel: Channel, person: Person) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "topic": channel.topic,
        "is_member": person.id in channel.members,
        "is_im": channel.im_with is not None,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "messages": list(channel.messages.values()),
    }


def _outcome(answer: Answer) -> Json:
    out: Json = {
        "ok": True,
        "acknowledged": answer.acknowledged,
        "status": answer.status,
        "ms": answer.ms,
    }
    return {**out, "error": answer.error} if answer.error else out


def _refusal(error: str, status: int) -> JSONResponse:
    return JSONResponse({"ok": False, "error": error}, status)
