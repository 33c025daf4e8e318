"""Cells that a spreadsheet would run as a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.escaping import defuse, restore

STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u00a0=",
    "\u200b@",
    "\ufeff+",
    "'",
    "''=",
]


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", "  =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "＝1", "\x00=1"],
)
def test_formulas_are_defused(cell: str) -> None:
    assert defuse(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "text", "a=b", "'quoted'", "1-2", "#hash", "n-gram", " text", "'tis"])
def test_other_cells_stay(cell: str) -> None:
    assert defuse(cell) == cell
    assert restore(cell) == cell


@given(st.sampled_from(["", *STARTS]), st.text())
def test_there_and_back(start: str, rest: str) -> None:
    cell = start + rest
    assert restore(defuse(cell)) == cell
    assert defuse(cell).lstrip().startswith(("'",)) or not defuse(cell).lstrip().startswith(("=", "+", "-", "@"))
