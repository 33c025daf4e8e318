"""The log of one project, read in chunks."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.store.client import Db

CHUNK = 1_000


def entries(db: Db, project_id: str, kinds: Collection[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Seq and fields of the entries of these kinds, oldest first, streamed."""
    start, log = "-", db.keys("log", project_id)
    while True:
        found = db.read("XRANGE", log, start, "+", "COUNT", CHUNK)
        for seq, fields in found:
            if fields["kind"] in kinds:
                yield seq, fields
        if len(found) < CHUNK:
            return
        start = f"({found[-1][0]}"
