"""Help while labelling: many labels in a menu, guidelines, why an item is asked, suggestions."""

from __future__ import annotations

import json
from typing import Any

import pytest
import responses
from queue_world import Person, elements, in_modal, send, texts
from slack_bolt import BoltRequest, BoltResponse
from slack_world import (
    HOSTILE,
    RESPONSE_URL,
    Bench,
    a_project,
    a_query,
    a_report,
    a_view,
    click,
    form,
    open_round,
    signed,
    until,
)

from bot.domain import QueryView, RoundState
from bot.services.ports import Store
from bot.slack.blocks.guidance import guidelines_view, looks_for, why_view
from bot.slack.blocks.items import item_message
from bot.slack.blocks.queue import Trail, item_view
from bot.slack.blocks.reports import report_message
from bot.slack.limits import check_message, check_view
from learner.strategies import registry

MANY = tuple(f"label {n}" for n in range(100))
# The longest there may be, and as long as JSON makes them.
WIDE = tuple(f"{n:02}" + '"' * 8 + "ж" * 65 for n in range(11))
GUIDE = {"negative": f"Complaints, also ironic ones. {HOSTILE}"}


def sent(desk: Bench, payload: dict[str, Any]) -> BoltResponse:
    body, headers = signed(form(payload))
    return desk.app.dispatch(BoltRequest(body=body, headers=dict(headers)))


def picked(action_id: str, value: str, **more: Any) -> dict[str, Any]:
    """A choice in a menu."""
    payload = click(action_id, value, selected=True, **more)
    payload["actions"][0]["type"] = "static_select"
    return payload


@pytest.mark.parametrize("labels", [MANY, WIDE, MANY[:11]], ids=["hundred", "wide", "eleven"])
def test_more_than_ten_labels_are_a_menu_within_slacks_limits(labels: tuple[str, ...]) -> None:
    view = a_view("x", project=a_project(id="p" * 40, labels=labels, positive=labels[0]))
    view = view.model_copy(update={"query": a_query(499, "p" * 40, 9_999)})
    message = item_message(view)
    assert check_message(message.payload()) == []
    (menu,) = [e for b in message.blocks for e in b.get("elements", []) if e["type"] == "static_select"]
    assert [json.loads(option["value"]) for option in menu["options"]] == [
        {"q": view.query.id, "l": label} for label in labels
    ]
    assert check_view(item_view(view, Trail(view.project.id), "U1")) == []


