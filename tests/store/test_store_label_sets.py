"""Where items carry several labels: each label belongs to an item by more than half of the votes."""

from __future__ import annotations

import numpy as np
import pytest
from store_world import T0, World, an_item

from bot.domain import labelsets
from bot.services.ports import Store

LABELS = ("and/or", "Größe \\/ “x”", 'a "b"', "spam")


def chosen(*labels: str) -> str:
    return labelsets.encode(labels, LABELS)


def world_of(store: Store, overlap: int) -> tuple[World, list[str]]:
    world = World(store, overlap=overlap).create(labels=LABELS, multi_label=True)
    return world, world.open([f"i{n}" for n in range(10)])


def test_one_vote_is_the_label_and_none_of_them_is_one_too(store: Store) -> None:
    world, queries = world_of(store, 1)
    for query, value in zip(queries, (chosen(*LABELS), chosen("spam"), labelsets.NONE), strict=False):
        assert world.answer(query, value).answered > 0
    found = {item: label.value for item, label in store.votes.labels("brand").items()}
    assert found == {"i0": chosen(*LABELS), "i1": chosen("spam"), "i2": "[]"}
    assert labelsets.tally(store.votes.label_counts("brand")) == {"spam": 2} | dict.fromkeys(LABELS[:3], 1)
    assert sum(store.votes.label_counts("brand").values()) == 3
    assert store.rebuild("brand", write=False) == []


def test_half_of_the_votes_on_any_label_wants_one_vote_more(store: Store) -> None:
    world, queries = world_of(store, 2)
    world.answer(queries[0], chosen("and/or", "spam"), "U1")
    world.answer(queries[0], chosen("spam"), "U2")
    assert store.votes.labels("brand") == {}
    leased = store.queue.lease_next("brand", "U3", T0)
    assert leased.view is not None and leased.view.query.id == queries[0]  # it still wants somebody
    outcome = world.answer(queries[0], chosen("and/or"), "U3")
    assert outcome.answered == 1
    label = store.votes.labels("brand")["i0"]
    # A set that nobody gave as such: two of three have each of its labels.
    assert (label.value, label.decided_by) == (chosen("and/or", "spam"), "majority")
    assert label.votes == {chosen("and/or", "spam"): 1, chosen("spam"): 1, chosen("and/or"): 1}
    assert store.rebuild("brand", write=False) == []


def test_a_label_that_looks_like_a_set_is_one_label_in_other_projects(store: Store) -> None:
    world = World(store, overlap=2).create(labels=('["spam"]', "[]"))
    [query] = world.open(["i0"])
    world.answer(query, '["spam"]', "U1")
    world.answer(query, "[]", "U2")
    world.answer(query, "[]", "U3")
    assert store.votes.labels("brand")["i0"].value == "[]"
    assert store.rebuild("brand", write=False) == []


def test_imported_sets_stand_until_people_decide(store: Store) -> None:
    world, queries = world_of(store, 2)
    store.items.add_many("brand", [an_item(0, chosen("spam")), an_item(3, labelsets.NONE)], T0)
    assert {item: label.value for item, label in store.votes.labels("brand").items()} == {
        "i0": chosen("spam"), "i3": "[]",
    }  # fmt: skip
    world.answer(queries[0], chosen("and/or"), "U1")
    world.answer(queries[0], chosen("and/or"), "U2")
    assert store.votes.labels("brand")["i0"].value == chosen("and/or")
    assert store.votes.label_counts("brand") == {chosen("and/or"): 1, "[]": 1}


@pytest.mark.parametrize("overlap", [1, 2, 3])
def test_script_and_replay_say_the_same_of_any_votes(store: Store, overlap: int) -> None:
    world, queries = world_of(store, overlap)
    rng = np.random.default_rng(overlap)
    present: dict[str, dict[str, str]] = {}
    for _ in range(120):
        place, user = int(rng.integers(10)), f"U{rng.integers(5)}"
        value = chosen(*(label for label in LABELS if rng.random() < 0.4))
        world.answer(queries[place], value, user)
        present.setdefault(f"i{place}", {})[user] = value
    expected = {}
    for item, votes in present.items():
        counts = {value: list(votes.values()).count(value) for value in votes.values()}
        decided = labelsets.majority(counts, LABELS) if len(votes) >= overlap else None
        if decided is not None:
            expected[item] = decided
    assert {item: label.value for item, label in store.votes.labels("brand").items()} == expected
    assert len(expected) > 3
    assert store.rebuild("brand", write=False) == []
