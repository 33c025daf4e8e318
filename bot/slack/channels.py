"""Channels by name: what a person types, and what Slack's calls need."""

from __future__ import annotations

from typing import NamedTuple

from bot.domain import NotFoundError, RoundtableError
from bot.slack.errors import SlackError
from bot.slack.gateway import Gateway
from bot.words import say

PAGE = 200
PAGES = 50  # 10,000 channels


class Channel(NamedTuple):
    """What Slack says of a channel. `is_member`: the app is in it."""

    id: str
    name: str
    is_member: bool
    is_private: bool
    is_archived: bool


class Channels:
    """Looks channels up in the workspace."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def resolve(self, wanted: str) -> tuple[str, str]:
        """Id and name of "#name", "name" or an id.

        Raises NotFoundError if the bot can't see such a channel, RoundtableError if Slack can't be asked.
        """
        name = wanted.strip().lstrip("#")
        cursor = ""
        try:
            for _ in range(PAGES):
                page = self._gateway.call(
                    "conversations.list",
                    {
                        "types": "public_channel,private_channel",
                        "exclude_archived": True,
                        "limit": PAGE,
                        "cursor": cursor,
                    },
                )
                for channel in page.get("channels") or ():
                    if name in (channel["id"], channel["name"]):
                        return str(channel["id"]), str(channel["name"])
                cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
                if not cursor:
                    break
        except SlackError as error:
            raise RoundtableError(say("channel-not-asked", channel=repr(wanted), why=str(error))) from error
        raise NotFoundError(say("channel-not-seen", channel=repr(wanted)))

    def info(self, channel_id: str) -> Channel:
        """Raises SlackError: RefusedError `channel_not_found` also for a private one that the app is not in."""
        found = self._gateway.call("conversations.info", {"channel": channel_id}).get("channel") or {}
        return Channel(
            id=channel_id,
            name=str(found.get("name") or channel_id),
            is_member=bool(found.get("is_member")),
            is_private=bool(found.get("is_private")),
            is_archived=bool(found.get("is_archived")),
        )

    def join(self, channel_id: str) -> None:
        """Into a public channel. Raises SlackError."""
        self._gateway.call("conversations.join", {"channel": channel_id})

    def timezone(self, user_id: str) -> str:
        """A person's, as it stands in their profile. Raises SlackError."""
        return str((self._gateway.call("users.info", {"user": user_id}).get("user") or {}).get("tz") or "UTC")
