"""Fonts for names in any script: those that are installed, and what is written where none has a character.

The default font comes with matplotlib and has Latin, Greek, Cyrillic, Arabic and Hebrew letters. No fonts are shipped for others: a
machine that has one of these below draws them.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FAMILIES: Final = (
    "DejaVu Sans",
    *("Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK KR", "Noto Sans JP", "Noto Sans SC", "Noto Sans KR"),
    *("Source Han Sans", "Droid Sans Fallback", "WenQuanYi Zen Hei", "IPAGothic", "NanumGothic"),
    *("Hiragino Sans", "PingFang SC", "Apple SD Gothic Neo", "Yu Gothic", "Microsoft YaHei", "Malgun Gothic"),
    *("Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans Bengali", "Noto Sans Tamil", "Noto Emoji", "Symbola"),
)
_UNSEEN: Final = {0x200D: None, 0xFE0E: None, 0xFE0F: None} | dict.fromkeys(
    range(0x1F3FB, 0x1F400)
)  # joiners, skin tones


@cache
def installed() -> tuple[str, ...]:
    """Those of the families that this machine has, as matplotlib's fallbacks."""
    from matplotlib.font_manager import fontManager

    there = {font.name for font in fontManager.ttflist}
    return tuple(family for family in FAMILIES if family in there)


def readable(text: str) -> str | None:
    """The text with pictographs that can't be drawn by their names; None where it has letters that can't.

    What is invisible, or a mark on another letter, is left out without a word."""
    made = []
    for char in text.translate(_UNSEEN):
        if _drawn(char):
            made.append(char)
        elif unicodedata.category(char) == "So":
            made.append(f"[{unicodedata.name(char, '?').lower()}]")
        elif unicodedata.category(char)[0] not in "CM":
            return None
    return "".join(made)


def _drawn(char: str) -> bool:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return any(get_font(findfont(FontProperties(family=name))).get_char_index(ord(char)) for name in installed())


def dress(made: Figure) -> None:
    """All that is written in the figure may fall back on them."""
    from matplotlib.text import Text

    made.draw_without_rendering()  # or ticks would have no texts yet
    for text in made.findobj(Text):
        text.set_fontfamily(list(installed()))
