"""The rows of a project's items: fitted once, kept on disk, extended when items come.

What a row is must not depend on who computes it, nor when. The rule: a source (TF-IDF's vocabulary and weights) is fitted on the first N
items in their order of arrival, and N is part of the model version that was trained on such rows (`Fit`). Without a model N is all the
items there are. It changes only when a round opens and the pool has grown to REFIT_GROWTH * N or more; then a model on the new rows is
trained, and carries the new N. So a restarted worker, a second one and the demo's figures, which all read the same items and the same
model version, get the same rows, with or without the cache. Items that came after the N-th get rows in terms of the first N.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain as joined
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bot.domain import Project
from bot.services import embedding_model
from bot.services.feature_cache import FeatureCache
from bot.services.files import FileError
from bot.services.ordered_map import ordered_map
from bot.services.ports import Arrivals, Store, chained
from bot.services.shelf import Entry
from learner.errors import CorruptFeaturesError, EmbeddingError
from learner.features import FeatureSource, TfidfFeatures, stack
from learner.hashing import HashedFeatures
from learner.types import Matrix

log = logging.getLogger("roundtable.features")

REFIT_GROWTH = 2.0
LOG_EVERY = 5_000


@dataclass(frozen=True)
class Fit:
    """On what a project's features were fitted: a source's name, and the first `items` items, whose history has this hash."""

    source: str
    items: int
    chain: str

    @property
    def key(self) -> str:
        """Content hash."""
        return hashlib.blake2b(f"{self.source}\n{self.items}\n{self.chain}".encode(), digest_size=16).hexdigest()

    def outgrown(self, now: Arrivals) -> bool:
        """Whether so many items came since that a new fit is due."""
        return now.items >= REFIT_GROWTH * self.items


@dataclass(frozen=True, eq=False)
class PoolRows:
    """All items of a project as rows: `ids` and X (n, d) in order of arrival, and the source that makes rows of other texts."""

    ids: tuple[str, ...]
    X: Matrix
    source: FeatureSource
    fit: Fit
    now: Arrivals

    @property
    def fingerprint(self) -> str:
        """Content hash of ids, texts and fit."""
        return hashlib.blake2b(f"{self.fit.key}\n{self.now.chain}".encode(), digest_size=16).hexdigest()


class _LoggedProgress:
    """A line in the log now and then: embedding a large pool takes long."""

    def __init__(self) -> None:
        self._done = 0

    def __call__(self, done: int) -> None:
        before, self._done = self._done, self._done + done
        if before // LOG_EVERY != self._done // LOG_EVERY:
            log.info("%d texts embedded since the start", self._done)


class Sources:
    """Makes the feature source that a project asks for, not fitted yet. An embedding model is loaded once."""

    def __init__(self, embeddings: Path | None = None, progress: Callable[[int], None] | None = None) -> None:
        self._folder, self._progress = embeddings, progress or _LoggedProgress()
        self._embeddings: FeatureSource | None = None

    def __call__(self, kind: str) -> FeatureSource:
        """Raises RoundtableError if it can't be had here."""
        if kind == "embeddings":
            if self._embeddings is None:
                self._embeddings = embedding_model.load(self._folder, self._progress)
            return self._embeddings
        return HashedFeatures(mapper=ordered_map) if kind == "hashed" else TfidfFeatures(mapper=ordered_map)


class PoolFeatures:
    """Rows of projects' items. `cache` None: nothing is kept on disk. Not for several threads at once."""

    def __init__(self, store: Store, *, cache: FeatureCache | None = None, sources: Sources | None = None) -> None:
        self._store, self._cache, self._sources = store, cache, sources or Sources()

    def source(self, kind: str) -> FeatureSource:
        """A source, not fitted. Raises RoundtableError if it can't be had here."""
        return self._sources(kind)

    def rows(self, project: Project, fit: Fit | None = None, known: PoolRows | None = None) -> PoolRows:
        """All items as rows. `fit` None: fitted on all that have come; `known`: rows of a moment ago, extended if they can be.

        Raises RoundtableError if the project's source can't be had here.
        """
        now = self._store.items.arrivals(project.id)
        source = self._sources(project.features)
        if not source.learns:
            fit = Fit(source.name, 0, "")
        elif fit is None or fit.source != source.name or fit.items > now.items:
            fit = Fit(source.name, now.items, now.chain)
        if known is not None and known.fit == fit:
            if known.now == now:
                return known
            source = known.source
        work = _Work(self._store, project.id, source, fit, now)
        try:
            return self._brought_up(work, known)
        except _OtherHistoryError:
            return self.rows(project)
        except EmbeddingError as error:
            raise embedding_model.EmbeddingModelError(str(error)) from error

    def _brought_up(self, work: _Work, known: PoolRows | None) -> PoolRows:
        if self._cache is not None:
            try:
                return self._cached(work, self._cache)
            except OSError as error:
                log.warning("features are not kept: %s", error)
        return work.in_memory(known if known is not None and known.fit == work.fit else None)

    def _cached(self, work: _Work, cache: FeatureCache) -> PoolRows:
        key = hashlib.blake2b(f"{work.project_id}\n{work.fit.key}".encode(), digest_size=16).hexdigest()
        with cache.locked(key):
            entry = cache.read(key, work.source.name)
            tail = work.tail(entry) if entry is not None else None
            if entry is None or tail is None or not work.restore(entry):
                items = work.all_items()
                blocks = work.blocks(items)
                entry = cache.build(key, work.source, blocks, [item.id for item in items], work.now.chain)
            elif tail:
                blocks = work.source.transform_blocks([item.text for item in tail])
                entry = cache.extend(key, entry, blocks, [item.id for item in tail], work.now.chain)
        return PoolRows(entry.ids, entry.X, work.source, work.fit, work.now)


