"""What goes to Slack: a message with its plainer form, or a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.slack.blocks.text import Block


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `text` says it all for screen readers and notifications.

    `plain_blocks` is the form for a Slack that refuses the newer block types (charts); None: there is no need for one.
    """

    text: str
    blocks: list[Block]
    plain_blocks: list[Block] | None = None

    def ending(self, block: Block, text: str) -> Message:
        """The same with one block more, and what it says."""
        plain = [*self.plain_blocks, block] if self.plain_blocks is not None else None
        return Message(f"{self.text} {text}", [*self.blocks, block], plain)

    def payload(self, *, plain: bool = False) -> dict[str, Any]:
        """`text` and `blocks` as the Web API and response URLs take them."""
        blocks = self.plain_blocks if plain and self.plain_blocks is not None else self.blocks
        return {"text": self.text, "blocks": blocks}


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG for a thread."""

    filename: str
    title: str
    alt_text: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file for a thread that is no picture; `comment` stands above it (mrkdwn)."""

    filename: str
    title: str
    comment: str
    data: bytes
