"""What leads do to a project, by command or in App Home: each checks that the person may, does it, and says what comes of it (mrkdwn)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.domain import Project, RoundtableError
from bot.services import exports, imports, projects, rollback
from bot.services.download import check_url
from bot.slack.blocks.text import escape
from bot.slack.desk import Desk
from bot.words import say

Act = Callable[[Desk, Project, str], str]


class UsageError(RoundtableError):
    """What was typed can't be meant; the text says how it is written."""


def pause(desk: Desk, project: Project, user_id: str) -> str:
    """No new round until it is resumed."""
    desk.rights.require_lead(project, user_id, "pause")
    projects.pause(desk.store, desk.clock, project.id, user_id)
    return say("commands-paused", project=escape(project.name))


def resume(desk: Desk, project: Project, user_id: str) -> str:
    """Rounds go on."""
    desk.rights.require_lead(project, user_id, "resume")
    projects.resume(desk.store, desk.clock, project.id, user_id)
    return say("commands-resumed", project=escape(project.name))


def close_round(desk: Desk, project: Project, user_id: str) -> str:
    """The open round ends with the answers there are."""
    desk.rights.require_lead(project, user_id, "close")
    number = projects.close_round(desk.store, desk.clock, project.id, user_id)
    return say("commands-closes", round=str(number), project=escape(project.name))


def start(desk: Desk, project: Project, user_id: str) -> str:
    """The next round begins, whatever the schedule says."""
    desk.rights.require_lead(project, user_id, "start")
    number = projects.start(desk.store, desk.clock, project.id, user_id)
    channel = f"<#{project.channel_id}>"
    return say("commands-starts", round=str(number), project=escape(project.name), channel=channel)


def audit(desk: Desk, project: Project, user_id: str, labels: str) -> str:
    """The next round measures only. Raises UsageError for what is no whole number."""
    desk.rights.require_lead(project, user_id, "audit")
    if not labels.isdecimal() or len(labels) > 6:
        raise UsageError(say("commands-audit-usage", most=str(projects.MAX_AUDIT)))
    number = projects.audit(desk.store, desk.clock, project.id, int(labels), user_id)
    return say("commands-audit", round=str(number), project=escape(project.name), labels=int(labels))


def go_back(desk: Desk, project: Project, user_id: str, version: str) -> str:
    """An earlier model becomes current."""
    desk.rights.require_lead(project, user_id, "model")
    chosen = rollback.go_back(desk.store, desk.clock, project.id, version, user_id)
    return say("commands-gone-back", version=rollback.short(chosen.id), project=escape(project.name))


def export(desk: Desk, project: Project, user_id: str, what: str) -> str:
    """A file for this person alone."""
    desk.rights.require_lead(project, user_id, "export")
    wanted = exports.what_of(what)
    exports.ask(desk.store, desk.clock, project.id, wanted, user_id)
    return say("commands-export", what=wanted.value, project=escape(project.name))


def fetch(desk: Desk, project: Project, user_id: str, address: str, *, delivery: str) -> str:
    """Items from a file on the web. `delivery`: what makes this request this one. Raises FetchError."""
    desk.rights.require_lead(project, user_id, "import")
    check_url(address)
    job = imports.job_for_address(desk.clock, project, url=address, user_id=user_id, delivery=delivery)
    imports.ask(desk.store, job)
    return say("commands-fetching", project=escape(project.name), channel=f"<#{project.channel_id}>")


PLAIN: Final[dict[str, Act]] = {"pause": pause, "resume": resume, "close": close_round, "start": start}
