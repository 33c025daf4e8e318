"""The one connection pool: addresses, errors, retries, scripts and `WAITAOF`.

Retries: redis-py's own are off, as it would repeat any command, a counter's step too. Reads are repeated here, on fresh
connections, for up to a third of a second; a write that fails is told to the caller, who may repeat it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

import redis
from redis import exceptions as rx
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.connection import BlockingConnectionPool, parse_url
from redis.credentials import CredentialProvider
from redis.retry import Retry

from bot.domain import StoreUnavailableError
from bot.store.errors import translate
from bot.store.keys import Keys
from bot.store.scripts import SCRIPTS
from bot.store.together import Together

# redis-py leaves these without types.
_parse_url: Any = parse_url
_Pool: Any = BlockingConnectionPool

T = TypeVar("T")

POOL_SIZE = 64  # more than web's listener threads and the worker's together
TIMEOUT_SECONDS = 5.0  # to connect, and for one answer
DISK_TIMEOUT_MS = 2_000  # Slack wants its acknowledgement within 3 s

NOT_SAVED = "NOTSAVED not saved: Redis did not confirm that it is on disk; try again"
NO_FILE = "NOTSAVED not saved: this Redis keeps no append-only file; set `appendonly yes` (see `roundtable doctor`)"

# 20, 40, 80, 160 ms: a server that was killed takes a moment to be gone, and one that starts, to be there.
READS: Any = Retry(ExponentialBackoff(cap=0.2, base=0.01), 4, (rx.ConnectionError,))


class HiddenCredentials(CredentialProvider):
    """User name and password, kept out of the pool's own settings and every repr."""

    def __init__(self, username: str | None, password: str | None) -> None:
        self._pair = (username, password or "") if username else (password or "",)

    def get_credentials(self) -> Any:
        """What AUTH is called with."""
        return self._pair

    def __repr__(self) -> str:
        return "HiddenCredentials(...)"


def connection_settings(url: str) -> dict[str, Any]:
    """redis-py's settings for redis://, rediss:// and unix:// addresses.

    Raises StoreUnavailableError with a sentence that does not repeat the address, as it may hold a password."""
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise StoreUnavailableError("REDIS_URL must begin with redis://, rediss:// (TLS) or unix://.")
    try:
        settings: dict[str, Any] = dict(_parse_url(url))
    except (ValueError, TypeError):
        # The parser's own message quotes a part of the address.
        raise StoreUnavailableError(
            "REDIS_URL can't be read; write redis://user:password@host:port/0 and percent-encode special characters."
        ) from None
    username, password = settings.pop("username", None), settings.pop("password", None)
    if username or password:
        settings["credential_provider"] = HiddenCredentials(username, password)
    return settings


def make_pool(settings: dict[str, Any], *, size: int = POOL_SIZE, timeout: float | None = TIMEOUT_SECONDS) -> Any:
    """A pool that waits for a free connection rather than to open more than `size`."""
    defaults: dict[str, Any] = {
        "decode_responses": True,
        "protocol": 2,
        "socket_timeout": timeout,
        "retry": Retry(NoBackoff(), 0),
    }
    if "path" not in settings and "server" not in settings:  # neither is for Unix sockets
        defaults["socket_connect_timeout"] = TIMEOUT_SECONDS
        defaults["socket_keepalive"] = True
    return _Pool(max_connections=size, timeout=TIMEOUT_SECONDS, **{**defaults, **settings})


