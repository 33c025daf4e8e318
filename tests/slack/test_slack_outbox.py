"""The sender: pace, coalescing, Retry-After, second tries, one sender at a time. No real time passes here."""

from __future__ import annotations

import itertools
import logging
from datetime import timedelta

import pytest
from slack_world import RecordingGateway, a_project, a_report, open_round

from bot.domain import NotFoundError, Via, VoteKind
from bot.services.clock import ManualClock
from bot.services.ports import PostIntent, Store
from bot.services.voting import cast_vote
from bot.slack.blocks.message import Attachment, Message, Picture
from bot.slack.blocks.standing import notice
from bot.slack.errors import RateLimitedError, RefusedError, UncertainError
from bot.slack.outbox import OutboxSender
from bot.slack.pacing import Pace
from bot.slack.pictures.files import KINDS, Files
from bot.slack.render import Renderer

FAST = Pace(post_interval=0, update_interval=0, updates_per_minute=1_000)


@pytest.fixture
def gateway() -> RecordingGateway:
    return RecordingGateway()


def a_sender(
    store: Store, gateway: RecordingGateway, clock: ManualClock, pace: Pace = FAST, holder: str = "w1"
) -> OutboxSender:
    return OutboxSender(store, gateway, Renderer(store), clock, pace, holder)


def drain(sender: OutboxSender, clock: ManualClock, steps: int = 50) -> None:
    """Steps, moving the clock by what each step says, for so many steps."""
    for _ in range(steps):
        clock.advance(timedelta(seconds=sender.step()))


def vote(store: Store, clock: ManualClock, query_id: str, label: str = "negative", user: str = "U1") -> None:
    cast_vote(
        store,
        clock,
        query_id=query_id,
        user_id=user,
        label=label,
        kind=VoteKind.VOTE,
        via=Via.BUTTON,
        action_id=f"{query_id}{label}{user}{clock.now().timestamp()}",
        message_ts=None,
    )


def state_of(store: Store, key: str) -> str:
    record = store.outbox.get(key)
    assert record is not None
    return record.state


def test_posts_in_order_items_in_the_rounds_thread(store: Store, gateway: RecordingGateway, clock: ManualClock) -> None:
    open_round(store, ["a", "b"])
    a_sender(store, gateway, clock).step()
    assert [(sent["key"], sent["thread_ts"]) for sent in gateway.posts] == [
        ("round:brand:1", None),
        ("query:brand:1:0", "1.000"),
        ("query:brand:1:1", "1.000"),
    ]
    assert store.outbox.pending_count("brand") == 0
    assert store.outbox.key_of("C1", "2.000") == "query:brand:1:0"


