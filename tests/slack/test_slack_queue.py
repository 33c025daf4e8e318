"""The labelling queue by signed payloads: one click per item, leases, what is closed meanwhile, trouble with Slack."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import responses
from queue_world import Person, at_home, elements, inner, send, texts
from slack_world import HOSTILE, RESPONSE_URL, T0, Bench, a_report, bench, click, open_round, until

from bot.domain import CloseReason, Via, VoteKind
from bot.services.clock import ManualClock
from bot.services.ports import Store
from bot.slack.errors import UncertainError
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
    assert "Choose a label, Unsure, or Skip." in texts(ana.submit()), "nothing is skipped by it"
    assert texts(ana.submit()).count("Choose a label, Unsure, or Skip.") == 1
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
    assert texts(home_of(desk)).count("(round 1, closed)") == 2


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


def test_the_channels_message_follows_what_the_queue_does(desk: Bench, store: Store) -> None:
    (query, _) = open_round(store, ["a", "b"])
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    store.outbox.posted(f"query:{query}", "1.000", lease.token)
    ana = Person(desk)
    ana.start()
    ana.press("negative")
    far = desk.clock.now() + timedelta(days=1)
    assert [record.key for record in store.outbox.due_updates(far, 10)] == [f"query:{query}"]


def test_an_answer_in_the_channel_is_known_to_the_queue(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    open_round(store, ["a", "b"])
    hooks.post(RESPONSE_URL, body="ok")
    ana = Person(desk)
    ana.start()
    send(desk, click("label_0", {"q": "brand:1:0", "l": "negative"}, user="U0BEN"))
    assert "The last item had got its label from others meanwhile." in texts(ana.submit())
    assert ana.asks == "brand:1:1"


def test_only_people_of_the_channel_get_its_items(desk: Bench, store: Store) -> None:
    open_round(store, ["secret text"])
    desk.gateway.people["C1"] = frozenset({"U0ANA"})
    assert "queue_start" in texts(home_of(desk))
    assert "queue_start" not in texts(home_of(desk, "U0BEN"))
    assert send(desk, at_home("queue_start", {"project": "brand"}, "U0BEN")).status == 200
    until(lambda: "You are not in that project's channel." in texts(desk.gateway.homes["U0BEN"]))
    desk.gateway.members_fault = UncertainError("no answer")
    assert "queue_start" in texts(home_of(desk)), "what is known holds for a while"
