"""The smallest parts: escaping, excerpts, text objects, times. Untrusted text goes through here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from bot.words import say

Block = dict[str, Any]

EXCERPT: Final = 600  # characters of an item shown in the channel; longer texts get "Read all"
SAID: Final = 250  # characters of an answer, which may be a set of many labels
RECORD: Final = 90  # characters of an item in its closed one-line record
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_UNLINKED: Final = ":\u2060//"
# Line breaks and controls would break a one-line form; bidi overrides would turn round what follows them.
_INVISIBLE: Final = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)} | {
    code: None for code in (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def escape(text: str) -> str:
    """Text that means itself in mrkdwn and in a top-level `text`: no mention, no link, no channel.

    Slack makes links of bare addresses in a top-level `text`; an invisible word joiner keeps it from it."""
    return text.translate(_ESCAPES).replace("://", _UNLINKED)


def one_line(text: str) -> str:
    """Without line breaks, controls and bidi overrides, spaces squeezed."""
    return " ".join(text.translate(_INVISIBLE).split())


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def excerpt(text: str, limit: int = EXCERPT) -> tuple[str, bool]:
    """The start of a text, cut at a word where one ends near, and whether anything was left out."""
    if len(text) <= limit:
        return text, False
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit - 60)
    return (cut[:space] if space > 0 else cut).rstrip() + "…", True


def mention(user_id: str) -> str:
    """A person or a user group (S…), by Slack's id; shown as the name that each reader knows."""
    return f"<!subteam^{user_id}>" if user_id.startswith("S") else f"<@{user_id}>"


def doer(user_id: str | None) -> str:
    """Who did something: a person, somebody at the command line, or Roundtable itself."""
    if user_id == "cli":
        return say("somebody-on-the-server")
    return mention(user_id) if user_id else "Roundtable"


def mentions(user_ids: list[str] | tuple[str, ...], limit: int = 20) -> str:
    """People, by comma, in a stable order."""
    shown = ", ".join(mention(user_id) for user_id in sorted(user_ids)[:limit])
    rest = len(user_ids) - limit
    return say("people-and-more", people=shown, rest=rest) if rest > 0 else shown


def moment(at: datetime) -> str:
    """A time in each reader's own time zone, with UTC where a client can't."""
    pattern = say("moment", date="{date_short_pretty}", time="{time}")
    return f"<!date^{int(at.timestamp())}^{pattern}|{at:%Y-%m-%d %H:%M} UTC>"


def packed(lines: Sequence[str], size: int = 2_900) -> list[str]:
    """Lines joined into as few texts of that size as they go into."""
    made: list[str] = []
    for line in lines:
        if made and len(made[-1]) + len(line) < size:
            made[-1] += "\n" + line
        else:
            made.append(line)
    return made


def plain(text: str) -> Block:
    """A plain_text object. Emoji off: a text with :colons: is shown as it is."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> Block:
    """A mrkdwn object; whatever is untrusted in `text` must have gone through `escape`. Nothing becomes a link by itself."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str) -> Block:
    """A paragraph of mrkdwn."""
    return {"type": "section", "text": mrkdwn(clip(text, 3_000))}


def context(text: str) -> Block:
    """A small line of mrkdwn."""
    return {"type": "context", "elements": [mrkdwn(clip(text, 3_000))]}


def header(text: str) -> Block:
    """A title."""
    return {"type": "header", "text": plain(clip(text, 150))}


def rich(*elements: Block) -> Block:
    """One rich_text section: nothing in a text element is parsed."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def literal(text: str, *, bold: bool = False) -> Block:
    """A text element of rich text, shown exactly as it is."""
    element: Block = {"type": "text", "text": text}
    return element | {"style": {"bold": True}} if bold else element


def table_block(rows: Sequence[Sequence[str]]) -> Block:
    """A native table, the first row its head; a message takes one. Cells are shown exactly as they are."""
    cells = [[{"type": "raw_text", "text": cell or "–"} for cell in row] for row in rows]
    return {"type": "table", "column_settings": [{"is_wrapped": True}], "rows": cells}


def preformatted(text: str) -> Block:
    """Fixed-width text."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [literal(text)]}]}
