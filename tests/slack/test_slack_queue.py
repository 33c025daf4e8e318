"""The labelling queue by signed payloads: one click per item, leases, what is closed meanwhile, trouble with Slack."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from queue_world import Person, at_home, elements, in_modal, inner, send, texts
from slack_world import HOSTILE, T0, Bench, a_report, bench, open_round, until

from bot.domain import CloseReason, StoreUnavailableError, Via, VoteKind
from bot.services.clock import ManualClock
from bot.services.ports import Store
from bot.slack.gateway import RateLimitedError, RefusedError, UncertainError
from bot.slack.limits import check_view
from bot.slack.listeners.events import publish_home


def votes(store: Store) -> list[tuple[VoteKind, str, str | None]]:
    return [(vote.kind, vote.item_id, vote.label) for vote in store.votes.log("brand")]


def end_round(store: Store) -> None:
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    store.rounds.begin_closing("brand", 1, CloseReason.LEAD, T0, lease.token)
    store.rounds.finish(a_report(1), [], [], T0, lease.token)


def home_of(desk: Bench, user: str = "U0ANA", word: str = "") -> dict[str, object]:
    publish_home(inner(desk), user, word)
    return desk.gateway.homes[user]


def test_fifty_items_are_fifty_clicks(desk: Bench, store: Store) -> None:
    open_round(store, [f"text {n}" for n in range(50)])
    ana = Person(desk)
    ana.start()
    clicks = 0
    while ana.asks is not None:
        ana.press("other")
        clicks += 1
    assert clicks == 50
    assert [vote.item_id for vote in store.votes.log("brand")] == [f"i{n}" for n in range(50)], "in order, each once"
    assert {vote.via for vote in store.votes.log("brand")} == {Via.QUEUE}
    assert ana.shown is not None
    assert "That was all for you in this round. Thank you!" in texts(ana.shown)
    assert "You answered 50 items; 50 of 50 are done in all." in texts(ana.shown)


def test_the_vote_is_stored_before_the_acknowledgement_and_the_view_goes_by_its_hash(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana = Person(desk)
    first = ana.start()
    assert check_view(first) == []
    assert send(desk, ana.payload("negative")).status == 200
    assert votes(store) == [(VoteKind.VOTE, "i0", "negative")]
    sent = until(lambda: desk.gateway.views[1:])[0]
    assert (sent["view_id"], sent["hash"]) == ("VU0ANA", "h1")
    assert "you answered 1 · 1 of 2 done in all · last answer: negative" in texts(sent["view"])


def test_a_click_twice_means_the_same_item_and_skips_none(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b", "c"])
    ana = Person(desk)
    ana.start()
    again = ana.payload("negative", trigger_id="another")
    ana.press("negative")
    assert send(desk, again).status == 200
    until(lambda: len(desk.gateway.views) == 3)
    ana.shown = desk.gateway.views[-1]["view"]
    assert ana.asks == "brand:1:1"
    assert votes(store) == [(VoteKind.VOTE, "i0", "negative")]


def test_a_delivery_twice_is_acknowledged_twice_and_counts_once(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana = Person(desk)
    ana.start()
    payload = ana.payload("other")
    assert [send(desk, payload).status for _ in range(2)] == [200, 200]
    assert votes(store) == [(VoteKind.VOTE, "i0", "other")]


def test_skip_back_and_another_answer(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b", "c"])
    ana = Person(desk)
    assert "Back" not in texts(ana.start()), "there is nothing to go back to yet"
    ana.press("negative")
    ana.press("Skip")
    assert ana.asks == "brand:1:2"
    ana.press("Back")
    assert ana.asks == "brand:1:1"
    shown = ana.press("Back")
    assert ana.asks == "brand:1:0"
    assert "your answer: negative" in texts(shown)
    ana.press("other")
    assert ana.asks == "brand:1:2", "on with what was left"
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": "other"}}
    ana.press("Back")
    assert ana.asks == "brand:1:0"


def test_the_modals_own_button_needs_no_call_to_slack(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana = Person(desk)
    ana.start()
    assert "Choose a label, or Skip." in texts(ana.submit()), "nothing is skipped by it"
    assert texts(ana.submit()).count("Choose a label, or Skip.") == 1
    desk.gateway.before.append(UncertainError("no answer"))
    assert send(desk, ana.payload("negative")).status == 200
    until(lambda: not desk.gateway.before)
    ana.submit()
    assert ana.asks == "brand:1:1"
    assert len(desk.gateway.views) == 1


def test_two_people_get_different_items_and_closing_gives_back(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana, ben, chi = Person(desk, "U0ANA"), Person(desk, "U0BEN"), Person(desk, "U0CHI")
    ana.start()
    ben.start()
    assert (ana.asks, ben.asks) == ("brand:1:0", "brand:1:1")
    assert "Others are at the last 2 items just now." in texts(chi.start())
    ana.close()
    until(lambda: "U0ANA" in desk.gateway.homes)
    chi.submit()
    assert chi.asks == "brand:1:0"


def test_a_lease_runs_out_with_the_clock(store: Store, clock: ManualClock) -> None:
    open_round(store, ["a", "b"])
    desk = bench(store, clock=clock)
    ana, ben = Person(desk, "U0ANA"), Person(desk, "U0BEN")
    clock_now = clock.now()
    with pytest.MonkeyPatch.context() as patch:  # Slack's signature is good for 300 s; the lease for as long
        patch.setattr("slack_world.time.time", lambda: clock_now.timestamp())
        patch.setattr("slack_sdk.signature.Clock.now", lambda self: clock_now.timestamp())
        ana.start()
        clock.advance(timedelta(minutes=6))
        ben.start()
        assert ben.asks == "brand:1:0"
        ana.press("negative")
        assert ana.asks == "brand:1:1", "the vote is kept, and Ana goes on"
        ben.press("other")
        assert ben.shown is not None
        assert "your answer is kept all the same" in texts(ben.shown)
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": "negative", "U0BEN": "other"}}
    desk.close()


def test_what_closed_meanwhile_is_said(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana = Person(desk)
    ana.start()
    ana.press("negative")
    end_round(store)
    shown = ana.press("other")
    assert "That round closed meanwhile, so your last answer was not counted." in texts(shown)
    assert "Round 1 is complete. Thank you!" in texts(shown)
    assert votes(store) == [(VoteKind.VOTE, "i0", "negative")]
    assert "Back" not in texts(shown)


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
    assert "Please press the button once more." in texts(home)


def test_home_shows_work_progress_and_the_last_votes_with_change(desk: Bench, store: Store) -> None:
    open_round(store, ["a", HOSTILE, "c"])
    assert "3 items for you. You answered 0 today, 0 in this round." in texts(home_of(desk))
    ana = Person(desk)
    ana.start()
    ana.press("negative")
    ana.press("other")
    home = home_of(desk)
    assert check_view(home) == []
    assert "1 item for you. You answered 2 today, 2 in this round." in texts(home)
    changes = [element for element in elements(home) if element["action_id"] == "queue_change"]
    assert [json.loads(change["value"])["q"] for change in changes] == ["brand:1:1", "brand:1:0"]
    votes_shown = [block["text"] for block in home["blocks"] if block.get("accessory") in changes]  # type: ignore[attr-defined]
    assert {text["type"] for text in votes_shown} == {"plain_text"}, "nothing of an item is parsed"
    ana.press("Skip")
    assert "Nothing is left for you in this round." in texts(home_of(desk))
    end_round(store)
    assert "queue_change" not in texts(home_of(desk)), "a closed round's answers stay"


def test_one_of_the_last_votes_is_changed_from_home(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana = Person(desk)
    ana.start()
    ana.press("negative")
    shown = ana._after(at_home("queue_change", {"q": "brand:1:0"}, "U0ANA"))
    assert "your answer: negative" in texts(shown)
    assert "Your answer is now *other*." in texts(ana.press("other"))
    ana.submit()
    assert ana.asks == "brand:1:1"
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": "other"}}


def test_long_and_hostile_texts(desk: Bench, store: Store) -> None:
    open_round(
        store, ["word " * 2_000, HOSTILE], labels=tuple(f"label {n} <&>" for n in range(10)), positive="label 0 <&>"
    )
    ana = Person(desk)
    first = ana.start()
    assert check_view(first) == []
    whole = ana._after(ana.payload("Read all"))
    assert texts(whole).count("word") == 2_000
    ana.shown = first
    shown = ana.press("label 9 <&>")
    assert shown["blocks"][0]["elements"][0]["elements"][0] == {"type": "text", "text": HOSTILE}
    assert "last answer: label 9 &lt;&amp;&gt;" in texts(shown)


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
