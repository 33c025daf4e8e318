"""When the next round is due: five-field cron in the project's own time zone, pure arithmetic on a given moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from bot.domain import Project, Round, RoundtableError
from bot.words import say

FIELDS: Final = 5  # of cron

# Looked back so far for the latest moment, farther each time: what fires each minute must not be counted through for years.
_SPANS = tuple(timedelta(hours=hours) for hours in (1, 26, 8 * 24, 32 * 24, 367 * 24, 9 * 366 * 24))


class ScheduleError(RoundtableError):
    """A cron expression or a time zone that can't be used."""


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name. Raises ScheduleError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ScheduleError(say("rules-timezone", given=name)) from error


def next_time(cron: str, timezone: str, after: datetime) -> datetime:
    """The first moment after `after` (aware) at which `cron` fires in `timezone`, in UTC. Raises ScheduleError.

    Around a change of the clocks it follows Debian's cron: a time that is skipped fires right after the gap."""
    try:
        return next(CronSim(cron, after.astimezone(zone(timezone)))).astimezone(UTC)
    except CronSimError as error:
        raise ScheduleError(say("rules-schedule", given=cron)) from error
    except StopIteration as error:
        raise ScheduleError(say("rules-schedule-never", given=cron)) from error


def check(cron: str, timezone: str, now: datetime) -> None:
    """Raises ScheduleError for what is none, or never fires. A sixth field, of seconds, is not taken."""
    if len(cron.split()) != FIELDS:
        raise ScheduleError(say("rules-schedule", given=cron))
    next_time(cron, timezone, now)


def check_reports(cron: str, timezone: str, now: datetime) -> None:
    """The same, and for what fires twice in an hour: nobody reads so many reports."""
    check(cron, timezone, now)
    if len(CronSim(cron, now.astimezone(UTC)).minutes) > 1:
        raise ScheduleError(say("rules-reports-often", given=cron))


def last_time(cron: str, timezone: str, since: datetime, now: datetime) -> datetime | None:
    """The latest moment after `since`, up to `now`, at which `cron` fired; None if it did not. Raises ScheduleError."""
    for span in _SPANS:
        start, found = max(since, now - span), None
        while (moment := next_time(cron, timezone, found or start)) <= now:
            found = moment
        if found is not None or start <= since:
            return found
    return None


def opens_at(project: Project, last: Round | None) -> datetime | None:
    """When the round after `last` may open; None: at once. The schedule counts from the close of the last round."""
    number = last.number + 1 if last is not None else 1
    if project.schedule is None or project.start_round == number:
        return None
    after = project.created_at if last is None or last.closed_at is None else last.closed_at
    return next_time(project.schedule, project.timezone, after)
