"""All repositories on one pool of connections."""

from __future__ import annotations

from bot.services.ports import Difference
from bot.store.acts import Acts
from bot.store.bulletins import Bulletins
from bot.store.client import Db
from bot.store.decisions import Decisions
from bot.store.embedded import EmbeddedServer
from bot.store.guard import RedisGuard
from bot.store.imports import Imports
from bot.store.items import Items
from bot.store.locks import RedisLocks
from bot.store.models import Models
from bot.store.outbox import Outbox
from bot.store.projects import Projects
from bot.store.queue import Queue
from bot.store.rebuild import rebuild
from bot.store.reminders import Reminders
from bot.store.rounds import Rounds
from bot.store.votes import Votes


class RedisStore:
    """Implements `ports.Store`. One object per process; safe to use from several threads."""

    def __init__(self, db: Db, server: EmbeddedServer | None = None) -> None:
        self._db = db
        self._server = server
        self.projects = Projects(db)
        self.items = Items(db)
        self.votes = Votes(db)
        self.decisions = Decisions(db)
        self.rounds = Rounds(db)
        self.queue = Queue(db)
        self.models = Models(db)
        self.bulletins = Bulletins(db)
        self.imports = Imports(db)
        self.acts = Acts(db)
        self.reminders = Reminders(db)
        self.locks = RedisLocks(db)
        self.outbox = Outbox(db)
        self.guard = RedisGuard(db)

    def ping(self) -> None:
        """Raises StoreUnavailableError."""
        self._db.read("PING")

    def rebuild(self, project_id: str, *, write: bool) -> list[Difference]:
        """Recomputes all that is derived from the vote log; see bot/store/rebuild.py. Raises NotFoundError."""
        self.projects.get(project_id)
        return rebuild(self._db, project_id, write=write)

    def close(self) -> None:
        """Closes the connections. The last process of an embedded server stops it."""
        self._db.close()
        if self._server is not None:
            self._server.leave()
