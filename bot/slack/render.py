"""From a message's key to the message, by the present state of the store. Content is never queued, so it is never old."""

from __future__ import annotations

from bot.domain import NotFoundError
from bot.services.ports import Store
from bot.slack.blocks import curve
from bot.slack.blocks.imports import import_message, rejects_file, rejects_name
from bot.slack.blocks.items import item_message
from bot.slack.blocks.message import Attachment, Message, Picture
from bot.slack.blocks.reports import report_message
from bot.slack.blocks.rounds import round_message
from bot.slack.links import Links, disputes


class Renderer:
    """Renders "round:<project>:<n>", "query:<query id>", "report:<project>:<n>", "chart:<project>:<n>", "import:<id>" and
    "rejects:<id>"."""

    def __init__(self, store: Store, links: Links | None = None) -> None:
        self._store = store
        self._links = links or Links(store)

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
        if kind == "rejects":
            return rejects_file(self._store.imports.get(name), self._store.imports.rejects(name))
        project_id, _, number = name.rpartition(":")
        if kind == "round":
            return round_message(self._store.rounds.round_view(project_id, int(number)))
        report = self._store.rounds.report(project_id, int(number)) if number.isdecimal() else None
        if report is None:
            raise NotFoundError(f"Nothing is known of the message {key!r}.")
        if kind == "report":
            disputed = disputes(self._store, self._links, report)
            return report_message(self._store.projects.get(project_id), report, disputed)
        drawn = curve.picture(report) if kind == "chart" else None
        if drawn is None:
            raise NotFoundError(f"{key!r} can't be drawn: pictures need the extra 'charts' (matplotlib).")
        return drawn

    def filename(self, key: str) -> str:
        """The name of a file, the same each time: what it is found again by."""
        kind, _, name = key.partition(":")
        if kind == "rejects":
            return rejects_name(self._store.imports.get(name))
        project_id, _, number = name.rpartition(":")
        return curve.filename(project_id, number)

    def can_draw(self) -> bool:
        """Whether pictures can be made here."""
        return curve.can_draw()
