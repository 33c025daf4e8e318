"""Pictures of every surface on the local workspace's page: `python -m scripts.screenshots [OUTDIR] [--only NAME]…`.

The workspace is one of its own, with four projects and something to show on each surface (scripts/stage.py).
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from scripts.stage import Stage, stage
from scripts.surfaces import SURFACES, Surface

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES: Final = {"desk": (1280, 800), "phone": (390, 844)}
COLOURS: Final = 128  # of a picture's palette: plain pages need no more, and files stay small
PAGE: Final = "client-page"  # the file for the client, which is no part of the workspace


def chromium() -> str:
    """Path of a Chromium on this machine. Raises SystemExit if there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    raise SystemExit("No Chromium on the PATH (Debian: apt-get install chromium).")


def photograph(browser: Browser, place: Stage, outdir: Path, only: Iterable[str]) -> list[str]:
    """All surfaces in both sizes. Returns the names of those that could not be reached, or have a fault."""
    wanted = set(only) or {*SURFACES, PAGE}
    missed = []
    for name, surface in SURFACES.items():
        for scheme in ("light", "dark") if surface.dark else ("light",):
            for size in SIZES if name in wanted else ():
                path = outdir / f"{name}-{size}-{scheme}.png"
                with window(browser, size, scheme, surface) as seen:
                    if not _photographed(seen.new_page(), place, surface, path):
                        missed.append(path.stem)
    for size in SIZES if PAGE in wanted else ():
        with window(browser, size, "light") as seen:
            page = seen.new_page()
            page.goto((place.folder / "client.html").as_uri())
            _save(page.screenshot(full_page=True), outdir / f"{PAGE}-{size}-light.png")
    return missed


def window(browser: Browser, size: str, scheme: str, surface: Surface | None = None) -> BrowserContext:
    """Of that size; a phone's has a finger and twice the pixels."""
    width, usual = SIZES[size]
    phone = size == "phone"
    height = surface.height[phone] if surface is not None else 0
    return browser.new_context(
        viewport={"width": width, "height": max(usual, height)},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=phone,
        device_scale_factor=2 if phone else 1,
        locale=surface.locale if surface is not None else "en-GB",
        reduced_motion="reduce",
    )


def _photographed(page: Page, place: Stage, surface: Surface, path: Path) -> bool:
    page.set_default_timeout(10_000)
    done = True
    for again in (False, True):
        page.goto(f"{place.url}/?as={surface.person}&{surface.start}")
        page.locator(f"body[data-live={surface.person}]").wait_for()
        try:
            surface.show(page)
            break
        except PlaywrightError as error:  # a busy machine: once more
            if again:
                print(f"left out: {path.stem} ({str(error).splitlines()[0]})", file=sys.stderr)
                return False
    page.mouse.move(0, 0)
    _save(page.screenshot(animations="disabled"), path)
    for fault in _faults(page):
        print(f"{path.stem}: {fault}", file=sys.stderr)
        done = False
    if page.locator("dialog[open]").count():  # so that the item in it is free again
        page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="detached")
    return done


def _faults(page: Page) -> Iterator[str]:
    """A block that the page could not show, and what makes it scroll sideways; tables and fixed width may, within themselves."""
    if page.locator(".block-error").count():
        yield "a block is dropped"
    wide = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll(".scroller, .home, .dialog-body")]
            .some((node) => node.clientWidth && node.scrollWidth > node.clientWidth + 1)"""
    )
    if wide:
        yield "something is wider than its window"


def _save(png: bytes, path: Path) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path)


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outdir", nargs="?", type=Path, default=Path("docs/img"))
    parser.add_argument("--only", action="append", default=[], choices=[*SURFACES, PAGE], help="this one, or these")
    args = parser.parse_args(argv)
    args.outdir.mkdir(parents=True, exist_ok=True)
    with stage() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGS)
        missed = photograph(browser, place, args.outdir, args.only)
        browser.close()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
