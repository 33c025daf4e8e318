"""The page of pictures shows every surface in both sizes, and every picture that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def test_every_picture_is_shown_and_every_surface_has_its_pictures() -> None:
    pytest.importorskip("playwright")
    from scripts.screenshots import PAGE
    from scripts.surfaces import SURFACES

    pictures = {path.stem for path in (DOCS / "img").glob("*.png")}
    wanted = {
        f"{name}-{size}-{scheme}"
        for name, surface in SURFACES.items()
        for size in ("desk", "phone")
        for scheme in (("light", "dark") if surface.dark else ("light",))
    } | {f"{PAGE}-{size}-light" for size in ("desk", "phone")}
    assert pictures == wanted
    shown = re.findall(r'src="img/([\w-]+)\.png" alt="[^"]+"', (DOCS / "surfaces.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(wanted)


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in (DOCS / "img").glob("*.png")) < 6_000_000
