from __future__ import annotations

import pytest

from bot.services.seeding import Matcher, SeedPatternError


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("refund", "I want a REFUND!", True),
        ("refund", "refunded at once", False),
        ("never again", "Never again, folks", True),
        ("c++", "I like c++ a lot", True),
        ("/sue|lawyers?/", "my Lawyer will call", True),
        ("/^no/", "oh no", False),
        ("größe", "falsche GRÖSSE", False),
        ("größe", "falsche GRÖßE", True),
    ],
)
def test_words_match_whole_and_expressions_as_written(pattern: str, text: str, expected: bool) -> None:
    assert Matcher([pattern]).matches(text) is expected


def test_an_expression_that_backtracks_for_ever_is_no_match() -> None:
    assert not Matcher(["/(a|aa|aaa)+$/"]).matches("a" * 5000 + "b")


@pytest.mark.parametrize("pattern", ["", "  ", "/(/", "x" * 201])
def test_what_cannot_be_used_is_named(pattern: str) -> None:
    with pytest.raises(SeedPatternError):
        Matcher([pattern])
