"""The catalogues against each other and against the code: what is named is there, what is there is named, with the same values."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot
from bot.words import LANGUAGES, MissingTextError, figure, say, speaking
from bot.words.catalogue import files

CODE = Path(bot.__file__).parent
OTHERS = sorted(set(LANGUAGES) - {"en"})
# Texts that the code names by a part of their name: f"{prefix}{value of an enum}". Each has a test where it is said.
BUILT: tuple[str, ...] = (
    "remark-",
    "rules-strategy-",  # learner.errors: by code
    "rules-target-",
)


class Variables(Visitor):  # type: ignore[misc]
    """Which values a text takes, and which other texts it says."""

    def __init__(self) -> None:
        self.values: set[str] = set()
        self.texts: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - named after the node
        self.values.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.texts.add(node.id.name)


@cache
def texts(language: str) -> dict[str, Variables]:
    """Name -> what is in it. Raises AssertionError for what is no Fluent, or stands there twice."""
    found: dict[str, Variables] = {}
    for file in files(language):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), (
                f"{language}/{file.name}: {entry.annotations[0].message}: {entry.content}"
            )
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{language}/{file.name}: {entry.id.name} stands there twice"
                found[entry.id.name] = Variables()
                found[entry.id.name].visit(entry)
    return found


def values_of(name: str) -> set[str]:
    """With those of the texts within it."""
    inner = texts("en")[name]
    return inner.values.union(*(values_of(text) for text in inner.texts))


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Each `say(...)` in the code, with where it stands."""
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                yield f"{path.relative_to(CODE)}:{node.lineno}", node


def names(node: ast.expr) -> list[str]:
    """The texts that an expression may name: one, or either of two."""
    if isinstance(node, ast.IfExp):
        return names(node.body) + names(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_the_texts_that_english_has_with_the_same_values(language: str) -> None:
    assert sorted(texts(language)) == sorted(texts("en"))
    differ = {name: inner.values for name, inner in texts(language).items() if inner.values != texts("en")[name].values}
    assert not differ


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_the_same_files(language: str) -> None:
    assert [file.name for file in files(language)] == [file.name for file in files("en")]


def test_the_code_names_only_texts_that_are_there_and_hands_them_their_values() -> None:
    faults = []
    for place, call in calls():
        handed = {word.arg for word in call.keywords}
        for name in names(call.args[0]):
            if name not in texts("en"):
                faults.append(f"{place}: there is no text {name}")
            elif None not in handed and handed != values_of(name):
                faults.append(f"{place}: {name} takes {sorted(values_of(name))}, is given {sorted(map(str, handed))}")
    assert not faults


def test_every_text_is_said_somewhere() -> None:
    written = {
        node.value
        for path in CODE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    within = {text for inner in texts("en").values() for text in inner.texts}
    assert not [name for name in texts("en") if name not in written | within and not name.startswith(BUILT)]


def test_a_text_without_its_value_or_without_being_there_is_a_fault() -> None:
    with pytest.raises(MissingTextError, match="no text named 'no-such-text'"):
        say("no-such-text")
    with pytest.raises(MissingTextError, match=r"item-place.*round"):
        say("item-place", item="1")


def test_whole_numbers_are_written_and_counted_in_the_language() -> None:
    assert "1,234 items" in say("queue-for-you", project="P", round="1234", left=1234)
    with speaking("de"):
        assert say("queue-for-you", project="P", round="1234", left=1234).endswith(
            "Runde 1234: 1.234 Einträge für dich."
        )
        assert say("queue-for-you", project="P", round="1", left=1).endswith("1 Eintrag für dich.")


def test_figures_have_the_languages_marks() -> None:
    assert [figure(0.844, ".0%"), figure(1234.5, ",.2f"), figure(-2.5, "+.1f")] == ["84%", "1,234.50", "-2.5"]
    with speaking("de"):
        assert [figure(0.844, ".0%"), figure(1234.5, ",.2f")] == ["84\u00a0%", "1.234,50"]


def test_a_value_is_never_read_as_markup() -> None:
    hostile = '{ $left } { queue-next } {"x"} \u2068 }'
    assert say("queue-change-of", text=hostile) == f"Change: {hostile}"


def test_a_long_value_is_said_like_any_other() -> None:
    assert say("queue-change-of", text="x" * 40_000) == f"Change: {'x' * 40_000}"
    assert say("queue-for-you", project="x" * 40_000, round="1", left=2).endswith("round 1: 2 items for you.")
