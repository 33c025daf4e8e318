"""A project with one open round, as the worker would open it: what the benchmarks of clicking click on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain import Item, Project, Query, Round, RoundState
from bot.services.ports import Lease, NewItem, PostIntent, Store

CHANNEL = "C0BRAND"


def open_round(
    store: Store, project_id: str, texts: Sequence[str], *, posts: bool, **options: Any
) -> tuple[list[Query], Lease]:
    """The round's queries, in order, and the lease under which it was opened. `posts`: its messages are intended."""
    now = datetime.now(UTC)
    project = Project(
        id=project_id,
        name=project_id.capitalize(),
        channel_id=CHANNEL,
        channel_name="brand-safety",
        labels=("negative", "other"),
        positive="negative",
        created_at=now,
        **options,
    )
    store.projects.add(project)
    items = [Item(id=f"i{n}", text=text, text_hash=str(n)) for n, text in enumerate(texts)]
    store.items.add_many(project.id, [NewItem(item, None, n) for n, item in enumerate(items)], now)
    queries = [
        Query(
            id=f"{project.id}:1:{n}",
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
    lease = store.locks.acquire("benchmark", "benchmark", 60.0)
    assert lease is not None
    intents = [PostIntent(f"query:{query.id}", project.id, CHANNEL, None) for query in queries] if posts else []
    round_ = Round(
        project_id=project.id, number=1, state=RoundState.OPEN, total=len(items), model_version=None, opened_at=now
    )
    store.rounds.open_round(round_, queries, intents, lease.token)
    return queries, lease
