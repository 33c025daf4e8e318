"""The one composition root: every process calls `build(settings)` and gets the same parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.services.clock import SystemClock
from bot.services.download import MEGABYTE
from bot.services.importing import Fetchers, Importer
from bot.services.ports import Clock, Store
from bot.settings import Settings
from bot.slack.channels import Channels
from bot.slack.files import SlackFiles
from bot.slack.gateway import OUTBOX_TIMEOUT
from bot.slack.persons import People
from bot.slack.sending import build_gateway
from bot.sources.web import WebFiles
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
    def people(self) -> People:
        """Slack's people. Raises RoundtableError without a bot token."""
        return People(build_gateway(self.settings, timeout=OUTBOX_TIMEOUT))

    @property
    def features(self) -> PoolFeatures:
        """Rows of projects' items, kept in the data folder. Each call a new one: it is not for several threads."""
        # Imported here: it brings NumPy and SciPy along, which most commands never need and which take a while to load.
        from bot.services.feature_cache import FeatureCache
        from bot.services.features import PoolFeatures, Sources

        size = self.settings.feature_cache_mb * MEGABYTE
        cache = FeatureCache(self.settings.data_dir / "features", size) if size else None
        return PoolFeatures(self.store, cache=cache, sources=Sources(self.settings.embeddings_model))

    def importer(self, holder: str, ended: Callable[[], bool]) -> Importer:
        """Works on imports that were asked for in Slack. Raises RoundtableError without a bot token."""
        settings = self.settings
        limit = settings.max_import_mb * MEGABYTE
        token = settings.require_slack(receiving=False).bot_token.get_secret_value()
        gateway = build_gateway(settings, timeout=OUTBOX_TIMEOUT)
        fetcher = Fetchers(
            slack=SlackFiles(gateway, token, settings.slack_api_url, self.clock, limit=limit),
            web=WebFiles(self.clock, limit=limit),
        )
        folder = settings.data_dir / "imports"
        longest = settings.max_text_length
        return Importer(self.store, self.clock, holder, fetcher, folder, max_text_length=longest, ended=ended)

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
