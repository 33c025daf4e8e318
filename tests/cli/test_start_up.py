"""What a process loads when it starts: scikit-learn takes a second, and is for what learns."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = "import sys; print([name for name in ('numpy', 'scipy', 'sklearn', 'matplotlib') if name in sys.modules])"


@pytest.mark.parametrize("what", ["import bot.web", "from bot.cli import build; build()"])
def test_only_what_learns_loads_the_learner(what: str) -> None:
    made = subprocess.run([sys.executable, "-c", f"{what}; {LOADED}"], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
