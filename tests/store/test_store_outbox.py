"""Messages on their way, deliveries seen, waking."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.domain import NotFoundError
from bot.services.clock import ManualClock
from bot.services.ports import PostIntent, Store


@pytest.fixture
def token(store: Store) -> int:
    lease = store.locks.acquire("outbox", "worker", 60)
    assert lease is not None
    return lease.token


def posts(*keys: str) -> list[PostIntent]:
    return [PostIntent(key, "brand", "C1", None if key == "round" else "round") for key in keys]


def test_a_message_from_intent_to_posted(store: Store, token: int) -> None:
    outbox = store.outbox
    outbox.intend(posts("round", "q0", "q1"))
    outbox.intend(posts("q1", "q2"))
    assert [record.key for record in outbox.pending(9)] == ["round", "q0", "q1", "q2"]
    assert [record.key for record in outbox.pending(2)] == ["round", "q0"]
    assert outbox.pending_count("brand") == 4
    assert outbox.begin("round", token).state == "sending"
    outbox.posted("round", "1.5", token)
    outbox.posted("round", "1.5", token)  # again: nothing changes
    record = outbox.get("round")
    assert record is not None
    assert (record.state, record.ts, record.attempts, record.thread_key) == ("posted", "1.5", 1, None)
    assert outbox.key_of("C1", "1.5") == "round"
    assert outbox.key_of("C1", "2.5") is None
    assert outbox.pending_count("brand") == 3
    outbox.begin("q0", token)
    outbox.retry("q0", "ratelimited", token)
    outbox.begin("q1", token)
    outbox.failed("q1", "channel_not_found", token)
    assert [(record.key, record.state, record.error) for record in outbox.pending(9)] == [
        ("q0", "queued", "ratelimited"),
        ("q2", "queued", None),
    ]
    failed = outbox.get("q1")
    assert failed is not None and (failed.state, failed.error) == ("failed", "channel_not_found")
    assert outbox.get("q9") is None
    assert outbox.get_many(["q9", "q1", "round"]) == [failed, outbox.get("round")]
    assert outbox.get_many([]) == []
    with pytest.raises(NotFoundError):
        outbox.begin("q9", token)


def test_updates_coalesce_and_the_earliest_due_time_stands(store: Store, token: int, clock: ManualClock) -> None:
    outbox = store.outbox
    outbox.intend(posts("round", "q0"))
    for n, key in enumerate(("round", "q0")):
        outbox.begin(key, token)
        outbox.posted(key, f"{n}.0", token)
    assert outbox.due_updates(clock.now(), 9) == []
    outbox.touch(["q0"], clock.now() + timedelta(seconds=3))
    outbox.touch(["q0", "round"], clock.now() + timedelta(seconds=9))
    assert outbox.due_updates(clock.now(), 9) == []
    clock.advance(timedelta(seconds=3))
    [due] = outbox.due_updates(clock.now(), 9)
    assert (due.key, due.revision) == ("q0", 2)
    assert not outbox.settle("q0", 1)  # shows less than the newest touch
    assert outbox.settle("q0", 2)
    clock.advance(timedelta(seconds=6))
    assert [record.key for record in outbox.due_updates(clock.now(), 9)] == ["round"]
    outbox.touch(["nobody's"], clock.now())  # a vote without a message
    assert outbox.get("nobody's") is None


def test_touched_while_it_was_being_posted(store: Store, token: int, clock: ManualClock) -> None:
    outbox = store.outbox
    outbox.intend(posts("early", "late"))
    outbox.touch(["early"], clock.now())  # before it is rendered: the post shows it
    for key in ("early", "late"):
        outbox.begin(key, token)
    outbox.touch(["late"], clock.now() + timedelta(hours=1))  # after: the post does not show it
    for n, key in enumerate(("early", "late")):
        outbox.posted(key, f"{n}.0", token)
    assert [record.key for record in outbox.due_updates(clock.now(), 9)] == ["late"]


def test_after_a_crash_the_first_attempt_counts_as_what_is_shown(store: Store, token: int, clock: ManualClock) -> None:
    store.outbox.intend(posts("q0"))
    store.outbox.begin("q0", token)
    store.outbox.touch(["q0"], clock.now())
    assert store.outbox.begin("q0", token).attempts == 2  # the worker died; another one looks whether it arrived
    store.outbox.posted("q0", "1.0", token)
    assert [record.key for record in store.outbox.due_updates(clock.now(), 9)] == ["q0"]


def test_an_older_state_that_arrives_last_is_due_again(store: Store, token: int, clock: ManualClock) -> None:
    outbox = store.outbox
    outbox.intend(posts("q0"))
    outbox.begin("q0", token)
    outbox.posted("q0", "1.0", token)
    later = clock.now() + timedelta(seconds=3)
    for _ in range(2):
        outbox.touch(["q0"], later)
    assert not outbox.settle("q0", 1)
    assert outbox.due_updates(clock.now(), 9) == []  # it keeps its due time
    assert outbox.settle("q0", 2)  # one sender showed the newest state ...
    assert not outbox.settle("q0", 1)  # ... and another one, which was slower, an older state after it
    assert [record.key for record in outbox.due_updates(clock.now(), 9)] == ["q0"]


def test_first_time(store: Store) -> None:
    assert store.guard.first_time("event Ev1", 60)
    assert not store.guard.first_time("event Ev1", 60)
    assert store.guard.first_time("event Ev2", 60)


def test_waking(store: Store) -> None:
    assert not store.guard.wait(0.01)
    store.guard.wake()
    store.guard.wake()  # two that nobody has taken count as one
    assert store.guard.wait(0.01)
    assert not store.guard.wait(0.01)
    assert not store.guard.wait(0)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(store.guard.wait, 20.0)
        store.guard.wake()
        assert waiting.result(5)