def test_a_choice_in_the_menu_is_a_vote(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    (asked,) = open_round(store, ["a"], labels=MANY, positive="label 0")
    assert sent(desk, picked("label_menu", json.dumps({"q": asked, "l": "label 77"}))).status == 200
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": "label 77"}}
    until(lambda: len(hooks.calls) == 1)


def test_a_label_that_is_gone_is_said_however_long_the_others_are(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    long = tuple(f"{n:03}{'x' * 72}" for n in range(100))
    (asked,) = open_round(store, ["a"], labels=long, positive=long[0])
    hooks.post(RESPONSE_URL, body="ok")
    assert sent(desk, picked("label_menu", json.dumps({"q": asked, "l": "gone"}))).status == 200
    assert "'gone' is no longer a label" in json.loads(until(lambda: hooks.calls)[0].request.body)["text"]


def test_the_queue_has_the_menu_too(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"], labels=MANY, positive="label 0")
    ana = Person(desk)
    (menu,) = [each for each in elements(ana.start()) if each["type"] == "static_select"]
    chosen = in_modal(ana.shown or {}, menu["action_id"], {}, "U0ANA")
    chosen["actions"][0] = {
        **{"type": "static_select", "action_id": menu["action_id"], "action_ts": "1.5"},
        "selected_option": menu["options"][42],
    }
    assert send(desk, chosen).status == 200
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": "label 42"}}
    ana.shown = until(lambda: desk.gateway.views[1:])[0]["view"]
    ana.submit()  # Next without an answer
    assert "Choose a label, Unsure, or Skip." in texts(ana.shown or {})


def test_guidelines_and_reasons_open_from_the_menu(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    (asked,) = open_round(store, ["a"], guidelines=GUIDE)
    for number, (do, title) in enumerate([("guidelines", "Guidelines"), ("why", "Why am I asked?")], start=1):
        assert sent(desk, click("more", {"q": asked, "do": do}, selected=True)).status == 200
        until(lambda number=number: len(desk.gateway.views) == number)
        assert desk.gateway.views[-1]["view"]["title"]["text"] == title


def test_guidelines_and_reasons_lie_on_top_of_the_queue(desk: Bench, store: Store) -> None:
    open_round(store, ["a"], guidelines=GUIDE)
    ana = Person(desk)
    ana.start()
    for words, said in (("Guidelines", "Complaints, also ironic ones."), ("Why?", "This round asks for")):
        assert send(desk, ana.payload(words)).status == 200
        top = until(lambda said=said: [each for each in desk.gateway.views if said in texts(each["view"])])[0]
        assert "trigger_id" in top, "pushed, so that the item stays below"


def test_without_guidelines_nothing_offers_them() -> None:
    view = a_view("x")
    assert "Guidelines" not in json.dumps([item_message(view).blocks, item_view(view, Trail("brand"), "U1")])


def test_guidelines_are_shown_as_they_are() -> None:
    shown = guidelines_view(a_project(guidelines=GUIDE))
    assert check_view(shown) == []
    assert [block["type"] for block in shown["blocks"]] == ["rich_text"], "nothing in it is parsed"
    assert "ironic" in texts(shown)
    full = {label: "x" * 2_900 for label in MANY}
    assert check_view(guidelines_view(a_project(labels=MANY, positive="label 0", guidelines=full))) == []
    assert "no guidelines yet" in texts(guidelines_view(a_project()))


def asked(*, over: bool = False, **query: Any) -> QueryView:
    """An item that was asked, with the model's reasons."""
    told = {"words": (("rude", 1.3), ("<!channel>", -0.2)), "model_score": 0.41, "model_version": "brand:m1-2"}
    made = a_query().model_copy(update=told | query)
    return a_view("x", round_state=RoundState.CLOSED if over else RoundState.OPEN).model_copy(update={"query": made})


def test_the_reason_says_strategy_score_words_and_model() -> None:
    shown = why_view(asked(over=True, strategy="entropy", score=0.69, rank=3))
    assert check_view(shown) == []
    said = texts(shown)
    for part in (
        "least sure about",
        "0.41",
        "pulls strongly towards negative",
        "a little away from",
        "brand:m1-2",
        "number 3 on the list",
    ):
        assert part in said
    parsed = [block["text"]["text"] for block in shown["blocks"] if block["type"] == "section"]
    assert not any("<!" in text for text in parsed)


def test_while_the_round_is_open_an_audit_item_reads_like_any_other() -> None:
    chosen = asked(strategy="entropy", score=0.69, rank=3)
    drawn = asked(strategy="audit", audit=True, inclusion_probability=0.02)
    assert why_view(chosen) == why_view(drawn)
    over = texts(why_view(asked(over=True, strategy="audit", audit=True, inclusion_probability=0.02)))
    assert "drawn by chance" in over and "a 2.00% chance of being drawn" in over


def test_every_strategy_has_plain_words() -> None:
    for name in registry.names():
        assert "strategy" not in looks_for(name), name
    assert "likely hits" in looks_for("hybrid:0.5,0.4,0.1")


def test_suggestions_are_shown_only_where_the_project_wants_them() -> None:
    view = asked(suggestion="negative")
    with_it = view.model_copy(update={"project": a_project(suggestions=True)})
    for shown, expected in ((view, False), (with_it, True)):
        message, modal = item_message(shown), item_view(shown, Trail("brand"), "U1")
        assert ("The model would say: negative" in json.dumps(message.blocks)) is expected
        assert ("The model would say: negative" in message.text) is expected
        assert ("The model would say: negative" in json.dumps(modal)) is expected


def test_the_report_says_how_often_people_agreed_with_what_they_were_shown() -> None:
    report = a_report(suggested={"share": 0.9, "items": 48})
    said = json.dumps(report_message(a_project(), report).blocks)
    assert "the model's suggestion was shown, and 90% of the answers on 48 items agreed with it" in said
