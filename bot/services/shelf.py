"""One entry of the feature cache on disk: what a source learned, and the rows of all texts so far, as plain arrays.

A folder holds `state.npz`, three files of numbers that only grow (values, columns, lengths of the rows), the ids, and `manifest.json`,
which says how much of them counts. It is replaced as a whole after each addition, so an addition that was cut off leaves bytes that
nobody looks at. Checksums in the manifest, made while writing, are compared when a process reads an entry for the first time: what was
damaged is thrown away and made again. Nothing is unpickled. Numbers are mapped into memory, not read into it.
"""

from __future__ import annotations

import io
import json
import shutil
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError
from scipy import sparse

from learner.types import Matrix

FORMAT = 1
KINDS = {"values": np.dtype("<f4"), "columns": np.dtype("<i4"), "lengths": np.dtype("<i4")}
FILES = (*KINDS, "ids")


class DamagedEntryError(Exception):
    """What is on disk is not what was written there."""


class Segment(BaseModel):
    """Rows that were added together: how many, where the files ended after them, and the checksum of each file's new part."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: int
    ends: dict[str, int]  # bytes
    sums: dict[str, int]
    chain: str  # of the items' history up to here


class Manifest(BaseModel):
    """What counts of an entry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    source: str
    n_features: int
    state_sum: int
    segments: tuple[Segment, ...]

    @property
    def rows(self) -> int:
        """Of all segments."""
        return sum(segment.rows for segment in self.segments)


@dataclass(frozen=True, eq=False)
class Entry:
    """An entry as read: rows X (n, d) on disk, their items' ids, and the hash of those items' history."""

    ids: tuple[str, ...]
    X: Matrix
    chain: str
    state: dict[str, NDArray[Any]]
    manifest: Manifest


def create(folder: Path, source: str, state: dict[str, NDArray[Any]], n_features: int) -> Manifest:
    """Begins an entry without rows in an empty folder. It is none before `add` has written a manifest."""
    folder.mkdir(parents=True)
    packed = io.BytesIO()
    np.savez(packed, allow_pickle=False, **state)
    (folder / "state.npz").write_bytes(packed.getvalue())
    for name in FILES:
        (folder / name).touch()
    return Manifest(source=source, n_features=n_features, state_sum=zlib.crc32(packed.getvalue()), segments=())


def add(folder: Path, manifest: Manifest, blocks: Iterable[Matrix], ids: Sequence[str], chain: str) -> Manifest:
    """Adds one segment of rows, given in blocks. The caller holds the entry's lock. Raises OSError."""
    ends = manifest.segments[-1].ends if manifest.segments else dict.fromkeys(FILES, 0)
    sums = dict.fromkeys(FILES, 0)
    files = {name: (folder / name).open("r+b") for name in FILES}
    try:
        for name, file in files.items():
            file.truncate(ends[name])  # what an addition that was cut off has left
            file.seek(ends[name])
        for block in blocks:
            parts = {"values": block.data, "columns": block.indices, "lengths": np.diff(block.indptr)}
            for name, kind in KINDS.items():
                data = np.ascontiguousarray(parts[name], dtype=kind).data
                files[name].write(data)
                sums[name] = zlib.crc32(data, sums[name])
        line = json.dumps(list(ids)).encode() + b"\n"
        files["ids"].write(line)
        sums["ids"] = zlib.crc32(line)
        now = {name: file.tell() for name, file in files.items()}
    finally:
        for file in files.values():
            file.close()
    segment = Segment(rows=len(ids), ends=now, sums=sums, chain=chain)
    grown = manifest.model_copy(update={"segments": (*manifest.segments, segment)})
    part = folder / "manifest.part"
    part.write_text(grown.model_dump_json(), "utf-8")
    part.replace(folder / "manifest.json")
    return grown


