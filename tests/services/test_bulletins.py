"""Scheduled reports: each due moment once, whatever the rounds do; what was missed is made up for by one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from small_project import small_project

from bot.domain import Project, Via, VoteKind
from bot.services import changing, schedule, voting
from bot.services.bulletins import Bulletins
from bot.services.clock import ManualClock
from bot.services.ports import Store
from bot.services.project_rules import ProjectError
from bot.services.rounds import RoundKeeper
from bot.slack.blocks.bulletins import bulletin_message
from bot.slack.limits import check_message
from bot.slack.render import Renderer

HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "since", "now", "last"),
    [
        ("0 9 * * *", "2026-03-01T10:00", "2026-03-02T08:59", None),
        ("0 9 * * *", "2026-03-01T10:00", "2026-03-02T09:00", "2026-03-02T09:00"),
        ("0 9 * * *", "2026-03-02T09:00", "2026-03-02T12:00", None),
        ("0 9 * * *", "2026-03-01T10:00", "2026-03-07T12:00", "2026-03-07T09:00"),
        ("* * * * *", "2020-01-01T00:00", "2026-03-07T12:00", "2026-03-07T12:00"),
        ("0 9 29 2 *", "2019-01-01T00:00", "2026-03-07T12:00", "2024-02-29T09:00"),
    ],
)
def test_the_latest_moment_that_was_due(cron: str, since: str, now: str, last: str | None) -> None:
    found = schedule.last_time(cron, "UTC", at(since), at(now))
    assert found == (at(last) if last else None)


def a_project(store: Store, clock: ManualClock, **options: Any) -> Project:
    return small_project(store, clock, **({"report_schedule": "0 * * * *"} | options))


def told(store: Store) -> list[tuple[str, str]]:
    return [
        (record.key.split(":")[0], record.channel_id)
        for record in store.outbox.pending(100)
        if record.key.startswith("bulletin:")
    ]


def test_each_due_moment_once_however_many_workers_look(store: Store, clock: ManualClock) -> None:
    made = a_project(store, clock)
    workers = [Bulletins(store, clock, lambda project: ()) for _ in range(2)]
    for worker in workers:
        assert worker.step_all() == {made.id: schedule.next_time("0 * * * *", "UTC", clock.now())}
    assert told(store) == [], "not for a moment before the project began"
    clock.advance(HOUR)
    for worker in workers:
        worker.step_all()
    assert told(store) == [("bulletin", "C1")]
    clock.advance(5 * HOUR)
    for worker in workers:
        worker.step_all()
    assert len(told(store)) == 2, "one for all that was missed"


@pytest.mark.parametrize(
    ("where", "leads", "channels"),
    [
        ("channel", ("UB",), ["C1"]),
        ("leads", ("UB", "UA"), ["UA", "UB"]),
        ("both", ("UA",), ["C1", "UA"]),
        ("leads", (), ["C1"]),  # nobody is named: better in the channel than nowhere
    ],
)
def test_where_they_go(
    store: Store, clock: ManualClock, where: str, leads: tuple[str, ...], channels: list[str]
) -> None:
    a_project(store, clock, report_to=where)
    clock.advance(HOUR)
    Bulletins(store, clock, lambda project: leads).step_all()
    assert [channel for _, channel in told(store)] == channels


def test_what_is_new_since_the_last_one(store: Store, clock: ManualClock) -> None:
    made = a_project(store, clock)
    keeper, worker = RoundKeeper(store, clock, "one"), Bulletins(store, clock, lambda project: ())
    keeper.advance_all()
    clock.advance(HOUR)
    worker.step_all()
    for query in store.rounds.queries(made.id, 1):
        label = "bad" if query.position < 1 else "good"
        voting.cast_vote(
            store, clock, query_id=query.id, user_id="U1", label=label, kind=VoteKind.VOTE, via=Via.BUTTON,
            action_id=query.id, message_ts=None,
        )  # fmt: skip
    keeper.advance_all()
    clock.advance(HOUR)
    worker.step_all()
    clock.advance(HOUR)
    worker.step_all()
    keys = [record.key for record in store.outbox.pending(100) if record.key.startswith("bulletin:")]
    first, second, third = (Renderer(store).render(key) for key in keys)
    for message in (first, second, third):
        assert check_message(message.payload()) == []  # type: ignore[union-attr]
    assert "this is the first scheduled report" in str(first.text)  # type: ignore[union-attr]
    assert "4 new labels, 1 of them bad; 1 round closed" in str(second.text)  # type: ignore[union-attr]
    assert "Round 2 is open" in str(second.text)  # type: ignore[union-attr]
    assert "no new answers." in str(third.text)  # type: ignore[union-attr]
    report = store.rounds.report(made.id, 1)
    bulletin = store.bulletins.get(made.id, int(keys[1].split(":")[2]))
    assert report is not None and bulletin.now.estimate is not None
    assert bulletin.now.estimate.recall == report.estimate.recall
    assert bulletin.now.labels == report.labels


def test_a_hostile_name_mentions_nobody(store: Store, clock: ManualClock) -> None:
    made = a_project(store, clock, name="<!channel> & co")
    clock.advance(HOUR)
    Bulletins(store, clock, lambda project: ()).step_all()
    due = store.bulletins.latest_due(made.id)
    assert due is not None
    message = bulletin_message(made, store.bulletins.get(made.id, int(due.timestamp() * 1000)))
    assert "<!channel>" not in message.text
    assert "<!channel>" not in json.dumps([block for block in message.blocks if block["type"] != "header"])


def test_a_schedule_that_is_set_later_does_not_look_back(store: Store, clock: ManualClock) -> None:
    made = a_project(store, clock, report_schedule=None)
    worker = Bulletins(store, clock, lambda project: ())
    clock.advance(30 * HOUR)
    assert worker.step_all() == {}
    changing.change(store, clock, made.id, {"report_schedule": "0 * * * *", "report_to": "both"}, None, "ULEA")
    worker.step_all()
    assert told(store) == []
    clock.advance(HOUR)
    worker.step_all()
    assert len(told(store)) == 1
    with pytest.raises(ProjectError, match="five fields"):
        changing.change(store, clock, made.id, {"report_schedule": "daily"}, None, "ULEA")
    with pytest.raises(ProjectError, match="more often than once an hour"):
        changing.change(store, clock, made.id, {"report_schedule": "*/30 9 * * *"}, None, "ULEA")
    assert store.projects.get(made.id).report_to == "both"
    (act,) = [act for act in store.acts.latest(made.id, 5) if act.by == "ULEA"]
    assert act.changes == {"report_to": ("channel", "both"), "report_schedule": (None, "0 * * * *")}


def test_one_projects_fault_is_told_and_others_go_on(store: Store, clock: ManualClock) -> None:
    a_project(store, clock)
    second = a_project(store, clock, name="Second")
    clock.advance(HOUR)

    def leads(project: Project) -> tuple[str, ...]:
        return ()

    faults: list[str] = []
    store.projects.update("game", {"report_schedule": "nonsense"})
    Bulletins(store, clock, leads).step_all(lambda project, error: faults.append(project.id))
    assert faults == ["game"]
    assert store.bulletins.latest_due(second.id) is not None
