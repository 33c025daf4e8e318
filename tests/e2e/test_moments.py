"""Deadlines and schedules: the real worker, under a clock that the test moves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from e2e_data import items
from e2e_rig import ANA, Rig, spoken, until
from pydantic import SecretStr

from bot.container import Container
from bot.domain import CloseReason, Via
from bot.services import decisions
from bot.services.clock import ManualClock
from bot.services.decisions import By
from bot.services.late_learning import QUIET
from bot.services.rights import BY_ID
from bot.settings import Settings
from bot.worker import Worker

pytestmark = pytest.mark.e2e


def test_a_deadline_closes_the_round_and_the_schedule_opens_the_next(make_rig: Callable[..., Rig]) -> None:
    rig = make_rig()
    clock = ManualClock(datetime.now(UTC))
    soon = clock.now() + timedelta(minutes=2)
    cron = f"{soon.minute} {soon.hour} * * *"
    project = rig.project(items(40, seeds=20), batch_size=3, audit_per_round=1, deadline_minutes=90, schedule=cron)
    rig.start("web")
    with _worker(rig, clock):
        # Before the time there is no round; at the time there is.
        assert "next" in rig.command(ANA, "/roundtable status").lower() and rig.round(project) is None
        clock.advance(timedelta(minutes=2, seconds=1))
        queries = rig.wait_items(project, 1, 3)
        assert "Open until" in spoken(rig.wait_message(f"round:{project.id}:1"))
        assert rig.press(ANA, queries[1], "label_0").acknowledged
        clock.advance(timedelta(minutes=91))
        report = rig.wait_message(f"report:{project.id}:1")
        stored = rig.store.rounds.report(project.id, 1)
        assert stored is not None and (stored.close_reason, stored.unanswered) == (CloseReason.DEADLINE, 2)
        # A change of mind is learned while nobody asks anything, once it has been quiet for a while; the figures are the report's.
        by = By(ANA, "V1", Via.SHORTCUT)
        decisions.correct(rig.store, clock, BY_ID, queries[1], by, label=project.labels[1], reason="read once more")
        until(lambda: _learned(rig, project.id, clock), "the model of the changed answer")
        assert "Since then the model has learned of later changes" in rig.command(ANA, "/roundtable status")
        assert rig.store.rounds.report(project.id, 1) == stored
        # The next round waits for the same time tomorrow, and the report says so.
        assert stored.next_round_at is not None and stored.next_round_at - soon > timedelta(hours=23)
        assert "Round 2 starts" in spoken(report) and rig.round_closed(project, 1)
        clock.advance(timedelta(days=1))
        rig.wait_items(project, 2, 3)


def _learned(rig: Rig, project_id: str, clock: ManualClock) -> bool:
    """A while later: whether the current model knows all labels."""
    clock.advance(QUIET / 4)
    model = rig.store.models.current(project_id)
    return model is not None and model.label_revision == rig.store.votes.label_revision(project_id)


@contextmanager
def _worker(rig: Rig, clock: ManualClock) -> Iterator[None]:
    """The worker's own loop in a thread, on the rig's store."""
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr(rig.workspace.config.bot_token),
        slack_api_url=rig.workspace.api_url,
        post_interval=0,
        update_interval=0,
        updates_per_minute=1000,
    )
    ended = threading.Event()
    thread = threading.Thread(target=Worker(Container(settings, rig.store, clock), ended).run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        until(lambda: not thread.is_alive(), "the worker's end")