def read(folder: Path, source: str, *, trusted: Manifest | None = None) -> Entry | None:
    """The entry of a folder; None if there is none. Segments of the manifest `trusted` are not checked again.

    Raises DamagedEntryError, OSError.
    """
    manifest = _manifest(folder, source)
    if manifest is None:
        return None
    known = len(trusted.segments) if trusted is not None else 0
    if trusted is not None and manifest.segments[:known] != trusted.segments:
        known = 0
    arrays = {name: _mapped(folder / name, kind, _end(manifest, name)) for name, kind in KINDS.items()}
    with (folder / "ids").open("rb") as file:
        names = file.read(_end(manifest, "ids"))
    _check(manifest, known, {**{name: _bytes(values) for name, values in arrays.items()}, "ids": memoryview(names)})
    ids = tuple(item for line in names.splitlines() for item in json.loads(line))
    X = _matrix(arrays["values"], arrays["columns"], arrays["lengths"], manifest.n_features)
    if not manifest.rows == len(ids) == X.shape[0]:
        raise DamagedEntryError(f"{len(ids)} ids and {X.shape[0]} rows where there should be {manifest.rows}")
    return Entry(ids, X, manifest.segments[-1].chain, _state(folder, manifest), manifest)


def size(folder: Path) -> int:
    """Bytes on disk."""
    return sum(file.stat().st_size for file in folder.iterdir())


def remove(folder: Path) -> None:
    """Deletes an entry. Processes that have it mapped keep what they have."""
    shutil.rmtree(folder, ignore_errors=True)


def _manifest(folder: Path, source: str) -> Manifest | None:
    try:
        manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise DamagedEntryError("the manifest can't be read") from error
    if manifest.format != FORMAT or manifest.source != source or not manifest.segments:
        raise DamagedEntryError("the manifest is of another version")
    return manifest


def _end(manifest: Manifest, name: str) -> int:
    return manifest.segments[-1].ends[name]


def _mapped(path: Path, kind: np.dtype[Any], end: int) -> NDArray[Any]:
    """The file's first `end` bytes as numbers, in memory only as far as they are used."""
    if end % kind.itemsize or path.stat().st_size < end:
        raise DamagedEntryError(f"{path.name} is too short")
    if end == 0:
        return np.empty(0, kind)
    return np.asarray(np.memmap(path, kind, "r", shape=(end // kind.itemsize,)))


def _bytes(values: NDArray[Any]) -> memoryview:
    return values.data.cast("B") if len(values) else memoryview(b"")


def _check(manifest: Manifest, known: int, contents: dict[str, memoryview]) -> None:
    """Compares the checksums of the segments from `known` on."""
    starts = manifest.segments[known - 1].ends if known else dict.fromkeys(FILES, 0)
    for segment in manifest.segments[known:]:
        for name in FILES:
            if zlib.crc32(contents[name][starts[name] : segment.ends[name]]) != segment.sums[name]:
                raise DamagedEntryError(f"{name} has other contents than were written")
        starts = segment.ends


def _state(folder: Path, manifest: Manifest) -> dict[str, NDArray[Any]]:
    packed = (folder / "state.npz").read_bytes()
    if zlib.crc32(packed) != manifest.state_sum:
        raise DamagedEntryError("state.npz has other contents than were written")
    with np.load(io.BytesIO(packed), allow_pickle=False) as archive:
        return dict(archive)


def _matrix(values: NDArray[Any], columns: NDArray[Any], lengths: NDArray[Any], width: int) -> Matrix:
    indptr = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=indptr[1:])
    if not indptr[-1] == len(values) == len(columns) or (lengths < 0).any():
        raise DamagedEntryError("the rows' lengths do not fit the numbers")
    if indptr[-1] <= np.iinfo(np.int32).max:
        indptr = indptr.astype(np.int32)  # as the columns are: else SciPy would copy these
    X = sparse.csr_matrix((values, columns, indptr), shape=(len(lengths), width), copy=False)
    X.has_canonical_format = True  # as written; else SciPy would look through all of it
    return X
