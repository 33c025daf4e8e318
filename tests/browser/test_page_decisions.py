"""Adjudication and the shortcut Correct this prediction, as people use them: the real bot, the page in Chromium."""

from __future__ import annotations

from browser_kit import CHANNEL, PHONE, Room, fits, last_message
from playwright.sync_api import expect
from queue_kit import bot_in, open_round

from bot.domain import Via, VoteKind
from bot.services.clock import SystemClock
from bot.services.ports import PostIntent, Store
from bot.services.voting import cast_vote
from bot.slack.blocks.items import item_message

HOSTILE = "<!channel> *bold* the battery of my phone died again after a day, and nobody cares"


def vote(store: Store, position: int, user: str, label: str) -> None:
    cast_vote(
        store,
        SystemClock(),
        query_id=f"brand:1:{position}",
        user_id=user,
        label=label,
        kind=VoteKind.VOTE,
        via=Via.BUTTON,
        action_id=f"{position}/{user}",
        message_ts=None,
    )


def test_disputed_items_are_decided_one_after_the_other_on_a_phone(place: Room, store: Store) -> None:
    open_round(store, [HOSTILE, "second text"])
    for position in range(2):
        vote(store, position, "U0ANA", "negative")
        vote(store, position, "U0BEN", "other")
    with bot_in(place.server, store):
        page = place.open("U0ANA", "/?view=home", viewport=PHONE)
        expect(page.locator("#home")).to_contain_text("2 items wait for a lead's decision (2 ties).")
        page.get_by_role("button", name="Decide: Brand safety").click()
        dialog = page.get_by_role("dialog", name="Decide: Brand safety")
        expect(dialog.get_by_text(HOSTILE, exact=True)).to_be_visible()
        fits(page)
        dialog.get_by_label("The right label").select_option(label="other")
        dialog.get_by_role("button", name="Decide").click()
        expect(dialog).to_contain_text("Please complete this required field.")
        dialog.get_by_label("Why? People who look at the item will see it.").fill("it is irony")
        dialog.get_by_role("button", name="Decide").click()
        expect(dialog.get_by_text("second text")).to_be_visible()
        expect(dialog.get_by_label("Why? People who look at the item will see it.")).to_have_value("")
        dialog.get_by_role("button", name="Later").click()
        expect(dialog).to_contain_text("That was the last one. You left 1 item for later.")
        page.keyboard.press("Escape")
        expect(page.locator("#home")).to_contain_text("1 item waits for a lead's decision (1 tie).")
        expect(page.get_by_role("button", name="Change the decision: <!channel>")).to_be_visible()
    (decision,) = store.decisions.log("brand")
    assert (decision.item_id, decision.label, decision.reason) == ("i0", "other", "it is irony")


def test_a_prediction_is_corrected_from_its_messages_menu(place: Room, store: Store) -> None:
    open_round(store, [HOSTILE])
    store.outbox.intend([PostIntent("query:brand:1:0", "brand", CHANNEL, None)])
    shown = item_message(store.rounds.query_view("brand:1:0"))
    ts = place.post(shown.text, blocks=shown.blocks)
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    store.outbox.posted("query:brand:1:0", ts, lease.token)
    vote(store, 0, "U0ANA", "negative")
    with bot_in(place.server, store):
        page = place.open("U0ANA")
        last_message(page, "the battery").hover()
        page.get_by_role("button", name="Message actions").click()
        page.get_by_role("menuitem", name="Correct this prediction").click()
        dialog = page.get_by_role("dialog", name="Correct an answer")
        expect(dialog).to_contain_text("Your answer is negative.")
        dialog.get_by_label("What is right?").select_option(label="other")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_contain_text("Your answer is now other.")
    *_, last = store.votes.log("brand")
    assert (last.label, last.via) == ("other", Via.SHORTCUT)
