"""What every Web API method works with: its call and the reading of arguments."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.localslack.auth import Identity, TokenKind, require
from bot.localslack.config import Person
from bot.localslack.errors import ApiError, bad_arguments
from bot.localslack.state import Channel
from bot.localslack.workspace import Workspace

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call: arguments as they came (JSON values or the strings of a form), and who calls."""

    ws: Workspace
    args: Json
    identity: Identity

    def text(self, name: str, default: str = "") -> str:
        """A string argument; absent: the default."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def needed(self, name: str) -> str:
        """A string argument. Raises ApiError invalid_arguments if it is absent or empty."""
        value = self.text(name)
        if not value:
            raise bad_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        """A truth value: JSON's, or a form's 1 / true."""
        value = self.args.get(name)
        return value is True or str(value).lower() in ("1", "true")

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`; more than that is cut. Raises ApiError invalid_arguments."""
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            read = int(str(value))
        except ValueError:
            raise bad_arguments(f"{name} must be a whole number") from None
        if read < 1:
            raise ApiError("invalid_limit")
        return min(read, most)

    def json_list(self, name: str) -> list[Any]:
        """A list, or JSON of one. Raises ApiError invalid_arguments."""
        value = self.args.get(name)
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise bad_arguments(f"{name} is no JSON") from None
        if not isinstance(value, list):
            raise bad_arguments(f"missing required field: {name}")
        return value

    def channel(self, scope: str | None = None, name: str = "channel") -> Channel:
        """The channel argument. `scope`: its family's must be there (channels:read, groups:read...).

        Raises ApiError channel_not_found or missing_scope."""
        wanted = self.text(name)
        channel = self.ws.state.channels.get(wanted)
        if channel is None and wanted in self.ws.state.people:
            return self.ws.state.direct_channel(wanted)
        if channel is None or (channel.is_private and self.ws.config.bot_user_id not in channel.members):
            raise ApiError("channel_not_found")
        if scope:
            require(self.identity, "any", (f"{channel.scope_family}:{scope}",))
        return channel

    def writable_channel(self, name: str = "channel") -> Channel:
        """The channel argument, fit to be written to. Raises ApiError channel_not_found, is_archived, not_in_channel."""
        channel = self.channel(name=name)
        if channel.is_archived:
            raise ApiError("is_archived")
        if self.ws.config.bot_user_id not in channel.members:
            raise ApiError("not_in_channel")
        return channel

    def person(self, name: str = "user") -> Person:
        """The person argument. Raises ApiError user_not_found."""
        person = self.ws.state.people.get(self.text(name))
        if person is None:
            raise ApiError("user_not_found")
        return person


@dataclass(frozen=True)
class Method:
    """A Web API method. `scopes`: any one is enough. `tier`: see rates.py."""

    name: str
    handler: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    tier: int = 3
    needs: TokenKind = "bot"


def page_of(entries: list[Json], call: Call, default: int = 100, most: int = 999) -> tuple[list[Json], str]:
    """(one page, next cursor or ""). The cursor is the index of the next entry. Raises ApiError invalid_cursor."""
    limit = call.number("limit", default, most)
    cursor = call.text("cursor")
    if cursor and not (cursor.startswith("n") and cursor[1:].isdigit()):
        raise ApiError("invalid_cursor")
    start = int(cursor[1:]) if cursor else 0
    end = start + limit
    return entries[start:end], f"n{end}" if end < len(entries) else ""
