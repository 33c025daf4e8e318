"""A project with twenty items that nobody has answered."""

from __future__ import annotations

from typing import Any

from bot.domain import Item, Project
from bot.services import projects
from bot.services.clock import ManualClock
from bot.services.ports import NewItem, Store


def small_project(store: Store, clock: ManualClock, **options: Any) -> Project:
    """Two labels, batches of four, no audit; `options` are settings of the project."""
    made = projects.create(
        store,
        clock,
        channel_id="C1",
        channel_name="c",
        labels=["bad", "good"],
        **({"name": "Game", "batch_size": 4, "audit_per_round": 0} | options),
    )
    items = [Item(id=f"i{n}", text=f"visit {n}", text_hash=f"{made.id}{n}") for n in range(20)]
    store.items.add_many(made.id, [NewItem(item, None, n) for n, item in enumerate(items)], clock.now())
    return made
