"""axe-core looks at every surface: no fault that it calls serious or critical, in light and in dark, at a desk and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_kit import PHONE, Room, listening
from playwright.sync_api import Page, expect
from queue_kit import bot_in, open_round
from test_page_looks import furnish

from bot.services.ports import Store

GRAVE = ("serious", "critical")
LOOKS = [
    pytest.param({}, id="desk-light"),
    pytest.param({"color_scheme": "dark"}, id="desk-dark"),
    pytest.param({"viewport": PHONE, "color_scheme": "dark"}, id="phone-dark"),
]


def grave(page: Page) -> list[str]:
    """What axe finds, as "rule: where"."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:150]} ({node['failureSummary']})"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("look", LOOKS)
def test_messages_of_every_kind_and_a_thread(place: Room, look: dict[str, Any]) -> None:
    top = furnish(place)
    place.client.reactions_add(channel="C0BRAND", timestamp=top, name="eyes")
    page = place.open(**look)
    expect(page.locator(".chart-svg")).to_be_visible()
    assert grave(page) == []
    page.get_by_role("button", name="1 reply").click()
    expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
    assert grave(page) == []


@pytest.mark.parametrize("look", LOOKS)
def test_home_and_the_queue(place: Room, store: Store, look: dict[str, Any]) -> None:
    open_round(store, ["the battery died after a day", "second text"])
    with bot_in(place.server, store):
        page = place.open("U0ANA", "/?view=home", **look)
        page.get_by_role("button", name="Label next: Brand safety").click()
        dialog = page.get_by_role("dialog", name="Brand safety")
        expect(dialog.get_by_text("the battery died")).to_be_visible()
        assert grave(page) == []
        page.keyboard.press("1")
        expect(dialog.get_by_text("second text")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#home")).to_contain_text("You answered 1 today")
        assert grave(page) == []


def test_a_form_with_every_input_and_its_errors(place: Room) -> None:
    def text(kind: str) -> dict[str, Any]:
        return {"type": "plain_text", "text": kind}

    choices = [{"text": text(name), "value": name} for name in ("one", "two")]
    inputs = [
        {"type": "plain_text_input"},
        {"type": "plain_text_input", "multiline": True},
        {"type": "number_input", "is_decimal_allowed": False},
        {"type": "static_select", "options": choices},
        {"type": "multi_static_select", "options": choices},
        {"type": "checkboxes", "options": choices},
        {"type": "radio_buttons", "options": choices},
        {"type": "conversations_select"},
        {"type": "multi_users_select"},
    ]
    blocks = [
        {"type": "input", "block_id": f"b{n}", "label": text(f"Input {n}"), "element": {**one, "action_id": "a"}}
        for n, one in enumerate(inputs)
    ]
    view = {"type": "modal", "callback_id": "f", "title": text("Form"), "submit": text("Send"), "blocks": blocks}
    place.app.shortcut("queue")(
        lambda ack, body, client: (ack(), client.views_open(trigger_id=body["trigger_id"], view=view))
    )
    place.app.view("f")(lambda ack: ack(response_action="errors", errors={"b0": "Say something."}))
    with listening(place):
        page = place.open()
        page.get_by_role("button", name="Shortcuts").click()
        page.get_by_role("menuitem", name="Open my queue").click()
        dialog = page.get_by_role("dialog", name="Form")
        expect(dialog).to_be_visible()
        assert grave(page) == []
