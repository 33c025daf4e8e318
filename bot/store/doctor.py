"""What `roundtable doctor` asks of Redis: reached, recent, persistent, not evicting, of a known layout, its clock right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.domain import Check, RoundtableError, StoreUnavailableError
from bot.services.ports import Clock
from bot.store.client import Db, connection_settings
from bot.store.embedded import EmbeddedConnection, EmbeddedServer
from bot.store.schema import layout

OLDEST = (6, 2)
SKEW_SECONDS = 2.0


def checks(url: str | None, data_dir: Path, clock: Clock) -> list[Check]:
    """All checks of the Redis at `url`, or of the embedded one of `data_dir`. Raises nothing: what fails is a check."""
    server = None
    try:
        if url is None:
            server = EmbeddedServer(data_dir)
            server.enter()
            db = Db({"connection_class": EmbeddedConnection, "server": server})
        else:
            db = Db(connection_settings(url))
    except StoreUnavailableError as error:
        return [_unreached(str(error))]
    try:
        return list(_checks(db, clock, embedded=server is not None))
    except RoundtableError as error:
        return [_unreached(str(error))]
    finally:
        db.close()
        if server is not None:
            server.leave()


def _unreached(why: str) -> Check:
    return Check(
        name="redis",
        ok=False,
        detail=why,
        advice="Start the server that REDIS_URL names or correct REDIS_URL; without REDIS_URL the embedded server is used.",
    )


def _checks(db: Db, clock: Clock, *, embedded: bool) -> Iterator[Check]:
    db.read("PING")
    yield Check(
        name="redis", ok=True, detail="the embedded server answers" if embedded else "the server of REDIS_URL answers"
    )
    yield _version(db.read("INFO", "server"))
    yield _setting(db, "appendonly", ("yes",), "Set `appendonly yes` in its configuration: votes must be on disk.")
    yield _setting(
        db,
        "appendfsync",
        ("always",),
        "Set `appendfsync always`. With `everysec` a click waits up to a second for the disk where the server knows"
        " WAITAOF, and a crash of the machine can lose the last second of votes where it doesn't.",
    )
    yield _setting(
        db,
        "maxmemory-policy",
        ("noeviction",),
        "Set `maxmemory-policy noeviction`: a full server must refuse, not forget.",
    )
    yield _waitaof(db)
    yield _layout(db)
    yield _skew(db, clock)


def _version(info: dict[str, Any]) -> Check:
    # Valkey states its own version apart, and as redis_version the one that it is compatible with.
    number = str(info.get("redis_version", "0"))
    name = f"Valkey {info['valkey_version']}" if "valkey_version" in info else f"Redis {number}"
    ok = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal()) >= OLDEST
    return Check(name="version", ok=ok, detail=name, advice="" if ok else "Use Redis 6.2 or newer, or Valkey.")


def _setting(db: Db, name: str, wanted: tuple[str, ...], advice: str) -> Check:
    try:
        value = db.read("CONFIG GET", name).get(name)
    except RoundtableError:
        value = None  # managed services often forbid CONFIG
    if value is None:
        return Check(
            name=name,
            ok=False,
            detail="the server does not tell",
            advice=f"Ask whoever runs it whether it is right. {advice}",
        )
    return Check(name=name, ok=value in wanted, detail=f"{name} {value}", advice="" if value in wanted else advice)


def _waitaof(db: Db) -> Check:
    """Not knowing WAITAOF is no fault: `appendfsync always` then does the same."""
    knows = db.waitaof()
    return Check(
        name="waitaof",
        ok=True,
        detail="a vote is acknowledged after WAITAOF confirms it"
        if knows
        else "not known; appendfsync always must do instead",
    )


def _layout(db: Db) -> Check:
    try:
        return Check(name="layout", ok=True, detail=layout(db))
    except RoundtableError as error:
        what, _, advice = str(error).partition("; ")
        return Check(name="layout", ok=False, detail=what, advice=advice[:1].upper() + advice[1:])


def _skew(db: Db, clock: Clock) -> Check:
    before = clock.now()
    seconds, micros = db.read("TIME")
    after = clock.now()
    there = datetime.fromtimestamp(int(seconds) + int(micros) / 1e6, UTC)
    skew = (there - (before + (after - before) / 2)).total_seconds()
    ok = abs(skew) <= SKEW_SECONDS
    advice = "" if ok else "Let both machines keep their time by NTP: deadlines and due times go by it."
    return Check(name="clock", ok=ok, detail=f"Redis is {skew:+.1f} s from this machine", advice=advice)
