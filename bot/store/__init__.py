"""The store on Redis: the only package that knows it."""

from __future__ import annotations

from pathlib import Path

from bot.services.ports import Store
from bot.store.client import Db, connection_settings
from bot.store.embedded import EmbeddedConnection, EmbeddedServer
from bot.store.schema import ensure_schema
from bot.store.store import RedisStore

__all__ = ["connect"]


def connect(url: str | None, *, data_dir: Path) -> Store:
    """A store on the Redis >= 6.2 or Valkey at `url` (redis://, rediss://, unix://), or on the embedded one of `data_dir`.

    Raises StoreUnavailableError if it can't be reached, keeps nothing on disk, or holds data of an unknown layout. Close it
    when done: the last process that closes the embedded server's store stops the server.
    """
    if url is not None:
        db = Db(connection_settings(url))
        try:
            db.check_persistence()
            ensure_schema(db)
        except BaseException:
            db.close()
            raise
        return RedisStore(db)
    server = EmbeddedServer(data_dir)
    server.enter()
    db = Db({"connection_class": EmbeddedConnection, "server": server})
    try:
        ensure_schema(db)
    except BaseException:
        db.close()
        server.leave()
        raise
    return RedisStore(db, server)
