"""Items of a project, and their import in chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain import Item, NotFoundError, Via, VoteKind
from bot.services.ports import AddOutcome, Arrivals, NewItem
from bot.store.client import Db
from bot.store.codec import compact, millis, stored_value
from bot.words import say

CHUNK = 200  # items per script: a few milliseconds of the server's one thread, so clicks are not kept waiting
SCAN = 500


class Items:
    """Implements `ports.ItemStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add_many(self, project_id: str, items: Sequence[NewItem], at: datetime) -> list[AddOutcome]:
        """Imports items; see the port. Each chunk of 200 is one atomic script and on disk when the next begins."""
        outcomes: list[AddOutcome] = []
        for start in range(0, len(items), CHUNK):
            args: list[str | int] = [project_id, millis(at)]
            for new in items[start : start + CHUNK]:
                args += _arguments(new, at)
            for kind, there in self._db.run("add_items", *args, durable=True):
                outcomes.append(AddOutcome(kind, there or None))
        return outcomes

    def get(self, project_id: str, item_id: str) -> Item:
        """Raises NotFoundError. The id of an exact duplicate gives the item that it is linked to."""
        item, linked = self._db.read_all(
            [
                ("HGET", self._db.keys("items", project_id), item_id),
                ("HGET", self._db.keys("linked", project_id), item_id),
            ]
        )
        if item is None and linked is not None:
            item = self._db.read("HGET", self._db.keys("items", project_id), linked)
        if item is None:
            raise NotFoundError(say("store-no-item", project=project_id, item=item_id))
        return stored_value(Item, item)

    def get_many(self, project_id: str, item_ids: Sequence[str]) -> list[Item]:
        """In the order given. Raises NotFoundError for the first that isn't there."""
        if not item_ids:
            return []
        texts = self._db.read("HMGET", self._db.keys("items", project_id), *item_ids)
        for item_id, text in zip(item_ids, texts, strict=True):
            if text is None:
                raise NotFoundError(say("store-no-item", project=project_id, item=item_id))
        return [stored_value(Item, text) for text in texts]

    def iter(self, project_id: str) -> Iterator[Item]:
        """All items, in no stated order, in chunks from the store."""
        cursor, given = "0", set[str]()
        while True:
            cursor, chunk = self._db.read("HSCAN", self._db.keys("items", project_id), cursor, "COUNT", SCAN)
            for item_id, text in chunk.items():
                if item_id not in given:  # HSCAN may give a field twice while the hash grows
                    given.add(item_id)
                    yield stored_value(Item, text)
            if int(cursor) == 0:
                return

    def arrivals(self, project_id: str) -> Arrivals:
        """How many items have come, and the hash of their history."""
        count, chain = self._db.read("HMGET", self._db.keys("meta", project_id), "items_revision", "items_chain")
        return Arrivals(int(count or 0), chain or "")

    def arrived(self, project_id: str, start: int = 0) -> Iterator[Item]:
        """Items in the order in which they came, from place `start` on."""
        while True:
            ids = self._db.read("LRANGE", self._db.keys("arrivals", project_id), start, start + SCAN - 1)
            if not ids:
                return
            for text in self._db.read("HMGET", self._db.keys("items", project_id), *ids):
                yield stored_value(Item, text)
            start += len(ids)

    def count(self, project_id: str) -> int:
        """Items, exact duplicates not counted."""
        return int(self._db.read("HLEN", self._db.keys("items", project_id)))

    def revision(self, project_id: str) -> int:
        """Moves with every item added."""
        return int(self._db.read("HGET", self._db.keys("meta", project_id), "items_revision") or 0)


def _arguments(new: NewItem, at: datetime) -> list[str]:
    item, fields = new.item, ""
    if new.label is not None:
        fields = compact(
            [
                *("kind", VoteKind.VOTE.value, "user", "import", "label", new.label, "via", Via.IMPORT.value),
                *("action", item.source or f"line:{new.line}", "at", at.isoformat()),
            ]
        )
    return [item.id, item.text_hash, item.model_dump_json(), new.label or "", fields]
