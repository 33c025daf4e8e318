"""Model versions and their bytes."""

from __future__ import annotations

from bot.domain import Act, ModelVersion, NotFoundError
from bot.store.acts import act_fields
from bot.store.client import Db
from bot.store.codec import stored_value
from bot.words import say


class Models:
    """Implements `ports.ModelStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def save(self, version: ModelVersion, blob: bytes, token: int) -> None:
        """Stores and makes it current, unless somebody went back to another one on these very labels.

        Raises ConflictError for an old token."""
        self._db.run(
            "save_model",
            *(token, version.project_id, version.id, version.model_dump_json(), blob, version.label_revision),
            durable=True,
        )

    def current(self, project_id: str) -> ModelVersion | None:
        """The version that scores now."""
        version = self._db.read("HGET", self._db.keys("meta", project_id), "model")
        text = self._db.read("HGET", self._db.keys("models", project_id), version) if version else None
        return stored_value(ModelVersion, text) if text else None

    def versions(self, project_id: str) -> list[ModelVersion]:
        """All, by round."""
        texts = self._db.read("HVALS", self._db.keys("models", project_id))
        return sorted(
            (stored_value(ModelVersion, text) for text in texts),
            key=lambda v: (v.round, v.label_revision, v.trained_at),
        )

    def blob(self, version_id: str) -> bytes:
        """Raises NotFoundError."""
        project_id = version_id.partition(":")[0]
        data = self._db.read("GET", self._db.keys("blob", project_id, version_id), NEVER_DECODE=True)
        if data is None:
            raise NotFoundError(say("store-no-model", version=version_id))
        return bytes(data)

    def kept(self, project_id: str) -> list[ModelVersion]:
        """Those of the versions whose bytes are there, by round."""
        versions = self.versions(project_id)
        there = self._db.read_all([("EXISTS", self._db.keys("blob", project_id, version.id)) for version in versions])
        return [version for version, found in zip(versions, there, strict=True) if found]

    def prune(self, project_id: str, keep: int) -> int:
        """Deletes the bytes of all but the newest `keep` versions and the current one; returns of how many.

        Of a round's versions only the one that closed it and the newest count: what was learned in between, of late changes, goes."""
        current = self.current(project_id)
        stay = {current.id} if current is not None else set()
        by_round: dict[int, list[str]] = {}
        for version in self.kept(project_id):
            by_round.setdefault(version.round, []).append(version.id)
        between = [version_id for ids in by_round.values() for version_id in ids[1:-1]]
        ends = [version_id for ids in by_round.values() for version_id in (ids if len(ids) < 3 else (ids[0], ids[-1]))]
        old = [version_id for version_id in (*between, *ends[:-keep]) if version_id not in stay]
        if old:
            self._db.write("DEL", *(self._db.keys("blob", project_id, version_id) for version_id in old))
        return len(old)

    def roll_back(self, project_id: str, version_id: str, act: Act) -> str | None:
        """Makes a kept version current while the labels are as they are now; returns what was current before."""
        return self._db.run("rollback", project_id, version_id, act_fields(act, {}), durable=True) or None

    def held(self, project_id: str) -> tuple[str, int] | None:
        """The version that somebody went back to last, and the label revision while which it holds."""
        held = self._db.read("HGET", self._db.keys("meta", project_id), "held")
        version_id, _, revision = str(held or "").rpartition("|")
        return (version_id, int(revision)) if version_id else None

    def let_go(self, project_id: str) -> None:
        """The next version that is trained becomes current."""
        self._db.write("HDEL", self._db.keys("meta", project_id), "held")
