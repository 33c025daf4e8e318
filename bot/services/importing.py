"""Work on imports that people asked for in Slack: the file is fetched, its columns are found, its rows become items.

A worker killed anywhere is followed by one that begins again: rows that are there already are known by their ids, so the
second run adds what was missing. The job's lock is fenced, so a worker that was thought dead can't write over it.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from bot.domain import (
    Act,
    ActKind,
    ConflictError,
    ImportJob,
    ImportResult,
    ImportState,
    RoundtableError,
    StoreUnavailableError,
)
from bot.domain.acts import import_note
from bot.services.columns import look
from bot.services.download import FetchLaterError
from bot.services.imports import message_key, rejects_key
from bot.services.intake import ImportSummary, Progress, import_file
from bot.services.label_cells import LabelCells
from bot.services.leases import held
from bot.services.ports import Clock, Fetches, Lease, PostIntent, Store, in_thread_of
from bot.services.rows import Columns
from bot.services.starting import welcome_key
from bot.words import say, speaking

log = logging.getLogger("roundtable.imports")

ATTEMPTS: Final = 5
FIRST_PAUSE: Final = timedelta(seconds=3)
SHOWN_EVERY: Final = timedelta(seconds=2)  # progress
REJECTS_KEPT: Final = 1_000_000  # characters of the rejects file that is posted
STALE: Final = 24 * 3600.0  # seconds: a folder that old was left by a worker that was killed


class _EndedError(Exception):
    """The process is to end: the next one goes on with the import."""


class Fetchers:
    """Each import from where it comes from. Implements `ports.Fetches`."""

    def __init__(self, *, slack: Fetches, web: Fetches) -> None:
        self._slack, self._web = slack, web

    def fetch(self, job: ImportJob, folder: Path) -> Path:
        """By Slack if it has the file, else from the web."""
        return (self._slack if job.file_id is not None else self._web).fetch(job, folder)


class Importer:
    """Works on imports, one at a time. Any number of them, in any number of processes, do no harm to each other."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        holder: str,
        fetcher: Fetches,
        folder: Path,
        *,
        max_text_length: int,
        ended: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store, self._clock, self._holder, self._fetcher = store, clock, holder, fetcher
        self._folder, self._max_text_length, self._ended = folder, max_text_length, ended

    def step(self) -> bool:
        """Works on the first import that is due and that nobody else is at. False: there is none."""
        for job in self._store.imports.open():
            if job.not_before is not None and job.not_before > self._clock.now():
                continue
            with held(self._store, f"import:{job.id}", self._holder) as lease:
                if lease is None:
                    continue
                job = self._store.imports.get(job.id)  # looked at again under the lock
                with speaking(self._store.projects.get(job.project_id).language):
                    if job.open and self._attempt(job, lease):
                        return True
        return False

    def _attempt(self, job: ImportJob, lease: Lease) -> bool:
        """One attempt, counted before it is made: one that takes its worker down is not made for ever.

        False: the project is busy, so another import may go first."""
        if job.attempts >= ATTEMPTS:
            self._fail(job.id, say("imports-broke-off", times=job.attempts), lease)
            return True
        now = self._clock.now()
        job = self._save(job, lease, attempts=job.attempts + 1, not_before=now + FIRST_PAUSE * 2**job.attempts)
        try:
            self._work(job, lease)
        except (_EndedError, ConflictError) as error:
            log.info("import %s waits: %s", job.id, error)
            with contextlib.suppress(ConflictError):  # another worker has it by now
                job = self._store.imports.get(job.id)
                self._save(job, lease, attempts=0, not_before=self._clock.now() + FIRST_PAUSE)
            return False
        except FetchLaterError as error:
            log.warning("import %s: %s", job.id, error)
            if job.attempts >= ATTEMPTS:
                self._fail(job.id, say("imports-tried", why=str(error), times=job.attempts), lease)
        except StoreUnavailableError:
            raise
        except RoundtableError as error:
            self._fail(job.id, str(error), lease)
        except OSError as error:
            self._fail(job.id, say("imports-not-kept", why=error.strerror or str(error)), lease)
        return True

    def _work(self, job: ImportJob, lease: Lease) -> None:
        with self._own_folder() as folder:
            path = self._fetcher.fetch(job, folder)
            if job.state is ImportState.LOOKING:
                job = self._look(job, path, lease)
            if job.state is ImportState.RUNNING:
                self._run(job, path, lease)

    @contextlib.contextmanager
    def _own_folder(self) -> Iterator[Path]:
        self._folder.mkdir(parents=True, exist_ok=True)
        now = self._clock.now().timestamp()
        for old in self._folder.glob("import-*"):
            if now - old.stat().st_mtime > STALE:
                shutil.rmtree(old, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="import-", dir=self._folder, ignore_cleanup_errors=True) as name:
            yield Path(name)

    def _look(self, job: ImportJob, path: Path, lease: Lease) -> ImportJob:
        found = look(path, LabelCells(self._store.projects.get(job.project_id)))
        ready = found.sure and not job.confirm
        return self._save(
            job,
            lease,
            state=ImportState.RUNNING if ready else ImportState.ASKING,
            columns=found.columns,
            sample=found.sample,
            text_column=found.text,
            label_column=found.label,
            size=path.stat().st_size,
        )

    def _run(self, job: ImportJob, path: Path, lease: Lease) -> None:
        items = self._store.items.count(job.project_id)
        labels = sum(self._store.votes.label_counts(job.project_id).values())
        if job.items_before is None:
            job = self._save(job, lease, items_before=items, labels_before=labels)
        seen = _Shown(self, job, lease)
        summary = import_file(
            self._store,
            self._clock,
            job.project_id,
            path,
            columns=Columns(text=job.text_column, label=job.label_column or ""),
            max_text_length=self._max_text_length,
            progress=seen.progress,
        )
        job = seen.job
        posts = []
        if summary.rejects_file is not None:
            self._store.imports.keep_rejects(job.id, _cut(summary.rejects_file))
            thread = in_thread_of(job.thread_ts) if job.thread_ts else message_key(job.id)
            posts = [PostIntent(rejects_key(job.id), job.project_id, job.channel_id, thread, "file")]
        result = _result(summary, items - (job.items_before or 0), labels - job.labels_before)
        # The address is forgotten: it may hold a key of somebody's.
        done = {"state": ImportState.DONE, "result": result, "rows": result.rows, "url": None, "done": job.size or 0}
        now, by = self._clock.now(), job.chosen_by or job.user_id
        self._store.outbox.touch([welcome_key(job.project_id)], now)  # it says what comes next
        act = Act(kind=ActKind.IMPORT, by=by, at=now, note=import_note(job.name, result.added))
        self._store.imports.save(job, job.model_copy(update=done), now, posts=posts, token=lease.token, act=act)

    def _save(self, job: ImportJob, lease: Lease, **changes: Any) -> ImportJob:
        return self._store.imports.save(job, job.model_copy(update=changes), self._clock.now(), token=lease.token)

    def _fail(self, job_id: str, why: str, lease: Lease) -> None:
        log.warning("import %s failed: %s", job_id, why)
        job = self._store.imports.get(job_id)  # it may have moved on since it was read
        self._save(job, lease, state=ImportState.FAILED, error=why, url=None)


