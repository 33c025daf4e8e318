"""Unsure, flags and corrections by signed payloads: what was stored, acknowledged and shown; and bad input, field by field."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
import responses
from decision_world import close_round, errors, from_home, home, opened, post, shortcut, submission, submit
from queue_world import Person, elements, in_modal, inner, send, texts
from slack_world import HOSTILE, RESPONSE_URL, Bench, click, open_round, until

from bot.domain import CloseReason, StoreUnavailableError, Via, VoteKind, Why
from bot.services.ports import Store
from bot.slack import membership
from bot.slack.blocks.decisions import Place, correct_view, decide_view, flag_view
from bot.slack.blocks.items import item_message


def said(hooks: responses.RequestsMock) -> str:
    return " ".join(json.loads(call.request.body)["text"] for call in hooks.calls)


def menu(query: str, do: str, user: str = "U0ANA") -> dict[str, Any]:
    return click("more", {"q": query, "do": do}, selected=True, user=user)


def test_unsure_in_the_channel_is_no_vote_and_is_shown(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    (query,) = open_round(store, ["a text"])
    hooks.post(RESPONSE_URL, body="ok")
    payload = click("unsure", {"q": query})
    for _ in range(2):  # a delivery twice is acknowledged twice, and counts once
        assert send(desk, payload).status == 200
    assert [(vote.kind, vote.label) for vote in store.votes.log("brand")] == [(VoteKind.UNSURE, None)]
    until(lambda: hooks.calls)
    assert "So far unsure: <@U0ANA>." in said(hooks)
    send(desk, click("label_0", {"q": query, "l": "negative"}))
    assert store.votes.labels("brand")["i0"].value == "negative"


def test_unsure_in_the_queue_passes_the_item_to_others(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana, ben = Person(desk, "U0ANA"), Person(desk, "U0BEN")
    ana.start()
    ana.press("Unsure")
    assert ana.asks == "brand:1:1"
    ben.start()
    assert ben.asks == "brand:1:0"
    assert store.votes.unsure_on("brand") == {"i0": ("U0ANA",)}


def test_a_flag_is_recorded_shown_and_taken_back(desk: Bench, store: Store) -> None:
    (query,) = open_round(store, [HOSTILE])
    view = opened(desk, menu(query, "flag"))
    answer = submit(desk, view, reason="  names a <!channel> person ")
    (logged,) = store.decisions.log("brand")
    assert (logged.kind, logged.user_id, logged.reason) == ("flag", "U0ANA", "names a <!channel> person")
    assert "Noted, thank you." in texts(answer["view"])
    assert "flagged by <@U0ANA>" in item_message(store.rounds.query_view(query)).text
    assert "1 item waits for a lead's decision (1 flagged)." in texts(home(desk, "U0BEN"))
    again = opened(desk, menu(query, "flag"))
    assert "You flagged this item." in texts(again)
    (button,) = [each for each in elements(again) if each["action_id"] == "flag_undo"]
    before = len(desk.gateway.views)
    assert send(desk, in_modal(again, "flag_undo", json.loads(button["value"]), "U0ANA")).status == 200
    assert "Your flag is taken back." in texts(until(lambda: desk.gateway.views[before:])[0]["view"])
    assert [entry.kind for entry in store.decisions.log("brand")] == ["flag", "unflag"]
    assert store.decisions.disputes("brand") == []


def test_a_flag_from_the_queue_comes_on_top_of_it(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana = Person(desk)
    ana.start()
    asked = ana.asks
    view = ana.press("Flag")
    assert view["callback_id"] == "flag_item"
    assert submit(desk, view, reason="not our brand")["response_action"] == "update"
    assert [dispute.item_id for dispute in store.decisions.disputes("brand")] == ["i0"]
    assert asked == "brand:1:0" and list(store.votes.log("brand")) == [], "the item still waits for an answer"


def test_a_submission_twice_counts_once(desk: Bench, store: Store) -> None:
    (query,) = open_round(store, ["a"])
    view = opened(desk, menu(query, "flag"))
    for _ in range(2):
        assert submit(desk, view, reason="odd")["response_action"] == "update"
    assert len(list(store.decisions.log("brand"))) == 1


def test_ones_answer_is_changed_after_the_round_with_a_reason(desk: Bench, store: Store) -> None:
    (query, _) = open_round(store, ["a", "b"])
    send(desk, click("label_0", {"q": query, "l": "negative"}))
    close_round(store)
    for view in (opened(desk, menu(query, "correct")), from_home(desk, "U0ANA", "Change: a")):
        assert "Your answer is negative. The round is closed" in texts(view)
        assert errors(submit(desk, view, label="other")) == {
            "reason": "The round is closed: say in a few words why you change your answer."
        }
    answer = submit(desk, view, label="other", reason="irony", view_id="V2")
    assert "Your answer is now *other*. The model will learn of it." in texts(answer["view"])
    *_, vote = store.votes.log("brand")
    assert (vote.label, vote.reason, vote.via, vote.query_id) == ("other", "irony", Via.MODAL, query)
    assert store.votes.labels("brand")["i0"].value == "other"
    assert "already" in texts(submit(desk, view, label="other", reason="irony", view_id="V3")["view"])
    again = submit(desk, view, label="other", reason="it quotes somebody", view_id="V4")
    assert "Your answer is *other* as before; your reason is noted." in texts(again["view"])
    assert [note.reason for note in store.decisions.case("brand", "i0").notes] == ["it quotes somebody"]
    assert store.rebuild("brand", write=False) == []


def test_the_shortcut_corrects_ones_answer_in_an_open_round(desk: Bench, store: Store) -> None:
    (query,) = open_round(store, ["a"], overlap=2)
    post(store, f"query:{query}", "5.000")
    send(desk, click("label_0", {"q": query, "l": "negative"}, user="U0BEN"))
    view = opened(desk, shortcut({"ts": "5.000", "thread_ts": "0.5"}, "U0ANA"))
    assert "U0BEN" not in texts(view), "others' answers stay hidden while the item is open"
    answer = submit(desk, view, label="other")
    assert "Your answer is now *other*." in texts(answer["view"])
    *_, vote = store.votes.log("brand")
    assert (vote.user_id, vote.label, vote.via, vote.reason) == ("U0ANA", "other", Via.SHORTCUT, "")


def test_a_reason_is_noted_for_the_same_answer_in_an_open_round(desk: Bench, store: Store) -> None:
    (query,) = open_round(store, ["a"])
    post(store, f"query:{query}", "5.000")
    send(desk, click("label_0", {"q": query, "l": "negative"}))
    view = opened(desk, shortcut({"ts": "5.000"}, "U0ANA"))
    assert "your reason is noted" in texts(submit(desk, view, label="negative", reason="see line 2")["view"])
    assert "already" in texts(submit(desk, view, label="negative", reason="see line 2", view_id="V2")["view"])
    assert [note.reason for note in store.decisions.case("brand", "i0").notes] == ["see line 2"]
    assert store.rounds.answers_by_person("brand", 1) == {"U0ANA": 1}
    assert store.rebuild("brand", write=False) == []


def test_a_slack_that_does_not_say_who_is_there_is_waited_for_only_so_long(
    desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (query,) = open_round(store, ["a"], leads=("S1",), annotators=("S2",))
    desk.gateway.groups |= {"S1": frozenset({"U0LEAD"}), "S2": frozenset({"U0ANA"})}
    case, said = store.decisions.case("brand", "i0"), threading.Event()
    views = [
        flag_view(case, query, "U0ANA"),
        correct_view(case, query, "U0ANA", Via.MODAL, late=False, may_vote=True),
        decide_view(case, Place("brand", "i0", None), 0),
    ]
    with monkeypatch.context() as slow:
        slow.setattr(membership, "PATIENCE", 0.05)
        slow.setattr(desk.gateway, "members", lambda _: said.wait(10) and frozenset({"U0ANA", "U0LEAD"}))
        for view, user in zip(views, ("U0ANA", "U0ANA", "U0LEAD"), strict=True):
            found = errors(submit(desk, view, user, label="other", reason="x"))
            assert found["reason"].startswith("Slack does not answer just now, so nothing was saved.")
        assert [*store.decisions.log("brand"), *store.votes.log("brand")] == []
        said.set()
        until(lambda: inner(desk).members._known)
    for view, user in zip(views, ("U0ANA", "U0ANA", "U0LEAD"), strict=True):
        submit(desk, view, user, label="other", reason="x")
    assert [entry.kind for entry in store.decisions.log("brand")] == ["flag", "override"]
    assert [vote.user_id for vote in store.votes.log("brand")] == ["U0ANA"]


def test_the_shortcut_finds_the_item_by_the_thread_that_a_reply_is_in(desk: Bench, store: Store) -> None:
    (query,) = open_round(store, ["a text to find"], items_in="channel")
    post(store, f"query:{query}", "5.000")
    close_round(store)
    view = opened(desk, shortcut({"ts": "6.000", "thread_ts": "5.000"}, "U0ANA"))
    assert "a text to find" in texts(view) and "You have not answered yet." in texts(view)


def test_whose_answers_are_not_counted_corrects_what_is_shown(desk: Bench, store: Store) -> None:
    (query,) = open_round(store, ["a"], observers=("U0OBS",))
    post(store, f"query:{query}", "5.000")
    send(desk, click("label_0", {"q": query, "l": "negative"}, user="U0BEN"))
    view = opened(desk, shortcut({"ts": "5.000"}, "U0OBS"))
    assert "Your answers are not counted in this project" in texts(view)
    answer = submit(desk, view, "U0OBS", label="other", reason="it is praise")
    assert "The leads see that you would say *other*, and will decide." in texts(answer["view"])
    (correction,) = store.decisions.log("brand")
    assert (correction.kind, correction.via, correction.label) == ("correction", Via.SHORTCUT, "other")
    assert store.votes.votes_on("brand") == {"i0": {"U0BEN": "negative"}}
    assert [dispute.why for dispute in store.decisions.disputes("brand")] == [Why.CORRECTION]


def test_a_message_without_an_item_says_which_have_one(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    open_round(store, ["a"])
    hooks.post(RESPONSE_URL, body="ok")
    post(store, "round:brand:1", "4.000")
    for number, message in enumerate(({"ts": "4.000"}, {"ts": "9.000", "thread_ts": "4.000"}, {}), 1):
        assert send(desk, shortcut(message, "U0ANA")).status == 200
        until(lambda number=number: len(hooks.calls) == number)
    assert said(hooks).count("There is nothing to correct in this message.") == 3
    assert desk.gateway.views == []


def test_only_people_of_the_channel_may_correct_and_flag(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    (query,) = open_round(store, ["secret"])
    hooks.post(RESPONSE_URL, body="ok")
    view, other = opened(desk, menu(query, "flag")), opened(desk, menu(query, "correct"))
    desk.gateway.people["C1"] = frozenset({"U0BEN"})
    inner(desk).members._known.clear()
    assert errors(submit(desk, view, reason="x")) == {
        "reason": "You are not in that project's channel. Join it, then try again."
    }
    assert "not in that project's channel" in errors(submit(desk, other, label="other"))["reason"]
    send(desk, menu(query, "correct"))
    until(lambda: "You are not in that project's channel." in said(hooks))
    assert list(store.decisions.log("brand")) == list(store.votes.log("brand")) == []


@pytest.mark.parametrize(
    ("do", "entered", "field", "words"),
    [
        ("flag", {}, "reason", "Say in a few words what is wrong with it."),
        ("flag", {"reason": " \n "}, "reason", "Say in a few words what is wrong with it."),
        ("flag", {"reason": "x" * 501}, "reason", "That is 501 characters; 500 are enough."),
        ("correct", {}, "label", "Choose a label."),
        ("correct", {"label": "gone", "reason": "x"}, "label", "'gone' is no longer a label of Brand safety"),
        ("correct", {"label": "other"}, "reason", "The round is closed: say in a few words"),
        ("correct", {"label": "other", "reason": "x" * 501}, "reason", "That is 501 characters; 500 are enough."),
    ],
)
def test_bad_input_is_answered_beside_its_field(
    desk: Bench, store: Store, do: str, entered: dict[str, str], field: str, words: str
) -> None:
    (query,) = open_round(store, ["a"])
    close_round(store)
    found = errors(submit(desk, opened(desk, menu(query, do)), **entered))
    assert list(found) == [field]
    assert found[field].startswith(words)
    assert list(store.decisions.log("brand")) == list(store.votes.log("brand")) == []


def test_a_round_that_is_learned_from_just_now(desk: Bench, store: Store) -> None:
    (query,) = open_round(store, ["a"])
    view = opened(desk, menu(query, "correct"))
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    store.rounds.begin_closing("brand", 1, CloseReason.LEAD, desk.clock.now(), lease.token)
    found = errors(submit(desk, view, label="other", reason="x"))
    assert found == {"label": "The model is just learning from this round; please try again in a minute."}


def test_what_is_not_saved_is_said(desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (query,) = open_round(store, ["a"])
    view = opened(desk, menu(query, "flag"))

    def unavailable(*_: object, **__: object) -> None:
        raise StoreUnavailableError("Redis can't be reached")

    monkeypatch.setattr(store.decisions, "record", unavailable)
    assert errors(submit(desk, view, reason="x")) == {"reason": "Not saved, please try again."}
    back = send(desk, in_modal(view, "flag_undo", {"q": query}, "U0ANA"))
    assert back.status == 503


def test_a_form_says_that_nothing_was_saved_before_anybody_looks_at_it(
    desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (query,) = open_round(store, ["a"])
    view = opened(desk, menu(query, "flag"))

    def fails(*_: object) -> None:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(store.guard, "first_time", fails)
    assert errors(submit(desk, view, reason="odd"))["reason"].startswith("Not saved")
    told = {**view, "blocks": view["blocks"][:1]}
    assert "Not saved" in texts(submit(desk, told)["view"])


@pytest.mark.parametrize("metadata", ["", "[]", "{}", '{"q": null}', "not json"])
def test_modals_that_nobody_wrote_are_closed(desk: Bench, store: Store, metadata: str) -> None:
    (query,) = open_round(store, ["a"])
    for do in ("flag", "correct"):
        view = opened(desk, menu(query, do)) | {"private_metadata": metadata}
        answer = json.loads(send(desk, submission(view, "U0ANA", reason="x", label="other")).body)
        assert answer == {"response_action": "clear"}


def test_several_labels_are_ticked(desk: Bench, store: Store) -> None:
    (query,) = open_round(store, ["a"], labels=("spam", "rude", "fine"), positive="spam", multi_label=True)
    view = opened(desk, menu(query, "correct"))
    assert submit(desk, view, label=["rude", "spam"])["response_action"] == "update"
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": '["spam","rude"]'}}
    assert "none of these" in texts(submit(desk, view, label=[], view_id="V2")["view"])
    assert list(errors(submit(desk, view, label=["gone"], view_id="V3"))) == ["label"]
