"""Emoji on messages: who put which one, and the events that tell the app."""

from __future__ import annotations

from typing import Any

from bot.localslack.errors import ApiError
from bot.localslack.events import Events
from bot.localslack.state import Channel, State

Json = dict[str, Any]


class Emoji:
    """Puts and takes reactions. Raises ApiError with Slack's codes."""

    def __init__(self, state: State, events: Events, bot_user_id: str) -> None:
        self._state, self._events, self._bot = state, events, bot_user_id

    def add(self, user: str, channel: Channel, ts: str, name: str) -> None:
        """`reaction_added` tells the app."""
        name, message = _name(name), _message(channel, ts)
        users = _users(message, name)
        if user in users:
            raise ApiError("already_reacted")
        self._write(channel, message, name, [*users, user])
        self._tell("reaction_added", user, channel, message, name)

    def remove(self, user: str, channel: Channel, ts: str, name: str) -> None:
        """`reaction_removed` tells the app."""
        name, message = _name(name), _message(channel, ts)
        users = _users(message, name)
        if user not in users:
            raise ApiError("no_reaction")
        self._write(channel, message, name, [one for one in users if one != user])
        self._tell("reaction_removed", user, channel, message, name)

    def toggle(self, user: str, channel: Channel, ts: str, name: str) -> bool:
        """What a click on a reaction does; True: it is there now."""
        there = user in _users(_message(channel, ts), _name(name))
        (self.remove if there else self.add)(user, channel, ts, name)
        return not there

    def _write(self, channel: Channel, message: Json, name: str, users: list[str]) -> None:
        entries = [
            entry if entry["name"] != name else {"name": name, "users": users, "count": len(users)}
            for entry in message.get("reactions", [])
        ]
        if all(entry["name"] != name for entry in entries):
            entries.append({"name": name, "users": users, "count": len(users)})
        kept = [entry for entry in entries if entry["users"]]
        self._state.change(channel, message["ts"], {"reactions": kept or None})

    def _tell(self, kind: str, user: str, channel: Channel, message: Json, name: str) -> None:
        if self._bot not in channel.members:
            return  # an app hears nothing of a channel that it is not in
        item = {"type": "message", "channel": channel.id, "ts": message["ts"]}
        event = {"type": kind, "user": user, "reaction": name, "item": item}
        self._events.emit(event | ({"item_user": message["user"]} if message.get("user") else {}))


def _name(name: str) -> str:
    plain = name.strip(":")
    if not plain or not all(letter.isalnum() or letter in "_+-':" for letter in plain):
        raise ApiError("invalid_name")
    return plain


def _message(channel: Channel, ts: str) -> Json:
    message = channel.messages.get(ts)
    if message is None:
        raise ApiError("message_not_found")
    return message


def _users(message: Json, name: str) -> list[str]:
    return next((list(entry["users"]) for entry in message.get("reactions", []) if entry["name"] == name), [])
