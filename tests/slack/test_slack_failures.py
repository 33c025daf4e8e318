"""What could not be sent, as leads see it."""

from __future__ import annotations

import pytest
from slack_world import open_round

from bot.services import projects
from bot.services.clock import ManualClock
from bot.services.ports import Store
from bot.slack.failures import failures


def test_each_reason_once_in_one_round_trip(store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    queries = open_round(store, [f"text {n}" for n in range(40)])
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    status = projects.status(store, clock, "brand")
    assert failures(store, status) == []
    for query, reason in zip(queries, ["msg_too_long", "is_archived", "msg_too_long"], strict=False):
        store.outbox.begin(f"query:{query}", lease.token)
        store.outbox.failed(f"query:{query}", reason, lease.token)
    monkeypatch.setattr(store.outbox, "get", lambda key: pytest.fail(f"{key} was read on its own"))
    assert failures(store, status) == ["msg_too_long (2 messages)", "is_archived (1 message)"]


def test_without_a_round_nothing_failed(store: Store, clock: ManualClock) -> None:
    open_round(store, ["text"])
    status = projects.status(store, clock, "brand").model_copy(update={"round": None})
    assert failures(store, status) == []
