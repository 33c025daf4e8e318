"""What is photographed: each surface, who looks at it, and how it is reached by hand on the workspace's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Locator, Page

from scripts.stage import AREAS, BRAND, GERMAN, TICKETS

ANA, LEAD = "U0ANA", "U0LEAD"
REPORT: Final = "#messages .message:has(.header)"
SHOT: Final = "dialog[open] .dialog-body .block"


@dataclass(frozen=True)
class Surface:
    """One picture in both sizes. `start`: the page's address; `height`: of the windows, where the usual ones would cut it;
    `locale`: of the reader."""

    show: Callable[[Page], None]
    start: str = f"c={BRAND}"
    person: str = ANA
    dark: bool = False
    height: tuple[int, int] = (0, 0)
    locale: str = "en-GB"


def _last(page: Page, selector: str) -> None:
    page.locator(selector).last.evaluate("node => node.scrollIntoView({block: 'end'})")


def _newest(page: Page) -> None:
    page.locator("#messages .message").last.scroll_into_view_if_needed()


def _message(text: str) -> Callable[[Page], None]:
    """The newest message that says so."""

    def show(page: Page) -> None:
        page.locator("#messages .message").filter(has_text=text).last.evaluate(
            "node => node.scrollIntoView({block: 'end'})"
        )

    return show


def _thread(page: Page) -> None:
    page.locator(".thread-line").last.click()
    page.locator("#thread .message").first.wait_for()
    page.evaluate("document.activeElement.blur()")


def _columns(page: Page) -> None:
    _of(page, "letters.csv").locator(".thread-line").last.click()
    page.locator("#thread .message").nth(1).wait_for()
    page.evaluate("document.activeElement.blur()")


def _imported(page: Page) -> None:
    _columns(page)
    start = page.locator("#thread").get_by_role("button", name="Import", exact=True)
    if start.count():
        page.locator("#thread select").nth(1).select_option(label="label")
        start.click()
    page.locator("#thread").get_by_text("3 rows refused").wait_for()
    page.locator("#thread").get_by_text("Refused rows of letters.csv").first.wait_for()
    page.evaluate("document.activeElement.blur()")


def _report_thread(page: Page) -> None:
    page.locator(REPORT).last.locator(".thread-line").click()
    page.locator("#thread .file-image").nth(2).wait_for()
    _last(page, "#thread .file-image")
    page.evaluate("document.activeElement.blur()")


def _of(page: Page, text: str) -> Locator:
    return page.locator("#messages .message").filter(has_text=text)


def _dialog(page: Page) -> None:
    page.locator(SHOT).first.wait_for()


def _press(name: str) -> Callable[[Page], None]:
    """A button of App Home that opens a modal."""

    def show(page: Page) -> None:
        _home(page)
        page.get_by_role("button", name=name, exact=True).first.click()
        _dialog(page)

    return show


def _home(page: Page) -> None:
    page.locator(".home-blocks").wait_for()


def _pressed_at_home(name: str) -> Callable[[Page], None]:
    """A window that a button of App Home opens."""

    def show(page: Page) -> None:
        _home(page)
        page.locator("#home").get_by_role("button", name=name).last.click()
        _dialog(page)

    return show


def _more(choice: str) -> Callable[[Page], None]:
    """An entry of the menu of App Home's last project."""

    def show(page: Page) -> None:
        _home(page)
        page.locator("#home .overflow").last.click()
        page.get_by_role("menuitem", name=choice).first.click()
        _dialog(page)

    return show


def _item_menu(choice: str) -> Callable[[Page], None]:
    """An entry of the menu of the thread's last item."""

    def show(page: Page) -> None:
        _thread(page)
        page.locator("#thread .overflow").last.click()
        page.get_by_role("menuitem", name=choice).first.click()
        _dialog(page)

    return show


def _correct(page: Page) -> None:
    """The shortcut on a record of a round that is over."""
    record = page.locator("#messages .message").filter(has_text="@Ana").filter(has=page.locator(".overflow")).first
    record.hover()
    record.click(position={"x": 4, "y": 4})  # where there is no mouse, a touch shows them
    record.get_by_role("button", name="Message actions").click()
    page.get_by_role("menuitem", name="Correct this prediction").click()
    _dialog(page)


