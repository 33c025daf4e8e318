"""The administrative log: one stream per project, appended to and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain import Act, LoggedAct
from bot.store.client import Db
from bot.store.codec import compact, stored_value


class Acts:
    """Implements `ports.ActStore`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def append(self, project_id: str, act: Act) -> None:
        """On disk when it returns."""
        self._db.run("append_act", project_id, act_fields(act, {}), durable=True)

    def latest(self, project_id: str, limit: int | None = None) -> list[LoggedAct]:
        """Newest first."""
        some = () if limit is None else ("COUNT", limit)
        entries = self._db.read("XREVRANGE", self._db.keys("acts", project_id), "+", "-", *some)
        return [_entry(seq, fields) for seq, fields in entries]


def act_fields(act: Act | None, changes: Mapping[str, tuple[Any, Any]]) -> str:
    """The fields of an entry as the scripts take them (JSON); '' for no entry."""
    if act is None:
        return ""
    fields = {"kind": act.kind.value, "at": act.at.isoformat()}
    fields |= {"by": act.by} if act.by is not None else {}
    fields |= {"note": act.note} if act.note else {}
    fields |= {"changes": compact(dict(changes))} if changes else {}
    return compact([part for pair in fields.items() for part in pair])


def _entry(seq: str, fields: Mapping[str, str]) -> LoggedAct:
    at = fields.get("at") or datetime.fromtimestamp(int(seq.partition("-")[0]) / 1000, UTC).isoformat()
    value = {"seq": seq, "kind": fields["kind"], "by": fields.get("by"), "at": at, "note": fields.get("note", "")}
    return stored_value(LoggedAct, json.dumps(value | {"changes": json.loads(fields.get("changes", "{}"))}))
