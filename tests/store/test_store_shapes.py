"""Stored values: changed by two at once, written by a newer version, damaged."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import redis
from store_world import T0, World

from bot.domain import ConflictError, ProjectState, StoreUnavailableError
from bot.store import connect
from bot.store.keys import Keys


def test_two_changes_at_once_both_stand(world: World, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second change comes between the first one's reading and its saving."""
    with closing(connect(redis_url, data_dir=Path())) as other:
        read = other.projects._text  # type: ignore[attr-defined]
        late: list[dict[str, Any]] = [
            {"audit_round": (2, 40)},
            {"state": ProjectState.PAUSED, "state_by": "U2", "state_at": T0},
        ]

        def read_then_wait(project_id: str) -> str:
            text: str = read(project_id)
            if late:
                world.store.projects.update(project_id, late.pop())
            return text

        monkeypatch.setattr(other.projects, "_text", read_then_wait)
        after = other.projects.update("brand", {"batch_size": 7})
    assert (after.batch_size, after.audit_round, after.state) == (7, (2, 40), ProjectState.PAUSED)
    assert world.store.projects.get("brand") == after


def test_what_others_never_cease_to_change(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    projects: Any = world.store.projects
    monkeypatch.setattr(projects, "_text", lambda _, read=projects._text: read("brand") + " ")
    with pytest.raises(ConflictError, match="changed by others"):
        projects.update("brand", {"batch_size": 7})


def test_what_a_newer_version_stored_can_be_read(world: World, redis_url: str) -> None:
    """A rolling update: it has fields that this one doesn't know, deep inside too, and they stay."""
    world.open(["i0"])
    world.close()
    before = world.store.projects.get("brand"), world.store.rounds.report("brand", 1)
    with redis.Redis.from_url(redis_url) as admin:
        for key, name in ((Keys()("projects"), "brand"), (Keys()("reports", "brand"), "1")):
            stored = json.loads(admin.hget(key, name) or b"")
            stored["colour"] = "blue"
            if "estimate" in stored:
                stored["estimate"]["recall"]["method"] = "new"
            admin.hset(key, name, json.dumps(stored))
        fixed = json.loads(admin.hget(Keys()("round", "brand", 1), "fixed") or b"") | {"colour": "blue"}
        admin.hset(Keys()("round", "brand", 1), "fixed", json.dumps(fixed))
        assert (world.store.projects.get("brand"), world.store.rounds.report("brand", 1)) == before
        assert world.store.rounds.get("brand", 1).number == 1
        world.store.projects.update("brand", {"state": ProjectState.PAUSED})
        stored = json.loads(admin.hget(Keys()("projects"), "brand") or b"")
    assert (stored["colour"], stored["state"]) == ("blue", "paused")


def test_what_cannot_be_read_is_told_in_a_sentence(world: World, redis_url: str) -> None:
    world.open(["i0"])
    with redis.Redis.from_url(redis_url) as admin:
        admin.hset(Keys()("projects"), "brand", json.dumps({"id": "brand", "name": "secret " * 50}))
        admin.hset(Keys()("items", "brand"), "i1", "{")
        admin.hset(Keys()("round", "brand", 1), "state", "half-open")
        admin.hdel(Keys()("message", "round:brand:1"), "channel")
        admin.hset(Keys()("labels", "brand"), "i1", "{}")
    for read, what in (
        (lambda: world.store.projects.get("brand"), "stored project .*channel_id: Field required"),
        (lambda: world.store.items.get("brand", "i1"), "stored item .*JSON"),
        (lambda: world.store.rounds.get("brand", 1), "stored round .*state"),
        (lambda: world.store.outbox.get("round:brand:1"), "stored message .*'channel' is missing"),
        (lambda: world.store.votes.labels("brand"), "stored label .*'value' is missing"),
    ):
        with pytest.raises(StoreUnavailableError, match=what) as caught:
            read()
        assert "install the version that wrote it" in str(caught.value)
        assert "secret" not in str(caught.value)
