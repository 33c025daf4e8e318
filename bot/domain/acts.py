"""Acts of those who run a project, as its log keeps them."""

from __future__ import annotations

import re
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


def round_note(number: int) -> str:
    """The note of an act that was about one round. Notes are data in a fixed form, and worded when they are shown."""
    return f"round {number}"


def audit_note(labels: int, number: int) -> str:
    """The note of an audit that was asked for."""
    return f"{labels} labels in round {number}"


def import_note(name: str, added: int) -> str:
    """The note of an import."""
    return f"{name}: {added:,} added"


def read_round_note(note: str) -> str | None:
    """The round's number; None for another note."""
    found = re.fullmatch(r"round (\d+)", note)
    return found[1] if found else None


def read_audit_note(note: str) -> tuple[int, str] | None:
    """How many labels, in which round; None for another note."""
    found = re.fullmatch(r"(\d+) labels? in round (\d+)", note)
    return (int(found[1]), found[2]) if found else None


def read_import_note(note: str) -> tuple[str, int] | None:
    """The file's name, and how many items it added; None for another note."""
    found = re.fullmatch(r"(.*): ([\d,]+)(?: items?)? added", note, re.DOTALL)
    return (found[1], int(found[2].replace(",", ""))) if found else None


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
