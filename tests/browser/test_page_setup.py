"""Set-up in Slack alone, as a lead does it: the form, a file dropped into the channel, and the first round begins."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser_kit import PHONE, Room, fits
from playwright.sync_api import Locator, Page, expect
from queue_kit import bot_in

from bot.localslack.server import WorkspaceServer
from bot.services.clock import SystemClock
from bot.services.download import MEGABYTE
from bot.services.importing import Fetchers, Importer
from bot.services.ports import Store
from bot.services.rounds import RoundKeeper
from bot.slack.files import SlackFiles
from bot.slack.gateway import SlackGateway
from bot.slack.outbox import OutboxSender
from bot.slack.pacing import Pace
from bot.slack.render import Renderer
from bot.sources.web import WebFiles

POOL = "id,tweet,class\n" + "".join(
    f"{n},the battery died after {n} days,{('bad', 'good', '')[n % 3]}\n" for n in range(30)
)


@contextmanager
def worker_in(workspace: WorkspaceServer, store: Store, folder: Path) -> Iterator[None]:
    """The worker's parts in one thread of this process."""
    config, clock, ended = workspace.config, SystemClock(), threading.Event()
    gateway = SlackGateway(config.bot_token, workspace.api_url)
    slack = SlackFiles(gateway, config.bot_token, workspace.api_url, clock, limit=MEGABYTE)
    fetchers = Fetchers(slack=slack, web=WebFiles(clock, limit=MEGABYTE))
    importer = Importer(store, clock, "test", fetchers, folder, max_text_length=1_000)
    keeper = RoundKeeper(store, clock, "test")
    sender = OutboxSender(store, gateway, Renderer(store), clock, Pace(0, 0, 1_000), "test")

    def work() -> None:
        while not ended.is_set():
            importer.step()
            keeper.advance_all()
            sender.step()
            store.guard.wait(0.05)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def form_in(page: Page, title: str = "New project") -> Locator:
    page.locator("#composer-text").fill("/roundtable new")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=title)
    dialog.wait_for()
    return dialog


def test_a_project_is_set_up_and_its_first_round_begins(place: Room, store: Store, tmp_path: Path) -> None:
    with bot_in(place.server, store), worker_in(place.server, store, tmp_path):
        page = place.open("U0LEAD")
        dialog = form_in(page)
        expect(dialog.get_by_label("Time zone")).to_have_value("America/New_York")
        expect(dialog.get_by_label("Channel", exact=True)).to_have_value("C0BRAND")
        dialog.get_by_label("Name", exact=True).fill("Broken things")
        dialog.get_by_label("Labels and guidelines").fill("bad: it broke\ngood: it works")
        dialog.get_by_label("Items in a round").fill("five")
        page.keyboard.press("Enter")
        expect(dialog.get_by_text("Please enter a whole number.")).to_be_visible()
        dialog.get_by_label("Items in a round").fill("5")
        dialog.get_by_label("Label that you look for").fill("ugly")
        page.keyboard.press("Enter")
        expect(dialog.get_by_text("The positive class 'ugly' is not one of the labels (bad, good).")).to_be_visible()
        expect(dialog.get_by_label("Name", exact=True)).to_have_value("Broken things")
        dialog.get_by_label("Label that you look for").fill("")
        page.keyboard.press("Enter")
        expect(dialog).to_contain_text("Broken things is set up in #brand-safety.")
        page.keyboard.press("Escape")
        messages = page.locator("#messages")
        expect(messages).to_contain_text("Next: a lead drops a CSV")
        (tmp_path / "pool.csv").write_text(POOL)
        page.locator("#composer input[type=file]").set_input_files(tmp_path / "pool.csv")
        page.locator("#composer").get_by_role("button", name="Send").click()
        expect(messages).to_contain_text("Broken things, round 1", timeout=20_000)
        assert store.items.count("broken-things") == 30
        assert store.votes.label_counts("broken-things") == {"bad": 10, "good": 10}
        page.locator("#messages .message").filter(has=page.get_by_text("pool.csv")).get_by_role(
            "button", name="1 reply"
        ).click()
        expect(page.locator("#thread")).to_contain_text("pool.csv is in Broken things: 30 items added, of 30 rows.")


def dropped(page: Page, name: str, content: str) -> None:
    """A file dragged from the desk onto the message box."""
    page.evaluate(
        """([name, content]) => {
            const data = new DataTransfer();
            data.items.add(new File([content], name));
            const box = document.querySelector("#composer form");
            box.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        [name, content],
    )


def test_columns_are_asked_for_in_the_thread_by_keyboard(place: Room, store: Store, tmp_path: Path) -> None:
    with bot_in(place.server, store), worker_in(place.server, store, tmp_path):
        page = place.open("U0LEAD", viewport=PHONE)
        dialog = form_in(page)
        fits(page)
        dialog.get_by_label("Name", exact=True).fill("Broken things")
        dialog.get_by_label("Labels and guidelines").fill("bad\ngood")
        page.keyboard.press("Control+Enter")
        dialog.get_by_role("button", name="Create").click()
        expect(dialog).to_contain_text("is set up")
        page.keyboard.press("Escape")
        dropped(page, "cat.png", "no table")
        dropped(page, "pool.csv", "first,second\nno,the battery died\nyes,it never answered\n,\n")
        page.get_by_role("button", name="Remove cat.png").focus()
        page.keyboard.press("Enter")
        fits(page)
        page.locator("#composer").get_by_role("button", name="Send").click()
        page.get_by_role("button", name="1 reply").click()
        thread = page.locator("#thread")
        expect(thread).to_contain_text("Choose which column holds the texts")
        fits(page)
        thread.get_by_label("Column of the texts").select_option("second")
        thread.get_by_role("button", name="Import", exact=True).focus()
        page.keyboard.press("Enter")
        expect(thread).to_contain_text("2 items added, 1 row refused, of 3 rows.", timeout=20_000)
        expect(thread.get_by_text("Refused rows of pool.csv")).to_be_visible()
    assert store.items.count("broken-things") == 2
