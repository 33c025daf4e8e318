"""The labelling queue, as people use it: the real bot, the page in Chromium, by keyboard and on a phone."""

from __future__ import annotations

import re

from browser_kit import PHONE, Room, fits, last_message
from playwright.sync_api import Locator, Page, expect
from queue_kit import bot_in, open_round

from bot.domain import Via
from bot.services.ports import Store
from bot.slack.blocks.items import item_message

HOSTILE = "<!channel> <@U0BEN> <https://evil.example|click> *bold* :tada:"


def start(place: Room, person: str = "U0ANA", **context: object) -> tuple[Page, Locator]:
    """Label next, by keyboard; the page and the modal."""
    page = place.open(person, "/?view=home", **context)
    button = page.get_by_role("button", name="Label next: Brand safety")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Brand safety")
    dialog.wait_for()
    return page, dialog


def test_fifty_items_by_keyboard_one_key_each(place: Room, store: Store) -> None:
    texts = [f"Item number {n}: the battery died after a day, and support never answered." for n in range(50)]
    open_round(store, texts)
    with bot_in(place.server, store):
        page, dialog = start(place)
        for n in range(50):
            expect(dialog.get_by_text(texts[n])).to_be_visible()
            page.keyboard.press("1" if n % 3 else "2")
        expect(dialog.get_by_text("That was all for you in this round. Thank you!")).to_be_visible()
        expect(dialog).to_contain_text("You answered 50 items; 50 of 50 are done in all.")
        page.keyboard.press("Escape")
        expect(page.locator("#home")).to_contain_text("You answered 50 today, 50 in this round.")
        assert page.get_by_role("button", name=re.compile("^Change: Item number")).count() == 10
    log = list(store.votes.log("brand"))
    assert [(vote.item_id, vote.label) for vote in log] == [
        (f"i{n}", "negative" if n % 3 else "other") for n in range(50)
    ]
    assert {vote.via for vote in log} == {Via.QUEUE}


def test_enter_on_a_focused_label_goes_on_to_the_next_item(place: Room, store: Store) -> None:
    open_round(store, ["first text", "second text", "third text"])
    with bot_in(place.server, store):
        page, dialog = start(place)
        dialog.get_by_role("button", name="other").focus()
        for text in ("first text", "second text", "third text"):
            expect(dialog.get_by_text(text)).to_be_visible()
            expect(dialog.get_by_role("button", name="other")).to_be_focused()
            page.keyboard.press("Enter")
        expect(dialog).to_contain_text("Thank you!")
    assert store.votes.label_counts("brand") == {"other": 3}


def test_skip_back_and_the_whole_text(place: Room, store: Store) -> None:
    open_round(store, ["words " * 400 + "and the very end", HOSTILE, "third text"])
    with bot_in(place.server, store):
        page, dialog = start(place)
        expect(dialog).not_to_contain_text("and the very end")
        dialog.get_by_role("button", name="Read all").click()
        whole = page.get_by_role("dialog", name="Full text")
        expect(whole).to_contain_text("and the very end")
        page.keyboard.press("Escape")
        dialog.get_by_role("button", name="negative").click()
        expect(dialog.get_by_text(HOSTILE, exact=True)).to_be_visible()
        assert dialog.locator(".dialog-body a").count() == 0, "an item links nowhere and mentions nobody"
        dialog.get_by_role("button", name="Skip").click()
        expect(dialog.get_by_text("third text")).to_be_visible()
        dialog.get_by_role("button", name="Back").click()
        expect(dialog.get_by_text(HOSTILE, exact=True)).to_be_visible()
        dialog.get_by_role("button", name="Back").click()
        expect(dialog).to_contain_text("your answer: negative")
        dialog.get_by_role("button", name="other").click()
        expect(dialog.get_by_text("third text")).to_be_visible()
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": "other"}}


