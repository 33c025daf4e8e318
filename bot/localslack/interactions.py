"""What a person does, turned into payloads, and what the app's acknowledgement then does to the screen."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from bot.localslack import elements, submissions
from bot.localslack.bus import Bus
from bot.localslack.config import Person
from bot.localslack.delivery import Answer, Delivery, Parcel
from bot.localslack.errors import ApiError
from bot.localslack.events import Events
from bot.localslack.hooks import Hook, Hooks
from bot.localslack.modals import Modals
from bot.localslack.payloads import Payloads
from bot.localslack.state import Channel, State
from bot.localslack.triggers import Triggers

Json = dict[str, Any]

logger = logging.getLogger(__name__)
_KEPT = Answer(True)  # entered, and nothing sent: an input that doesn't dispatch


@dataclass(frozen=True)
class Parts:
    """What interactions work with."""

    state: State
    bus: Bus
    modals: Modals
    triggers: Triggers
    hooks: Hooks
    payloads: Payloads
    delivery: Delivery
    events: Events


class Interactions:
    """One method per thing that a person can do. Each returns the app's Answer; a silent app is told to the person."""

    def __init__(self, parts: Parts) -> None:
        self._p = parts

    # --- clicks

    async def click_message(
        self, person: Person, channel: Channel, ts: str, block_id: str, action_id: str, selected: Any
    ) -> Answer:
        """A button or menu of a message. Raises NotThereError."""
        p = self._p
        message = channel.messages.get(ts)
        if message is None:
            raise elements.NotThereError(f"there is no message {ts} in {channel.id}")
        blocks = all_blocks(message)
        element = elements.find(blocks, block_id, action_id)
        action = elements.action(block_id, element, selected, p.state.ids.ts())
        state = self._chosen((person.id, channel.id, ts), blocks, block_id, element, selected)
        if not elements.dispatches(blocks, block_id):
            return _KEPT
        url = p.hooks.new("actions", person.id, channel.id, ts=ts)
        trigger = p.triggers.new(person.id)
        payload = p.payloads.message_click(person, channel, message, action, state, trigger, url)
        return await self._deliver(person, payload)

    async def click_ephemeral(
        self, person: Person, ephemeral_id: str, block_id: str, action_id: str, selected: Any
    ) -> Answer:
        """A button or menu of a message that only this person sees. Raises NotThereError."""
        p = self._p
        seen = p.state.ephemerals.get(ephemeral_id)
        if seen is None or seen.user != person.id:
            raise elements.NotThereError(f"there is no ephemeral message {ephemeral_id}")
        blocks = all_blocks(seen.message)
        element = elements.find(blocks, block_id, action_id)
        action = elements.action(block_id, element, selected, p.state.ids.ts())
        state = self._chosen((person.id, seen.channel, seen.id), blocks, block_id, element, selected)
        url = p.hooks.new("actions", person.id, seen.channel, ephemeral_id=seen.id)
        trigger = p.triggers.new(person.id)
        channel = p.state.channels[seen.channel]
        payload = p.payloads.ephemeral_click(person, channel, seen, action, state, trigger, url)
        return await self._deliver(person, payload)

    async def click_view(self, person: Person, view_id: str, block_id: str, action_id: str, selected: Any) -> Answer:
        """A button, menu or dispatching input of a modal or of Home. Raises NotThereError, ApiError not_found."""
        p = self._p
        _, view = p.modals.locate(view_id=view_id)
        element = elements.find(view["blocks"], block_id, action_id)
        action = elements.action(block_id, element, selected, p.state.ids.ts())
        values = elements.chosen(view["state"]["values"], block_id, element, selected)
        view["state"] = {"values": values}
        if not elements.dispatches(view["blocks"], block_id):
            return _KEPT
        trigger = p.triggers.new(person.id, view["id"] if view["type"] == "modal" else None)
        return await self._deliver(person, p.payloads.view_click(person, view, action, trigger))

    def _chosen(
        self, key: tuple[str, str, str], blocks: list[Json], block_id: str, element: Json, selected: Any
    ) -> Json:
        inputs = self._p.state.inputs
        values: Json = elements.initial_state(blocks)
        for block, entries in inputs.get(key, {}).items():
            if block in values:
                values[block] = {**values[block], **{k: v for k, v in entries.items() if k in values[block]}}
        values = elements.chosen(values, block_id, element, selected)
        if values:
            inputs[key] = values
        return values

    # --- modals

    async def submit(self, person: Person, view_id: str, entered: Json) -> tuple[Answer | None, Json]:
        """A modal's submit button: (the app's answer, errors by block_id). No answer: the form itself was incomplete.

        Raises NotThereError, ApiError not_found."""
        p = self._p
        _, view = p.modals.locate(view_id=view_id)
        values = view["state"]["values"]
        for block_id, entries in entered.items():
            for action_id, entry in entries.items():
                element = elements.find(view["blocks"], block_id, action_id)
                values = elements.chosen(values, block_id, element, elements.selection_of(entry))
        view["state"] = {"values": values}
        if errors := submissions.incomplete(view):
            return None, errors
        trigger = p.triggers.new(person.id, view["id"])
        answer = await self._deliver(person, p.payloads.view_submission(person, view, trigger))
        if not answer.acknowledged:
            return answer, {}
        return answer, await self._respond(person, view, answer)

    async def _respond(self, person: Person, view: Json, answer: Answer) -> Json:
        modals, body = self._p.modals, answer.body if isinstance(answer.body, dict) else {}
        asked = body.get("response_action")
        try:
            if asked == "errors":
                return submissions.read_errors(view, body)
            if asked == "clear":
                await self._closed(person, modals.clear(person.id), is_cleared=True)
            elif asked == "update":
                _, shown = modals.locate(view_id=view["id"])  # views.update may have replaced it meanwhile
                modals.update(person.id, shown, submissions.read_view(body, self._p.state.ids), None)
            elif asked == "push":
                modals.push(person.id, submissions.read_view(body, self._p.state.ids))
            elif asked is None:
                modals.remove(person.id, view["id"])
            else:
                raise ApiError("invalid_arguments", messages=[f"unknown response_action {asked!r}"])
        except ApiError as refused:
            text = f"The app's response_action was refused: {refused.code} {' '.join(refused.messages)}".strip()
            logger.error("%s", text)
            self._p.bus.notice(text, to=person.id)
        return {}

    async def close(self, person: Person, view_id: str) -> None:
        """A modal's close button. Raises ApiError not_found."""
        modals = self._p.modals
        _, view = modals.locate(view_id=view_id)
        if view.get("clear_on_close"):
            await self._closed(person, modals.clear(person.id), is_cleared=True)
            return
        modals.remove(person.id, view_id)
        await self._closed(person, [view], is_cleared=False)

    async def _closed(self, person: Person, views: list[Json], *, is_cleared: bool) -> None:
        for view in views:
            if view.get("notify_on_close"):
                await self._deliver(person, self._p.payloads.view_closed(person, view, is_cleared=is_cleared))

    # --- commands, shortcuts, Home

    async def command(self, person: Person, channel: Channel, name: str, text: str) -> Answer:
        """A slash command; what the app sends with its acknowledgement is shown."""
        p = self._p
        url = p.hooks.new("commands", person.id, channel.id)
        payload = p.payloads.command(person, channel, name, text, p.triggers.new(person.id), url)
        answer = await self._deliver(person, payload, "slash_commands")
        if answer.acknowledged and answer.message:
            try:
                p.hooks.answer(Hook(person.id, channel.id, None, None, 0.0), answer.message)
            except ApiError as refused:
                detail = " ".join((refused.code, *refused.messages))
                logger.error("the answer to %s was refused: %s", name, detail)
                p.bus.notice(f"{name} failed with the error: {detail}", to=person.id)
        return answer

    async def message_shortcut(self, person: Person, channel: Channel, ts: str, callback_id: str) -> Answer:
        """A shortcut from a message's menu. Raises NotThereError."""
        p = self._p
        message = channel.messages.get(ts)
        if message is None:
            raise elements.NotThereError(f"there is no message {ts} in {channel.id}")
        url = p.hooks.new("actions", person.id, channel.id)
        trigger = p.triggers.new(person.id)
        payload = p.payloads.message_shortcut(person, channel, message, callback_id, p.state.ids.ts(), trigger, url)
        return await self._deliver(person, payload)

    async def shortcut(self, person: Person, callback_id: str) -> Answer:
        """A global shortcut."""
        p = self._p
        payload = p.payloads.shortcut(person, callback_id, p.state.ids.ts(), p.triggers.new(person.id))
        return await self._deliver(person, payload)

    def open_home(self, person: Person) -> str | None:
        """The app's Home was opened: an event. Returns its event_id."""
        p = self._p
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": p.state.direct_channel(person.id).id,
            "tab": "home",
        }
        home = p.modals.home(person.id)
        return p.events.emit({**event, "view": home} if home else event)

    async def _deliver(self, person: Person, payload: Json, kind: str = "interactive") -> Answer:
        parcel = Parcel("slash_commands" if kind == "slash_commands" else "interactive", payload)
        answer = await self._p.delivery.deliver(parcel)
        if not answer.acknowledged:
            self._p.bus.notice(_silence(payload, answer), to=person.id)
        return answer


def _silence(payload: Json, answer: Answer) -> str:
    name = payload.get("command") or payload["type"]
    reasons = {
        "timeout": "the app did not answer within 3 seconds",
        "no_connection": "the app is not connected",
        "connection_failed": "the app can't be reached",
    }
    return f"{name}: " + reasons.get(answer.error or "", f"the app answered with status {answer.status}")


def all_blocks(message: Json) -> list[Json]:
    """A message's blocks and those of its attachments."""
    blocks = list(message.get("blocks") or [])
    for attachment in message.get("attachments") or []:
        blocks += attachment.get("blocks") or []
    return blocks