def rows_of_texts(texts: Sequence[str], source: FeatureSource, cache: FeatureCache | None = None) -> Matrix:
    """Rows (n, d) of texts that belong to no project, fitted on all of them; read from the cache if they are there.

    Raises FileError if the cache's folder can't be used.
    """
    if cache is None:
        return source.fit_transform(texts)
    digest = hashlib.blake2b(source.name.encode(), digest_size=16)
    for text in texts:
        digest.update(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest())
    key = digest.hexdigest()
    try:
        with cache.locked(key):
            entry = cache.read(key, source.name)
            if entry is None:
                ids = [str(n) for n in range(len(texts))]
                entry = cache.build(key, source, source.fit_blocks(texts), ids, key)
            return entry.X
    except OSError as error:
        raise FileError(f"the feature cache can't be used: {error}") from error


class _Text(NamedTuple):
    """What is needed of an item: a million whole ones would take too much room."""

    id: str
    text_hash: str
    text: str


class _OtherHistoryError(Exception):
    """The fit is on items that are not this project's any more: a backup was restored, or the project made anew."""


class _Work:
    """Bringing one project's rows up to one moment of its history."""

    def __init__(self, store: Store, project_id: str, source: FeatureSource, fit: Fit, now: Arrivals) -> None:
        self._store, self.project_id = store, project_id
        self.source, self.fit, self.now = source, fit, now

    def tail(self, entry: Entry | PoolRows) -> list[_Text] | None:
        """The items that came after those of the entry; None if it is not the beginning of this history."""
        chain = entry.chain if isinstance(entry, Entry) else entry.now.chain
        items = self._items(len(entry.ids))
        for item in items:
            chain = chained(chain, item.id, item.text_hash)
        return items if chain == self.now.chain else None

    def restore(self, entry: Entry) -> bool:
        """Makes the source that of the entry."""
        try:
            self.source.restore(entry.state)
        except CorruptFeaturesError as error:
            log.warning("cached features are made anew: %s", error)
            return False
        return self.source.n_features == entry.X.shape[1]

    def all_items(self) -> list[_Text]:
        """From the first on. Raises _OtherHistoryError."""
        items = self._items(0)
        chain = ""
        for item in items[: self.fit.items]:
            chain = chained(chain, item.id, item.text_hash)
        if chain != self.fit.chain:
            raise _OtherHistoryError
        return items

    def blocks(self, items: list[_Text]) -> Iterator[Matrix]:
        """Rows of all items; the source is fitted when this returns."""
        texts = [item.text for item in items]
        fitted = self.source.fit_blocks(texts[: self.fit.items])
        return joined(fitted, self.source.transform_blocks(texts[self.fit.items :]))

    def in_memory(self, known: PoolRows | None) -> PoolRows:
        """Without a cache."""
        tail = self.tail(known) if known is not None else None
        if known is not None and tail is not None:
            parts = [known.X, *self.source.transform_blocks([item.text for item in tail])]
            ids = (*known.ids, *(item.id for item in tail))
        else:
            items = self.all_items()
            parts = list(self.blocks(items))
            ids = tuple(item.id for item in items)
        return PoolRows(ids, stack(parts, self.source), self.source, self.fit, self.now)

    def _items(self, start: int) -> list[_Text]:
        found = islice(self._store.items.arrived(self.project_id, start), max(0, self.now.items - start))
        return [_Text(item.id, item.text_hash, item.text) for item in found]
