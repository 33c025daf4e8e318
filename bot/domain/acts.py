"""Acts of those who run a project, as its log keeps them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from bot.domain.base import Frozen


class ActKind(StrEnum):
    """What was done."""

    CREATE = "create"
    CONFIG = "config"
    RIGHTS = "rights"  # who leads, labels, watches
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE_ROUND = "close-round"
    AUDIT = "audit"
    ROLLBACK = "rollback"
    EXPORT = "export"
    IMPORT = "import"


class Act(Frozen):
    """An act that is about to be done. `by` is a Slack user id, "cli", or None for Roundtable itself; `note` says the rest."""

    kind: ActKind
    by: str | None
    at: datetime
    note: str = ""


class LoggedAct(Act):
    """An act in the log. `changes`: setting -> what it was and what it is."""

    seq: str  # the log's own id, increasing
    changes: dict[str, tuple[Any, Any]] = Field(default_factory=dict)
