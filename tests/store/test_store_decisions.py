"""Unsure, flags, corrections, overrides and late changes, step by step."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from store_world import T0, World

from bot.domain import CloseReason, DecisionKind, Dispute, NotFoundError, VoteKind, VoteStatus, Why
from bot.services.ports import Store
from bot.store.client import Db, connection_settings
from bot.store.keys import Keys
from bot.store.schema import MIGRATIONS


def whys(store: Store) -> list[tuple[str, Why]]:
    return [(dispute.item_id, dispute.why) for dispute in store.decisions.disputes("brand")]


def served(store: Store, user: str) -> str | None:
    view = store.queue.lease_next("brand", user, T0).view
    return view.item.id if view else None


def test_unsure_is_no_vote_and_passes_the_item_on(world: World) -> None:
    [query, _] = world.open(["i0", "i1"])
    assert served(world.store, "U1") == "i0"
    assert world.answer(query, None, "U1", kind=VoteKind.UNSURE).status is VoteStatus.RECORDED
    assert world.answer(query, None, "U1", kind=VoteKind.UNSURE).status is VoteStatus.UNCHANGED
    view = world.store.rounds.query_view(query)
    assert (view.votes, view.skipped, view.unsure, view.label) == ({}, (), ("U1",), None)
    assert world.store.votes.label_revision("brand") == 0
    assert world.store.votes.unsure_on("brand") == {"i0": ("U1",)}
    assert served(world.store, "U1") == "i1"
    assert served(world.store, "U2") == "i0"
    assert world.answer(query, None, "U1", kind=VoteKind.SKIP).status is VoteStatus.CHANGED
    assert world.store.rounds.query_view(query).unsure == ()


def test_what_nobody_can_say_comes_to_the_adjudicators_and_a_vote_takes_it_away(world: World) -> None:
    [query] = world.open(["i0"])
    world.answer(query, None, "U1", kind=VoteKind.UNSURE)
    assert whys(world.store) == [], "somebody else is asked first"
    world.answer(query, None, "U2", kind=VoteKind.UNSURE)
    assert whys(world.store) == [("i0", Why.UNSURE)]
    world.answer(query, "other", "U3")
    assert whys(world.store) == []


def test_ties_and_splits_are_disputed_until_they_are_decided(store: Store) -> None:
    world = World(store, overlap=2).create()
    queries = world.open(["i0", "i1"])
    for query in queries:
        world.answer(query, "negative", "U1")
        world.answer(query, "other", "U2")
    world.answer(queries[1], "other", "U3")
    assert whys(store) == [("i0", Why.TIE), ("i1", Why.SPLIT)]
    world.decide("i0", label="negative", reason="it is about us")
    assert whys(store) == [("i1", Why.SPLIT)]
    case = store.decisions.case("brand", "i0")
    assert case.label is not None
    assert (case.label.value, case.label.decided_by, case.votes) == (
        "negative",
        "override",
        {"U1": "negative", "U2": "other"},
    )
    [note] = case.notes
    assert (note.kind, note.user_id, note.label, note.reason) == ("override", "U0LEAD", "negative", "it is about us")


def test_an_override_is_changed_and_withdrawn_and_all_of_it_stays_in_the_log(world: World) -> None:
    [query] = world.open(["i0"])
    world.answer(query, "negative")
    assert world.decide("i0", label="other", reason="a") is VoteStatus.RECORDED
    assert world.decide("i0", label="other", reason="b") is VoteStatus.CHANGED, "another reason is another decision"
    assert world.decide("i0", DecisionKind.WITHDRAW, reason="c") is VoteStatus.CHANGED
    assert world.decide("i0", DecisionKind.WITHDRAW, reason="d") is VoteStatus.NOTHING
    label = world.store.votes.labels("brand")["i0"]
    assert (label.value, label.decided_by) == ("negative", "majority")
    log = list(world.store.decisions.log("brand"))
    assert [(entry.kind.value, entry.label, entry.reason, entry.user_id) for entry in log] == [
        ("override", "other", "a", "U0LEAD"),
        ("override", "other", "b", "U0LEAD"),
        ("withdraw", None, "c", "U0LEAD"),
    ]
    assert world.store.rebuild("brand", write=False) == []


def test_withdrawing_opens_the_item_again_for_its_round(world: World) -> None:
    [query, _] = world.open(["i0", "i1"])
    world.decide("i0", label="other")
    assert world.store.rounds.get("brand", 1).answered == 1
    world.decide("i0", DecisionKind.WITHDRAW)
    assert world.store.rounds.get("brand", 1).answered == 0
    assert served(world.store, "U1") == "i0"
    assert world.answer(query, "negative").answered == 1


def test_the_decision_that_completes_the_round_wakes_the_worker(world: World) -> None:
    world.open(["i0"])
    while world.store.guard.wait(0.02):
        """Wakes of the set-up are taken."""
    world.decide("i0", label="other")
    assert world.store.guard.wait(0.02)


def test_flags_are_answered_by_an_override_and_open_again_without_it(world: World) -> None:
    [query] = world.open(["i0"])
    assert world.decide("i0", DecisionKind.FLAG, user="U1", reason="names a person") is VoteStatus.RECORDED
    assert world.decide("i0", DecisionKind.FLAG, user="U1", reason="names a person") is VoteStatus.UNCHANGED
    assert world.store.rounds.query_view(query).flags == ("U1",)
    assert whys(world.store) == [("i0", Why.FLAG)]
    world.decide("i0", label="other")
    assert (whys(world.store), world.store.rounds.query_view(query).flags) == ([], ())
    world.decide("i0", DecisionKind.WITHDRAW)
    assert whys(world.store) == [("i0", Why.FLAG)]
    world.decide("i0", DecisionKind.UNFLAG, user="U1")
    assert whys(world.store) == []
    assert world.store.votes.label_revision("brand") == 2, "flags move no label"


def test_flags_are_settled_without_a_decision_on_the_label(world: World) -> None:
    [query] = world.open(["i0"])
    assert world.decide("i0", DecisionKind.SETTLE) is VoteStatus.NOTHING
    world.decide("i0", DecisionKind.FLAG, user="U1")
    assert world.decide("i0", DecisionKind.SETTLE, reason="fine", action="v") is VoteStatus.RECORDED
    assert world.decide("i0", DecisionKind.SETTLE, reason="fine", action="v") is VoteStatus.DUPLICATE
    assert (whys(world.store), world.store.rounds.query_view(query).flags) == ([], ())
    assert world.store.votes.label_revision("brand") == 0
    assert [note.kind for note in world.store.decisions.notes("brand")["i0"]] == ["flag", "settle"]
    world.decide("i0", DecisionKind.FLAG, user="U2")
    assert whys(world.store) == [("i0", Why.FLAG)]
    assert world.store.rebuild("brand", write=False) == []


def test_a_flag_after_the_decision_brings_the_item_back(world: World) -> None:
    world.decide("i0", label="other")
    world.decide("i0", DecisionKind.CORRECTION, user="U1", label="negative")
    world.decide("i0", DecisionKind.FLAG, user="U2")
    assert world.store.decisions.disputes("brand") == [Dispute(item_id="i0", why=Why.FLAG)]
    assert world.decide("i0", label="other") is VoteStatus.CHANGED, "the same decision answers what was said since"
    assert whys(world.store) == []


def test_a_delivery_twice_counts_once(world: World) -> None:
    for kind, label in (
        (DecisionKind.FLAG, None),
        (DecisionKind.UNFLAG, None),
        (DecisionKind.CORRECTION, "other"),
        (DecisionKind.OVERRIDE, "other"),
        (DecisionKind.WITHDRAW, None),
    ):
        action = f"view {kind}"
        assert world.decide("i0", kind, label=label, action=action) in (VoteStatus.RECORDED, VoteStatus.CHANGED)
        assert world.decide("i0", kind, label=label, action=action) is VoteStatus.DUPLICATE
    assert len(list(world.store.decisions.log("brand"))) == 5
    assert world.store.decisions.notes("brand")["i0"][0].kind == "correction"
    assert list(world.store.votes.log("brand")) == [], "no vote was cast"


def test_a_late_change_moves_the_label_and_nothing_of_the_round(world: World) -> None:
    [query] = world.open(["i0"])
    world.answer(query, "negative", "U1")
    assert world.late(query, "other").status is VoteStatus.ASKED_AGAIN, "an open round takes usual votes"
    world.store.rounds.begin_closing("brand", 1, CloseReason.COMPLETE, T0, world.token())
    assert world.late(query, "other").status is VoteStatus.LEARNING
    world.close()
    revision = world.store.votes.label_revision("brand")
    changed = world.late(query, "other", action="v1")
    assert (changed.status, changed.previous) == (VoteStatus.CHANGED, "negative")
    assert world.late(query, "other", action="v1").status is VoteStatus.DUPLICATE
    assert world.late(query, "other").status is VoteStatus.UNCHANGED
    assert world.late("brand:1:7", "other", item="i0").status is VoteStatus.UNKNOWN
    assert world.store.votes.label_revision("brand") == revision + 1
    assert world.store.votes.labels("brand")["i0"].value == "other"
    assert world.store.rounds.answers_by_person("brand", 1) == {"U1": 1}
    assert world.store.rounds.get("brand", 1).answered == 1
    *_, last = world.store.votes.log("brand")
    assert (last.label, last.reason, last.kind) == ("other", "I had misread it", VoteKind.VOTE)
    [note] = world.store.decisions.case("brand", "i0").notes
    assert (note.kind, note.user_id, note.reason) == ("vote", "U1", "I had misread it")
    assert world.store.rebuild("brand", write=False) == []


def test_a_late_vote_of_somebody_new_can_make_a_tie(world: World) -> None:
    [query] = world.open(["i0"])
    world.answer(query, "negative", "U1")
    world.close()
    assert world.late(query, "other", "U2").status is VoteStatus.RECORDED
    assert whys(world.store) == [("i0", Why.TIE)]
    assert world.store.votes.labels("brand") == {}
    [again] = world.open(["i0"], number=2)
    world.answer(again, "other", "U1", item="i0")
    assert world.store.votes.labels("brand")["i0"].value == "other"
    assert world.store.rebuild("brand", write=False) == []


def test_unknown_items(world: World) -> None:
    for kind in (DecisionKind.FLAG, DecisionKind.OVERRIDE):
        with pytest.raises(NotFoundError, match="no item i99"):
            world.decide("i99", kind, label="other")
    with pytest.raises(NotFoundError, match="no item i99"):
        world.store.decisions.case("brand", "i99")


def test_twenty_leads_at_once(world: World) -> None:
    with ThreadPoolExecutor(20) as pool:
        labels = ("negative", "other") * 10
        statuses = list(pool.map(lambda n: world.decide("i0", label=labels[n], user=f"U{n}", reason=f"{n}"), range(20)))
    assert statuses.count(VoteStatus.RECORDED) == 1
    assert statuses.count(VoteStatus.CHANGED) == 19
    assert len(list(world.store.decisions.log("brand"))) == 20
    assert world.store.rebuild("brand", write=False) == []


def test_damage_is_found_and_mended(world: World, redis_url: str) -> None:
    [query] = world.open(["i0"])
    world.answer(query, "negative", "U1")
    world.answer(query, "other", "U2")
    world.decide("i1", DecisionKind.FLAG, user="U1")
    with redis.Redis.from_url(redis_url) as admin:
        admin.delete(Keys()("disputes", "brand"))
        admin.hset(Keys()("notes", "brand"), "i1", "{}")
        found = world.store.rebuild("brand", write=True)
    assert [difference.where for difference in found] == ["disputes: i0", "notes: i1"]
    assert whys(world.store) == [("i1", Why.FLAG), ("i0", Why.TIE)]


def test_overrides_of_old_have_neither_person_nor_reason(world: World, redis_url: str) -> None:
    """As layout 2 wrote them: the log has them, `notes` and `disputes` are not there."""
    keys = Keys()
    with redis.Redis.from_url(redis_url) as admin:
        entry = {"kind": "override", "item": "i0", "label": "other", "at": T0.isoformat()}
        admin.xadd(keys("log", "brand"), entry)  # type: ignore[arg-type]
        admin.hset(keys("overrides", "brand"), "i0", "other")
        admin.hset(keys("labels", "brand"), "i0", '{"value":"other","votes":{},"decided_by":"override"}')
        admin.hset(keys("counts", "brand"), "other", 1)
        admin.hset(keys("meta", "brand"), "label_revision", 1)
    db = Db(connection_settings(redis_url))
    for migration in [each for each in MIGRATIONS if each.number == 3] * 2:  # safe to repeat
        migration.apply(db)
    db.close()
    assert world.store.rebuild("brand", write=False) == []
    [logged] = world.store.decisions.log("brand")
    assert (logged.label, logged.user_id, logged.reason) == ("other", "", "")
    assert world.decide("i0", DecisionKind.WITHDRAW) is VoteStatus.CHANGED
