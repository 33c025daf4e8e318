"""`/roundtable ...`, answered inside the acknowledgement, to the one who asked."""

from __future__ import annotations

import difflib
import html
from collections.abc import Callable
from typing import Final

from slack_bolt import Ack, BoltResponse

from bot.domain import NotFoundError, Project, RoundtableError, StoreUnavailableError
from bot.services import imports, projects, reporting
from bot.services.download import check_url
from bot.slack.blocks.message import Message
from bot.slack.blocks.people import people_message
from bot.slack.blocks.reports import report_message
from bot.slack.blocks.standing import help_message, notice, status_message
from bot.slack.blocks.text import Block, count, escape
from bot.slack.desk import Desk, Json, ack_message, said
from bot.slack.failures import failures
from bot.slack.links import Links, contested, disputes
from bot.slack.listeners import setup
from bot.slack.responder import Place

EXCERPTS: Final = 5
UNREACHABLE: Final = "Roundtable can't reach its store just now. Nothing was changed; please try again."


def roundtable(ack: Ack, command: Json, desk: Desk) -> BoltResponse:
    """Finds the subcommand and answers; whatever goes wrong is said in one sentence."""
    words = str(command.get("text") or "").split()
    name = words[0].casefold() if words else "help"
    run = COMMANDS.get(name)
    if run is None:
        return ack_message(ack, _unknown(name))
    try:
        answer = run(desk, command, words[1:])
        if answer is None:  # a form opens
            return ack()
    except StoreUnavailableError:
        answer = notice(UNREACHABLE)
    except RoundtableError as error:
        answer = notice(said(error))
    return ack_message(ack, answer)


def _unknown(name: str) -> Message:
    near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    guess = f" Did you mean `/roundtable {near[0]}`?" if near else ""
    return help_message(f"There is no `/roundtable {escape(name[:40])}`.{guess}")


def _projects(desk: Desk, command: Json, words: list[str]) -> list[Project]:
    """The project that was named, or those of this channel. Raises NotFoundError."""
    if words:
        return [projects.find(desk.store, " ".join(words))]
    here = desk.store.projects.by_channel(str(command.get("channel_id")))
    if not here:
        known = ", ".join(project.id for project in desk.store.projects.all())
        more = f"name one: {known}" if known else "`/roundtable new` makes one"
        raise NotFoundError(f"This channel has no project; {more}.")
    return here


def _one(desk: Desk, command: Json, words: list[str], usage: str) -> Project:
    here = _projects(desk, command, words)
    if len(here) > 1:
        names = ", ".join(project.id for project in here)
        raise NotFoundError(f"This channel has {len(here)} projects ({names}); say which: /roundtable {usage} PROJECT")
    return here[0]


def _status(desk: Desk, command: Json, words: list[str]) -> Message:
    statuses = [projects.status(desk.store, desk.clock, project.id) for project in _projects(desk, command, words)]
    messages = [status_message(status, failures(desk.store, status)) for status in statuses]
    blocks: list[Block] = []
    for message in messages:
        blocks += [*([{"type": "divider"}] if blocks else []), *message.blocks]
    return Message(" ".join(message.text for message in messages)[:4_000], blocks[:50])


def _pause(desk: Desk, command: Json, words: list[str]) -> Message:
    project = _led(desk, command, words, "pause", "pause it")
    projects.pause(desk.store, desk.clock, project.id, _user(command))
    return notice(f"{escape(project.name)} is paused: no new round until `/roundtable resume`.")


def _resume(desk: Desk, command: Json, words: list[str]) -> Message:
    project = _led(desk, command, words, "resume", "resume it")
    projects.resume(desk.store, desk.clock, project.id, _user(command))
    return notice(f"{escape(project.name)} goes on.")


def _close_round(desk: Desk, command: Json, words: list[str]) -> Message:
    project = _led(desk, command, words, "close-round", "close its round")
    number = projects.close_round(desk.store, desk.clock, project.id, _user(command))
    return notice(f"Round {number} of {escape(project.name)} closes now; its report will be posted in the channel.")


def _report(desk: Desk, command: Json, words: list[str]) -> Message:
    number = int(words[0]) if words and words[0].isdecimal() and len(words[0]) < 7 else None
    project = _one(desk, command, words if number is None else words[1:], "report")
    report = reporting.latest(desk.store, project.id, number)
    return report_message(project, report, disputes(desk.store, Links(desk.store), report))


def _people(desk: Desk, command: Json, words: list[str]) -> Message:
    project = _led(desk, command, words, "people", "see people's figures")
    report = reporting.latest(desk.store, project.id)
    items = [desk.store.items.get(project.id, item_id) for item_id in report.ask_again[:EXCERPTS]]
    return people_message(project, report, items, contested(desk.store, Links(desk.store), report))


def _help(desk: Desk, command: Json, _words: list[str]) -> Message:
    here = len(desk.store.projects.by_channel(str(command.get("channel_id"))))
    return help_message(f"This channel has {count(here, 'project')}.")


def _new(desk: Desk, command: Json, _words: list[str]) -> None:
    say = setup.told_by(desk, _place(command))
    setup.open_new(desk, str(command.get("trigger_id")), _user(command), str(command.get("channel_id") or ""), say)


def _config(desk: Desk, command: Json, words: list[str]) -> None:
    project = _led(desk, command, words, "config", setup.WHAT)
    setup.open_change(
        desk, str(command.get("trigger_id")), _user(command), project, setup.told_by(desk, _place(command))
    )


def _import(desk: Desk, command: Json, words: list[str]) -> Message:
    """The address comes as <address> or <address|what was typed>, with & as &amp;."""
    if not words:
        raise NotFoundError(
            "Say from where: /roundtable import https://…/reviews.csv; or drop a CSV, TSV or JSONL file into the channel."
        )
    url = html.unescape(words[0].strip("<>").partition("|")[0])
    check_url(url)
    project = _led(desk, command, words[1:], "import ADDRESS", "import items")
    job = imports.job_for_address(
        desk.clock, project, url=url, user_id=_user(command), delivery=str(command.get("trigger_id"))
    )
    imports.ask(desk.store, job)
    return notice(f"I am fetching it for {escape(project.name)}; I tell how that goes in <#{project.channel_id}>.")


def _led(desk: Desk, command: Json, words: list[str], usage: str, what: str) -> Project:
    """The project meant, which this person leads. Raises NotAllowedError, saying who may do `what`."""
    project = _one(desk, command, words, usage)
    desk.rights.require_lead(project, _user(command), what)
    return project


def _user(command: Json) -> str:
    return str(command.get("user_id"))


def _place(command: Json) -> Place:
    return Place(response_url=command.get("response_url"), user_id=_user(command))


COMMANDS: Final[dict[str, Callable[[Desk, Json, list[str]], Message | None]]] = {
    "status": _status,
    "pause": _pause,
    "resume": _resume,
    "close-round": _close_round,
    "report": _report,
    "people": _people,
    "new": _new,
    "config": _config,
    "import": _import,
    "help": _help,
}
