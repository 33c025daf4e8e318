"""kill -9 of the server and of processes that use it: what was acknowledged is there, exactly once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from store_world import World, wait_until

from bot.domain import StoreUnavailableError, VoteStatus
from bot.store import connect
from bot.store.embedded import EmbeddedServer

pytestmark = pytest.mark.fault

ROUND = [f"i{n}" for n in range(40)]


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A short path, for Unix sockets; whatever server a test leaves behind is stopped."""
    with tempfile.TemporaryDirectory(prefix="rt-fault-") as folder:
        yield Path(folder)
        last = EmbeddedServer(Path(folder))
        last.enter()
        last.leave()


class Clicker(threading.Thread):
    """Clicks through a round again and again; a click that was not saved is repeated, or given up."""

    def __init__(self, world: World, queries: list[str], user: str, seed: int) -> None:
        super().__init__()
        self.world, self.queries, self.user = world, queries, user
        self.random = random.Random(seed)
        self.acknowledged: list[str] = []
        self.given_up: set[str] = set()
        self.stop = threading.Event()

    def run(self) -> None:
        for n in range(100_000):
            if self.stop.is_set():
                return
            self._click(n)

    def _click(self, n: int) -> None:
        action = f"{self.user} {n}"
        label = ("negative", "other")[n // len(self.queries) % 2]
        while not self.stop.is_set():
            try:
                outcome = self.world.answer(self.queries[n % len(self.queries)], label, self.user, action=action)
            except StoreUnavailableError:
                if self.random.random() < 0.3:
                    self.given_up.add(action)
                    return
            else:
                assert outcome.status in (
                    VoteStatus.RECORDED,
                    VoteStatus.CHANGED,
                    VoteStatus.DUPLICATE,
                    VoteStatus.UNCHANGED,
                )
                if outcome.status is not VoteStatus.UNCHANGED:
                    self.acknowledged.append(action)
                return


def test_the_server_is_killed_while_people_click(data_dir: Path) -> None:
    store = connect(None, data_dir=data_dir)
    server = EmbeddedServer(data_dir)  # only to learn the process id
    world = World(store, overlap=2).create(items=len(ROUND))
    queries = world.open(ROUND)
    clickers = [Clicker(world, queries, f"U{n}", seed=n) for n in range(5)]
    for clicker in clickers:
        clicker.start()
    moments = random.Random(7)
    try:
        for _ in range(6):
            enough = sum(len(clicker.acknowledged) for clicker in clickers) + moments.randrange(20, 120)
            wait_until(lambda enough=enough: sum(len(clicker.acknowledged) for clicker in clickers) >= enough)
            os.kill(server.pid, signal.SIGKILL)
    finally:
        for clicker in clickers:
            clicker.stop.set()
            clicker.join()
    store.close()
    again = connect(None, data_dir=data_dir)
    try:
        logged = Counter(vote.action_id for vote in again.votes.log("brand"))
        acknowledged = {action for clicker in clickers for action in clicker.acknowledged}
        assert acknowledged <= logged.keys()
        assert set(logged.values()) == {1}
        # What else is there was given up on, or in flight at the very end.
        rest = logged.keys() - acknowledged - {action for clicker in clickers for action in clicker.given_up}
        assert len(rest) <= len(clickers)
        assert again.rebuild("brand", write=False) == []
    finally:
        again.close()


def test_a_reader_does_not_notice_that_the_server_was_killed(data_dir: Path) -> None:
    store = connect(None, data_dir=data_dir)
    try:
        world = World(store).create()
        [query] = world.open(["i0"])
        world.answer(query, "negative")
        os.kill(EmbeddedServer(data_dir).pid, signal.SIGKILL)
        assert store.votes.label_counts("brand") == {"negative": 1}
    finally:
        store.close()


def test_closed_while_a_thread_waits(data_dir: Path) -> None:
    store = connect(None, data_dir=data_dir)
    blocked = EmbeddedServer(data_dir)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(store.guard.wait, 20.0)
        wait_until(lambda: b"blocked_clients:1" in blocked.info("clients"))
        store.close()  # the last one out: the server ends
        with pytest.raises(StoreUnavailableError):
            waiting.result(10)


OTHER_PROCESS = """
import sys, pathlib
from bot.store import connect
store = connect(None, data_dir=pathlib.Path(sys.argv[1]))
store.guard.first_time("other process", 60)
print("ready", flush=True)
sys.stdin.readline()
{end}
"""


def other_process(data_dir: Path, end: str = "store.close()") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS.format(end=end), str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def alive(pid: int) -> bool:
    """Is that process there (and no zombie)?"""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes through /proc")
def test_the_last_process_out_stops_the_shared_server(data_dir: Path) -> None:
    first = other_process(data_dir, end="")  # forgets to close: leaves at exit
    store = connect(None, data_dir=data_dir)
    pid = EmbeddedServer(data_dir).pid
    assert not store.guard.first_time("other process", 60)  # it is the same server
    first.communicate("\n", timeout=20)
    assert alive(pid)  # its starter is gone, we are still here
    store.ping()
    store.close()
    store.close()  # twice does no harm
    wait_until(lambda: not alive(pid))  # its lock goes a moment before its entry in the process table


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes through /proc")
def test_a_killed_process_leaves_the_server_to_the_next(data_dir: Path) -> None:
    first = other_process(data_dir)
    pid = EmbeddedServer(data_dir).pid
    first.kill()
    first.communicate(timeout=20)
    assert alive(pid)
    store = connect(None, data_dir=data_dir)
    assert EmbeddedServer(data_dir).pid == pid
    store.close()
    wait_until(lambda: not alive(pid))  # its lock goes a moment before its entry in the process table


def test_all_killed_at_once(data_dir: Path) -> None:
    """A stale socket, lock files and a log that ends in half a command."""
    first = other_process(data_dir)
    for pid in (EmbeddedServer(data_dir).pid, first.pid):
        os.kill(pid, signal.SIGKILL)
    first.communicate(timeout=20)
    assert EmbeddedServer(data_dir).socket_path.exists()
    [tail] = (data_dir / "valkey" / "appendonlydir").glob("*.incr.aof")
    with tail.open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$1\r\na")
    store = connect(None, data_dir=data_dir)
    assert not store.guard.first_time("other process", 60)
    store.close()


def test_many_processes_start_at_once(data_dir: Path) -> None:
    with tempfile.TemporaryDirectory() as logs:
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", OTHER_PROCESS.format(end="store.close()"), str(data_dir)],
                stdin=subprocess.DEVNULL,
                stdout=(Path(logs) / str(n)).open("w"),
            )
            for n in range(3)
        ]
        assert [process.wait(timeout=30) for process in processes] == [0] * 3
        assert [(Path(logs) / str(n)).read_text() for n in range(3)] == ["ready\n"] * 3


def test_a_folder_with_a_very_long_name(data_dir: Path) -> None:
    store = connect(None, data_dir=data_dir / ("long" * 40))
    store.ping()
    store.close()