def test_posts_are_paced_per_channel_and_the_wait_is_told(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    open_round(store, ["a"] * 3)
    open_round(store, ["b"] * 3, id="other", channel_id="C2")
    sender = a_sender(store, gateway, clock, Pace(post_interval=1.0))
    assert sender.step() == 1.0
    assert [sent["channel"] for sent in gateway.posts] == ["C1", "C2"]
    assert sender.step() == 1.0
    assert len(gateway.posts) == 2, "nothing before the second is over"
    clock.advance(timedelta(seconds=1))
    sender.step()
    assert [sent["channel"] for sent in gateway.posts] == ["C1", "C2", "C1", "C2"]


def test_a_long_queue_of_one_channel_does_not_hold_up_another(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    open_round(store, ["a"] * 100)
    sender = a_sender(store, gateway, clock, Pace(post_interval=1.0))
    sender.step()
    open_round(store, ["b"], id="other", channel_id="C2")
    sender.step()
    assert [sent["channel"] for sent in gateway.posts] == ["C1", "C2"]


def test_updates_coalesce_and_show_the_latest_state(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    first, *_ = open_round(store, ["a", "b"])
    sender = a_sender(store, gateway, clock, Pace(post_interval=0, update_interval=3))
    sender.step()
    for label in ("negative", "other", "negative"):
        vote(store, clock, first, label)
        clock.advance(timedelta(milliseconds=10))
    clock.advance(timedelta(seconds=10))
    sender.step()
    shown = [sent for sent in gateway.updates if sent["key"] == f"query:{first}"]
    assert len(shown) == 1
    assert "negative" in shown[0]["text"].split("So far")[1]
    assert gateway.updates[0]["key"] == "round:brand:1", "live progress goes first"
    vote(store, clock, first, "other")
    clock.advance(timedelta(seconds=2.9))
    sender.step()
    assert len([sent for sent in gateway.updates if sent["key"] == f"query:{first}"]) == 1, "3 s per message"
    clock.advance(timedelta(seconds=10))
    sender.step()
    assert len([sent for sent in gateway.updates if sent["key"] == f"query:{first}"]) == 2


def test_no_more_updates_a_minute_than_allowed(store: Store, gateway: RecordingGateway, clock: ManualClock) -> None:
    queries = open_round(store, ["a"] * 10)
    sender = a_sender(store, gateway, clock, Pace(post_interval=0, update_interval=0, updates_per_minute=4))
    sender.step()
    for query in queries:
        vote(store, clock, query)
    clock.advance(timedelta(seconds=30))
    start = clock.now()
    drain(sender, clock, 5)
    assert len(gateway.updates) == 4
    while clock.now() < start + timedelta(seconds=61):
        clock.advance(timedelta(seconds=max(sender.step(), 0.5)))
    assert len(gateway.updates) == 8


def test_settled_messages_are_not_updated(store: Store, gateway: RecordingGateway, clock: ManualClock) -> None:
    (query,) = open_round(store, ["a"])
    sender = a_sender(store, gateway, clock)
    sender.step()
    vote(store, clock, query)
    view = store.rounds.query_view(query)
    assert store.outbox.settle(f"query:{query}", view.revision)
    clock.advance(timedelta(seconds=60))
    sender.step()
    assert [sent["key"] for sent in gateway.updates] == ["round:brand:1"]


def test_retry_after_is_honoured_for_posts(store: Store, gateway: RecordingGateway, clock: ManualClock) -> None:
    open_round(store, ["a"])
    gateway.before = [RateLimitedError(7)]
    sender = a_sender(store, gateway, clock)
    sender.step()
    assert state_of(store, "round:brand:1") == "queued"
    clock.advance(timedelta(seconds=6.9))
    sender.step()
    assert gateway.posts == []
    clock.advance(timedelta(seconds=0.2))
    sender.step()
    assert [sent["key"] for sent in gateway.posts] == ["round:brand:1", "query:brand:1:0"]
    assert gateway.finds == [], "a refused post needs no search"


def test_retry_after_is_honoured_for_updates(store: Store, gateway: RecordingGateway, clock: ManualClock) -> None:
    open_round(store, ["a"])
    sender = a_sender(store, gateway, clock)
    sender.step()
    store.outbox.touch(["round:brand:1"], clock.now())
    gateway.before = [RateLimitedError(30)]
    sender.step()
    clock.advance(timedelta(seconds=29))
    sender.step()
    assert gateway.updates == []
    clock.advance(timedelta(seconds=2))
    sender.step()
    assert len(gateway.updates) == 1


def test_a_post_without_an_answer_is_looked_for_before_it_is_tried_again(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    open_round(store, ["a"])
    gateway.after = [UncertainError("no answer")]
    sender = a_sender(store, gateway, clock)
    sender.step()
    assert state_of(store, "round:brand:1") == "sending"
    drain(sender, clock, 4)
    assert [sent["key"] for sent in gateway.posts] == ["round:brand:1", "query:brand:1:0"], "posted once"
    assert gateway.finds == ["round:brand:1"]


def test_a_post_that_did_not_arrive_is_made_again(store: Store, gateway: RecordingGateway, clock: ManualClock) -> None:
    open_round(store, ["a"])
    gateway.before = [UncertainError("HTTP 503")]
    sender = a_sender(store, gateway, clock)
    drain(sender, clock, 4)
    assert [sent["key"] for sent in gateway.posts] == ["round:brand:1", "query:brand:1:0"]


def test_while_slack_can_not_be_asked_nothing_is_posted(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    open_round(store, ["a"])
    gateway.after = [UncertainError("no answer")]
    gateway.find_faults = [RateLimitedError(5), UncertainError("down")]
    sender = a_sender(store, gateway, clock)
    drain(sender, clock, 12)
    assert [sent["key"] for sent in gateway.posts] == ["round:brand:1", "query:brand:1:0"]


def test_a_sender_that_died_while_sending_is_taken_over_without_a_double(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    open_round(store, ["a"])
    dead = store.locks.acquire("outbox", "dead", 30)
    assert dead is not None
    store.outbox.begin("round:brand:1", dead.token)
    gateway.post("C1", notice("x"), "round:brand:1", None)  # it was posted; its ts was not stored
    sender = a_sender(store, gateway, clock)
    assert sender.step() > 0
    assert len(gateway.posts) == 1, "the lease is still the dead one's"
    store.locks.release(dead)
    sender.step()
    assert [sent["key"] for sent in gateway.posts] == ["round:brand:1", "query:brand:1:0"]
    assert gateway.updates[0]["key"] == "round:brand:1", "what was posted back then is brought up to date"


def test_permanent_refusals_are_kept_with_their_reason_and_children_follow(
    store: Store, gateway: RecordingGateway, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    open_round(store, ["a"])
    gateway.before = [RefusedError("not_in_channel")]
    with caplog.at_level(logging.ERROR):
        a_sender(store, gateway, clock).step()
    record, child = store.outbox.get("round:brand:1"), store.outbox.get("query:brand:1:0")
    assert record is not None and child is not None
    assert record.state == child.state == "failed"
    assert record.error == "not_in_channel: the app is not in the channel; invite it with /invite"
    assert "the app is not in the channel" in str(child.error)
    assert "round:brand:1 could not be sent to C1" in caplog.text
    assert gateway.posts == []


def test_updates_of_a_deleted_message_end(store: Store, gateway: RecordingGateway, clock: ManualClock) -> None:
    open_round(store, ["a"])
    sender = a_sender(store, gateway, clock)
    sender.step()
    store.outbox.touch(["round:brand:1"], clock.now())
    gateway.before = [RefusedError("message_not_found")]
    drain(sender, clock, 3)
    assert gateway.updates == []
    assert store.outbox.due_updates(clock.now() + timedelta(days=1), 10) == []


def test_only_one_sender_works_and_another_takes_over_when_it_ends(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    open_round(store, ["a"])
    first, second = a_sender(store, gateway, clock, holder="w1"), a_sender(store, gateway, clock, holder="w2")
    gateway.before = [RateLimitedError(1)]
    first.step()
    assert second.step() == 1.0
    assert gateway.posts == []
    first.close()
    second.step()
    assert len(gateway.posts) == 2


class Reports:
    """A renderer that knows one report."""

    def __init__(self, store: Store) -> None:
        self._renderer, self._files = Renderer(store), Files()

    def render(self, key: str) -> Message | Picture | Attachment:
        from bot.slack.blocks import reports

        kind, _, _ = key.partition(":")
        if kind in KINDS:
            return self._files.make(kind, a_project(), a_report())
        if kind == "report":
            return reports.report_message(a_project(), a_report())
        raise NotFoundError(key)

    def filename(self, key: str) -> str:
        return self._renderer.filename(key)

    def thread_of(self, key: str) -> list[str]:
        return ["chart:brand:3", "client:brand:3"] if key.startswith("report:") else []


def test_a_reports_files_come_into_its_thread_each_once_though_answers_are_lost(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    pytest.importorskip("matplotlib")
    store.projects.add(a_project())
    store.outbox.intend([PostIntent("report:brand:3", "brand", "C1", None)])
    gateway.refuses_charts = True
    gateway.after = [UncertainError("no answer to the post"), UncertainError("no answer to the upload")]
    sender = OutboxSender(store, gateway, Reports(store), clock, FAST, "w1")
    drain(sender, clock, 8)
    assert [sent["key"] for sent in gateway.posts] == ["report:brand:3"]
    assert "data_visualization" not in str(gateway.posts[0]["blocks"])
    assert [sent["thread_ts"] for sent in gateway.files] == ["1.000", "1.000"]
    picture, page = (sent["picture"] for sent in gateway.files)
    assert picture.alt_text.startswith("Learning curve, rounds 1 to 3")
    assert page.filename == "report-brand-3.html"
    assert state_of(store, "chart:brand:3") == state_of(store, "client:brand:3") == "posted"


def test_files_of_a_report_that_slack_refuses_are_given_up_with_it(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    store.projects.add(a_project())
    store.outbox.intend([PostIntent("report:brand:3", "brand", "C1", None)])
    gateway.before = [RefusedError("is_archived")]
    drain(OutboxSender(store, gateway, Reports(store), clock, FAST, "w1"), clock, 3)
    assert gateway.files == []
    assert state_of(store, "client:brand:3") == "failed"
    assert store.outbox.pending_count("brand") == 0


def test_what_can_not_be_rendered_fails_alone(store: Store, gateway: RecordingGateway, clock: ManualClock) -> None:
    store.projects.add(a_project())
    store.outbox.intend(
        [PostIntent("query:brand:9:9", "brand", "C1", None), PostIntent("report:brand:3", "brand", "C1", None)]
    )
    OutboxSender(store, gateway, Reports(store), clock, FAST, "w1").step()
    assert state_of(store, "query:brand:9:9") == "failed"
    assert [sent["key"] for sent in gateway.posts] == ["report:brand:3"]


def test_uncertain_answers_hold_a_rounds_first_message_for_seconds_each(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    open_round(store, ["a"])
    gateway.before = [UncertainError("URLError")] * 7
    sender = a_sender(store, gateway, clock)
    tries, start = [], clock.now()
    while not gateway.posts:
        left = len(gateway.before)
        sender.step()
        if len(gateway.before) < left:
            tries.append((clock.now() - start).total_seconds())
        clock.advance(timedelta(seconds=0.5))
    pauses = [round(after - before) for before, after in itertools.pairwise(tries)]
    assert pauses == [1, 2, 4, 8, 15, 15], "later each time, and never so long that a round's items wait for a minute"