class _Shown:
    """The job as it was saved last: its progress, now and then."""

    def __init__(self, importer: Importer, job: ImportJob, lease: Lease) -> None:
        self._importer, self.job, self._lease = importer, job, lease
        self._last = importer._clock.now()

    def progress(self, progress: Progress) -> None:
        """Raises _EndedError if the process is to end: what is imported stays, the rest is for the next one."""
        if self._importer._ended():
            raise _EndedError
        now = self._importer._clock.now()
        if now - self._last < SHOWN_EVERY:
            return
        self._last = now
        self.job = self._importer._save(self.job, self._lease, done=progress.done, rows=progress.rows, attempts=0)


def _result(summary: ImportSummary, items: int, labels: int) -> ImportResult:
    """`items`, `labels`: what attempts that were cut short had added; the last run found it as known."""
    before = min(max(0, items), summary.known)
    return ImportResult(
        rows=summary.rows,
        added=summary.added + before,
        known=summary.known - before,
        duplicates=summary.duplicates,
        labelled=summary.labelled + max(0, min(labels, before)),
        label_conflicts=summary.label_conflicts,
        rejected=summary.rejected,
    )


def _cut(path: Path) -> str:
    """The rejects file, or as many of its lines as may be posted."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read(REJECTS_KEPT + 1)
    if len(text) <= REJECTS_KEPT:
        return text
    return text[: text.rfind("\n", 0, REJECTS_KEPT) + 1] + f'0,more,"{say("imports-cut")}",\n'
