"""Keywords that a lead gives, for the time before there is a model: items that match are asked first."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from bot.domain import RoundtableError
from bot.words import say

MAX_PATTERN = 200
# A pattern that backtracks for ever must not hold up the worker: what takes longer on one text is no match.
SECONDS_PER_TEXT = 0.05


class SeedPatternError(RoundtableError):
    """A keyword or regular expression that can't be used."""


class Matcher:
    """Whole words in any case, or, between slashes, a regular expression: "refund", "never again", "/sue|lawyer/"."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Raises SeedPatternError, which names the pattern."""
        self._compiled = [_compile(pattern) for pattern in patterns]

    def matches(self, text: str) -> bool:
        """Whether any pattern is found in `text`."""
        return any(_found(pattern, text) for pattern in self._compiled)


def _compile(pattern: str) -> regex.Pattern[str]:
    if not pattern.strip() or len(pattern) > MAX_PATTERN:
        raise SeedPatternError(say("keyword-length", keyword=pattern[:40], most=MAX_PATTERN))
    if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/"):
        try:
            return regex.compile(pattern[1:-1], regex.IGNORECASE)
        except regex.error as error:
            raise SeedPatternError(say("keyword-expression", keyword=pattern, fault=str(error))) from error
    return regex.compile(rf"(?<!\w){regex.escape(pattern.strip())}(?!\w)", regex.IGNORECASE)


def _found(pattern: regex.Pattern[str], text: str) -> bool:
    try:
        return pattern.search(text, timeout=SECONDS_PER_TEXT) is not None
    except TimeoutError:
        return False
