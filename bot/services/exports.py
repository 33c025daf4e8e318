"""Exports that leads ask for in Slack: sent to them as a file, in private, by the worker."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import NamedTuple

from bot.domain import Act, ActKind, NotFoundError
from bot.services.export import Format, What, export
from bot.services.ports import Clock, PostIntent, Store
from bot.words import say

KIND = "export"  # of the message's key: "export:<project>:<what>.<milliseconds>.<user>"


class Asked(NamedTuple):
    """What was asked for, as its key says it."""

    project_id: str
    what: What
    at: datetime

    @property
    def filename(self) -> str:
        """ "brand-labels-2026-03-02-090000.csv": each has its own, so that it is found again by it."""
        return f"{self.project_id}-{self.what.value}-{self.at:%Y-%m-%d-%H%M%S}.csv"


def what_of(name: str) -> What:
    """Raises NotFoundError, which lists what there is."""
    try:
        return What(name.casefold())
    except ValueError:
        fault = say("leads-export-unknown", what=name[:40]) if name else say("leads-export-which")
        raise NotFoundError(fault) from None


def ask(store: Store, clock: Clock, project_id: str, what: What, user_id: str) -> str:
    """Has the file made and sent to that person; returns its message's key. Raises NotFoundError."""
    project, now = store.projects.get(project_id), clock.now()
    key = f"{KIND}:{project.id}:{what.value}.{int(now.timestamp() * 1000)}.{user_id}"
    act = Act(kind=ActKind.EXPORT, by=user_id, at=now, note=what.value)
    store.outbox.intend([PostIntent(key, project.id, user_id, None, "file")], act)
    return key


def asked(name: str) -> Asked:
    """What a key asks for, by what stands behind "export:". Raises NotFoundError for one that is none."""
    project_id, _, rest = name.partition(":")
    try:
        what, millis, _ = rest.split(".", 2)
        return Asked(project_id, What(what), datetime.fromtimestamp(int(millis) / 1000, UTC))
    except ValueError:
        raise NotFoundError(say("message-no-export", key=repr(name))) from None


def make(store: Store, name: str) -> tuple[Asked, bytes, int]:
    """The file, as things are now, and how many lines it has. Raises NotFoundError."""
    wanted, out = asked(name), io.StringIO()
    lines = export(store, wanted.project_id, wanted.what, Format.CSV, out)
    # The mark tells spreadsheets that it is UTF-8; import takes it off.
    return wanted, ("\ufeff" + out.getvalue()).encode(), lines
