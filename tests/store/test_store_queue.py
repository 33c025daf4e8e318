"""Leases: one item at a time to one person, never beyond its overlap, and never lost."""

from __future__ import annotations

import itertools
import threading
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_world import T0, World

from bot.domain import NotFoundError, RoundState, VoteKind
from bot.services.ports import Store
from bot.store.keys import LEASE_MS

LEASE = timedelta(milliseconds=LEASE_MS)
names = itertools.count()


def served(world: World, user: str, at: timedelta = timedelta(0), last: str | None = None) -> int | None:
    """Position of the item that this person gets."""
    view = world.store.queue.lease_next(world.project, user, T0 + at, last=last).view
    return None if view is None else view.query.position


@pytest.fixture
def queue(world: World) -> World:
    world.open(["i0", "i1", "i2"])
    return world


def test_items_come_by_position_and_each_to_one_person(queue: World) -> None:
    assert [served(queue, user) for user in ("U1", "U2", "U3", "U4")] == [0, 1, 2, None]
    assert served(queue, "U2") == 1, "what a person holds stays theirs"
    state = queue.store.queue.lease_next("brand", "U4", T0)
    assert (state.busy, state.total, state.round_state) == (3, 3, RoundState.OPEN), "others hold the rest"


def test_a_vote_and_a_skip_release_and_go_on(queue: World) -> None:
    assert served(queue, "U1") == 0
    queue.answer("brand:1:0", "negative", "U1")
    state = queue.store.queue.lease_next("brand", "U1", T0, last="brand:1:0")
    assert state.view is not None
    assert (state.view.query.position, state.own, state.answered) == (1, 1, 1)
    assert state.last_votes == {"U1": "negative"}
    queue.answer("brand:1:1", None, "U1", kind=VoteKind.SKIP)
    assert served(queue, "U1") == 2
    assert served(queue, "U2") == 1, "who skips leaves the item to others"
    queue.answer("brand:1:2", "other", "U1")
    assert served(queue, "U1") is None


def test_the_vote_of_somebody_else_ends_a_lease_at_the_next_turn(queue: World) -> None:
    assert served(queue, "U1") == 0
    queue.answer("brand:1:0", "negative", "U2")
    assert served(queue, "U1") == 1


def test_a_lease_runs_out_and_the_item_goes_to_the_next_one(queue: World) -> None:
    assert served(queue, "U1") == 0
    assert served(queue, "U2", LEASE - timedelta(milliseconds=1)) == 1
    assert served(queue, "U3", LEASE) == 0
    assert served(queue, "U1", LEASE) == 2, "too late: it is another's now"


def test_a_turn_renews_the_lease(queue: World) -> None:
    assert served(queue, "U1") == 0
    assert served(queue, "U1", LEASE / 2) == 0
    assert served(queue, "U2", LEASE * 1.4) == 1


def test_a_release_gives_the_item_to_others(queue: World) -> None:
    assert served(queue, "U1") == 0
    queue.store.queue.release("brand", 1, "U1")
    assert served(queue, "U2") == 0


def test_an_undo_brings_an_item_back(queue: World) -> None:
    assert served(queue, "U1") == 0
    queue.answer("brand:1:0", "negative", "U1")
    queue.answer("brand:1:0", None, "U1", kind=VoteKind.UNDO)
    assert served(queue, "U1") == 0


def test_overlap_and_a_tie(store: Store) -> None:
    world = World(store, overlap=2).create()
    world.open(["i0"])
    assert [served(world, user) for user in ("U1", "U2", "U3")] == [0, 0, None]
    world.answer("brand:1:0", "negative", "U1")
    assert served(world, "U3") is None
    world.answer("brand:1:0", "other", "U2")
    assert served(world, "U3") == 0, "a tie wants one person more"
    assert served(world, "U4") is None, "and not two"
    assert served(world, "U1") is None
    world.answer("brand:1:0", "other", "U3")
    assert served(world, "U4") is None


def test_an_adjudicated_item_is_not_served(queue: World) -> None:
    queue.decide("i0", label="other")
    assert served(queue, "U1") == 1


def test_standing_counts_and_leases_nothing(queue: World) -> None:
    assert served(queue, "U1") == 0
    for _ in range(2):
        state = queue.store.queue.standing("brand", "U2", T0)
        assert (state.left, state.busy, state.view) == (2, 1, None)


def test_without_a_round_with_a_closed_one_and_without_a_project(world: World) -> None:
    queue = world.store.queue
    assert queue.lease_next("brand", "U1", T0).round is None
    world.open(["i0"])
    world.close()
    state = queue.lease_next("brand", "U1", T0)
    assert (state.round, state.round_state, state.view) == (1, RoundState.CLOSED, None)
    with pytest.raises(NotFoundError):
        queue.standing("nothing", "U1", T0)


