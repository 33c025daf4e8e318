"""A rig per test, ended whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e_rig import Rig


@pytest.fixture
def make_rig(tmp_path: Path) -> Iterator[Callable[..., Rig]]:
    """Opens rigs; each gets a folder of its own."""
    rigs: list[Rig] = []

    def make(**options: Any) -> Rig:
        folder = tmp_path / f"rig{len(rigs)}"
        folder.mkdir()
        rig = Rig(folder, **options)
        rigs.append(rig)
        return rig.open()

    yield make
    for rig in rigs:
        rig.close()
