"""Modals (open, submit, errors, update, push, close, the labelling loop) and App Home."""

from __future__ import annotations

import re
from typing import Any

from browser_kit import Room, Seen, button, config, item, last_message, listening, options, room, section
from playwright.sync_api import Browser, Page, expect
from slack_bolt import Ack
from slack_sdk import WebClient

Json = dict[str, Any]


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": text(label),
        "element": {"action_id": "v", **element},
        **more,
    }


def view(title: str, *blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text(title),
        "close": text("Cancel"),
        "blocks": list(blocks),
        **more,
    }


FORM = view(
    "Correct this",
    section("Predicted: *other*"),
    field(
        "label",
        "Label",
        {"type": "static_select", "options": options("negative", "other"), "placeholder": text("Choose")},
    ),
    field("why", "Why", {"type": "plain_text_input", "multiline": True}, hint=text("Others see this.")),
    field(
        "sure",
        "How sure",
        {"type": "radio_buttons", "options": options("very", "a little"), "initial_option": options("very")[0]},
    ),
    field("tags", "Tags", {"type": "checkboxes", "options": options("sarcasm", "slang")}, optional=True),
    submit=text("Save"),
    notify_on_close=True,
)


def opener(place: Room, first: Json) -> None:
    place.post("item", blocks=[{"type": "actions", "block_id": "b", "elements": [button("Open", "open")]}])

    @place.app.action("open")
    def opened(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=first)


def open_form(place: Room) -> Page:
    page = place.open()
    page.get_by_role("button", name="Open").click()
    page.get_by_role("dialog", name="Correct this").wait_for()
    return page


def test_a_form_is_filled_refused_corrected_and_sent(place: Room) -> None:
    opener(place, FORM)
    seen = Seen()

    @place.app.view("form")
    def submitted(ack: Ack, body: Json) -> None:
        values = body["view"]["state"]["values"]
        if len(values["why"]["v"]["value"]) < 10:
            ack(response_action="errors", errors={"why": "Say a little more."})
        else:
            ack()
        seen.put(values)

    with listening(place):
        page = open_form(place)
        expect(page.get_by_label("Label")).to_be_focused()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Please complete this required field.")).to_have_count(2)
        expect(page.get_by_label("Label")).to_have_attribute("aria-invalid", "true")
        assert seen.empty  # the app is not asked before the form is complete
        page.get_by_label("Label").select_option("negative")
        page.get_by_label("Why").fill("sarcasm")
        page.get_by_label("slang").check()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Say a little more.")).to_be_visible()
        expect(page.get_by_label("Why")).to_be_focused()
        seen.next()
        page.get_by_label("Why").fill("it is sarcasm & <b>bold</b>")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("button", name="Open")).to_be_focused()
    values = seen.next()
    assert values["label"]["v"]["selected_option"]["value"] == "negative"
    assert values["why"]["v"] == {"type": "plain_text_input", "value": "it is sarcasm & <b>bold</b>"}
    assert values["sure"]["v"]["selected_option"]["value"] == "very"
    assert [option["value"] for option in values["tags"]["v"]["selected_options"]] == ["slang"]


def test_escape_and_cancel_close_and_tell_the_app(place: Room) -> None:
    opener(place, FORM)
    seen = Seen()

    @place.app.view_closed("form")
    def closed(ack: Ack, body: Json) -> None:
        ack()
        seen.put(body["type"])

    with listening(place):
        page = open_form(place)
        page.keyboard.press("Escape")
        assert seen.next() == "view_closed"
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.get_by_role("button", name="Open").click()
        page.get_by_role("button", name="Cancel").click()
        assert seen.next() == "view_closed"


def test_a_pushed_view_lies_on_top_and_keeps_what_was_typed_below(place: Room) -> None:
    first = view(
        "Below",
        field("name", "Name", {"type": "plain_text_input"}),
        {"type": "actions", "block_id": "p", "elements": [button("Guidelines", "push")]},
        submit=text("Save"),
    )
    opener(place, first)

    @place.app.action("push")
    def push(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=view("On top", section("The guidelines")))

    with listening(place):
        page = place.open()
        page.get_by_role("button", name="Open").click()
        page.get_by_label("Name").fill("half typed")
        page.get_by_role("button", name="Guidelines").click()
        expect(page.get_by_role("dialog", name="On top")).to_be_visible()
        page.get_by_role("button", name="Back").click()
        expect(page.get_by_role("dialog", name="Below")).to_be_visible()
        expect(page.get_by_label("Name")).to_have_value("half typed")


def test_the_labelling_loop_goes_from_item_to_item_by_keys_alone(place: Room) -> None:
    opener(place, view("Your queue", *item("item 0"), private_metadata="0"))
    votes = Seen()

    @place.app.action({"block_id": "answer"})
    def vote(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        number = int(body["view"]["private_metadata"])
        following = view("Your queue", *item(f"item {number + 1}"), private_metadata=str(number + 1))
        client.views_update(view_id=body["view"]["id"], view=following)
        votes.put((number, body["actions"][0]["value"]))

    with listening(place):
        page = place.open()
        page.get_by_role("button", name="Open").click()
        for number, (key, label) in enumerate((("1", "negative"), ("2", "other"), ("1", "negative"))):
            expect(page.get_by_role("dialog")).to_contain_text(f"item {number}")
            page.keyboard.press(key)
            assert votes.next() == (number, label)
        expect(page.get_by_role("dialog")).to_contain_text("item 3")


def test_a_submission_can_replace_the_view_or_fail_visibly(browser: Browser) -> None:
    with room(browser, config(ack_seconds=0.3)) as place:
        opener(place, view("First", section("one"), submit=text("Next")))

        @place.app.view("form")
        def submitted(ack: Ack, body: Json) -> None:
            if body["view"]["title"]["text"] == "First":
                ack(response_action="update", view=view("Second", section("two"), submit=text("Next")))

        with listening(place):
            page = place.open()
            page.get_by_role("button", name="Open").click()
            page.get_by_role("button", name="Next").click()
            expect(page.get_by_role("dialog", name="Second")).to_be_visible()
            page.get_by_role("button", name="Next").click()
            expect(page.get_by_role("dialog").get_by_text("the app did not answer within 3 seconds")).to_be_visible()
            expect(page.get_by_role("button", name="Next")).not_to_have_attribute("aria-busy", "true")
            page.get_by_role("button", name="Cancel").click()
            expect(page.get_by_role("dialog")).to_have_count(0)


def test_home_is_published_when_opened_and_its_buttons_work(place: Room) -> None:
    @place.app.event("app_home_opened")
    def opened(event: Json, client: WebClient) -> None:
        client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [section("19 items wait"), *item("queued item")]}
        )

    @place.app.action("label_1")
    def vote(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_publish(
            user_id=body["user"]["id"], view={"type": "home", "blocks": [section("18 items wait"), *item("next item")]}
        )

    with listening(place):
        page = place.open()
        expect(page.get_by_role("button", name="Roundtable Home")).to_be_visible()
        page.get_by_role("button", name="Roundtable Home").click()
        expect(page.get_by_text("19 items wait")).to_be_visible()
        expect(page).to_have_url(re.compile("view=home"))
        page.get_by_role("button", name="other").click()
        expect(page.get_by_text("18 items wait")).to_be_visible()
        expect(page.get_by_role("button", name="other")).to_be_focused()
        page.keyboard.press("2")
        page.get_by_role("button", name="brand-safety").click()
        expect(page.locator("#home")).to_be_hidden()
        place.post("in the channel")
        expect(last_message(page, "in the channel")).to_be_visible()
