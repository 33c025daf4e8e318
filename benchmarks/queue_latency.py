"""From a click in the labelling queue to the next item on screen, beside a bare chat round trip on the same page.

Real processes: `roundtable web` (Socket Mode, the embedded server with `appendfsync always`), the local workspace in this
one, its page in headless Chromium. Times are the page's own: from the key that is pressed to the frame that shows the next
item, or, for the chat, the line that was sent.

    python -m benchmarks.queue_latency [--items 50]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.processes import free_port, started
from benchmarks.rounds import open_round
from bot.domain import Via
from bot.localslack.server import WorkspaceConfig, WorkspaceServer
from bot.services.ports import Store
from bot.store import connect

PERSON = "U0ANA"
TARGET_MS = 150.0
WARM_UP = 5  # items and lines before the measured ones
MOST = 80  # Slack takes about 100 updates of modals a minute, and the bot keeps to that

# The moment of the key, and that of the first frame in which `selector` contains the text.
WATCH = """([selector, text]) => {
    window.shown = new Promise((resolve) => {
        let pressed = 0;
        const key = () => { pressed = performance.now(); };
        document.addEventListener("keydown", key, { capture: true, once: true });
        const look = () => {
            if (!pressed || !document.querySelector(selector)?.textContent.includes(text)) return;
            watch.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
}"""


def main() -> int:
    """Prints the figures; 0 if the target was met and no vote was lost."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--items", type=int, default=50, help=f"1 to {MOST}, also chat lines (default: %(default)s)")
    items = min(max(1, options.parse_args().items), MOST)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("No Chromium was found on the path: nothing was measured.", file=sys.stderr)
        return 1
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rt-bench-")))
        store = connect(None, data_dir=folder / "data")
        stack.callback(store.close)
        texts = _open_round(store, items + WARM_UP)
        workspace = stack.enter_context(WorkspaceServer(WorkspaceConfig(enforce_rates=False)))
        port = free_port()
        ready = f"http://127.0.0.1:{port}/readyz"
        stack.enter_context(started(["-m", "bot.cli", "web"], folder, _environment(workspace, folder, port), ready))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium, args=["--no-sandbox"]
        )
        stack.callback(browser.close)
        page = browser.new_page()
        chat = _chat(page, workspace.url, items)
        queue = _queue(page, workspace.url, texts)
        votes = [vote for vote in store.votes.log("queue") if vote.via is Via.QUEUE]
    return _tell(queue, chat, lost=len(texts) - 1 - len({vote.item_id for vote in votes}))


def _tell(queue: list[float], chat: list[float], *, lost: int) -> int:
    print(f"{'':34}{'median':>9}{'p95':>9}{'max':>9}   (ms, {len(queue)} each)")
    for name, times in (("click to the next item on screen", queue), ("a line of chat to the screen", chat)):
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        print(f"{name:34}{statistics.median(times):9.1f}{p95:9.1f}{max(times):9.1f}")
    print(f"Ratio of the medians: {statistics.median(queue) / statistics.median(chat):.2f}")
    print(f"Votes lost: {lost}")
    good = statistics.median(queue) < TARGET_MS and lost == 0
    print(f"Target, a median under {TARGET_MS:.0f} ms: {'reached' if good else 'MISSED'}")
    return 0 if good else 1


def _chat(page: Page, url: str, lines: int) -> list[float]:
    """A person's own lines in a channel: no app takes part."""
    _open(page, f"{url}/?as={PERSON}")
    box = page.locator("textarea").first
    times = []
    for number in range(lines + WARM_UP):
        text = f"line number {number}."
        box.fill(text)
        page.evaluate(WATCH, ["#messages", text])
        box.press("Enter")
        times.append(float(page.evaluate("window.shown")))
    return times[WARM_UP:]


def _queue(page: Page, url: str, texts: list[str]) -> list[float]:
    """Label next, then a key per item."""
    _open(page, f"{url}/?view=home&as={PERSON}")
    page.get_by_role("button", name="Label next").click()
    page.get_by_role("dialog").get_by_text(texts[0]).wait_for()
    times = []
    for number, text in enumerate(texts[1:]):
        page.evaluate(WATCH, ["dialog[open] .dialog-body", text])
        page.keyboard.press("1" if number % 2 else "2")
        times.append(float(page.evaluate("window.shown")))
    return times[WARM_UP - 1 :]


def _open(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(f"body[data-live={PERSON}]").wait_for()


def _environment(workspace: WorkspaceServer, folder: Path, port: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": workspace.config.bot_token,
        "SLACK_APP_TOKEN": workspace.config.app_token,
        "SLACK_API_URL": workspace.api_url,
        "ROUNDTABLE_DATA_DIR": str(folder / "data"),
        "ROUNDTABLE_PORT": str(port),
        "ROUNDTABLE_LOG_LEVEL": "WARNING",
    }


def _open_round(store: Store, count: int) -> list[str]:
    """A project with one open round; the items' texts in order."""
    texts = [
        f"Item number {n}: the battery of my phone died again after a day, and nobody cares." for n in range(count)
    ]
    open_round(store, "queue", texts, posts=False)
    return texts


if __name__ == "__main__":
    sys.exit(main())
