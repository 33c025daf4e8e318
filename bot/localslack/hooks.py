"""response_url: five uses within 30 minutes, with which an app answers a click or a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.localslack.clock import Clock
from bot.localslack.content import message_content
from bot.localslack.errors import ApiError
from bot.localslack.faults import Faults
from bot.localslack.state import Channel, Ephemeral, State

Json = dict[str, Any]
LIFETIME_SECONDS = 30 * 60.0
MAX_USES = 5


@dataclass
class Hook:
    """Where an answer goes. `ts` or `ephemeral_id`: the message that was clicked, if it was one."""

    user: str
    channel: str
    ts: str | None
    ephemeral_id: str | None
    expires: float
    uses: int = 0


class Hooks:
    """Gives out response URLs and takes what is posted to them."""

    def __init__(self, state: State, clock: Clock, faults: Faults) -> None:
        self._state = state
        self._clock = clock
        self._faults = faults
        self._hooks: dict[str, Hook] = {}
        self.base_url = ""

    def new(
        self, family: str, user: str, channel: str, *, ts: str | None = None, ephemeral_id: str | None = None
    ) -> str:
        """A fresh address. `family`: actions or commands."""
        lifetime = 0.0 if self._faults.hits("expire_response_urls") else LIFETIME_SECONDS
        key = self._state.ids.secret()
        self._hooks[key] = Hook(user, channel, ts, ephemeral_id, self._clock.now() + lifetime)
        return f"{self.base_url}/{family}/{self._state.config.team.id}/{len(self._hooks)}/{key}"

    def use(self, key: str, body: Json) -> None:
        """Takes an answer. Raises ApiError: 404 used_url, expired_url or not_found; 400 for a wrong message."""
        hook = self._hooks.get(key)
        if hook is None:
            raise ApiError("not_found", status=404)
        if self._clock.now() >= hook.expires:
            raise ApiError("expired_url", status=404)
        if hook.uses >= MAX_USES:
            raise ApiError("used_url", status=404)
        hook.uses += 1
        try:
            self.answer(hook, body)
        except ApiError as refused:
            raise ApiError(refused.code, messages=refused.messages, status=400, **refused.extra) from refused

    def answer(self, hook: Hook, body: Json) -> None:
        """Does what the body asks: delete, replace, or a new message, ephemeral unless in_channel."""
        channel = self._state.channels[hook.channel]
        if body.get("delete_original"):
            self._delete(hook, channel)
        elif body.get("replace_original") and (hook.ts or hook.ephemeral_id):
            self._replace(hook, channel, message_content(body, self._state.ids))
        else:
            self._new(hook, channel, body)

    def _delete(self, hook: Hook, channel: Channel) -> None:
        if hook.ts in channel.messages:
            self._state.delete(channel, hook.ts or "")
        elif ephemeral := self._state.ephemerals.get(hook.ephemeral_id or ""):
            self._state.delete_ephemeral(ephemeral)
        else:
            raise ApiError("message_not_found")

    def _replace(self, hook: Hook, channel: Channel, content: Json) -> None:
        state = self._state
        if hook.ts:
            if hook.ts not in channel.messages:
                raise ApiError("message_not_found")
            edited = {"user": state.config.bot_user_id, "ts": state.ids.ts()}
            kept: Json = {"blocks": None, "attachments": None}
            state.change(channel, hook.ts, {**kept, **content, "edited": edited})
            return
        old = state.ephemerals.get(hook.ephemeral_id or "")
        if old is None:
            raise ApiError("message_not_found")
        head: Json = {
            name: old.message[name] for name in ("type", "ts", "thread_ts", "is_ephemeral") if name in old.message
        }
        message = {**head, **state.bot_author(), **content}
        state.replace_ephemeral(Ephemeral(old.id, old.user, old.channel, old.thread_ts, message))

    def _new(self, hook: Hook, channel: Channel, body: Json) -> None:
        state = self._state
        content = message_content(body, state.ids)
        thread_ts = body.get("thread_ts") or None
        if thread_ts is not None and thread_ts not in channel.messages:
            raise ApiError("thread_not_found")
        if body.get("response_type") == "in_channel":
            state.post(channel, state.bot_author(), content, thread_ts)
        else:
            state.post_ephemeral(channel, hook.user, state.bot_author(), content, thread_ts)
