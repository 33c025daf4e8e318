"""Reading: what is posted appears, changes and goes by itself; people, channels, threads, addresses, reconnection."""

from __future__ import annotations

import time

from browser_kit import CHANNEL, Room, config, item, last_message, options, room, section
from playwright.sync_api import Browser, expect

from bot.localslack.config import ChannelSpec
from bot.localslack.server import WorkspaceServer


def test_a_post_an_update_and_a_deletion_show_live(place: Room) -> None:
    page = place.open()
    ts = place.post("first words")
    message = last_message(page, "first words")
    expect(message).to_be_visible()
    expect(message.locator(".name")).to_have_text("Roundtable")
    expect(message.locator(".badge")).to_have_text("App")
    place.client.chat_update(channel=CHANNEL, ts=ts, text="second words")
    expect(last_message(page, "second words")).to_be_visible()
    place.client.chat_delete(channel=CHANNEL, ts=ts)
    expect(page.locator("#messages .message")).to_have_count(0)


def test_what_one_person_writes_the_other_sees(place: Room) -> None:
    ana, ben = place.open("U0ANA"), place.open("U0BEN")
    ana.get_by_label("Message #brand-safety").fill("hello *Ben* :tada: <b>&amp;</b>")
    ana.keyboard.press("Enter")
    message = last_message(ben, "hello")
    expect(message.locator(".text")).to_have_text("hello Ben 🎉 <b>&amp;</b>")
    expect(message.locator("strong")).to_have_text("Ben")
    expect(message.locator(".name")).to_have_text("Ana")
    expect(ana.get_by_label("Message #brand-safety")).to_have_value("")


def test_the_focus_stays_when_a_message_is_drawn_again(place: Room) -> None:
    ts = place.post("item", blocks=item("an item"))
    page = place.open()
    other = page.get_by_role("button", name="other")
    other.focus()
    place.client.chat_update(channel=CHANNEL, ts=ts, text="item", blocks=item("an item, changed"))
    expect(page.get_by_text("an item, changed")).to_be_visible()
    expect(other).to_be_focused()
    place.client.chat_update(channel=CHANNEL, ts=ts, text="done", blocks=[section("answered")])
    expect(page.get_by_text("answered")).to_be_visible()
    expect(last_message(page, "answered")).to_be_focused()


def test_a_thread_counts_its_replies_opens_and_takes_a_reply(place: Room) -> None:
    top = place.post("the round")
    for number in range(3):
        place.post(f"reply {number}", thread_ts=top)
    page = place.open("U0BEN")
    expect(page.locator("#messages .message")).to_have_count(1)
    page.get_by_role("button", name="3 replies").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.locator(".message")).to_have_count(4)
    thread.get_by_label("Reply…").fill("I agree")
    page.keyboard.press("Enter")
    expect(thread.locator(".message").last).to_contain_text("I agree")
    expect(page.get_by_role("button", name="4 replies")).to_be_visible()
    place.post("live reply", thread_ts=top)
    expect(thread.locator(".message").last).to_contain_text("live reply")
    page.get_by_role("button", name="Close thread").click()
    expect(thread).to_be_hidden()


def test_switching_the_person_changes_who_acts_and_what_is_seen(place: Room) -> None:
    place.client.chat_postEphemeral(channel=CHANNEL, user="U0ANA", text="for Ana only")
    page = place.open("U0ANA")
    expect(page.get_by_text("for Ana only")).to_be_visible()
    people = page.get_by_role("region", name="Act as")
    expect(people.get_by_role("button", name="Ana")).to_have_attribute("aria-pressed", "true")
    people.get_by_role("button", name="Lea").click()
    page.locator("body[data-live=U0LEAD]").wait_for()
    expect(page.get_by_text("for Ana only")).to_have_count(0)
    page.get_by_label("Message #brand-safety").fill("Lea here")
    page.keyboard.press("Enter")
    expect(last_message(page, "Lea here").locator(".name")).to_have_text("Lea")
    page.goto(place.server.url)  # a new visit acts as the person of the last one
    page.locator("body[data-live=U0LEAD]").wait_for()


def test_other_channels_count_what_is_unread_and_keep_drafts(place: Room) -> None:
    page = place.open()
    page.get_by_label("Message #brand-safety").fill("half a thought")
    place.post("over there", channel="C0GENERAL")
    general = page.get_by_role("button", name="general")
    expect(general).to_contain_text("1")
    general.click()
    expect(last_message(page, "over there")).to_be_visible()
    expect(general).not_to_contain_text("1")
    expect(page).to_have_title("#general · Local workspace")
    page.go_back()
    expect(page.get_by_label("Message #brand-safety")).to_have_value("half a thought")


