"""Channels by name: what a person types, and what Slack's calls need."""

from __future__ import annotations

from bot.domain import NotFoundError, RoundtableError
from bot.slack.gateway import SlackError, SlackGateway

PAGE = 200
PAGES = 50  # 10,000 channels


class Channels:
    """Looks channels up in the workspace."""

    def __init__(self, gateway: SlackGateway) -> None:
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
            raise RoundtableError(f"Slack could not be asked for the channel {wanted!r}: {error}") from error
        raise NotFoundError(
            f"The bot sees no channel {wanted!r}. Check the spelling; a private channel must first be opened to it by /invite."
        )
