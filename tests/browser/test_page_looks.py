"""On a phone, in the dark, for a screen reader: nothing cut off, everything named, enough contrast."""

from __future__ import annotations

import re

import pytest
from browser_kit import CHANNEL, PHONE, Room, button, fits, item, last_message, options, section
from playwright.sync_api import Page, expect

LONG = "w" * 300
UNNAMED = """() => [...document.querySelectorAll('button, a[href], input, select, textarea, img, [role=img]')]
    .filter((node) => node.offsetParent && !node.closest('[aria-hidden]'))
    .filter((node) => !(node.ariaLabel || node.alt || node.innerText?.trim() || node.labels?.length))
    .filter((node) => !(node.tagName === 'IMG' && node.getAttribute('alt') === ''))
    .map((node) => node.outerHTML)"""


def furnish(place: Room) -> str:
    """One of everything that could be too wide. The ts of the thread's first message."""
    top = place.post(
        "round",
        blocks=[
            {"type": "header", "text": {"type": "plain_text", "text": "Round 3 " + "x" * 100}},
            section(f"`{LONG}` {LONG}"),
        ],
    )
    place.post("reply", thread_ts=top, blocks=item(LONG, *[f"label number {n}" for n in range(8)]))
    fields = [{"type": "mrkdwn", "text": f"*Field {n}*\n{LONG[:60]}"} for n in range(4)]
    place.post(
        "fields",
        blocks=[
            {"type": "section", "fields": fields},
            section("menu", accessory={"type": "static_select", "action_id": "s", "options": options("o" * 70)}),
        ],
    )
    cells = [{"type": "raw_text", "text": f"column {n}"} for n in range(9)]
    data = [{"label": f"r{n}", "value": n} for n in range(20)]
    chart = {
        "type": "bar",
        "series": [{"name": "Labels", "data": data}],
        "axis_config": {"categories": [f"r{n}" for n in range(20)]},
    }
    place.post("table", blocks=[{"type": "table", "rows": [cells, cells]}])
    place.post("chart", blocks=[{"type": "data_visualization", "title": "Labels", "chart": chart}])
    place.post("item", blocks=item("short", "negative", "other"))
    place.client.chat_postEphemeral(channel=CHANNEL, user="U0ANA", text=f"only you <https://example.com/{LONG}>")
    return top


def test_a_phone_shows_one_pane_at_a_time_and_never_scrolls_sideways(place: Room) -> None:
    furnish(place)
    page = place.open(viewport=PHONE, has_touch=True)
    expect(page.locator(".chart-svg")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread).to_be_visible()
    expect(page.locator("#main")).to_be_hidden()
    box = thread.bounding_box()
    assert box and box["width"] == PHONE["width"]
    fits(page)
    page.get_by_role("button", name="Back to the channel").click()
    expect(page.locator("#main")).to_be_visible()
    page.get_by_role("button", name="Show the sidebar").click()
    sidebar = page.get_by_role("navigation", name="Workspace")
    expect(sidebar.get_by_role("button", name="general")).to_be_visible()
    sidebar.get_by_role("button", name="general").click()
    expect(sidebar).not_to_be_in_viewport()
    expect(page).to_have_title(re.compile("general"))


def test_touch_targets_on_a_phone_are_large_enough(place: Room) -> None:
    place.post("item", blocks=item("an item"))
    page = place.open(viewport=PHONE, has_touch=True)
    for name in ("negative", "other", "Skip", "More actions", "Show the sidebar"):
        box = page.get_by_role("button", name=name).first.bounding_box()
        assert box and box["height"] >= 36 and box["width"] >= 36, (name, box)


def test_every_control_has_a_name(place: Room) -> None:
    furnish(place)
    page = place.open()
    page.get_by_role("button", name="1 reply").click()
    expect(page.locator("#thread .message")).to_have_count(2)
    assert page.evaluate(UNNAMED) == []
    assert (
        page.evaluate(
            "[...document.querySelectorAll('[id]')].map((node) => node.id).filter((id, at, all) => all.indexOf(id) !== at)"
        )
        == []
    )


def test_a_new_message_is_announced_once_with_its_plain_text(place: Room) -> None:
    page = place.open()
    ts = place.post("Item 1: <b>late</b> flight. Buttons: negative, other.", blocks=item("late flight"))
    log = page.locator("#announcer")
    expect(log).to_have_text("Roundtable: Item 1: <b>late</b> flight. Buttons: negative, other.")
    place.client.chat_update(channel=CHANNEL, ts=ts, text="changed", blocks=item("changed"))
    expect(last_message(page, "changed")).to_be_visible()
    expect(log).not_to_contain_text("changed")


def test_tab_goes_through_one_message_only(place: Room) -> None:
    for number in range(5):
        place.post(f"item {number}", blocks=item(f"item {number}"))
    page = place.open()
    expect(page.locator("#messages .message[tabindex='0']")).to_have_count(1)
    last_message(page, "item 2").focus()
    page.keyboard.press("Tab")
    expect(last_message(page, "item 2").get_by_role("button", name="negative")).to_be_focused()


CONTRAST = """(pairs) => {
    const probe = document.createElement('i');
    document.body.append(probe);
    const rgb = (name) => {
        probe.style.color = `var(${name})`;
        return getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
    };
    const light = (name) => {
        const [r, g, b] = rgb(name).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return pairs.map(([fore, back]) => {
        const [a, b] = [light(fore), light(back)].sort((x, y) => y - x);
        return [fore, back, (a + 0.05) / (b + 0.05)];
    });
}"""
PAIRS = [
    ("--text", "--bg"),
    ("--text-2", "--bg"),
    ("--text-2", "--bg-soft"),
    ("--text-2", "--bg-hover"),
    ("--accent", "--bg"),
    ("--accent", "--accent-soft"),
    ("--accent-strong", "--accent-soft"),
    ("--on-accent", "--accent"),
    ("--on-accent", "--accent-strong"),
    ("--danger", "--danger-soft"),
    ("--danger", "--bg-raised"),
    ("--warn", "--warn-soft"),
    ("--text", "--mine-soft"),
    ("--side-text", "--side"),
    ("--side-strong", "--side-2"),
    ("--side-strong", "--side-current"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(place: Room, scheme: str) -> None:
    page = place.open(color_scheme=scheme)
    low = [pair for pair in page.evaluate(CONTRAST, PAIRS) if pair[2] < 4.5]
    assert low == []


def test_dark_follows_the_systems_choice(place: Room) -> None:
    def background(page: Page) -> str:
        return str(page.locator("#main").evaluate("node => getComputedStyle(node).backgroundColor"))

    page = place.open(color_scheme="light")
    assert background(page) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="dark")
    assert background(page) == "rgb(20, 25, 27)"


def test_the_digits_of_buttons_show_while_their_message_has_the_focus(place: Room) -> None:
    place.post("x", blocks=[{"type": "actions", "elements": [button("negative", "a"), button("other", "b")]}])
    page = place.open()
    shown = "node => getComputedStyle(node, '::after').display"
    other = page.get_by_role("button", name="other")
    assert other.evaluate(shown) == "none"
    page.keyboard.press("j")
    assert other.evaluate(shown) == "block"
    expect(other).to_have_attribute("aria-keyshortcuts", "2")
