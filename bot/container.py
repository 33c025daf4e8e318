"""The one composition root: every process calls `build(settings)` and gets the same parts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.services.clock import SystemClock
from bot.services.ports import Clock, Store
from bot.settings import Settings
from bot.slack.channels import Channels
from bot.slack.gateway import OUTBOX_TIMEOUT
from bot.slack.sending import build_gateway
from bot.store import connect

if TYPE_CHECKING:
    from bot.services.features import PoolFeatures


@dataclass(frozen=True)
class Container:
    """What a process works with."""

    settings: Settings
    store: Store
    clock: Clock

    @property
    def channels(self) -> Channels:
        """Slack's channels. Raises RoundtableError without a bot token."""
        return Channels(build_gateway(self.settings, timeout=OUTBOX_TIMEOUT))

    @property
    def features(self) -> PoolFeatures:
        """Rows of projects' items, kept in the data folder. Each call a new one: it is not for several threads."""
        # Imported here: it brings NumPy and SciPy along, which most commands never need and which take a while to load.
        from bot.services.feature_cache import MEGABYTE, FeatureCache
        from bot.services.features import PoolFeatures, Sources

        size = self.settings.feature_cache_mb * MEGABYTE
        cache = FeatureCache(self.settings.data_dir / "features", size) if size else None
        return PoolFeatures(self.store, cache=cache, sources=Sources(self.settings.embeddings_model))

    def close(self) -> None:
        """Lets go of the store (and of the embedded server, if this process started it)."""
        self.store.close()


def build(settings: Settings) -> Container:
    """Connects to Redis, or starts the embedded server. Raises StoreUnavailableError."""
    return Container(settings, connect(settings.redis_url, data_dir=settings.data_dir), SystemClock())


@contextmanager
def running(settings: Settings) -> Iterator[Container]:
    """A container that is closed at the end of the block."""
    container = build(settings)
    try:
        yield container
    finally:
        container.close()
