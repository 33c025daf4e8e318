"""Import, duplicates, reading."""

from __future__ import annotations

import itertools

import pytest
import redis
from hypothesis import given, settings
from hypothesis import strategies as st
from store_world import T0, World, an_item

from bot.domain import Item, NotFoundError
from bot.services.ports import AddOutcome, Arrivals, NewItem, Store, chained
from bot.store.client import Db, connection_settings
from bot.store.keys import Keys
from bot.store.schema import MIGRATIONS

PROJECTS = itertools.count()


def test_added_known_duplicate_clash(store: Store) -> None:
    outcomes = store.items.add_many(
        "brand", [an_item(0), an_item(0), an_item(1, text="text 0"), an_item(0, text="another")], T0
    )
    assert outcomes == [AddOutcome("added"), AddOutcome("known"), AddOutcome("duplicate", "i0"), AddOutcome("clash")]
    assert store.items.count("brand") == store.items.revision("brand") == 1
    assert store.items.get("brand", "i1").id == "i0"  # linked
    assert store.items.add_many("brand", [an_item(1, text="not what i1 was")], T0) == [AddOutcome("clash")]
    with pytest.raises(NotFoundError):
        store.items.get("brand", "i2")


def test_a_label_on_a_duplicate_goes_to_the_item_that_is_there(store: Store) -> None:
    store.items.add_many("brand", [an_item(0), an_item(1, "negative", "text 0"), an_item(2, "other", "text 0")], T0)
    assert {item: label.value for item, label in store.votes.labels("brand").items()} == {"i0": "negative"}
    assert len(list(store.votes.log("brand"))) == 1


def test_a_second_run_adds_nothing(store: Store) -> None:
    new = [an_item(n, "other" if n % 7 == 0 else None, f"text {n % 400}") for n in range(450)]
    first = store.items.add_many("brand", new, T0)
    before = (store.items.revision("brand"), store.votes.label_revision("brand"), len(list(store.votes.log("brand"))))
    second = store.items.add_many("brand", new, T0)
    assert [outcome.kind for outcome in first] == ["added"] * 400 + ["duplicate"] * 50
    assert [outcome.kind for outcome in second] == ["known"] * 400 + ["duplicate"] * 50
    after = (store.items.revision("brand"), store.votes.label_revision("brand"), len(list(store.votes.log("brand"))))
    assert after == before
    assert {item.id for item in store.items.iter("brand")} == {f"i{n}" for n in range(400)}


def test_a_label_imported_while_the_item_is_being_asked(world: World) -> None:
    world.open(["i0", "i1"])
    world.store.items.add_many("brand", [an_item(0, "negative")], T0)
    assert world.store.rounds.get("brand", 1).answered == 1
    assert world.store.rebuild("brand", write=False) == []


def test_an_item_that_has_its_label_when_asked(store: Store) -> None:
    world = World(store).create(labelled=1)
    queries = world.open(["i0", "i1"])
    assert store.rounds.get("brand", 1).answered == 1
    assert world.answer(queries[0], "negative").answered == 1  # people's votes stand above the import
    assert store.votes.labels("brand")["i0"].value == "negative"
    assert world.answer(queries[1], "negative").round_complete
    assert store.rebuild("brand", write=False) == []


@settings(max_examples=40, deadline=None)
@given(
    text=st.text(min_size=1),
    item_id=st.text(min_size=1, max_size=80),
    metadata=st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text()),
)
def test_any_text_comes_back_as_it_was(
    session_store: Store, text: str, item_id: str, metadata: dict[str, object]
) -> None:
    project = f"any-{next(PROJECTS)}"
    item = Item(id=item_id, text=text, text_hash="h", metadata=metadata, source="f:1")
    session_store.items.add_many(project, [NewItem(item, "ja ✓", 1)], T0)
    assert session_store.items.get(project, item_id) == item
    assert list(session_store.items.iter(project)) == [item]
    assert session_store.votes.votes_on(project) == {item_id: {"import": "ja ✓"}}


def test_ten_thousand_items_go_in_at_once(store: Store) -> None:
    new = [an_item(n, "other" if n < 500 else None, f"{n} " + "some words of a tweet " * 6) for n in range(10_000)]
    store.items.add_many("brand", new, T0)
    assert store.items.count("brand") == 10_000


def test_items_come_back_in_the_order_in_which_they_came(store: Store) -> None:
    assert store.items.arrivals("brand") == Arrivals(0, "")
    order = [n * 37 % 701 for n in range(701)]
    store.items.add_many("brand", [an_item(n) for n in order[:600]], T0)
    before = store.items.arrivals("brand")
    store.items.add_many("brand", [an_item(n) for n in order[590:]], T0)
    assert [item.id for item in store.items.arrived("brand")] == [f"i{n}" for n in order]
    assert [item.id for item in store.items.arrived("brand", 600)] == [f"i{n}" for n in order[600:]]
    assert list(store.items.arrived("brand", 701)) == []
    chain = before.chain
    for item in store.items.arrived("brand", before.items):
        chain = chained(chain, item.id, item.text_hash)
    assert store.items.arrivals("brand") == Arrivals(701, chain)


def test_items_of_the_first_layout_get_an_order(store: Store, redis_url: str) -> None:
    store.items.add_many("brand", [an_item(n) for n in (3, 1, 2)], T0)
    with redis.Redis.from_url(redis_url) as admin:
        admin.hset(Keys()("projects"), "brand", "{}")
        admin.delete(Keys()("arrivals", "brand"))
        admin.hdel(Keys()("meta", "brand"), "items_chain")
        for migration in MIGRATIONS[:1] * 2:  # safe to repeat
            migration.apply(Db(connection_settings(redis_url)))
        admin.hdel(Keys()("projects"), "brand")
    assert [item.id for item in store.items.arrived("brand")] == ["i1", "i2", "i3"]
    count, chain = store.items.arrivals("brand")
    assert (count, len(chain)) == (3, 40)
