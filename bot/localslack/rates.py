"""Slack's rate limits: a tier per method, and about one message a second per channel.

Limits are token buckets: a tier's bucket holds a minute's calls and fills evenly; tier 1's and a channel's hold a small burst.
Slack promises at least these figures ("20+ per minute"), so an app that keeps within them is safe.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.localslack.clock import Clock

TIER_PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100, 5: 600}  # 5: Slack's "special", hundreds per minute
TIER_1_BURST = (
    10  # Slack tolerates a burst: an app may open ten connections, and a minute between them would be ten minutes
)
POST_PER_SECOND = 1.0
POST_BURST = 4


@dataclass
class _Bucket:
    capacity: float
    per_second: float
    level: float
    at: float

    def take(self, now: float) -> float:
        """0.0: taken. Else: seconds until one is there."""
        self.level = min(self.capacity, self.level + max(0.0, now - self.at) * self.per_second)
        self.at = now
        if self.level >= 1.0 - 1e-9:
            self.level -= 1.0
            return 0.0
        return (1.0 - self.level) / self.per_second


class Rates:
    """Counts calls. `enforce` may be switched at any time."""

    def __init__(self, clock: Clock, *, enforce: bool) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self.enforce = enforce

    def retry_after(self, method: str, tier: int, channel: str | None) -> int:
        """0: go on. Else: the whole seconds of Retry-After. chat.postMessage counts per channel."""
        if not self.enforce:
            return 0
        if method == "chat.postMessage" and channel:
            wait = self._take((method, channel), POST_BURST, POST_PER_SECOND)
        else:
            per_minute = TIER_PER_MINUTE[tier]
            wait = self._take((method, ""), TIER_1_BURST if tier == 1 else per_minute, per_minute / 60)
        return math.ceil(wait)

    def _take(self, key: tuple[str, str], capacity: float, per_second: float) -> float:
        now = self._clock.now()
        bucket = self._buckets.setdefault(key, _Bucket(capacity, per_second, capacity, now))
        return bucket.take(now)
