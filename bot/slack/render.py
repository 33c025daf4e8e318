"""From a message's key to the message, by the present state of the store. Content is never queued, so it is never old."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from bot.domain import NotFoundError, Project, Report
from bot.services import exports, reminders
from bot.services.clock import SystemClock
from bot.services.ports import Clock, Store
from bot.slack.blocks.bulletins import bulletin_message
from bot.slack.blocks.imports import import_message, rejects_file, rejects_name
from bot.slack.blocks.items import item_message
from bot.slack.blocks.leading import export_file
from bot.slack.blocks.message import Attachment, Message, Picture
from bot.slack.blocks.people import people_message
from bot.slack.blocks.reminders import reminder_message
from bot.slack.blocks.reports import report_message
from bot.slack.blocks.rounds import round_message
from bot.slack.blocks.setup import welcome_message
from bot.slack.links import Links, contested, disputes
from bot.slack.pictures import files
from bot.slack.pictures.files import Files
from bot.words import say, shared, speaking

EXCERPTS: Final = 5


def people_answer(store: Store, links: Links, project: Project, report: Report) -> Message:
    """People's figures, with a few items that are worth another look."""
    items = [store.items.get(project.id, item_id) for item_id in report.ask_again[:EXCERPTS]]
    return people_message(project, report, items, contested(store, links, report))


class Renderer:
    """Renders "round:<project>:<n>", "query:<query id>", "report:<project>:<n>" and the files of its thread,
    "people:<project>:<n>:<user>", "bulletin:<project>:<due>" (or with ":<user>"), "remind:<projects>:<day>:<user>", "import:<id>" and
    "rejects:<id>", "welcome:<project>"."""

    def __init__(self, store: Store, links: Links | None = None, clock: Clock | None = None) -> None:
        self._store, self._clock = store, clock or SystemClock()
        self._links = links or Links(store)
        self._files = Files()
        self._kinds: dict[str, Callable[[str], Message | Picture | Attachment]] = {
            "query": self._query,
            "round": self._round,
            "report": self._report,
            "people": self._people,
            "bulletin": self._bulletin,
            "remind": self._reminder,
            "import": self._import,
            "rejects": self._rejects,
            "welcome": self._welcome,
            exports.KIND: self._export,
            **{kind: partial(self._file, kind) for kind in files.KINDS},
        }

    def render(self, key: str) -> Message | Picture | Attachment:
        """Raises NotFoundError if what the key names is not there (or can't be drawn)."""
        kind, _, name = key.partition(":")
        make = self._kinds.get(kind)
        if make is None:
            raise NotFoundError(say("message-unknown", key=repr(key)))
        return make(name)

    def _query(self, name: str) -> Message:
        view = self._store.rounds.query_view(name)
        with speaking(view.project.language):
            return item_message(view)

    def _round(self, name: str) -> Message:
        project_id, _, number = name.rpartition(":")
        view = self._store.rounds.round_view(project_id, int(number))
        with speaking(view.project.language):
            return round_message(view)

    def _report(self, name: str) -> Message:
        project, report = self._reported(name)
        with speaking(project.language):
            return report_message(project, report, disputes(self._store, self._links, report))

    def _file(self, kind: str, name: str) -> Picture | Attachment:
        project, report = self._reported(name)
        with speaking(project.language):
            return self._files.make(kind, project, report)

    def _reported(self, name: str) -> tuple[Project, Report]:
        project_id, _, number = name.rpartition(":")
        report = self._store.rounds.report(project_id, int(number)) if number.isdecimal() else None
        if report is None:
            raise NotFoundError(say("message-no-report", key=repr(name)))
        return self._store.projects.get(project_id), report

    def _people(self, name: str) -> Message:
        reported, _, _person = name.rpartition(":")
        project, report = self._reported(reported)
        with speaking(project.language):
            return people_answer(self._store, self._links, project, report)

    def _bulletin(self, name: str) -> Message:
        project_id, due, *_person = name.split(":")
        bulletin = self._store.bulletins.get(project_id, int(due))
        project = self._store.projects.get(project_id)
        with speaking(project.language):
            return bulletin_message(project, bulletin)

    def _reminder(self, name: str) -> Message:
        projects, _day, user = name.split(":")
        waiting = reminders.waiting_for(self._store, projects.split(","), user, self._clock.now())
        if not waiting:
            raise NotFoundError(say("message-nothing-waits"))
        with speaking(shared(one.project.language for one in waiting)):
            return reminder_message(waiting)

    def _import(self, name: str) -> Message:
        job, projects = self._store.imports.get(name), self._store.projects
        project = projects.get(job.project_id)
        with speaking(project.language):
            return import_message(job, project, projects.by_channel(job.channel_id))

    def _rejects(self, name: str) -> Attachment:
        job = self._store.imports.get(name)
        with speaking(self._store.projects.get(job.project_id).language):
            return rejects_file(job, self._store.imports.rejects(name))

    def _welcome(self, name: str) -> Message:
        project = self._store.projects.get(name)
        with speaking(project.language):
            return welcome_message(project, self._store.items.count(name))

    def _export(self, name: str) -> Attachment:
        asked, data, lines = exports.make(self._store, name)
        project = self._store.projects.get(asked.project_id)
        with speaking(project.language):
            return export_file(asked, project.name, data, lines)

    def filename(self, key: str) -> str:
        """The name of a file, the same each time: what it is found again by."""
        kind, _, name = key.partition(":")
        if kind == exports.KIND:
            return exports.asked(name).filename
        if kind == "rejects":
            return rejects_name(self._store.imports.get(name))
        project_id, _, number = name.rpartition(":")
        return files.filename(kind, project_id, number)

    def thread_of(self, key: str) -> list[str]:
        """Keys of the files that belong into the thread of that message."""
        kind, _, name = key.partition(":")
        if kind != "report":
            return []
        project_id, _, number = name.rpartition(":")
        report = self._store.rounds.report(project_id, int(number))
        return [f"{file}:{name}" for file in self._files.due(report)] if report is not None else []
