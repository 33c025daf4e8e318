"""The number of the layout in Redis: written once, checked at every start, moved up by migrations.

To change the layout: add a `Migration` with the next number to MIGRATIONS. Each must be safe to repeat, as a process may
die half-way; the number moves up after each one.

A new field of a stored value needs no number if it has a default: an older process passes over what it doesn't know
(`codec.stored_value`) and keeps it when it changes the rest.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.domain import StoreUnavailableError
from bot.services.ports import chained
from bot.store.client import Db
from bot.store.rebuild import derive

FIRST_VERSION = 1
MIGRATING_SECONDS = 600


class Migration(NamedTuple):
    """From layout `number - 1` to `number`."""

    number: int
    what: str
    apply: Callable[[Db], None]


def _order_of_arrival(db: Db) -> None:
    """Items of layout 1 have no order: theirs is that of their ids."""
    for project_id in db.read("HKEYS", db.keys("projects")):
        stored = db.read("HGETALL", db.keys("items", project_id))
        chain = ""
        db.write("DEL", db.keys("arrivals", project_id))
        for item_id in sorted(stored):
            chain = chained(chain, item_id, json.loads(stored[item_id])["text_hash"])
            db.write("RPUSH", db.keys("arrivals", project_id), item_id)
        if stored:
            db.write("HSET", db.keys("meta", project_id), "items_chain", chain)
            db.write("HSET", db.keys("meta", project_id), "items_revision", len(stored))


def _disputes_and_notes(db: Db) -> None:
    """Layout 2 did not keep what waits for an adjudicator, nor what people say about items."""
    for project_id in db.read("HKEYS", db.keys("projects")):
        derive(db, project_id, "disputes", "notes")


MIGRATIONS: tuple[Migration, ...] = (
    Migration(2, "items have an order of arrival and a hash of their history", _order_of_arrival),
    Migration(3, "what is disputed, and what people said about items", _disputes_and_notes),
)


def layout(db: Db, migrations: Sequence[Migration] = MIGRATIONS) -> str:
    """One sentence about the layout that is there; changes nothing. Raises StoreUnavailableError for an unknown one."""
    current = FIRST_VERSION + len(migrations)
    found = db.read("GET", db.keys("schema"))
    if found is None:
        return f"nothing stored yet; the first start writes layout {current}"
    version = _number(found, current)
    return f"layout {version}" if version == current else f"layout {version}; the next start brings it up to {current}"


def ensure_schema(db: Db, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """Brings the layout up to date and returns its number.

    Raises StoreUnavailableError for a layout that this version doesn't know, and while another process migrates."""
    current = FIRST_VERSION + len(migrations)
    if [m.number for m in migrations] != list(range(FIRST_VERSION + 1, current + 1)):
        raise ValueError("migrations must be numbered without gaps, from 2 on")
    key = db.keys("schema")
    found = db.read("GET", key)
    if found is None:
        db.write("SET", key, current, "NX")
        found = db.read("GET", key)
    version = _number(found, current)
    if version < current:
        _migrate(db, version, migrations, current)
    return current


def _number(found: str, current: int) -> int:
    if not found.isdecimal() or not FIRST_VERSION <= int(found) <= current:
        raise StoreUnavailableError(
            f"The data in Redis has layout {found[:20]!r}, and this version of Roundtable knows {FIRST_VERSION} to {current};"
            " install the version that wrote it, or a newer one."
        )
    return int(found)


def _migrate(db: Db, version: int, migrations: Sequence[Migration], current: int) -> None:
    lock, mine = db.keys("migrating"), uuid.uuid4().hex
    if not db.write("SET", lock, mine, "NX", "EX", MIGRATING_SECONDS):
        raise StoreUnavailableError("Another process is bringing the data up to date; start again in a minute.")
    try:
        version = _number(db.read("GET", db.keys("schema")), current)  # another process may have just done it
        for migration in migrations:
            if migration.number > version:
                migration.apply(db)
                db.write("SET", db.keys("schema"), migration.number)
    finally:
        if db.read("GET", lock) == mine:
            db.write("DEL", lock)