def test_two_people_never_see_the_same_item(place: Room, store: Store) -> None:
    open_round(store, ["first text", "second text"])
    with bot_in(place.server, store):
        her_page, ana = start(place)
        page, ben = start(place, "U0BEN")
        expect(ana.get_by_text("first text")).to_be_visible()
        expect(ben.get_by_text("second text")).to_be_visible()
        page.keyboard.press("1")
        expect(ben).to_contain_text("Others are at the last item just now.")
        ana.get_by_role("button", name="Done").click()
        expect(ana).to_be_hidden()
        # The bot hears of it behind the page's back; whoever looks before is told that Ana still has the item.
        expect(her_page.locator("#home")).to_contain_text("1 item for you")
        ben.get_by_role("button", name="Look again").click()
        expect(ben.get_by_text("first text")).to_be_visible()


def test_one_of_the_last_answers_is_changed_from_home(place: Room, store: Store) -> None:
    open_round(store, ["first text", "second text"])
    with bot_in(place.server, store):
        page, dialog = start(place)
        page.keyboard.press("1")
        expect(dialog.get_by_text("second text")).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Change: first text").click()
        expect(dialog).to_contain_text("your answer: negative")
        dialog.get_by_role("button", name="other").click()
        expect(dialog).to_contain_text("Your answer is now other.")
        dialog.get_by_role("button", name="Label next").click()
        expect(dialog.get_by_text("second text")).to_be_visible()
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": "other"}}


def test_on_a_phone_nothing_scrolls(place: Room, store: Store) -> None:
    open_round(store, ["the battery of my phone died again after a day, and nobody cares " * 4, "second text"])
    with bot_in(place.server, store):
        page, dialog = start(place, viewport=PHONE)
        fits(page)
        body = dialog.locator(".dialog-body")
        assert body.evaluate("node => node.scrollHeight <= node.clientHeight")
        for name in ("negative", "other", "Skip"):
            expect(dialog.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)


def test_several_labels_by_boxes(place: Room, store: Store) -> None:
    labels = ("spam", "abuse", "praise")
    open_round(store, ["first text", "second text", "third text"], labels=labels, multi_label=True)
    with bot_in(place.server, store):
        page, dialog = start(place, viewport=PHONE)
        dialog.get_by_label("abuse").check()
        dialog.get_by_label("spam").check()
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.get_by_text("second text")).to_be_visible()
        expect(dialog).to_contain_text("last answer: spam, abuse")
        expect(dialog.get_by_label("spam")).not_to_be_checked()  # the next item begins empty
        dialog.get_by_role("button", name="None of these").click()
        expect(dialog.get_by_text("third text")).to_be_visible()
        dialog.get_by_role("button", name="Back").click()
        dialog.get_by_role("button", name="Back").click()
        expect(dialog.get_by_text("first text")).to_be_visible()
        expect(dialog.get_by_label("abuse")).to_be_checked()
        dialog.get_by_label("spam").uncheck()
        dialog.get_by_role("button", name="Next").click()  # what is ticked is saved by it, too
        expect(dialog.get_by_text("third text")).to_be_visible()
        fits(page)
    assert store.votes.label_counts("brand") == {'["abuse"]': 1, "[]": 1}


def test_several_labels_by_a_menu_in_the_channel(place: Room, store: Store) -> None:
    labels = tuple(f"kind {n}" for n in range(12))  # more than there may be boxes
    open_round(store, ["the only text"], labels=labels, multi_label=True)
    shown = item_message(store.rounds.query_view("brand:1:0"))
    place.post(shown.text, blocks=shown.blocks)
    with bot_in(place.server, store):
        page = place.open("U0ANA")
        message = last_message(page, "the only text")
        message.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Tick all labels that fit, then press Save")).to_be_visible()
        for label in ("kind 11", "kind 2"):
            message.get_by_label(label, exact=True).check()
        message.get_by_role("button", name="Save").click()
        expect(message).to_contain_text("kind 2, kind 11")
    assert store.votes.label_counts("brand") == {'["kind 2","kind 11"]': 1}
