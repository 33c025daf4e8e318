"""Pictures of the local workspace's page: `python -m scripts.screenshots [OUTDIR] [--url URL]`.

With `--url` it photographs a workspace that is running (e.g. that of `roundtable demo`); else that of a demo started for it.
"""

from __future__ import annotations

import argparse
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
SCHEMES = ("light", "dark")
REPORT = "#messages .message:has(.chart, .file-image, .header)"
DRAWN = "#messages .message:has(.chart, .file-image)"  # early reports have too few points for a curve


def chromium() -> str:
    """Path of a Chromium on this machine. Raises SystemExit if there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    raise SystemExit("No Chromium on the PATH (Debian: apt-get install chromium).")


# --- what is photographed


def channel(page: Page) -> None:
    """The newest messages of the channel, as it opens."""
    page.locator(".message").last.scroll_into_view_if_needed()


def report(page: Page) -> None:
    """The newest report with its chart or picture."""
    drawn = page.locator(DRAWN)
    (drawn if drawn.count() else page.locator(REPORT)).last.evaluate("node => node.scrollIntoView({block: 'end'})")


def thread(page: Page) -> None:
    """The newest thread."""
    page.locator(".thread-line").last.click()
    page.locator("#thread .message").first.wait_for()
    page.evaluate("document.activeElement.blur()")


def home(page: Page) -> None:
    """App Home, as the app publishes it when it is opened."""
    page.goto(f"{page.url.split('?')[0]}?view=home")
    page.locator(".home-blocks").wait_for()


def modal(page: Page) -> None:
    """A dialog: the one that Home's main button opens, else what the first entry of an item's menu shows."""
    home(page)
    main = page.locator("#home .button.primary")
    if main.count():
        main.first.click()
    else:
        page.go_back()
        thread(page)
        page.locator("#thread .overflow").last.click()
        page.get_by_role("menuitem").first.click()
    page.locator("dialog[open] .dialog-body .block").first.wait_for()


def form(page: Page) -> None:
    """The form of a new project, as a lead sees it."""
    page.goto(f"{page.url.split('?')[0]}?as=U0LEAD")
    page.locator("body[data-live=U0LEAD]").wait_for()
    page.locator("#composer-text").fill("/roundtable new")
    page.keyboard.press("Enter")
    page.locator("dialog[open] .dialog-body .block").first.wait_for()


SUBJECTS: dict[str, tuple[Callable[[Page], None], str]] = {
    "channel": (channel, ".message"),
    "report": (report, REPORT),
    "thread": (thread, ".thread-line"),
    "home": (home, "body"),
    "modal": (modal, "body"),
    "form": (form, "body"),
}


def photograph(browser: Browser, url: str, outdir: Path, person: str) -> list[Path]:
    """All subjects in both sizes and schemes; a subject that the workspace does not have is named and left out."""
    made = []
    for scheme in SCHEMES:
        for size, viewport in SIZES.items():
            context = browser.new_context(
                viewport={"width": viewport["width"], "height": viewport["height"]},
                color_scheme="dark" if scheme == "dark" else "light",
                has_touch=size == "phone",
                device_scale_factor=2 if size == "phone" else 1,
                locale="en-GB",
                reduced_motion="reduce",
            )
            for name, (show, needs) in SUBJECTS.items():
                page = context.new_page()
                page.goto(f"{url}/?as={person}")
                page.locator("body[data-live]").wait_for()
                if not page.locator(needs).count():
                    print(f"left out: {name} (nothing on the page fits {needs})", file=sys.stderr)
                    continue
                show(page)
                path = outdir / f"{name}-{size}-{scheme}.png"
                page.mouse.move(0, 0)
                page.screenshot(path=path, animations="disabled")
                made.append(path)
                if page.locator("dialog[open]").count():
                    page.keyboard.press("Escape")
                    page.locator("dialog[open]").wait_for(state="detached")
                page.close()
            context.close()
    return made


# --- a workspace with sample messages


@contextmanager
def demo_workspace() -> Iterator[str]:
    """Address of the workspace of a demo whose rounds are over, and one more is open."""
    command = [sys.executable, "-m", "bot.cli", "demo", "--rounds", "4", "--stay"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        try:
            url = ""
            for line in demo.stdout or ():
                print(line, end="")
                found = re.search(r"The workspace is open at (http://[\w.:]+)", line)
                url = found.group(1) if found else url
                if "Ctrl-C ends the demo" in line:
                    break
            if demo.poll() is not None:
                raise SystemExit("the demo ended before there was anything to photograph")
            yield url
        finally:
            demo.send_signal(signal.SIGINT)


def take(url: str, outdir: Path, person: str) -> None:
    """Starts Chromium, makes the pictures and says where they are."""
    outdir.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGS)
        for path in photograph(browser, url.rstrip("/"), outdir, person):
            print(path)
        browser.close()


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outdir", nargs="?", type=Path, default=Path("docs/img"))
    parser.add_argument("--url", help="a workspace that is running")
    parser.add_argument("--as", dest="person", default="U0ANA", help="as whom (default U0ANA)")
    args = parser.parse_args(argv)
    if args.url:
        take(args.url, args.outdir, args.person)
    else:
        with demo_workspace() as url:
            take(url, args.outdir, args.person)
    return 0


if __name__ == "__main__":
    sys.exit(main())
