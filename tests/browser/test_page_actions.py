"""Acting: buttons, menus, inputs in messages, keys, commands, shortcuts, ephemeral answers, an app that is silent."""

from __future__ import annotations

from typing import Any

import pytest
from browser_kit import (
    CHANNEL,
    PHONE,
    Room,
    Seen,
    button,
    config,
    item,
    last_message,
    listening,
    options,
    room,
    section,
)
from playwright.sync_api import Browser, expect
from slack_bolt import Ack, Respond


def test_a_click_reaches_the_app_and_its_answer_replaces_the_message(place: Room) -> None:
    seen = Seen()

    @place.app.action("label_0")
    def label(ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        ack()
        respond(replace_original=True, text="Ana: negative", blocks=[section("Ana: *negative*")])
        seen.put(body)

    place.post("item", blocks=item("an item"))
    with listening(place):
        page = place.open()
        page.get_by_role("button", name="negative").click()
        expect(last_message(page, "Ana: negative")).to_be_visible()
        expect(last_message(page, "Ana: negative")).to_be_focused()
    body = seen.next()
    assert (body["type"], body["user"]["id"], body["actions"][0]["value"]) == ("block_actions", "U0ANA", "negative")
    assert page.get_by_role("button", name="negative").count() == 0


def test_the_overflow_menu_works_with_mouse_and_keys(place: Room) -> None:
    seen = Seen()

    @place.app.action("more")
    def more(ack: Ack, action: dict[str, Any]) -> None:
        ack()
        seen.put(action["selected_option"]["value"])

    place.post("item", blocks=item())
    with listening(place):
        page = place.open()
        menu = page.get_by_role("button", name="More actions")
        menu.click()
        page.get_by_role("menuitem", name="Undo").click()
        assert seen.next() == "Undo"
        expect(menu).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("menuitem", name="Read all")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert seen.next() == "Read all"
        menu.click()
        page.keyboard.press("Escape")
        expect(page.get_by_role("menu")).to_have_count(0)
        assert seen.empty


def test_a_menu_goes_along_when_the_list_scrolls(place: Room) -> None:
    for number in range(30):
        place.post(f"item {number}", blocks=item(f"item {number}"))
    page = place.open()
    menu = last_message(page, "item 28").get_by_role("button", name="More actions")
    menu.click()
    before = page.get_by_role("menu").bounding_box()
    page.locator("#messages").evaluate("node => node.scrollBy(0, -60)")
    expect(page.get_by_role("menu")).to_be_visible()
    page.wait_for_function(
        "top => document.querySelector('.menu').getBoundingClientRect().top !== top", arg=before and before["y"]
    )
    page.locator("#messages").evaluate("node => node.scrollTop = 0")
    expect(page.get_by_role("menu")).to_have_count(0)


def test_menus_boxes_and_dates_in_a_message_send_what_was_chosen(place: Room) -> None:
    seen = Seen()
    elements = [
        {
            "type": "static_select",
            "action_id": "pick",
            "options": options("a", "b"),
            "placeholder": {"type": "plain_text", "text": "Label"},
        },
        {"type": "radio_buttons", "action_id": "one", "options": options("left", "right")},
        {"type": "checkboxes", "action_id": "many", "options": options("x", "y")},
        {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-20"},
    ]

    @place.app.action({"block_id": "all", "action_id": "pick"})
    @place.app.action({"block_id": "all", "action_id": "one"})
    @place.app.action({"block_id": "all", "action_id": "many"})
    @place.app.action({"block_id": "all", "action_id": "day"})
    def chosen(ack: Ack, action: dict[str, Any]) -> None:
        ack()
        seen.put(action)

    ts = place.post("inputs", blocks=[{"type": "actions", "block_id": "all", "elements": elements}])
    with listening(place):
        page = place.open()
        page.get_by_label("Label").select_option("b")
        assert seen.next()["selected_option"]["value"] == "b"
        page.get_by_role("radio", name="right").check()
        assert seen.next()["selected_option"]["value"] == "right"
        page.get_by_role("checkbox", name="x").check()
        seen.next()
        page.get_by_role("checkbox", name="y").check()
        assert [o["value"] for o in seen.next()["selected_options"]] == ["x", "y"]
        page.locator("input[type=date]").fill("2026-12-24")
        assert seen.next()["selected_date"] == "2026-12-24"
        place.client.chat_update(
            channel=CHANNEL,
            ts=ts,
            text="again",
            blocks=[section("new"), {"type": "actions", "block_id": "all", "elements": elements}],
        )
        expect(page.get_by_text("new", exact=True)).to_be_visible()
        expect(page.get_by_label("Label")).to_have_value("b")  # choices outlive a re-rendering
        expect(page.get_by_role("radio", name="right")).to_be_checked()


def test_digits_vote_on_the_focused_message_and_j_goes_on(place: Room) -> None:
    votes = Seen()

    @place.app.action({"block_id": "answer"})
    def vote(ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        ack()
        text = f"{body['message']['text']}: {body['actions'][0]['value']}"
        respond(replace_original=True, text=text, blocks=[section(text)])
        votes.put(text)

    for number in range(3):
        place.post(f"item {number}", blocks=item(f"item {number}"))
    with listening(place):
        page = place.open()
        last_message(page, "item 0").focus()
        page.keyboard.press("1")
        assert votes.next() == "item 0: negative"
        expect(last_message(page, "item 0: negative")).to_be_focused()
        page.keyboard.press("j")
        expect(last_message(page, "item 1")).to_be_focused()
        page.keyboard.press("2")
        assert votes.next() == "item 1: other"
        expect(last_message(page, "item 1: other")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("3")
        assert votes.next() == "item 2: Skip"
        expect(last_message(page, "item 2: Skip")).to_be_focused()
        page.keyboard.press("k")
        page.keyboard.press("k")
        page.keyboard.press("k")
        expect(last_message(page, "item 0")).to_be_focused()
        page.keyboard.press("/")
        expect(page.get_by_label("Message #brand-safety")).to_be_focused()
        page.keyboard.type("12 j")  # typing is only typing
        expect(page.get_by_label("Message #brand-safety")).to_have_value("12 j")
        assert votes.empty


def test_keys_open_and_close_a_thread(place: Room) -> None:
    top = place.post("the round", blocks=[section("the round")])
    place.post("a reply", thread_ts=top)
    page = place.open()
    page.keyboard.press("j")
    expect(last_message(page, "the round")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Reply…")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#thread")).to_be_hidden()
    expect(last_message(page, "the round")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard")).to_have_count(0)


def test_a_command_is_completed_sent_and_answered_for_one_person(place: Room) -> None:
    seen = Seen()

    @place.app.command("/roundtable")
    def command(ack: Ack, body: dict[str, Any]) -> None:
        ack(text="Round 3: *31* of 50")
        seen.put(body["text"])

    with listening(place):
        page, other = place.open("U0ANA"), place.open("U0BEN")
        box = page.get_by_label("Message #brand-safety")
        box.press_sequentially("/ro")
        expect(page.get_by_role("option", name="/roundtable")).to_be_visible()
        box.press("Enter")
        expect(box).to_have_value("/roundtable ")
        box.press_sequentially("status")
        box.press("Enter")
        assert seen.next() == "status"
        answer = page.locator(".message.ephemeral")
        expect(answer).to_contain_text("Round 3: 31 of 50")
        expect(answer).to_contain_text("Only visible to you")
        assert other.locator(".message").count() == 0
        answer.get_by_role("button", name="Dismiss").click()
        expect(page.locator(".message.ephemeral")).to_have_count(0)


def test_commands_that_do_not_work_say_why(place: Room) -> None:
    top = place.post("the round")
    place.post("a reply", thread_ts=top)
    page = place.open()
    page.get_by_label("Message #brand-safety").fill("/nonsense")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="/nonsense is not a valid command.")).to_be_visible()
    page.get_by_role("button", name="1 reply").click()
    page.get_by_label("Reply…").fill("/roundtable status")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="/roundtable is not supported in threads")).to_be_visible()


