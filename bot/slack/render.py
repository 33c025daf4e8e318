"""From a message's key to the message, by the present state of the store. Content is never queued, so it is never old."""

from __future__ import annotations

from bot.domain import NotFoundError
from bot.services import exports
from bot.services.ports import Store
from bot.slack.blocks.imports import import_message, rejects_file, rejects_name
from bot.slack.blocks.items import item_message
from bot.slack.blocks.leading import export_file
from bot.slack.blocks.message import Attachment, Message, Picture
from bot.slack.blocks.reports import report_message
from bot.slack.blocks.rounds import round_message
from bot.slack.blocks.setup import welcome_message
from bot.slack.links import Links, disputes
from bot.slack.pictures import files
from bot.slack.pictures.files import Files


class Renderer:
    """Renders "round:<project>:<n>", "query:<query id>", "report:<project>:<n>", the files of a report's thread,
    "import:<id>" and "rejects:<id>"."""

    def __init__(self, store: Store, links: Links | None = None) -> None:
        self._store = store
        self._links = links or Links(store)
        self._files = Files()

    def render(self, key: str) -> Message | Picture | Attachment:
        """Raises NotFoundError if what the key names is not there (or can't be drawn)."""
        kind, _, name = key.partition(":")
        if kind == "query":
            return item_message(self._store.rounds.query_view(name))
        if kind == "import":
            job = self._store.imports.get(name)
            return import_message(
                job, self._store.projects.get(job.project_id), self._store.projects.by_channel(job.channel_id)
            )
        if kind == "welcome":
            return welcome_message(self._store.projects.get(name), self._store.items.count(name))
        if kind == exports.KIND:
            asked, data, lines = exports.make(self._store, name)
            return export_file(asked, self._store.projects.get(asked.project_id).name, data, lines)
        if kind == "rejects":
            return rejects_file(self._store.imports.get(name), self._store.imports.rejects(name))
        project_id, _, number = name.rpartition(":")
        if kind == "round":
            return round_message(self._store.rounds.round_view(project_id, int(number)))
        report = self._store.rounds.report(project_id, int(number)) if number.isdecimal() else None
        if report is None:
            raise NotFoundError(f"Nothing is known of the message {key!r}.")
        project = self._store.projects.get(project_id)
        if kind == "report":
            return report_message(project, report, disputes(self._store, self._links, report))
        if kind in files.KINDS:
            return self._files.make(kind, project, report)
        raise NotFoundError(f"Nothing is known of messages like {key!r}.")

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
