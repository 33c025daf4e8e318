"""docs/data.md lists what the code has: columns, reasons, suffixes."""

from __future__ import annotations

import re
from pathlib import Path

from bot.services.export import LABEL_COLUMNS, VOTE_COLUMNS
from bot.services.tabular import SUFFIXES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "data.md").read_text("utf-8")


def first_cells(part: str) -> list[str]:
    """The code words in the first cell of each row."""
    rows = re.findall(r"^\|([^|]*)\|", part, re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


def test_columns() -> None:
    votes, labels = PAGE.split("**votes**")[1].split("**labels**")
    assert sorted(first_cells(votes)) == sorted(VOTE_COLUMNS)
    assert sorted(first_cells(labels.split("### Formulas")[0])) == sorted(LABEL_COLUMNS)


def test_suffixes() -> None:
    assert sorted(first_cells(PAGE.split("| What |")[0])) == sorted(SUFFIXES)


def test_reasons() -> None:
    source = "".join(
        (ROOT / "bot" / "services" / name).read_text("utf-8") for name in ("rows.py", "tabular.py", "intake.py")
    )
    in_code = set(
        re.findall(
            r"""_RowError\(\s*"([a-z-]+)",|BadRecord\([\w.]+, "([a-z-]+)",|"(quotes)" if|else "(too-long)",""", source
        )
    )
    told = first_cells(PAGE.split("| Reason |")[1].split("## Export")[0])
    assert {name for names in in_code for name in names if name} == set(told)
