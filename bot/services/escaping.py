"""Cells that a spreadsheet would run as a formula, made harmless, and back.

A cell is dangerous if, after white space and invisible characters, it begins with = + - @ (or their full-width forms), or if it
begins with a tab, carriage return or line feed at all. It gets one apostrophe in front, which spreadsheets take as "this is text". So
that nothing is lost, a cell that has apostrophes before such a beginning already gets one more: `restore(defuse(s)) == s` for every s.
"""

from __future__ import annotations

import re

# White space, control characters and zero-width ones: spreadsheets drop some of them before they look for a formula.
_DANGEROUS = re.compile(
    "'*(?:[\t\r\n]|[\\s\\x00-\\x20\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]*[=+\\-@＝＋－＠])"
)


def defuse(cell: str) -> str:
    """The cell, with an apostrophe in front if it is dangerous."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def restore(cell: str) -> str:
    """Undoes `defuse`. Only for cells that were defused: a cell of another origin may have an apostrophe of its own."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell
