"""rich_text: text in which nothing is parsed, with styles and with mentions as elements of their own."""

from __future__ import annotations

from bot.localslack.rules.objects import BLOCK_ID
from bot.localslack.rules.schema import Check, array, boolean, by_type, enum, integer, record, string, url

_ID = string(255)
_STYLE = record(
    {},
    {
        name: boolean
        for name in ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
    },
)
_STYLED: dict[str, Check] = {"style": _STYLE}
_MOST = 10_000  # Slack gives no figure; a message's own limit is reached before

INLINE = by_type(
    {
        "text": record({"text": string(12_000)}, _STYLED),
        "link": record({"url": url()}, {**_STYLED, "text": string(12_000), "unsafe": boolean}),
        "emoji": record({"name": string(255)}, {**_STYLED, "unicode": string(255), "skin_tone": integer(1, 6)}),
        "user": record({"user_id": _ID}, _STYLED),
        "usergroup": record({"usergroup_id": _ID}, _STYLED),
        "channel": record({"channel_id": _ID}, _STYLED),
        "team": record({"team_id": _ID}, _STYLED),
        "broadcast": record({"range": enum("here", "channel", "everyone")}, _STYLED),
        "date": record(
            {"timestamp": integer(0, 99_999_999_999), "format": string(1000)},
            {**_STYLED, "url": url(), "fallback": string(1000)},
        ),
        "color": record({"value": string(20)}, _STYLED),
    }
)
_SECTION = record({"elements": array(INLINE, _MOST, 0)})
_BORDER: dict[str, Check] = {"border": integer(0, 1)}
_PARTS = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": record(
            {"elements": array(by_type({"rich_text_section": _SECTION}), _MOST), "style": enum("bullet", "ordered")},
            {**_BORDER, "indent": integer(0, 8), "offset": integer(0, 100_000)},
        ),
        "rich_text_preformatted": record({"elements": array(INLINE, _MOST, 0)}, {**_BORDER, "language": string(50)}),
        "rich_text_quote": record({"elements": array(INLINE, _MOST, 0)}, _BORDER),
    }
)
RICH_TEXT = record({"elements": array(_PARTS, _MOST)}, {"block_id": BLOCK_ID})