def _command(text: str, wait: str) -> Callable[[Page], None]:
    """A command and its answer, which only that person sees."""

    def show(page: Page) -> None:
        for _ in range(page.get_by_role("button", name="Dismiss").count()):
            page.get_by_role("button", name="Dismiss").first.click()
        page.locator("#composer-text").fill(text)
        page.keyboard.press("Enter")
        page.locator(".message", has_text=wait).last.wait_for()
        page.locator(".message", has_text=wait).last.evaluate("node => node.scrollIntoView({block: 'end'})")

    return show


def _form(text: str) -> Callable[[Page], None]:
    def show(page: Page) -> None:
        page.locator("#composer-text").fill(text)
        page.keyboard.press("Enter")
        _dialog(page)

    return show


def _direct(wait: str) -> Callable[[Page], None]:
    """The app's messages to that person."""

    def show(page: Page) -> None:
        narrow = page.locator("button[aria-label='Open the sidebar'], .menu-button").first
        if not page.get_by_role("button", name="Direct messages").is_visible() and narrow.is_visible():
            narrow.click()
        page.get_by_role("button", name="Direct messages").click()
        found = page.locator("#messages .message", has_text=wait).last
        found.wait_for()
        found.evaluate("node => node.scrollIntoView({block: 'end'})")

    return show


HOME: Final = "view=home"
SURFACES: Final[dict[str, Surface]] = {
    # What everybody sees.
    "channel": Surface(_newest, dark=True),
    "thread": Surface(_thread),
    "several-labels": Surface(_newest, f"c={TICKETS}"),
    "many-labels": Surface(_newest, f"c={AREAS}"),
    "record": Surface(_message("decided by a lead"), f"c={TICKETS}"),
    "full-text": Surface(_item_menu("Full text")),
    "why": Surface(_item_menu("Why am I asked?")),
    "guidelines": Surface(_item_menu("Guidelines")),
    "flag": Surface(_item_menu("Flag")),
    "correct": Surface(_correct, f"c={TICKETS}"),
    "home": Surface(_home, HOME, dark=True),
    "modal": Surface(_press("Label next: Brand safety"), HOME, dark=True),
    "reminder": Surface(_direct("could use your answer"), person="U0BEN"),
    # Reports.
    "report": Surface(lambda page: _last(page, REPORT), dark=True, height=(1_250, 2_000)),
    "report-thread": Surface(_report_thread, height=(1_250, 1_250)),
    "report-labels": Surface(lambda page: _last(page, REPORT), f"c={TICKETS}", height=(1_400, 2_300)),
    "bulletin": Surface(_direct("how it stands"), person=LEAD),
    "people": Surface(_direct("Support tickets: people, after round 2"), person=LEAD),
    # What leads do.
    "lead-home": Surface(_home, HOME, LEAD),
    "decide": Surface(_press("Decide: Support tickets"), HOME, LEAD, height=(0, 1_000)),
    "reports": Surface(_pressed_at_home("Reports"), HOME, LEAD, height=(0, 1_000)),
    "ask-why": Surface(_pressed_at_home("Why an item?"), HOME, LEAD),
    "add-items": Surface(_pressed_at_home("Add items"), HOME, LEAD),
    "measure": Surface(_pressed_at_home("Measure"), HOME, LEAD),
    "export": Surface(_more("Export"), HOME, LEAD),
    "rollback": Surface(_more("Earlier models"), HOME, LEAD),
    "form": Surface(_form("/roundtable new"), person=LEAD, height=(0, 4_700)),
    "config": Surface(_form("/roundtable config"), person=LEAD, height=(0, 1_000)),
    "status": Surface(_command("/roundtable status", "Only visible to you"), person=LEAD),
    "help": Surface(_command("/roundtable help", "/roundtable close-round"), person=LEAD, height=(1_000, 1_250)),
    "log": Surface(_command("/roundtable log", "Log of"), person=LEAD),
    "import-columns": Surface(_columns, f"c={AREAS}", LEAD),
    "import": Surface(_imported, f"c={AREAS}", LEAD),
    "export-file": Surface(_direct("labels of Brand safety"), person=LEAD),
    # Another language.
    "german-channel": Surface(_newest, f"c={GERMAN}", locale="de-DE"),
    "german-modal": Surface(_press("Label next: Markensicherheit"), HOME, locale="de-DE"),
    "german-report": Surface(lambda page: _last(page, REPORT), f"c={GERMAN}", height=(1_250, 2_000), locale="de-DE"),
}
