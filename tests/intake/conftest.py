"""A project to import into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain import Project
from bot.services.clock import ManualClock
from bot.services.intake import ImportSummary, import_file
from bot.services.ports import Store

Run = Callable[..., ImportSummary]


@pytest.fixture
def project(store: Store, clock: ManualClock) -> Project:
    project = Project(
        id="brand",
        name="Brand",
        channel_id="C0BRAND",
        channel_name="brand-safety",
        labels=("negative", "other"),
        positive="negative",
        created_at=clock.now(),
    )
    store.projects.add(project)
    return project


@pytest.fixture
def run(store: Store, clock: ManualClock, project: Project, tmp_path: Path) -> Run:
    """Imports a file of the given content, or one that is there."""

    def run(content: str | Path, name: str = "tweets.csv", **options: Any) -> ImportSummary:
        path = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str):
            path.write_text(content, "utf-8", newline="")
        return import_file(store, clock, project.id, path, **{"max_text_length": 1000, **options})

    return run
