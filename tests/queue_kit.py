"""The real bot in the workspace: its web process's receiving half in this process, and a project with an open round."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import SecretStr

from bot.domain import Item, Project, Query, Round, RoundState
from bot.localslack.server import WorkspaceServer
from bot.services.clock import SystemClock
from bot.services.ports import Clock, NewItem, Store
from bot.slack.receiving import Receiver

CHANNEL = "C0BRAND"


@dataclass(frozen=True)
class Settings:
    """The settings that receiving needs: Socket Mode."""

    slack_bot_token: SecretStr | None
    slack_app_token: SecretStr | None
    slack_api_url: str
    slack_signing_secret: SecretStr | None = None
    listener_threads: int = 20
    leads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parts:
    """What the receiving half is made of."""

    store: Store
    settings: Settings
    clock: Clock = field(default_factory=SystemClock)


@contextmanager
def bot_in(workspace: WorkspaceServer, store: Store) -> Iterator[Receiver]:
    """The bot, connected."""
    config = workspace.config
    settings = Settings(SecretStr(config.bot_token), SecretStr(config.app_token), workspace.api_url)
    receiver = Receiver(Parts(store, settings))
    receiver.start()
    try:
        yield receiver
    finally:
        receiver.stop()


def open_round(
    store: Store,
    texts: list[str],
    overlap: int = 1,
    *,
    labels: tuple[str, ...] = ("negative", "other"),
    multi_label: bool = False,
) -> None:
    """The project "Brand safety" with one round that asks about these texts; nothing is posted in the channel."""
    now = datetime.now(UTC)
    project = Project(
        id="brand",
        name="Brand safety",
        channel_id=CHANNEL,
        channel_name="brand-safety",
        labels=labels,
        positive=labels[0],
        multi_label=multi_label,
        overlap=overlap,
        created_at=now,
    )
    store.projects.add(project)
    items = [Item(id=f"i{n}", text=text, text_hash=f"h{n}", source=f"pool.csv:{n}") for n, text in enumerate(texts)]
    store.items.add_many(project.id, [NewItem(item, None, n) for n, item in enumerate(items)], now)
    queries = [
        Query(
            id=f"brand:1:{n}",
            project_id=project.id,
            round=1,
            position=n,
            item_id=item.id,
            strategy="random",
            score=None,
            rank=None,
            audit=False,
            inclusion_probability=None,
            model_version=None,
        )
        for n, item in enumerate(items)
    ]
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    first = Round(
        project_id=project.id, number=1, state=RoundState.OPEN, total=len(texts), model_version=None, opened_at=now
    )
    store.rounds.open_round(first, queries, [], lease.token)
