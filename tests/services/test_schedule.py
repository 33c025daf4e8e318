from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.services.schedule import ScheduleError, next_time


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "zone", "after", "expected"),
    [
        ("0 9 * * 1-5", "UTC", "2026-11-20T09:00", "2026-11-23T09:00"),  # Friday nine sharp: the next is Monday
        ("0 9 * * *", "Europe/Berlin", "2026-07-01T00:00", "2026-07-01T07:00"),  # summer time
        ("0 9 * * *", "Europe/Berlin", "2026-12-01T00:00", "2026-12-01T08:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00", "2026-03-29T01:00"),  # 2:30 is skipped: right after the gap
        ("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00", "2026-10-25T00:30"),  # 2:30 comes twice: the first
    ],
)
def test_the_next_time_is_that_of_the_projects_own_zone(cron: str, zone: str, after: str, expected: str) -> None:
    assert next_time(cron, zone, at(after)) == at(expected)


@pytest.mark.parametrize(
    ("cron", "zone", "says"),
    [
        ("every day", "UTC", "five fields"),
        ("0 25 * * *", "UTC", "five fields"),
        ("0 0 31 2 *", "UTC", "never fires|five fields"),
        ("0 9 * * *", "Mars/Olympus", "not a time zone"),
        ("0 9 * * *", "../etc/passwd", "not a time zone"),
    ],
)
def test_what_cannot_be_used_is_said(cron: str, zone: str, says: str) -> None:
    with pytest.raises(ScheduleError, match=says):
        next_time(cron, zone, at("2026-11-23T00:00"))
