"""Adjudication by signed payloads: the queue of disputed items, decisions changed and withdrawn, bad input, rights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import responses
from decision_world import close_round, errors, from_home, home, opened, submission, submit
from queue_world import at_home, elements, in_modal, inner, send, texts
from slack_world import HOSTILE, Bench, bench, click, open_round, until

from bot.domain import Again, StoreUnavailableError, Why
from bot.services import decisions
from bot.services.ports import Store
from bot.slack.blocks.decisions import Place, decide_view
from bot.slack.limits import check_view


@pytest.fixture
def led(store: Store, hooks: responses.RequestsMock) -> Iterator[Bench]:
    """Two ties, i0 with a hostile text, and one item without a dispute; U0LEAD leads."""
    made = bench(store, leads=("U0LEAD",))
    queries = open_round(store, [HOSTILE, "second", "third"])
    for query in queries[:2]:
        send(made, click("label_0", {"q": query, "l": "negative"}, user="U0ANA", url=""))
        send(made, click("label_1", {"q": query, "l": "other"}, user="U0BEN", url=""))
    yield made
    made.close()


def test_one_disputed_item_after_the_other_is_decided(led: Bench, store: Store) -> None:
    assert "2 items wait for a lead's decision (2 ties)." in texts(home(led, "U0LEAD"))
    first = from_home(led, "U0LEAD", "Decide")
    assert HOSTILE in first["blocks"][0]["elements"][0]["elements"][0]["text"]
    parts = first["blocks"][1]["elements"][0]["elements"]
    assert [part.get("user_id") or part["text"] for part in parts] == [
        "U0ANA", ": negative", "\n", "U0BEN", ": other",
    ]  # fmt: skip
    assert "Here because: a tie. 2 items wait for a decision in all." in texts(first)
    second = submit(led, first, "U0LEAD", label="other", reason="irony")["view"]
    assert "second" in texts(second)
    fields = [block["block_id"] for view in (first, second) for block in view["blocks"] if block["type"] == "input"]
    assert len(set(fields)) == 4, "Slack keeps what was entered in a field of the same id"
    last = submit(led, second, "U0LEAD", label="negative", reason="plain")["view"]
    assert "Nothing waits for a decision. Thank you!" in texts(last)
    log = [
        (entry.kind, entry.item_id, entry.label, entry.reason, entry.user_id) for entry in store.decisions.log("brand")
    ]
    assert log == [
        ("override", "i0", "other", "irony", "U0LEAD"),
        ("override", "i1", "negative", "plain", "U0LEAD"),
    ]
    assert {item: label.decided_by for item, label in store.votes.labels("brand").items()} == {
        "i0": "override",
        "i1": "override",
    }


def test_later_leaves_an_item_for_later(led: Bench, store: Store) -> None:
    view = from_home(led, "U0LEAD", "Decide")
    for words in ("second", "You left 2 items for later."):
        (button,) = [each for each in elements(view) if each["action_id"] == "decide_later"]
        before = len(led.gateway.views)
        assert send(led, in_modal(view, "decide_later", json.loads(button["value"]), "U0LEAD")).status == 200
        view = until(lambda before=before: led.gateway.views[before:])[0]["view"]
        assert words in texts(view)
    assert list(store.decisions.log("brand")) == []


def test_a_decision_is_changed_and_withdrawn_from_home(led: Bench, store: Store) -> None:
    submit(led, from_home(led, "U0LEAD", "Decide"), "U0LEAD", label="other", reason="irony")
    name = next(
        each["accessibility_label"] for each in elements(home(led, "U0LEAD")) if each["action_id"] == "decide_again"
    )
    assert name.startswith("Change the decision: <!channel>")
    view = from_home(led, "U0LEAD", name)
    assert " decided on other: “irony”" in texts(view)
    answer = submit(led, view, "U0LEAD", label="negative", reason="no, it is meant", view_id="V2")
    assert "Decided: *negative*." in texts(answer["view"])
    assert store.votes.labels("brand")["i0"].value == "negative"
    answer = submit(
        led, from_home(led, "U0LEAD", name), "U0LEAD", instead=["withdraw"], reason="too soon", view_id="V3"
    )
    assert "The decision is withdrawn: the votes decide again." in texts(answer["view"])
    assert "i0" not in store.votes.labels("brand")
    assert [entry.kind for entry in store.decisions.log("brand")] == ["override", "override", "withdraw"]
    assert store.rebuild("brand", write=False) == []


def test_what_another_lead_has_done_meanwhile_is_not_said_to_be_done_now(led: Bench, store: Store) -> None:
    submit(led, from_home(led, "U0LEAD", "Decide"), "U0LEAD", label="other", reason="irony")
    flag = opened(led, click("more", {"q": "brand:1:0", "do": "flag"}, selected=True, user="U0CHI"))
    submit(led, flag, "U0CHI", reason="names")
    change = {"project": "brand", "item": "i0"}
    first, second = (opened(led, at_home("decide_again", change, "U0LEAD")) for _ in range(2))
    settled = [
        submit(led, view, "U0LEAD", view_id=f"S{n}", instead=["settle"], reason="r")["view"]
        for n, view in enumerate((first, second))
    ]
    assert "Noted. The label stays" in texts(settled[0])
    assert "Somebody had looked at it already." in texts(settled[1])
    withdrawn = [
        submit(led, view, "U0LEAD", view_id=f"W{n}", instead=["withdraw"], reason="r")["view"]
        for n, view in enumerate((first, second))
    ]
    assert "The decision is withdrawn: the votes decide again." in texts(withdrawn[0])
    assert "That decision had been withdrawn already: the votes decide." in texts(withdrawn[1])


def test_what_the_model_said_is_shown_where_it_can_help(led: Bench, store: Store) -> None:
    told = {"suggestion": "negative", "model_score": 0.6249, "model_version": "brand:m1-118"}
    line = "it would have said negative. Its score for negative was 0.62 (model m1-118)."

    def shown(*, audit_per_round: int = 0, **more: Any) -> bool:
        """Of an item that was asked so."""
        case = store.decisions.case("brand", "i0")
        asked = store.rounds.query("brand:1:0").model_copy(update=told | more)
        project = case.project.model_copy(update={"audit_per_round": audit_per_round})
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store.rounds, "query", lambda _: asked)
            found = decisions.model_said(store, case.model_copy(update={"project": project}))
        view = decide_view(case, Place("brand", "i0", Why.TIE), 1, found)
        assert check_view(view) == []
        return line in texts(view)

    assert shown()
    assert not shown(suggestion=None, model_score=None, model_version=None), "there was no model yet"
    assert not shown(again=Again.REASK), "the model had learned this item's label"
    assert not shown(audit=True), "it measures the model"
    assert not shown(audit_per_round=10), "that others measure is not to be told before the round is over"
    close_round(store)
    assert shown(audit_per_round=10) and not shown(audit_per_round=10, audit=True)


def test_a_flag_is_looked_at_without_a_decision_on_the_label(led: Bench, store: Store) -> None:
    flag = click("more", {"q": "brand:1:2", "do": "flag"}, selected=True, user="U0CHI")
    submit(led, opened(led, flag), "U0CHI", reason="names a person")
    assert "The leads have not looked at it yet." in texts(opened(led, flag))
    view = from_home(led, "U0LEAD", "Decide")
    both = errors(submit(led, view, "U0LEAD", instead=["settle", "withdraw"], reason="x"))
    assert both == {"instead": "Tick one of these at most."}
    answer = submit(led, view, "U0LEAD", instead=["settle"], reason="that is public", view_id="V2")
    assert "Here because: a tie." in texts(answer["view"])
    assert "A lead has looked at it since." in texts(opened(led, flag))
    assert store.rounds.query_view("brand:1:2").flags == ()
    *_, settled = store.decisions.log("brand")
    assert (settled.kind, settled.label, settled.reason) == ("settle", None, "that is public")
    assert "i2" not in store.votes.labels("brand")


def test_an_item_that_comes_twice_in_one_modal_is_decided_twice(led: Bench, store: Store) -> None:
    flag = click("more", {"q": "brand:1:0", "do": "flag"}, selected=True, user="U0CHI")
    submit(led, opened(led, flag), "U0CHI", reason="names a person")
    flagged = from_home(led, "U0LEAD", "Decide")
    view = submit(led, flagged, "U0LEAD", instead=["settle"], reason="that is public")["view"]
    assert view["blocks"][0] == flagged["blocks"][0] and "Here because: a tie." in texts(view)
    submit(led, view, "U0LEAD", label="other", reason="irony")
    assert [entry.kind for entry in store.decisions.log("brand")] == ["flag", "settle", "override"]
    assert store.votes.labels("brand")["i0"].value == "other"
    assert store.rebuild("brand", write=False) == []


def test_a_decision_thought_better_of_after_it_was_not_saved_counts(
    led: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, record = from_home(led, "U0LEAD", "Decide"), store.decisions.record

    def in_memory_alone(*args: Any, **kwargs: Any) -> None:
        record(*args, **kwargs)
        raise StoreUnavailableError("not on disk")

    with monkeypatch.context() as trouble:
        trouble.setattr(store.decisions, "record", in_memory_alone)
        assert errors(submit(led, view, "U0LEAD", label="other", reason="x"))["reason"].startswith("Not saved")
    for _ in range(2):
        submit(led, view, "U0LEAD", label="negative", reason="y")
    assert store.votes.labels("brand")["i0"].value == "negative"
    assert len(list(store.decisions.log("brand"))) == 2


def test_a_late_change_does_not_move_what_a_lead_decided(led: Bench, store: Store) -> None:
    submit(led, from_home(led, "U0LEAD", "Decide"), "U0LEAD", label="other", reason="irony")
    close_round(store)
    view = opened(led, click("more", {"q": "brand:1:0", "do": "correct"}, selected=True, user="U0BEN"))
    assert " decided on other: “irony”" in texts(view), "people see the reason"
    answer = submit(led, view, "U0BEN", label="negative", reason="sure", view_id="V2")
    assert "The item keeps the label that a lead decided on." in texts(answer["view"])
    assert store.votes.labels("brand")["i0"].value == "other"


def test_what_people_said_is_shown_to_the_adjudicator(led: Bench, store: Store) -> None:
    flag = opened(led, click("more", {"q": "brand:1:2", "do": "flag"}, selected=True, user="U0CHI"))
    submit(led, flag, "U0CHI", reason="names\na person <!here>")
    first = from_home(led, "U0LEAD", "Decide")
    assert "third" in texts(first), "flags come first"
    assert " flagged it: “names a person <!here>”" in texts(first)
    assert all(block["type"] != "section" for block in first["blocks"]), "nothing that people wrote is parsed"


@pytest.mark.parametrize(
    ("entered", "field", "words"),
    [
        ({"label": "other"}, "reason", "Give a reason: people will see why."),
        ({"label": "other", "reason": "  "}, "reason", "Give a reason: people will see why."),
        ({"label": "other", "reason": "x" * 501}, "reason", "That is 501 characters; 500 are enough."),
        ({"reason": "x"}, "label", "Choose a label."),
        ({"label": "<!channel>", "reason": "x"}, "label", "'<!channel>' is no longer a label of Brand safety"),
    ],
)
def test_bad_input_is_answered_beside_its_field(
    led: Bench, store: Store, entered: dict[str, str], field: str, words: str
) -> None:
    found = errors(submit(led, from_home(led, "U0LEAD", "Decide"), "U0LEAD", **entered))
    assert list(found) == [field]
    assert found[field].startswith(words)
    assert list(store.decisions.log("brand")) == []


def test_only_leads_decide(led: Bench, store: Store) -> None:
    assert "decide_start" not in texts(home(led, "U0ANA"))
    view = from_home(led, "U0LEAD", "Decide")
    assert errors(submit(led, view, "U0ANA", label="other", reason="x")) == {
        "reason": "Only leads of Brand safety can decide disputed items. Ask whoever leads it or an admin of this workspace."
    }
    led.gateway.homes.clear()
    assert send(led, at_home("decide_start", {"project": "brand"}, "U0ANA")).status == 200
    until(lambda: "U0ANA" in led.gateway.homes)
    assert "Only leads of Brand safety can decide disputed items. Ask <@U0LEAD>" in texts(led.gateway.homes["U0ANA"])
    assert send(led, at_home("decide_again", {"project": "brand", "item": "i0"}, "U0ANA")).status == 200
    assert list(store.decisions.log("brand")) == []


def test_leads_who_are_not_in_the_channel_see_no_items(led: Bench, store: Store) -> None:
    view = from_home(led, "U0LEAD", "Decide")
    led.gateway.people["C1"] = frozenset({"U0ANA"})
    inner(led).members._known.clear()
    assert "decide_start" not in texts(home(led, "U0LEAD"))
    led.gateway.homes.clear()
    assert send(led, at_home("decide_start", {"project": "brand"}, "U0LEAD")).status == 200
    until(lambda: "U0LEAD" in led.gateway.homes)
    assert "You are not in that project's channel." in texts(led.gateway.homes["U0LEAD"])
    assert "not in that project's channel" in errors(submit(led, view, "U0LEAD", label="other", reason="x"))["reason"]
    assert list(store.decisions.log("brand")) == []


def test_what_is_not_saved_is_said(led: Bench, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    view = from_home(led, "U0LEAD", "Decide")

    def unavailable(*_: object, **__: object) -> None:
        raise StoreUnavailableError("Redis can't be reached")

    monkeypatch.setattr(store.decisions, "record", unavailable)
    assert errors(submit(led, view, "U0LEAD", label="other", reason="x")) == {"reason": "Not saved, please try again."}


def test_a_delivery_twice_and_a_modal_that_nobody_wrote(led: Bench, store: Store) -> None:
    view = from_home(led, "U0LEAD", "Decide")
    for _ in range(2):
        submit(led, view, "U0LEAD", label="other", reason="x")
    assert len(list(store.decisions.log("brand"))) == 1
    for metadata in ("", "{}", '{"p": "brand", "i": "i0", "w": "because"}'):
        forged = submission(view | {"private_metadata": metadata}, "U0LEAD", label="other", reason="y")
        assert json.loads(send(led, forged).body) == {"response_action": "clear"}
    gone = view | {"private_metadata": '{"p": "brand", "i": "i99", "w": "tie"}'}
    assert errors(submit(led, gone, "U0LEAD", label="other", reason="y")) == {
        "reason": "Project brand has no item i99."
    }