def test_an_ephemeral_message_has_working_buttons(place: Room) -> None:
    @place.app.action("undo")
    def undo(ack: Ack, respond: Respond) -> None:
        ack()
        respond(replace_original=True, text="Undone.")

    blocks = [section("You said *other*."), {"type": "actions", "block_id": "b", "elements": [button("Undo", "undo")]}]
    with listening(place):
        page = place.open()
        place.client.chat_postEphemeral(channel=CHANNEL, user="U0ANA", text="You said other", blocks=blocks)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".message.ephemeral")).to_contain_text("Undone.")


def test_shortcuts_of_messages_and_of_the_workspace(place: Room) -> None:
    seen = Seen()

    @place.app.shortcut("correct")
    @place.app.shortcut("queue")
    def shortcut(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        seen.put((body["type"], body.get("message", {}).get("text")))

    place.post("a prediction")
    with listening(place):
        page = place.open()
        last_message(page, "a prediction").hover()
        page.get_by_role("button", name="Message actions").click()
        page.get_by_role("menuitem", name="Correct this prediction").click()
        assert seen.next() == ("message_action", "a prediction")
        page.get_by_role("button", name="Shortcuts").click()
        page.get_by_role("menuitem", name="Open my queue").click()
        assert seen.next() == ("shortcut", None)


def test_a_confirmation_asks_first(place: Room) -> None:
    seen = Seen()

    @place.app.action("close")
    def close(ack: Ack, action: dict[str, Any]) -> None:
        ack()
        seen.put(action["value"])

    text = {
        "title": "Close the round?",
        "text": "19 items have no answer.",
        "confirm": "Close it",
        "deny": "Keep it open",
    }
    confirm = {name: {"type": "plain_text", "text": words} for name, words in text.items()}
    place.post(
        "x",
        blocks=[{"type": "actions", "block_id": "a", "elements": [button("Close round", "close", confirm=confirm)]}],
    )
    with listening(place):
        page = place.open()
        page.get_by_role("button", name="Close round").click()
        page.get_by_role("button", name="Keep it open").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert seen.empty
        page.get_by_role("button", name="Close round").click()
        page.get_by_role("button", name="Close it").click()
        assert seen.next() == "Close round"


def test_a_silent_app_is_told_and_the_button_works_again(browser: Browser) -> None:
    with room(browser, config(ack_seconds=0.2)) as made:
        made.post("item", blocks=item())

        @made.app.action("label_0")
        def never(logger: Any) -> None:
            logger.debug("no acknowledgement")

        with listening(made):
            page = made.open()
            negative = page.get_by_role("button", name="negative")
            negative.click()
            expect(page.get_by_text("the app did not answer within 3 seconds")).to_be_visible()
            expect(negative).not_to_have_attribute("aria-busy", "true")


def test_without_an_app_the_page_says_so(place: Room) -> None:
    place.post("item", blocks=item())
    page = place.open()
    page.get_by_role("button", name="negative").click()
    expect(page.get_by_text("the app is not connected")).to_be_visible()
    expect(page.locator(".toast")).to_have_count(1)


def test_a_reaction_is_put_and_taken_by_keyboard_and_mouse(place: Room) -> None:
    place.post("an item")
    page = place.open()
    message = last_message(page, "an item")
    message.hover()
    message.get_by_role("button", name="Add reaction").click()
    page.get_by_role("menuitem", name="thumbsdown").press("Enter")
    chip = message.get_by_role("button", name="thumbsdown, 1 reaction: Ana")
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.click()
    expect(chip).to_be_hidden()


@pytest.mark.parametrize("context", [{}, {"viewport": PHONE, "has_touch": True}], ids=["desk", "phone"])
def test_the_menu_beside_a_short_message_is_not_under_its_toolbar(place: Room, context: dict[str, Any]) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": options("Full text", "Flag")}
    for text in ("first record", "second record"):  # the second has no head of its own: one line is all its height
        place.post(text, blocks=[section(text, "plain_text", accessory=menu)])
    page = place.open(**context)
    more = last_message(page, "second record").get_by_role("button", name="More actions")
    if context:
        more.tap()
    else:
        more.click()
    expect(page.get_by_role("menuitem", name="Full text")).to_be_visible()