def test_a_permalink_opens_its_channel_and_shows_the_message(place: Room) -> None:
    top = place.post("the parent")
    reply = place.post("the reply", thread_ts=top)
    for number in range(40):
        place.post(f"later {number}")
    link = str(place.client.chat_getPermalink(channel=CHANNEL, message_ts=top)["permalink"])
    page = place.open(path=link.removeprefix(place.server.url))
    expect(last_message(page, "the parent")).to_be_in_viewport()
    link = str(place.client.chat_getPermalink(channel=CHANNEL, message_ts=reply)["permalink"])
    place.post(f"see <{link}|that reply>")
    # By key: the list may still be moving under the pointer, as the message has only just come.
    page.get_by_role("link", name="that reply").press("Enter")
    expect(page.locator("#thread .message").filter(has_text="the reply")).to_be_focused()


def test_a_long_channel_shows_its_end_and_more_on_demand(place: Room) -> None:
    for number in range(150):
        place.post(f"message {number}.")
    page = place.open()
    expect(page.locator("#messages .message")).to_have_count(120)
    expect(last_message(page, "message 149.")).to_be_in_viewport()
    page.get_by_role("button", name="Show earlier messages (30)").click()
    expect(page.locator("#messages .message")).to_have_count(150)
    page.locator("#messages").evaluate("node => node.scrollTop = 0")
    place.post("news")
    page.get_by_role("button", name="New messages").click()
    expect(last_message(page, "news")).to_be_in_viewport()


def test_a_channel_that_the_person_is_not_in_can_be_read_and_joined(browser: Browser) -> None:
    specs = (ChannelSpec("C0BRAND", "brand-safety", members=("U0BEN", "U0BOT")),)
    with room(browser, config(channels=specs)) as made:
        made.post("members know")
        page = made.open("U0ANA")
        expect(page.get_by_text("members know")).to_be_visible()
        expect(page.get_by_label("Message #brand-safety")).to_be_hidden()
        page.get_by_role("button", name="Join channel").click()
        expect(page.get_by_label("Message #brand-safety")).to_be_visible()


def test_the_page_comes_back_by_itself_after_the_workspace_was_away(place: Room) -> None:
    place.post("before")
    page = place.open()
    expect(last_message(page, "before")).to_be_visible()
    port = place.server.port
    place.server.stop()
    expect(page.get_by_text("Connection to the workspace lost")).to_be_visible()
    with WorkspaceServer(config(port=port)) as again:
        place.app.client.base_url = again.api_url
        place.post("after")
        expect(last_message(page, "after")).to_be_visible()
        expect(page.get_by_text("Connection to the workspace lost")).to_be_hidden()
        place.post("and live")
        expect(last_message(page, "and live")).to_be_visible()
        page.close()
    place.trouble.clear()  # the browser notes the refused connections; that was the point


def test_a_storm_of_updates_is_drawn_without_losing_any(place: Room) -> None:
    page = place.open()
    stamps = [place.post(f"item {number}") for number in range(40)]
    for turn in range(3):
        for number, ts in enumerate(stamps):
            place.client.chat_update(channel=CHANNEL, ts=ts, text=f"item {number}, turn {turn}")
    expect(page.locator("#messages .message").filter(has_text=", turn 2")).to_have_count(40)


def test_choices_belong_to_the_person_who_made_them(place: Room) -> None:
    radio = {"type": "radio_buttons", "action_id": "one", "options": options("left", "right")}
    place.post("x", blocks=[{"type": "actions", "block_id": "b", "elements": [radio]}])
    page = place.open("U0ANA")
    page.get_by_role("radio", name="left").check()
    page.get_by_role("button", name="Ben").click()
    page.locator("body[data-live=U0BEN]").wait_for()
    expect(page.get_by_role("radio", name="left")).not_to_be_checked()


def test_a_direct_message_is_written_to_the_app_and_days_come_in_the_readers_language(place: Room) -> None:
    direct = place.client.conversations_open(users="U0ANA")["channel"]["id"]
    now = int(time.time())
    place.post(f"Stand: <!date^{now}^{{date_short_pretty}} um {{time}}|heute>", channel=direct)
    page = place.open("U0ANA", f"/?c={direct}", locale="de-DE")
    expect(page.locator("#composer-text")).to_have_attribute("placeholder", "Message Roundtable")
    expect(last_message(page, "Stand")).to_contain_text("Stand: Heute um")
