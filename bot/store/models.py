"""Model versions and their bytes."""

from __future__ import annotations

from bot.domain import ModelVersion, NotFoundError
from bot.store.client import Db
from bot.store.codec import stored_value


class Models:
    """Implements `ports.ModelStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def save(self, version: ModelVersion, blob: bytes, token: int) -> None:
        """Stores and makes it current. The same id again: nothing happens. Raises ConflictError for an old token."""
        self._db.run("save_model", token, version.project_id, version.id, version.model_dump_json(), blob, durable=True)

    def current(self, project_id: str) -> ModelVersion | None:
        """The version that scores now."""
        version = self._db.read("HGET", self._db.keys("meta", project_id), "model")
        text = self._db.read("HGET", self._db.keys("models", project_id), version) if version else None
        return stored_value(ModelVersion, text) if text else None

    def versions(self, project_id: str) -> list[ModelVersion]:
        """All, by round."""
        texts = self._db.read("HVALS", self._db.keys("models", project_id))
        return sorted((stored_value(ModelVersion, text) for text in texts), key=lambda v: (v.round, v.trained_at))

    def blob(self, version_id: str) -> bytes:
        """Raises NotFoundError."""
        project_id = version_id.partition(":")[0]
        data = self._db.read("GET", self._db.keys("blob", project_id, version_id), NEVER_DECODE=True)
        if data is None:
            raise NotFoundError(f"There is no model {version_id}.")
        return bytes(data)
