"""The labelling queue in trouble: deliveries twice, Slack that refuses or is slow, old buttons, and thirty people at once."""

from __future__ import annotations

import threading

import pytest
from queue_world import Person, at_home, in_modal, inner, send, texts
from slack_world import Bench, open_round, until

from bot.domain import StoreUnavailableError, VoteKind
from bot.services.ports import Store
from bot.slack.errors import RateLimitedError, RefusedError


def votes(store: Store) -> list[tuple[VoteKind, str, str | None]]:
    return [(vote.kind, vote.item_id, vote.label) for vote in store.votes.log("brand")]


def test_a_delivery_twice_is_acknowledged_twice_and_counts_once(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana = Person(desk)
    ana.start()
    payload = ana.payload("other")
    assert [send(desk, payload).status for _ in range(2)] == [200, 200]
    assert votes(store) == [(VoteKind.VOTE, "i0", "other")]


def test_an_answer_that_is_not_saved_is_not_acknowledged_and_said(
    desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_round(store, ["a", "b"])
    ana = Person(desk)
    ana.start()

    def unavailable(*_: object, **__: object) -> None:
        raise StoreUnavailableError("not saved")

    monkeypatch.setattr(store.votes, "cast", unavailable)
    assert send(desk, ana.payload("negative")).status == 503
    ana.shown = until(lambda: desk.gateway.views[1:])[0]["view"]
    assert "Not saved, please try again." in texts(ana.shown)
    assert ana.asks == "brand:1:0"
    monkeypatch.undo()
    ana.press("negative")
    assert ana.asks == "brand:1:1"


def test_a_view_that_is_another_by_now_or_gone_is_left_alone(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b", "c"])
    ana = Person(desk)
    ana.start()
    desk.gateway.before.append(RefusedError("hash_conflict"))
    assert send(desk, ana.payload("negative")).status == 200
    until(lambda: not desk.gateway.before)
    desk.gateway.before.append(RefusedError("not_found"))
    assert send(desk, ana.payload("negative", trigger_id="2")).status == 200
    until(lambda: "U0ANA" in desk.gateway.homes)
    ben = Person(desk, "U0BEN")
    ben.start()
    assert ben.asks == "brand:1:1", "what a closed modal would have shown went back"


def test_a_refused_picture_is_left_out(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana = Person(desk)
    ana.start()
    desk.gateway.before.append(RefusedError("invalid_blocks"))
    ana.press("negative")
    assert ana.asks == "brand:1:1"


def test_slack_that_takes_no_more_updates_is_asked_again_later(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana = Person(desk)
    ana.start()
    screens = inner(desk).screens
    waiting: list[tuple[float, object]] = []
    screens._later = lambda seconds, call: waiting.append((seconds, call))
    desk.gateway.before.append(RateLimitedError(7))
    assert send(desk, ana.payload("negative")).status == 200
    ((seconds, call),) = until(lambda: waiting)
    assert seconds == 7
    call()  # type: ignore[operator]
    ana.shown = desk.gateway.views[-1]["view"]
    assert ana.asks == "brand:1:1"


def test_updates_are_held_within_slacks_rate(desk: Bench, store: Store) -> None:
    open_round(store, [f"text {n}" for n in range(100)])
    ana = Person(desk)
    ana.start()
    screens = inner(desk).screens
    waiting: list[float] = []
    screens._later = lambda seconds, call: waiting.append(seconds)
    for _ in range(95):
        ana.press("other")
    assert ana.shown is not None
    assert "If the next item is slow to come, press Next." in texts(ana.shown)
    assert send(desk, ana.payload("other")).status == 200
    until(lambda: waiting)
    assert len(desk.gateway.views) == 96
    ana.submit()
    assert ana.asks == "brand:1:96"


def test_a_trigger_that_ran_out_is_said_in_home(desk: Bench, store: Store) -> None:
    open_round(store, ["a"])
    desk.gateway.before.append(RefusedError("expired_trigger_id"))
    assert send(desk, at_home("queue_start", {"project": "brand"}, "U0ANA")).status == 200
    home = until(lambda: desk.gateway.homes.get("U0ANA"))
    assert "Please try once more." in texts(home)


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        ("queue_start", {}),
        ("queue_change", {}),
        ("queue_label_0", {"q": "brand:1:0"}),
        ("queue_skip", {}),
        ("queue_read", {}),
        ("queue_back", {"q": "brand:1:0"}),
        ("queue_label_0", {"q": "brand:9:9", "l": "negative"}),
        ("queue_label_0", {"q": "brand:1:0", "l": "gone"}),
    ],
)
def test_outdated_and_broken_buttons_do_no_harm(
    desk: Bench, store: Store, action_id: str, value: dict[str, str]
) -> None:
    open_round(store, ["a"])
    for view in ({"callback_id": "queue", "private_metadata": '{"p": "brand", "r": 1, "b": [], "c": false}'}, {}):
        shown = {"type": "modal", "blocks": [], **view}
        assert send(desk, in_modal(shown, action_id, value, "U0ANA")).status == 200
    assert votes(store) == []


def test_thirty_people_at_once(desk: Bench, store: Store) -> None:
    """Clicks of thirty people in threads: each item is answered once, no vote is lost, none doubled."""
    open_round(store, [f"text {n}" for n in range(90)], posts=False)
    screens = inner(desk).screens
    screens._later = lambda seconds, call: None  # beyond Slack's rate people press Next
    seen: list[tuple[str, str]] = []
    faults: list[BaseException] = []

    def label_all(user: str) -> None:
        person = Person(desk, user)
        try:
            person.start()
            while person.asks is not None:
                asked = person.asks
                assert send(desk, person.payload("other")).status == 200
                seen.append((asked, user))
                person.submit()
                assert person.asks != asked
        except BaseException as error:
            faults.append(error)
            raise

    people = [threading.Thread(target=label_all, args=(f"U{n:02}",)) for n in range(30)]
    for person in people:
        person.start()
    for person in people:
        person.join(120)
    assert not faults
    log = [(vote.query_id, vote.user_id) for vote in store.votes.log("brand")]
    assert sorted(log) == sorted(seen)
    assert len({query for query, _ in log}) == len(log) == 90, "each item once"


@pytest.mark.parametrize("words", ["Read all", "Guidelines", "Why?"])
def test_what_cannot_be_opened_on_top_is_said_in_the_queues_modal(desk: Bench, store: Store, words: str) -> None:
    (asked,) = open_round(store, ["long " * 300], guidelines={"negative": "complaints"})
    ana = Person(desk)
    ana.start()
    desk.gateway.before = [RefusedError("expired_trigger_id")]
    assert "That took too long for Slack." in texts(ana.press(words))
    assert ana.asks == asked
