"""The feature cache: a folder of entries (see bot.services.shelf), one per project and fit, of bounded size in all.

Writers take turns by a lock file for each entry, which dies with its process; a second worker waits for the first one's work instead
of doing it again. The entries used longest ago go first when there is too much.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.services import shelf
from bot.services.shelf import DamagedEntryError, Entry, Manifest
from learner.features import FeatureSource
from learner.types import Matrix

log = logging.getLogger("roundtable.features")

MEGABYTE = 1_000_000
BUILDING = ".building"


class FeatureCache:
    """Entries under one folder, at most `max_bytes` of them; the one in use may be larger. Safe for several processes."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder, self._max_bytes = folder, max_bytes
        self._trusted: dict[str, Manifest] = {}  # what this process has checked or written

    @contextlib.contextmanager
    def locked(self, key: str) -> Iterator[None]:
        """Alone with one entry. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{key}.lock"
        while True:
            with path.open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if _is_still(path, file.fileno()):  # it may have been evicted while we waited
                    yield
                    return

    def read(self, key: str, source: str) -> Entry | None:
        """The entry, checked; None if there is none. A damaged one is thrown away. Raises OSError."""
        try:
            entry = shelf.read(self._folder / key, source, trusted=self._trusted.get(key))
        except (DamagedEntryError, FileNotFoundError) as error:
            log.warning("cached features are made anew: %s", error)
            shelf.remove(self._folder / key)
            return None
        if entry is not None:
            self._trusted[key] = entry.manifest
            os.utime(self._folder / key)
        return entry

    def build(self, key: str, source: FeatureSource, blocks: Iterable[Matrix], ids: Sequence[str], chain: str) -> Entry:
        """Writes a new entry, of a source that is fitted. Raises OSError."""
        building = self._folder / (key + BUILDING)
        shelf.remove(building)
        try:
            manifest = shelf.create(building, source.name, source.state(), source.n_features)
            self._trusted[key] = shelf.add(building, manifest, blocks, ids, chain)
            shelf.remove(self._folder / key)
            building.replace(self._folder / key)
        finally:
            shelf.remove(building)
        return self._written(key, source.name)

    def extend(self, key: str, entry: Entry, blocks: Iterable[Matrix], ids: Sequence[str], chain: str) -> Entry:
        """Adds rows to an entry that was read under this lock. Raises OSError."""
        self._trusted[key] = shelf.add(self._folder / key, entry.manifest, blocks, ids, chain)
        return self._written(key, entry.manifest.source)

    def _written(self, key: str, source: str) -> Entry:
        self._evict(key)
        entry = self.read(key, source)
        if entry is None:
            raise OSError("the features that were just written are gone")
        return entry

    def _evict(self, kept: str) -> None:
        """Removes the entries used longest ago until the rest is small enough. One that somebody works on stays."""
        entries = [path for path in self._folder.iterdir() if path.is_dir() and path.name != kept]
        with contextlib.suppress(FileNotFoundError):  # another process evicts as well
            entries.sort(key=lambda path: path.stat().st_mtime, reverse=True)
            total = shelf.size(self._folder / kept)
            for path in entries:
                total += shelf.size(path)
                if total > self._max_bytes:
                    self._evict_one(path)

    def _evict_one(self, path: Path) -> None:
        key = path.name.removesuffix(BUILDING)
        lock = self._folder / f"{key}.lock"
        with lock.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            shelf.remove(path)
            lock.unlink(missing_ok=True)
            self._trusted.pop(key, None)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
