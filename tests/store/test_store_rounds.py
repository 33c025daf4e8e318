"""Opening, closing and finishing rounds; fencing; projects and models."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from store_world import T0, World, a_report, wait_until

from bot.domain import CloseReason, ConflictError, ModelVersion, NotFoundError, ProjectState, RoundState
from bot.services.ports import Lease, PostIntent, Store


def taken_over(store: Store, name: str) -> tuple[Lease, Lease]:
    """A lease that ran out, and that of the worker who has taken over."""
    old = store.locks.acquire(name, "slow", 0.001)
    assert old is not None
    new: list[Lease | None] = [None]

    def acquired() -> bool:
        new[0] = store.locks.acquire(name, "quick", 60)
        return new[0] is not None

    wait_until(acquired)
    assert new[0] is not None
    return old, new[0]


def test_a_round_from_open_to_closed(world: World) -> None:
    rounds = world.store.rounds
    assert rounds.current("brand") is None
    queries = world.open(["i3", "i1"])
    current = rounds.current("brand")
    assert current is not None
    assert (current.number, current.state, current.total, current.opened_at) == (1, RoundState.OPEN, 2, T0)
    assert [(query.id, query.item_id) for query in rounds.queries("brand", 1)] == list(
        zip(queries, ["i3", "i1"], strict=True)
    )
    assert rounds.query(queries[1]).item_id == "i1"
    rounds.ask_to_close("brand", 1, "ULEAD", T0)
    rounds.ask_to_close("brand", 1, "UOTHER", T0)
    assert rounds.close_wish("brand", 1) == "ULEAD"
    closing = rounds.begin_closing("brand", 1, CloseReason.LEAD, T0, world.token())
    assert (closing.state, closing.close_reason, closing.closing_at) == (RoundState.CLOSING, CloseReason.LEAD, T0)
    assert rounds.begin_closing("brand", 1, CloseReason.DEADLINE, T0, world.token()) == closing
    with pytest.raises(ConflictError, match="closing already"):
        rounds.ask_to_close("brand", 1, "ULEAD", T0)
    assert rounds.round_view("brand", 1).report_key is None
    world.close()
    world.close()  # again: nothing happens
    assert rounds.get("brand", 1).state is RoundState.CLOSED
    assert rounds.round_view("brand", 1).report_key == "report:brand:1"
    assert rounds.report("brand", 1) == a_report("brand", 1)
    assert [record.key for record in world.store.outbox.pending(9)].count("report:brand:1") == 1
    world.open(["i5"], number=2)
    assert [query.item_id for query in rounds.all_queries("brand")] == ["i3", "i1", "i5"]


def test_what_is_not_there(world: World) -> None:
    rounds, token = world.store.rounds, world.token()
    assert rounds.report("brand", 1) is None
    assert rounds.close_wish("brand", 1) is None
    for missing in (
        lambda: rounds.get("brand", 1),
        lambda: rounds.query("brand:1:0"),
        lambda: rounds.query("nonsense"),
        lambda: rounds.query_view("brand:1:0"),
        lambda: rounds.query_view("nonsense"),
        lambda: rounds.round_view("brand", 1),
        lambda: rounds.ask_to_close("brand", 1, "U1", T0),
        lambda: rounds.begin_closing("brand", 1, CloseReason.LEAD, T0, token),
        lambda: rounds.finish(a_report("brand", 1), [], [], T0, token),
        lambda: world.store.models.blob("brand:m0"),
        lambda: world.store.projects.get("none"),
        lambda: world.store.rebuild("none", write=False),
    ):
        with pytest.raises(NotFoundError):
            missing()


def test_rounds_follow_one_another(world: World) -> None:
    with pytest.raises(ConflictError, match="the newest is round 0"):
        world.open(["i0"], number=2)
    world.open(["i0"])
    world.open(["i1"])  # the same round again: nothing happens
    assert [query.item_id for query in world.store.rounds.queries("brand", 1)] == ["i0"]
    with pytest.raises(ConflictError, match="not closed yet"):
        world.open(["i1"], number=2)
    with pytest.raises(ConflictError, match="begin_closing comes first"):
        world.store.rounds.finish(a_report("brand", 1), [], [], T0, world.token())


def test_an_old_token_is_refused_everywhere(world: World) -> None:
    store = world.store
    old, new = taken_over(store, "project:brand")
    version = ModelVersion(
        id="brand:m0",
        project_id="brand",
        round=0,
        algorithm="lr",
        parameters={},
        label_revision=0,
        data_fingerprint="f",
        training_labels=2,
        training_positives=1,
        threshold=0.5,
        trained_at=T0,
    )
    store.outbox.intend([PostIntent("chart:brand:1", "brand", "C1", None)])
    for refused in (
        lambda: world.open(["i0"], token=old.token),
        lambda: store.models.save(version, b"x", old.token),
        lambda: store.outbox.begin("chart:brand:1", old.token),
        lambda: store.outbox.posted("chart:brand:1", "1.0", old.token),
        lambda: store.outbox.failed("chart:brand:1", "e", old.token),
        lambda: store.outbox.retry("chart:brand:1", "e", old.token),
    ):
        with pytest.raises(ConflictError, match="no longer the newest"):
            refused()
    assert store.rounds.current("brand") is None
    assert store.models.versions("brand") == []
    world.open(["i0"], token=new.token)
    for refused in (
        lambda: store.rounds.begin_closing("brand", 1, CloseReason.LEAD, T0, old.token),
        lambda: store.rounds.finish(a_report("brand", 1), [], [], T0, old.token),
    ):
        with pytest.raises(ConflictError, match="no longer the newest"):
            refused()
    assert store.rounds.get("brand", 1).state is RoundState.OPEN


def test_tokens_only_grow(store: Store) -> None:
    first = store.locks.acquire("a", "me", 60)
    assert first is not None
    assert store.locks.acquire("a", "me", 60) == first  # renewed
    assert store.locks.acquire("a", "you", 60) is None
    store.locks.release(first._replace(holder="you"))  # not theirs: nothing happens
    assert store.locks.acquire("a", "you", 60) is None
    other = store.locks.acquire("b", "you", 60)
    store.locks.release(first)
    second = store.locks.acquire("a", "you", 60)
    assert other is not None and second is not None
    assert first.token < other.token < second.token


def test_two_workers_closing_one_round(world: World) -> None:
    world.open(["i0"])
    store = world.store

    def worker(name: str) -> str:
        lease = store.locks.acquire("close", name, 60)
        if lease is None:
            return "left it"
        store.rounds.begin_closing("brand", 1, CloseReason.COMPLETE, T0, lease.token)
        posts = [PostIntent("report:brand:1", "brand", "C1", None)]
        store.rounds.finish(a_report("brand", 1), posts, [], T0, lease.token)
        return "closed it"

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(worker, [f"worker {n}" for n in range(8)]))
    assert sorted(results) == ["closed it"] + ["left it"] * 7
    assert [record.key for record in store.outbox.pending(99)].count("report:brand:1") == 1


def test_a_worker_thought_dead_finds_the_round_closed_by_another(world: World) -> None:
    store = world.store
    world.open(["i0"])
    slow = store.locks.acquire("close", "slow", 0.001)
    assert slow is not None
    store.rounds.begin_closing("brand", 1, CloseReason.COMPLETE, T0, slow.token)
    _, quick = taken_over(store, "close")
    world.close(token=quick.token)
    report = a_report("brand", 1).model_copy(update={"labels": 99})
    with pytest.raises(ConflictError):
        store.rounds.finish(report, [], [], T0, slow.token)
    stored = store.rounds.report("brand", 1)
    assert stored is not None and stored.labels == 1


def test_projects(world: World) -> None:
    projects = world.store.projects
    brand = projects.get("brand")
    projects.add(brand)  # the very same again is a repeated call
    with pytest.raises(ConflictError, match="already"):
        projects.add(brand.model_copy(update={"name": "Other"}))
    paused = projects.update("brand", {"state": ProjectState.PAUSED})
    assert paused == brand.model_copy(update={"state": ProjectState.PAUSED})
    assert projects.update("brand", {"state": ProjectState.PAUSED}) == paused
    assert projects.all() == projects.by_channel("C1") == [paused]
    assert projects.by_channel("C2") == []
    with pytest.raises(NotFoundError):
        projects.update("other", {"batch_size": 3})
    for wrong in ({"batch_size": 0}, {"no_such": 1}):
        with pytest.raises(ValueError, match="validation error"):
            projects.update("brand", wrong)
    with pytest.raises(NotFoundError, match="there are: brand"):
        projects.get("other")


def test_models(world: World) -> None:
    models, token = world.store.models, world.token()
    assert models.current("brand") is None
    blob = bytes(range(256)) * 40
    for number in (0, 1):
        version = ModelVersion(
            id=f"brand:m{number}",
            project_id="brand",
            round=number,
            algorithm="lr",
            parameters={"C": 1.0},
            label_revision=3,
            data_fingerprint="f",
            training_labels=2,
            training_positives=1,
            threshold=0.25,
            trained_at=T0,
        )
        models.save(version, blob, token)
        models.save(version, b"not this", token)  # the same id again: nothing happens
        assert models.current("brand") == version
    assert models.blob("brand:m0") == blob
    assert [version.round for version in models.versions("brand")] == [0, 1]