def test_the_latest_votes_newest_first_and_without_what_was_taken_back(queue: World) -> None:
    def recent(since: datetime = T0) -> tuple[list[str], int]:
        votes, count = queue.store.queue.recent("brand", "U1", since)
        return [vote.query_id for vote in votes], count

    assert recent() == ([], 0)
    for position in (0, 1, 2):
        queue.answer(f"brand:1:{position}", "negative", "U1")
    queue.answer("brand:1:0", "other", "U1")
    queue.answer("brand:1:1", None, "U1", kind=VoteKind.UNDO)
    queue.answer("brand:1:1", "other", "U2")
    assert recent() == (["brand:1:0", "brand:1:2"], 2)
    assert recent(T0 + timedelta(days=1)) == (["brand:1:0", "brand:1:2"], 0)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["serve", "vote", "vote", "skip", "leave", "wait", "channel"]),
        st.integers(0, 3),
        st.integers(0, 1),
    ),
    max_size=60,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, overlap=st.integers(1, 3))
def test_nobody_is_served_beyond_the_overlap(
    session_store: Store, steps: list[tuple[str, int, int]], overlap: int
) -> None:
    """Against a model in Python: live leases and votes on an item are never more than its overlap wants."""
    world = World(session_store, project=f"q{next(names)}", overlap=overlap).create(items=4)
    world.open([f"i{n}" for n in range(4)])
    now = timedelta(0)
    held: dict[str, tuple[int, timedelta]] = {}
    votes: dict[int, dict[str, str]] = {n: {} for n in range(4)}
    skipped: set[tuple[int, str]] = set()
    for what, who, which in steps:
        user, label = f"U{who}", ("negative", "other")[which]
        if what == "serve":
            position = served(world, user, now)
            held.pop(user, None)
            live = [item for item, until in held.values() if until > now]
            if position is not None:
                assert user not in votes[position]
                assert (position, user) not in skipped
                tie = len(votes[position]) >= overlap
                wanted = len(votes[position]) + 1 if tie else overlap
                assert len(votes[position]) + live.count(position) < wanted
                held[user] = (position, now + LEASE)
        elif what in ("vote", "skip") and user in held:
            position, _ = held.pop(user)
            kind = VoteKind.VOTE if what == "vote" else VoteKind.SKIP
            world.answer(f"{world.project}:1:{position}", label if what == "vote" else None, user, kind=kind)
            if what == "vote":
                votes[position][user] = label
            else:
                skipped.add((position, user))
        elif what == "channel":
            world.answer(f"{world.project}:1:{which}", label, user)
            votes[which][user] = label
            skipped.discard((which, user))
            if user in held and held[user][0] == which:
                del held[user]
        elif what == "leave":
            session_store.queue.release(world.project, 1, user)
            held.pop(user, None)
        elif what == "wait":
            now += LEASE / 2
    assert session_store.votes.votes_on(world.project) == {
        f"i{position}": present for position, present in votes.items() if present
    }


def test_thirty_people_at_once(store: Store) -> None:
    """Threads that ask and vote until nothing is left: each item gets its votes, no more, none twice, none lost."""
    world = World(store, overlap=2).create(items=60)
    world.open([f"i{n}" for n in range(60)])
    cast: list[tuple[str, str]] = []
    beyond: list[str] = []

    def label_all(user: str) -> None:
        while (view := store.queue.lease_next("brand", user, T0).view) is not None:
            if len(view.votes) >= 2:
                beyond.append(view.query.id)
            world.answer(view.query.id, "negative", user)
            cast.append((view.query.item_id, user))

    people = [threading.Thread(target=label_all, args=(f"U{n}",)) for n in range(30)]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    assert not beyond
    while store.queue.standing("brand", "U0", T0).left:  # what others held when U0 came to the end
        label_all("U0")
    stored = store.votes.votes_on("brand")
    assert sorted((item, user) for item, users in stored.items() for user in users) == sorted(cast)
    assert {len(users) for users in stored.values()} == {2}
    assert len(list(store.votes.log("brand"))) == 120
    assert store.rounds.get("brand", 1).answered == 60


def test_an_imported_label_that_is_asked_about_again_is_served(store: Store) -> None:
    world = World(store).create(items=2, labelled=1)
    world.open(["i0", "i1"])
    assert served(world, "U1") == 0
    world.answer("brand:1:0", "negative", "U1")
    assert [served(world, "U1"), served(world, "U2")] == [1, None]
