"""What one answer does, step by step."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import redis
from store_world import T0, World, an_item

from bot.domain import CloseReason, Label, NotFoundError, VoteKind, VoteStatus
from bot.services.ports import Store


def test_a_vote_is_logged_and_counted(world: World) -> None:
    queries = world.open(["i0", "i1"])
    outcome = world.answer(queries[0], "negative")
    assert outcome.status is VoteStatus.RECORDED
    assert (outcome.answered, outcome.total, outcome.round_complete, outcome.revision) == (1, 2, False, 1)
    [logged] = world.store.votes.log("brand")
    assert (logged.seq, logged.label, logged.user_id, logged.query_id) == (outcome.seq, "negative", "U1", queries[0])
    assert (logged.message_ts, logged.model_version, logged.at) == ("1.2", "brand:m0", T0)
    assert world.store.votes.labels("brand")["i0"] == Label(item_id="i0", value="negative", votes={"negative": 1})
    assert world.store.votes.label_counts("brand") == {"negative": 1}
    assert world.store.rounds.answers_by_person("brand", 1) == {"U1": 1}
    last = world.answer(queries[1], "other")
    assert last.round_complete


def test_a_changed_mind_appends_and_supersedes(world: World) -> None:
    [query] = world.open(["i0"])
    world.answer(query, "negative")
    changed = world.answer(query, "other")
    assert (changed.status, changed.previous, changed.answered) == (VoteStatus.CHANGED, "negative", 1)
    assert [vote.label for vote in world.store.votes.log("brand")] == ["negative", "other"]
    assert world.store.votes.votes_on("brand") == {"i0": {"U1": "other"}}
    assert world.store.votes.label_counts("brand") == {"other": 1}
    assert world.store.votes.label_revision("brand") == 2


def test_the_same_answer_again_appends_nothing(world: World) -> None:
    [query] = world.open(["i0"])
    world.answer(query, "negative")
    again = world.answer(query, "negative")
    assert (again.status, again.previous, again.seq) == (VoteStatus.UNCHANGED, "negative", None)
    assert len(list(world.store.votes.log("brand"))) == 1


def test_an_undo_of_one_label_leaves_every_other_answer(world: World) -> None:
    [query] = world.open(["i0"])

    def take_back(action: str) -> VoteStatus:
        return world.answer(query, None, kind=VoteKind.UNDO, only="negative", action=action).status

    assert take_back("t1") is VoteStatus.NOTHING
    for kind, label in ((VoteKind.VOTE, "other"), (VoteKind.SKIP, None), (VoteKind.UNSURE, None)):
        world.answer(query, label, kind=kind)
        assert take_back(f"of {kind}") is VoteStatus.NOTHING
    world.answer(query, "negative")
    assert take_back("t1") is VoteStatus.DUPLICATE
    assert take_back("t2") is VoteStatus.CHANGED
    assert world.store.votes.votes_on("brand") == {}
    assert [vote.kind for vote in world.store.votes.log("brand")][-2:] == [VoteKind.VOTE, VoteKind.UNDO]


def test_a_delivery_twice_counts_once_even_after_a_change(world: World) -> None:
    [query] = world.open(["i0"])
    first = world.answer(query, "negative", action="t1")
    world.answer(query, "negative", action="t2")  # unchanged
    world.answer(query, "other", action="t3")
    for action in ("t1", "t2"):
        assert world.answer(query, "negative", action=action).status is VoteStatus.DUPLICATE
    assert world.answer(query, "negative", action="t1").seq == first.seq
    assert world.store.votes.votes_on("brand") == {"i0": {"U1": "other"}}


def test_undo_takes_the_vote_back(world: World) -> None:
    [query] = world.open(["i0"])
    assert world.answer(query, None, kind=VoteKind.UNDO).status is VoteStatus.NOTHING
    world.answer(query, "negative")
    undone = world.answer(query, None, kind=VoteKind.UNDO)
    assert (undone.status, undone.previous, undone.answered) == (VoteStatus.CHANGED, "negative", 0)
    assert world.store.votes.labels("brand") == {}
    assert world.store.votes.label_counts("brand") == {}
    assert world.store.rounds.answers_by_person("brand", 1) == {}


def test_a_skip_is_recorded_and_is_no_vote(world: World) -> None:
    [query] = world.open(["i0"])
    assert world.answer(query, None, kind=VoteKind.SKIP).status is VoteStatus.RECORDED
    view = world.store.rounds.query_view(query)
    assert (view.votes, view.skipped, view.label) == ({}, ("U1",), None)
    assert world.store.votes.label_revision("brand") == 0
    assert world.answer(query, "other").status is VoteStatus.CHANGED
    assert world.store.rounds.query_view(query).skipped == ()
    skipped = world.answer(query, None, kind=VoteKind.SKIP)  # a skip takes the place of a vote
    assert (skipped.status, skipped.previous, skipped.answered) == (VoteStatus.CHANGED, "other", 0)


def test_overlap_waits_for_a_strict_majority(store: Store) -> None:
    world = World(store, overlap=2).create()
    [query] = world.open(["i0"])
    world.answer(query, "negative", "U1")
    assert store.rounds.query_view(query).label is None
    world.answer(query, "other", "U2")
    assert store.rounds.query_view(query).label is None  # a tie
    third = world.answer(query, "other", "U3")
    assert third.round_complete
    view = store.rounds.query_view(query)
    assert view.label == Label(item_id="i0", value="other", votes={"negative": 1, "other": 2})
    assert view.votes == {"U1": "negative", "U2": "other", "U3": "other"}


def test_a_closed_round_takes_no_votes(world: World) -> None:
    [query] = world.open(["i0"])
    world.answer(query, "negative", action="t1")
    world.store.rounds.begin_closing("brand", 1, CloseReason.LEAD, T0, world.token())
    refused = world.answer(query, "other")
    assert (refused.status, refused.answered, refused.total) == (VoteStatus.CLOSED, 1, 1)
    assert world.answer(query, "negative", action="t1").status is VoteStatus.DUPLICATE
    assert len(list(world.store.votes.log("brand"))) == 1


def test_unknown_queries(world: World) -> None:
    [query] = world.open(["i0"])
    for query_id in ("brand:1:7", "brand:2:0", "brand:x:0", "nonsense", "other:1:0"):
        assert world.answer(query_id, "negative", item="i0").status is VoteStatus.UNKNOWN
    assert world.answer(query, "negative", item="i1").status is VoteStatus.UNKNOWN
    with pytest.raises(ValueError, match="a vote has a label"):
        world.answer(query, None)
    assert list(world.store.votes.log("brand")) == []


def test_asked_again_in_a_later_round(store: Store) -> None:
    world = World(store, overlap=2).create()
    [first] = world.open(["i0"])
    world.answer(first, "negative", "U1")
    world.close()
    [second] = world.open(["i0"], number=2)
    again = world.answer(second, "negative", "U1", item="i0")  # the same label, but asked anew
    assert (again.status, again.previous) == (VoteStatus.CHANGED, "negative")
    assert world.answer(second, "negative", "U2", item="i0").round_complete
    assert store.rounds.answers_by_person("brand", 1) == {"U1": 1}
    assert store.rounds.answers_by_person("brand", 2) == {"U1": 1, "U2": 1}
    assert store.rounds.get("brand", 1).answered == 0
    assert store.rebuild("brand", write=False) == []


def test_an_override_stands_above_votes(world: World) -> None:
    [query, _] = world.open(["i0", "i1"])
    world.answer(query, "negative")
    assert world.decide("i0", label="other") is VoteStatus.RECORDED
    assert world.decide("i0", label="other") is VoteStatus.UNCHANGED
    world.answer(query, "negative", "U2")
    label = world.store.votes.labels("brand")["i0"]
    assert (label.value, label.decided_by, label.votes) == ("other", "override", {"negative": 2})
    assert world.store.votes.label_counts("brand") == {"other": 1}
    assert world.store.votes.label_revision("brand") == 3
    world.decide("i1", label="other")
    assert world.store.rounds.get("brand", 1).answered == 2
    assert len(list(world.store.votes.log("brand"))) == 2
    assert world.store.rebuild("brand", write=False) == []
    with pytest.raises(NotFoundError, match="no item i99"):
        world.decide("i99", label="other")


def test_a_vote_touches_its_messages(world: World) -> None:
    [query] = world.open(["i0"])
    outbox, token = world.store.outbox, world.token()
    for n, key in enumerate(("round:brand:1", f"query:{query}")):
        outbox.begin(key, token)
        outbox.posted(key, f"{n}.0", token)
    assert world.answer(query, "negative").revision == 1
    due_keys = [[record.key for record in outbox.due_updates(T0 + timedelta(seconds=s), 9)] for s in (0.9, 1, 3)]
    assert due_keys == [[], ["round:brand:1"], ["round:brand:1", f"query:{query}"]]


def test_forty_threads(world: World) -> None:
    queries = world.open([f"i{n}" for n in range(10)])

    def clicks(person: int) -> list[VoteStatus]:
        return [world.answer(query, "other", f"U{person}", action="same").status for query in queries]

    with ThreadPoolExecutor(40) as pool:
        statuses = [status for result in pool.map(clicks, range(40)) for status in result]
    assert statuses == [VoteStatus.RECORDED] * 400
    assert len(list(world.store.votes.log("brand"))) == 400
    assert world.store.rebuild("brand", write=False) == []


def test_a_server_that_forgot_the_scripts(world: World, redis_url: str) -> None:
    [query] = world.open(["i0"])
    with redis.Redis.from_url(redis_url) as client:
        client.script_flush()
    assert world.answer(query, "negative").status is VoteStatus.RECORDED


def test_seed_labels_are_votes_of_the_log(store: Store) -> None:
    World(store).create(items=3, labelled=1)
    [vote] = store.votes.log("brand")
    assert (vote.via, vote.user_id, vote.action_id, vote.query_id) == ("import", "import", "pool.csv:0", None)
    assert store.votes.labels("brand")["i0"].decided_by == "import"
    assert store.votes.votes_on("brand") == {"i0": {"import": "other"}}
    assert store.items.add_many("brand", [an_item(0, "negative")], T0)[0].kind == "known"
    assert store.votes.label_counts("brand") == {"other": 1}  # it has its label; the file's other one is not taken


def test_only_the_answer_that_completes_the_round_wakes_the_worker(world: World) -> None:
    guard = world.store.guard
    first, last = world.open(["i0", "i1"])
    while guard.wait(0.02):
        """Wakes of the set-up are taken."""
    world.answer(first, "negative")
    assert not guard.wait(0.02)
    world.answer(last, "negative")
    assert guard.wait(0.02)
    world.answer(last, "other")  # a change of mind in a round that is complete already
    assert not guard.wait(0.02)