class Db:
    """All that the repositories need of Redis. Every method raises StoreUnavailableError, or what a script says."""

    def __init__(self, settings: dict[str, Any], *, keys: Keys | None = None) -> None:
        self.keys = keys or Keys()
        self._settings = settings
        self._redis: Any = redis.Redis(connection_pool=make_pool(settings))
        # BLPOP holds its connection and answers late: its own connections, with their own time limit.
        self._blocking: Any = redis.Redis(connection_pool=make_pool(settings, size=16, timeout=3 * TIMEOUT_SECONDS))
        self._together = Together(self._send_durable)
        self._has_waitaof: bool | None = None

    def read(self, *command: str | int | float, **options: Any) -> Any:
        """One command that changes nothing; repeated if the connection breaks."""
        return self._guarded(lambda: self._redis.execute_command(*command, **options), again=True)

    def read_all(self, commands: Sequence[tuple[str | int | float, ...]], *, atomic: bool = False) -> list[Any]:
        """Several reads in one round trip; `atomic`: of one moment."""

        def run() -> list[Any]:
            with self._redis.pipeline(transaction=atomic) as pipe:
                for command in commands:
                    pipe.execute_command(*command)
                return list(pipe.execute())

        return self._guarded(run, again=True)

    def write(self, *command: str | int | float | bytes, **options: Any) -> Any:
        """One command, never repeated here."""
        return self._guarded(lambda: self._redis.execute_command(*command, **options))

    def block(self, *command: str | int | float) -> Any:
        """One blocking command on a connection of its own. It must end within 10 s."""
        return self._guarded(lambda: self._blocking.execute_command(*command))

    def run(self, script: str, *args: str | int | float | bytes, durable: bool = False) -> Any:
        """Runs lua/<script>.lua. With `durable` it returns only when the server says that it is on disk.

        Where the server knows `WAITAOF` (Redis 7.2, Valkey), `WAITAOF 1 0` follows in the same round trip; no local
        acknowledgement within 2 s raises StoreUnavailableError ("not saved"), though the write may be in memory by
        then. Where it doesn't, `appendfsync always` on the server does the same, as such a server answers after its fsync;
        `roundtable doctor` checks that it is set.
        """
        return self._guarded(lambda: self._run(script, args, durable))

    def query(self, script: str, *args: str | int | float) -> Any:
        """Runs a script that changes nothing; repeated if the connection breaks."""
        return self._guarded(lambda: self._run(script, args, durable=False), again=True)

    def transaction(self, body: Callable[[Any], T]) -> T:
        """Calls `body` with a redis-py pipeline for WATCH, MULTI and EXEC. A WatchError is passed on."""

        def run() -> T:
            with self._redis.pipeline(transaction=True) as pipe:
                return body(pipe)

        return self._guarded(run)

    def close(self) -> None:
        """Closes the idle connections. One that another thread is using goes on, or ends in StoreUnavailableError."""
        # Closing a socket under a thread that reads from it would raise errors of the parser there.
        self._redis.connection_pool.disconnect(inuse_connections=False)
        self._blocking.connection_pool.disconnect(inuse_connections=False)

    def waitaof(self) -> bool:
        """Does the server know WAITAOF?"""
        return self._guarded(self._knows_waitaof, again=True)

    def check_persistence(self) -> None:
        """Raises StoreUnavailableError where no vote could be saved: known WAITAOF, and no append-only file.

        At the start, as a vote would be written first and refused then. An older server without the file is the doctor's
        affair: it takes votes, and can lose them."""
        if self.waitaof() and self._guarded(self._persistence, again=True).get("aof_enabled") == 0:
            raise StoreUnavailableError(
                "Redis keeps no append-only file, so votes would be lost: set `appendonly yes` and `appendfsync always` in its"
                " configuration (or CONFIG SET, then CONFIG REWRITE) and start again; `roundtable doctor` checks them."
            )

    def _persistence(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = self._redis.execute_command("INFO", "persistence")
        except rx.NoPermissionError:
            found = {}
        return found

    def _knows_waitaof(self) -> bool:
        """Asked once. A server that forbids the question is taken for one that doesn't know."""
        if self._has_waitaof is None:
            try:
                # As one word, so that redis-py leaves the reply as it is: [None] for an unknown command.
                reply = self._redis.execute_command("COMMAND INFO", "WAITAOF")
            except rx.NoPermissionError:
                reply = None
            self._has_waitaof = bool(reply) and reply[0] is not None
        return self._has_waitaof

    def _run(self, script: str, args: tuple[str | int | float | bytes, ...], durable: bool) -> Any:
        source = SCRIPTS[script]
        call = ("EVALSHA", source.sha, 1, self.keys.prefix, *args)
        if not (durable and self._knows_waitaof()):
            try:
                return self._redis.execute_command(*call)
            except rx.NoScriptError:
                return self._redis.execute_command("EVAL", source.text, 1, self.keys.prefix, *args)
        reply, on_disk = self._together(call)
        if isinstance(reply, rx.NoScriptError):
            reply, on_disk = self._together(("EVAL", source.text, 1, self.keys.prefix, *args))
        if isinstance(reply, Exception):
            raise reply
        if isinstance(on_disk, rx.ResponseError) and "appendonly" in str(on_disk):
            raise rx.ResponseError(NO_FILE)
        if isinstance(on_disk, Exception):
            raise on_disk
        if not on_disk or int(on_disk[0]) < 1:
            raise rx.ResponseError(NOT_SAVED)
        return reply

    def _send_durable(self, calls: Sequence[tuple[Any, ...]]) -> list[tuple[Any, Any]]:
        """One round trip for all calls: (reply, what WAITAOF said) for each."""
        with self._redis.pipeline(transaction=False) as pipe:
            for call in calls:
                pipe.execute_command(*call)
            pipe.execute_command("WAITAOF", 1, 0, DISK_TIMEOUT_MS)
            *replies, on_disk = pipe.execute(raise_on_error=False)
        return [(reply, on_disk) for reply in replies]

    def _guarded(self, call: Callable[[], T], *, again: bool = False) -> T:
        try:
            return READS.call_with_retry(call, lambda _: None) if again else call()
        except rx.WatchError:
            raise
        except (rx.RedisError, OSError) as error:
            raise translate(error) from None
