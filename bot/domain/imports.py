"""Items on their way into a project: a file that somebody dropped into Slack, or one at a web address."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from bot.domain.base import Frozen


class ImportState(StrEnum):
    """`looking`: a worker is to find its columns; `asking`: a person is to say what they are; `running`: a worker imports it."""

    LOOKING = "looking"
    ASKING = "asking"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"  # a person said: don't


class ImportResult(Frozen):
    """What an import did, by rows; `rejected` by reason."""

    rows: int
    added: int
    known: int
    duplicates: int
    labelled: int
    label_conflicts: int
    rejected: dict[str, int] = Field(default_factory=dict)


class ImportJob(Frozen):
    """One file for one project. Exactly one of `file_id` (Slack's) and `url` is set while there is work to do."""

    id: str
    project_id: str
    channel_id: str
    user_id: str  # who asked for it
    thread_ts: str | None = None  # where it is answered; None: in the channel
    name: str  # of the file
    file_id: str | None = None
    url: str | None = None
    size: int | None = None  # bytes, where they are known
    confirm: bool = False  # a person is to agree, even if the columns are plain
    state: ImportState = ImportState.LOOKING
    columns: tuple[str, ...] = ()  # what there is to choose from
    sample: str = ""  # the beginning of the first text (or of the first row), to recognise the file by
    text_column: str | None = None
    label_column: str | None = None  # None: there is none
    chosen_by: str | None = None
    # Of the project, when the import began: what tells "added" from "known" after a crash.
    items_before: int | None = None
    labels_before: int = 0
    done: int = 0  # bytes
    rows: int = 0
    result: ImportResult | None = None
    error: str = ""
    attempts: int = 0
    not_before: datetime | None = None  # the next attempt
    created_at: datetime

    @property
    def open(self) -> bool:
        """Whether a worker has something to do with it."""
        return self.state in (ImportState.LOOKING, ImportState.RUNNING)
