"""Identifiers in Slack's forms: unique within a workspace, the same in every run."""

from __future__ import annotations

import itertools
import secrets

from bot.localslack.clock import Clock

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Ids:
    """Makes ids and message timestamps."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self._last_ts = 0

    def new(self, prefix: str) -> str:
        """A fresh id, like V0000004R."""
        number, digits = next(self._numbers), ""
        while number:
            number, rest = divmod(number, 36)
            digits = _DIGITS[rest] + digits
        return prefix + digits.rjust(8, "0")

    def ts(self) -> str:
        """A fresh timestamp, later than all before it."""
        self._last_ts = max(self._last_ts + 1, int(self._clock.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def secret(self) -> str:
        """An unguessable part of an address or trigger."""
        return secrets.token_hex(16)
