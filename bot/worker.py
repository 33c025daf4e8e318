"""The worker: APScheduler advances the rounds, a thread sends the outbox. Any number of workers may run.

Every job is idempotent and works under a lock with a fencing token, so it does not matter which worker does it, nor how
often. Nothing here is kept in memory that can't be made again from Redis.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import uuid
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot import logs
from bot.container import Container, running
from bot.domain import Project, RoundtableError
from bot.services.bulletins import Bulletins
from bot.services.ports import DirectoryError
from bot.services.reminders import Reminders
from bot.services.rights import Rights, is_group
from bot.services.rounds import RoundKeeper
from bot.settings import Settings
from bot.slack.sending import build_directory, build_sender
from bot.words import use_by_default

log = logging.getLogger("roundtable.worker")

# A wake normally comes first; this is the net below it: deadlines, schedules, wakes lost with a connection.
TICK_SECONDS = 1.0
IDLE_SECONDS = 0.25
TROUBLE_SECONDS = 2.0
REMIND_SECONDS = 60.0
IMPORT_SECONDS = 2.0  # until imports are looked at again; a wake comes first


def main(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT; what is under way is finished first. Raises RoundtableError if it can't start."""
    logs.set_up(settings.log_level)
    settings.require_slack(receiving=False)
    use_by_default(settings.language)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with running(settings) as container:
        Worker(container, ended).run()


class Worker:
    """One worker process."""

    def __init__(self, container: Container, ended: threading.Event) -> None:
        self._store, self._clock, self._ended = container.store, container.clock, ended
        holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        directory = build_directory(container)
        self._rights = Rights(directory, frozenset(container.settings.leads))
        self._keeper = RoundKeeper(container.store, container.clock, holder, container.features, self._leads)
        self._bulletins = Bulletins(container.store, container.clock, self._leads)
        self._reminders = Reminders(container.store, container.clock, self._rights, directory)
        self._sender = build_sender(container, holder)
        self._importer = container.importer(holder, ended.is_set)
        self._to_import = threading.Event()
        self._to_send = threading.Event()
        self._troubles: dict[str, str] = {}  # project id -> the fault that was logged last
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(1)},
            # One thread, so one at a time; the second instance is a wake that came meanwhile, run right afterwards.
            job_defaults={"coalesce": True, "max_instances": 2, "misfire_grace_time": None},
            timezone="UTC",
        )

    def run(self) -> None:
        """Until the end is asked for."""
        self._scheduler.add_job(
            self._advance, IntervalTrigger(seconds=TICK_SECONDS), id="rounds:tick", next_run_time=_at_once()
        )
        self._scheduler.add_job(
            self._remind, IntervalTrigger(seconds=REMIND_SECONDS), id="reminders", next_run_time=_at_once()
        )
        threads = [
            threading.Thread(target=self._send, name="outbox"),
            threading.Thread(target=self._listen, name="wakes"),
            threading.Thread(target=self._import, name="imports"),
        ]
        self._scheduler.start()
        for thread in threads:
            thread.start()
        log.info("working")
        self._ended.wait()
        self._to_import.set()
        self._scheduler.shutdown(wait=True)
        for thread in threads:
            thread.join()
        self._sender.close()
        log.info("ended")

    def _advance(self) -> None:
        """One look at every project; a fault in one is logged and doesn't hold up the others."""
        try:
            due = [
                *self._keeper.advance_all(self._troubled).items(),
                *self._bulletins.step_all(self._troubled).items(),
            ]
        except RoundtableError as error:
            log.warning("rounds: %s", error)
            return
        for project_id, moment in due:
            self._plan(project_id, moment)
        self._to_send.set()

    def _remind(self) -> None:
        """One look at everybody for whom a round waits."""
        try:
            self._reminders.step()
        except RoundtableError as error:
            log.warning("reminders: %s", error)

    def _leads(self, project: Project) -> frozenset[str]:
        """Who is told what is for leads. A group that Slack can't tell of just now is left out, lest a round wait for it."""
        try:
            return self._rights.leads_of(project)
        except DirectoryError as error:
            log.warning("project %s: %s", project.id, error)
            return frozenset(lead for lead in project.leads or self._rights.everywhere if not is_group(lead))

    def _troubled(self, project: Project, error: Exception) -> None:
        """A fault is logged in full when it is new, not at every tick."""
        text = f"{type(error).__name__}: {error}"
        if self._troubles.get(project.id) == text:
            return
        self._troubles[project.id] = text
        known = isinstance(error, RoundtableError)
        log.error("project %s can't go on: %s", project.id, error if known else text, exc_info=None if known else error)

    def _plan(self, project_id: str, moment: datetime) -> None:
        """A job at the very moment of a deadline or a scheduled round, named by project and due time."""
        if moment > self._clock.now():
            self._scheduler.add_job(
                self._advance,
                "date",
                run_date=moment,
                id=f"rounds:{project_id}:{moment.isoformat()}",
                replace_existing=True,
            )

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                woken = self._store.guard.wait(TICK_SECONDS)
            except RoundtableError as error:
                log.warning("waiting: %s", error)
                self._ended.wait(TROUBLE_SECONDS)
                continue
            if woken and not self._ended.is_set():
                self._to_import.set()
                self._scheduler.modify_job("rounds:tick", next_run_time=_at_once())

    def _send(self) -> None:
        while not self._ended.is_set():
            try:
                pause = self._sender.step()
            except RoundtableError as error:
                log.warning("outbox: %s", error)
                pause = TROUBLE_SECONDS
            except Exception:
                # The process's edge: one message that can't be made must not silence all the others.
                log.exception("outbox: unexpected fault")
                pause = TROUBLE_SECONDS
            if pause > 0:
                self._to_send.wait(min(pause, IDLE_SECONDS) if pause < TROUBLE_SECONDS else pause)
                self._to_send.clear()

    def _import(self) -> None:
        while not self._ended.is_set():
            self._to_import.clear()
            try:
                more = self._importer.step()
            except RoundtableError as error:
                log.warning("imports: %s", error)
                more = False
            except Exception:
                # The process's edge: one file that nobody foresaw must not keep all others out.
                log.exception("imports: unexpected fault")
                more = False
            if not more and not self._ended.is_set():
                self._to_import.wait(IMPORT_SECONDS)


def _at_once() -> datetime:
    """For the scheduler, which goes by the machine's clock whatever the injected one says: a moment of a clock that is ahead would
    put its ticks off."""
    return datetime.now(UTC)
