"""Rebuild finds damage, mends it, and is right while votes come in."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from store_world import World

from bot.domain import StoreUnavailableError
from bot.services.ports import Store
from bot.store.keys import Keys

DAMAGE = [
    ("HSET", ("answers",), "i0", '{"U9":["other",1]}', "answers: i0"),
    ("HSET", ("answers",), "i0", "not json", "answers: i0"),
    ("HDEL", ("answers",), "i1", None, "answers: i1"),
    ("HSET", ("labels",), "i7", '{"value":"other","votes":{},"decided_by":"majority"}', "labels: i7"),
    ("HDEL", ("labels",), "i0", None, "labels: i0"),
    ("HSET", ("overrides",), "i1", "other", "overrides: i1"),
    ("HSET", ("counts",), "negative", "40", "counts: negative"),
    ("HSET", ("meta",), "label_revision", "1", "meta: label_revision"),
    ("HSET", ("round", 1), "answered", "9", "round 1: answered"),
    ("HDEL", ("people", 1), "U2", None, "people 1: U2"),
]


@pytest.fixture
def voted(store: Store) -> World:
    world = World(store, overlap=1).create(labelled=2)
    queries = world.open(["i0", "i1", "i2"])
    world.answer(queries[0], "negative", "U1")
    world.answer(queries[1], "negative", "U2")
    return world


@pytest.mark.parametrize(("command", "key", "name", "value", "where"), DAMAGE)
def test_damage_is_found_and_mended(
    voted: World, redis_url: str, command: str, key: tuple[str | int, ...], name: str, value: str | None, where: str
) -> None:
    assert voted.store.rebuild("brand", write=False) == []
    full = Keys()(str(key[0]), "brand", *key[1:])
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        healthy = client.hgetall(full)
        client.execute_command(command, full, name, *([value] if value else []))
        [difference] = voted.store.rebuild("brand", write=False)
        assert difference.where == where
        assert difference.stored != difference.rebuilt
        assert voted.store.rebuild("brand", write=True) == [difference]
        assert client.hgetall(full).keys() == healthy.keys()
    assert voted.store.rebuild("brand", write=False) == []


def test_everything_lost_but_the_log(voted: World, redis_url: str) -> None:
    votes, keys = voted.store.votes, Keys()
    before = (
        votes.labels("brand"),
        votes.votes_on("brand"),
        votes.label_counts("brand"),
        votes.label_revision("brand"),
    )
    with redis.Redis.from_url(redis_url) as client:
        client.delete(*(keys(name, "brand") for name in ("answers", "labels", "counts")), keys("people", "brand", 1))
        client.hdel(keys("meta", "brand"), "label_revision")
    assert len(voted.store.rebuild("brand", write=True)) > 5
    after = (votes.labels("brand"), votes.votes_on("brand"), votes.label_counts("brand"), votes.label_revision("brand"))
    assert after == before


def test_while_people_go_on_clicking(store: Store, redis_url: str) -> None:
    world = World(store).create(items=60)
    queries = world.open([f"i{n}" for n in range(60)])

    def click(n: int) -> int:
        """Clicks until it is saved; returns how often it was not."""
        for refused in itertools.count():
            try:
                world.answer(queries[n % 60], ("negative", "other")[n // 60 % 2], action=f"click {n}")
            except StoreUnavailableError as error:
                assert "being rebuilt" in str(error)
            else:
                return refused
        raise AssertionError

    with redis.Redis.from_url(redis_url) as client, ThreadPoolExecutor(1) as pool:
        clicks = pool.submit(lambda: [click(n) for n in range(300)])
        while not clicks.done():
            assert store.rebuild("brand", write=False) == []
            client.hincrby(Keys()("counts", "brand"), "nonsense", 1)
            assert len(store.rebuild("brand", write=True)) == 1
        assert len(clicks.result()) == len(list(store.votes.log("brand"))) == 300
    assert store.rebuild("brand", write=False) == []
    assert sum(store.votes.label_counts("brand").values()) == 60
