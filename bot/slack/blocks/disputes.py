"""Items that people differ on, for everybody: what they say, how the votes fall, and where to talk about them. Never who said what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from bot.domain import Disputed
from bot.slack.blocks.text import SAID, Block, clip, context, escape, literal, one_line, section
from bot.words import say

EXCERPT: Final = 140


class Dispute(NamedTuple):
    """A disputed item as it is shown; `link` leads to its message, where that is known."""

    text: str
    found: Disputed
    link: str | None = None


def blocks(disputes: Sequence[Dispute]) -> list[Block]:
    """A list; nothing where nobody differs."""
    if not disputes:
        return []
    return [section(say("disputes-title")), listed(disputes), context(say("disputes-note"))]


def listed(disputes: Sequence[Dispute]) -> Block:
    """The list itself."""
    items = [{"type": "rich_text_section", "elements": _elements(dispute)} for dispute in disputes]
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "ordered", "elements": items}]}


def _elements(dispute: Dispute) -> list[Block]:
    parts = [literal(f"{say('disputes-quoted', text=_excerpt(dispute))} "), literal(f"({votes(dispute.found)})")]
    if dispute.link:
        parts += [literal(" "), {"type": "link", "url": dispute.link, "text": say("disputes-go")}]
    return parts


def _excerpt(dispute: Dispute) -> str:
    return clip(one_line(dispute.text), EXCERPT) or say("disputes-no-text")


def votes(found: Disputed) -> str:
    """ "2 spam, 1 other; now spam": how many said what, and the label in force."""
    said = ", ".join(f"{number} {clip(label, SAID)}" for label, number in _ranked(found.votes))
    if found.label is None:
        return say("disputes-open", votes=said)
    return say("disputes-now", votes=said, label=clip(found.label, SAID))


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def spoken(disputes: Sequence[Dispute]) -> str:
    """The same in one sentence (mrkdwn); empty where nobody differs."""
    if not disputes:
        return ""
    return say("disputes-spoken", listed=spoken_list(disputes))


def spoken_list(disputes: Sequence[Dispute]) -> str:
    """Each in a few words (mrkdwn)."""
    return "; ".join(
        say("disputes-one", text=escape(_excerpt(dispute)), votes=escape(votes(dispute.found))) for dispute in disputes
    )
