"""Docs that can drift are compared with the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import typer.main

from bot.cli import build

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_settings_table_is_the_one_that_the_settings_print() -> None:
    printed = subprocess.run([sys.executable, "-m", "bot.settings"], capture_output=True, text=True, check=True).stdout
    table = README.split("compared by a test -->")[1].split("<!-- /settings -->")[0]
    assert table.strip() == printed.strip(), "run `python -m bot.settings` and put its output into README.md"


def test_every_command_named_in_the_readme_exists_and_every_command_is_named() -> None:
    command = typer.main.get_command(build())
    existing = set(command.commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"`roundtable (\w+)", README)) | set(
        re.findall(r"^ +roundtable (\w+)", README, re.MULTILINE)
    )
    assert named == existing


def test_every_file_that_a_document_links_to_is_there() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_readmes_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"^make (\S+)$", README, re.MULTILINE)) == {"demo", "test"} <= targets


def test_no_host_stands_in_the_lock_file() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index-url" not in lock
