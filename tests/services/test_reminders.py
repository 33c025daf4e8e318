"""Reminders: to whom, when, how often, and never to who does not want them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from small_project import small_project

from bot.domain import Project, Via, VoteKind
from bot.services import projects, reminders, voting
from bot.services.clock import ManualClock
from bot.services.ports import DirectoryError, Store
from bot.services.reminders import Reminders, at_work
from bot.services.rights import Rights
from bot.services.rounds import RoundKeeper

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Town:
    """Where people live, and who is in which group."""

    def __init__(self, **zones: str | None) -> None:
        self.zones, self.fault = zones, False

    def timezone(self, user_id: str) -> str | None:
        if self.fault:
            raise DirectoryError("nobody can say")
        return self.zones.get(user_id, "Etc/UTC")

    def is_admin(self, user_id: str) -> bool:
        return False

    def group(self, group_id: str) -> frozenset[str]:
        if self.fault:
            raise DirectoryError("nobody can say")
        return frozenset({"UG"})


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY)


def a_project(store: Store, clock: ManualClock, **options: Any) -> Project:
    made = small_project(store, clock, **({"reminders": True, "annotators": ("UA",)} | options))
    RoundKeeper(store, clock, "one").advance_all()
    return made


def answer(store: Store, clock: ManualClock, project: str, user: str, number: int = 1, items: int = 1) -> None:
    for query in store.rounds.queries(project, number)[:items]:
        voting.cast_vote(
            store, clock, query_id=query.id, user_id=user, label="good", kind=VoteKind.VOTE, via=Via.BUTTON,
            action_id=f"{query.id}{user}{clock.now()}", message_ts=None,
        )  # fmt: skip


def step(store: Store, clock: ManualClock, town: Town | None = None) -> list[str]:
    town = town or Town()
    return Reminders(store, clock, Rights(town), town).step()


def test_one_a_day_over_all_projects_and_all_workers(store: Store, clock: ManualClock) -> None:
    a_project(store, clock)
    a_project(store, clock, name="Second")
    assert step(store, clock) == [], "the round has only begun"
    clock.advance(DAY)
    assert step(store, clock) == ["UA"]
    assert step(store, clock) == []
    clock.advance(HOUR)
    assert step(store, clock) == []
    (record,) = [one for one in store.outbox.pending(50) if one.key.startswith("remind:")]
    assert (record.key, record.channel_id) == ("remind:game,second:2026-03-03:UA", "UA")
    waiting = reminders.waiting_for(store, ("game", "second"), "UA", clock.now())
    assert [(one.project.id, one.items) for one in waiting] == [("game", 4), ("second", 4)]
    clock.advance(DAY)
    assert step(store, clock) == ["UA"], "another day"


@pytest.mark.parametrize(
    ("zone", "reminded"),
    [
        ("Europe/Berlin", True),
        ("Asia/Tokyo", False),
        ("America/Los_Angeles", False),
        ("Not/AZone", True),
        (None, False),
    ],
)
def test_only_in_the_persons_own_working_hours(
    store: Store, clock: ManualClock, zone: str | None, reminded: bool
) -> None:
    a_project(store, clock)
    clock.advance(DAY)  # Tuesday, 10:00 UTC
    assert step(store, clock, Town(UA=zone)) == (["UA"] if reminded else [])


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2026-03-02T08:59", False),
        ("2026-03-02T09:00", True),
        ("2026-03-06T16:59", True),
        ("2026-03-06T17:00", False),
        ("2026-03-07T12:00", False),  # Saturday
        ("2026-03-08T12:00", False),
    ],
)
def test_working_hours(moment: str, working: bool) -> None:
    assert at_work(datetime.fromisoformat(moment)) is working


def test_who_was_at_it_lately_is_left_alone(store: Store, clock: ManualClock) -> None:
    a_project(store, clock, annotators=("UA", "UB"), overlap=2)
    clock.advance(DAY - HOUR)
    answer(store, clock, "game", "UA")
    clock.advance(HOUR)
    assert step(store, clock) == ["UB"]


def test_nothing_left_for_a_person_is_nothing_to_be_reminded_of(store: Store, clock: ManualClock) -> None:
    a_project(store, clock, overlap=2, annotators=("UA", "UB"))
    answer(store, clock, "game", "UA", items=4)
    clock.advance(2 * DAY)
    assert step(store, clock) == ["UB"]


@pytest.mark.parametrize(("hours", "reminded"), [(3, []), (5, ["UA"])])
def test_a_deadline_that_nears_makes_haste(store: Store, clock: ManualClock, hours: int, reminded: list[str]) -> None:
    a_project(store, clock, deadline_minutes=8 * 60)
    clock.advance(hours * HOUR)
    assert step(store, clock) == reminded


def test_without_annotators_it_is_those_who_answered_in_the_last_rounds(store: Store, clock: ManualClock) -> None:
    a_project(store, clock, annotators=(), observers=("UC",))
    for user, items in (("UA", 4), ("UB", 2)):
        answer(store, clock, "game", user, items=items)
    RoundKeeper(store, clock, "one").advance_all()
    clock.advance(DAY + HOUR)
    assert step(store, clock) == ["UA", "UB"]


def test_groups_are_asked_and_what_nobody_can_say_waits(store: Store, clock: ManualClock) -> None:
    a_project(store, clock, annotators=("S1",))
    clock.advance(DAY)
    town = Town()
    town.fault = True
    assert step(store, clock, town) == []
    town.fault = False
    assert step(store, clock, town) == ["UG"]


@pytest.mark.parametrize("options", [{"reminders": False}, {"annotators": ("S1",), "observers": ("UG",)}])
def test_not_where_it_is_off_nor_to_observers(store: Store, clock: ManualClock, options: dict[str, Any]) -> None:
    a_project(store, clock, **options)
    clock.advance(DAY)
    assert step(store, clock) == []


def test_a_paused_project_reminds_nobody(store: Store, clock: ManualClock) -> None:
    made = a_project(store, clock)
    projects.pause(store, clock, made.id, "UL")
    clock.advance(DAY)
    assert step(store, clock) == []


def test_not_today_never_and_again(store: Store, clock: ManualClock) -> None:
    a_project(store, clock)
    clock.advance(DAY - HOUR)
    reminders.not_today(store, clock, "UA")
    clock.advance(2 * HOUR)
    assert step(store, clock) == []
    clock.advance(DAY - HOUR)
    assert step(store, clock) == ["UA"], "the next day"
    reminders.never(store, "UA")
    reminders.not_today(store, clock, "UA")  # on an older message
    clock.advance(DAY)
    assert store.reminders.is_never("UA")
    assert step(store, clock) == []
    reminders.again(store, "UA")
    assert step(store, clock) == ["UA"]
