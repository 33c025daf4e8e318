"""What is asked about and learned from: projects, items, models."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from bot.domain import (
    Act,
    ImportJob,
    Item,
    ModelVersion,
    Project,
)
from bot.services.ports.messages import PostIntent


class NewItem(NamedTuple):
    """An item to import, with its seed label if the file gives one."""

    item: Item
    label: str | None
    line: int  # where it stands in its file, for messages and for the vote's action_id


class AddOutcome(NamedTuple):
    """What became of each new item, in the order given: "added"; "known", the very same item is there already (same id and text);
    "duplicate", its text is there under another id (`of`), linked; "clash", its id is there with another text."""

    kind: Literal["added", "known", "duplicate", "clash"]
    of: str | None = None


class FirstItems(NamedTuple):
    """The import that a new project begins with."""

    job: ImportJob
    posts: tuple[PostIntent, ...]


class ProjectStore(Protocol):
    """Projects and their settings."""

    def add(self, project: Project, act: Act | None = None) -> None:
        """Raises ConflictError if the id is taken. `act` goes into the administrative log in the same write."""
        ...

    def begin(
        self, project: Project, act: Act, posts: Sequence[PostIntent], request: str, first: FirstItems | None = None
    ) -> None:
        """Adds a project, intends its messages and takes up the import of its first items, all or nothing, once for each `request`.

        Raises ConflictError if the id is taken by another one."""
        ...

    def get(self, project_id: str) -> Project:
        """Raises NotFoundError."""
        ...

    def update(
        self,
        project_id: str,
        changes: Mapping[str, Any],
        act: Act | None = None,
        *,
        expected: Project | None = None,
        looked_at: str = "0-0",
    ) -> Project:
        """Changes these settings and no others: two changes at once both stand. Returns the project after it.

        `act` goes into the administrative log in the same write, with what each setting was and is; a change that changes nothing does not.
        `expected`: only if the project is still that one; ConflictError otherwise. So it is where a label is taken away that somebody
        gave after `looked_at` (VoteStore.log_end): from this write on it can't be given any more.
        Raises NotFoundError; ConflictError if it could not be saved for others' changes; ValueError for values that can't be."""
        ...

    def all(self) -> list[Project]:
        """All, by creation."""
        ...

    def by_channel(self, channel_id: str) -> list[Project]:
        """Those of one channel, by creation."""
        ...


class Arrivals(NamedTuple):
    """How many items have come, and a hash of their ids and texts in the order in which they came ("" for none)."""

    items: int
    chain: str


def chained(chain: str, item_id: str, text_hash: str) -> str:
    """The hash of a history of items that goes on with this one."""
    return hashlib.sha1(f"{chain}\n{item_id}\n{text_hash}".encode(), usedforsecurity=False).hexdigest()


class ItemStore(Protocol):
    """Items and their seed labels."""

    def add_many(self, project_id: str, items: Sequence[NewItem], at: datetime) -> list[AddOutcome]:
        """Imports a chunk; labels become votes with via=import in the log. A second call with the same items adds nothing.

        A label on a duplicate or known item that has no label yet is recorded for the item that is there."""
        ...

    def get(self, project_id: str, item_id: str) -> Item:
        """Raises NotFoundError."""
        ...

    def get_many(self, project_id: str, item_ids: Sequence[str]) -> list[Item]:
        """In the order given, in one read. Raises NotFoundError. Ids of items only, not of their exact duplicates."""
        ...

    def iter(self, project_id: str) -> Iterator[Item]:
        """All items, in no stated order, in chunks from the store."""
        ...

    def arrivals(self, project_id: str) -> Arrivals:
        """Where the project's history of items stands: what caches of the pool go by."""
        ...

    def arrived(self, project_id: str, start: int = 0) -> Iterator[Item]:
        """Items in the order in which they came, from place `start` on (0: the first), in chunks from the store."""
        ...

    def count(self, project_id: str) -> int: ...

    def revision(self, project_id: str) -> int:
        """Moves with every item added: what caches of the pool go by."""
        ...


class ModelStore(Protocol):
    """Model versions and their bytes (no pickle: see learner.persist)."""

    def save(self, version: ModelVersion, blob: bytes, token: int) -> None:
        """Stores and makes it current. The same id again: nothing happens."""
        ...

    def current(self, project_id: str) -> ModelVersion | None: ...

    def versions(self, project_id: str) -> list[ModelVersion]: ...

    def blob(self, version_id: str) -> bytes:
        """Raises NotFoundError."""
        ...

    def kept(self, project_id: str) -> list[ModelVersion]:
        """Those of the versions whose bytes are there, by round."""
        ...

    def prune(self, project_id: str, keep: int) -> int:
        """Deletes the bytes of all but the newest `keep` versions and the current one; returns of how many."""
        ...

    def roll_back(self, project_id: str, version_id: str, act: Act) -> str | None:
        """Makes a kept version current while the labels are as they are now; returns what was current before.

        Raises NotFoundError (no such version is kept), ConflictError (it is current already)."""
        ...

    def held(self, project_id: str) -> tuple[str, int] | None:
        """The version that somebody went back to last, and the label revision while which it holds."""
        ...

    def let_go(self, project_id: str) -> None:
        """The version that somebody went back to does not hold any more: the next one that is trained becomes current."""
        ...
