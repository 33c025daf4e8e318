"""Which language something that was sent is in: whether fixed words of another catalogue stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.words.catalogue import files

READ = {
    "text",
    "title",
    "label",
    "placeholder",
    "alt_text",
    "accessibility_label",
    "description",
    "hint",
    "submit",
    "close",
}


class _Fixed(Visitor):  # type: ignore[misc]
    """Words of a catalogue's, as they stand between values."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802 - named after the node
        self.found |= {line.strip(" .,:;()*„“”…") for line in node.value.splitlines()}


@cache
def _fixed(language: str) -> frozenset[str]:
    visitor = _Fixed()
    for file in files(language):
        visitor.visit(FluentParser().parse(file.read_text(encoding="utf-8")))
    return frozenset(words for words in visitor.found if len(words) > 3)


def written(part: Any, key: str = "") -> Iterator[str]:
    """All that people read in a payload."""
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from written(inner, name)
    elif isinstance(part, list):
        for inner in part:
            yield from written(inner, key)
    elif isinstance(part, str) and key in READ:
        yield part


def words_of(language: str, payload: Any, but: str) -> list[str]:
    """Words of that language's catalogue in what was sent, which those of `but` have not: whole texts, or several words within one."""
    wrong = _fixed(language) - _fixed(but)
    several = [words for words in wrong if " " in words]
    return [
        text for text in written(payload) if text.strip(" .,:;") in wrong or any(words in text for words in several)
    ]
