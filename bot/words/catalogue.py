"""The catalogues: Fluent files (projectfluent.org), a folder for each language, a file for each surface."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource, resolver

from bot.words.language import ENGLISH, language

# Fluent refuses values beyond 2,500 characters, as a guard against catalogues by strangers. Ours are our own, and whoever says
# a long text (twenty people's answers, a cell of a file) cuts it to Slack's limits themselves.
resolver.MAX_PART_LENGTH = 1_000_000

LANGUAGES: Final = {"en": "English", "de": "Deutsch"}  # each by its own name: whoever looks for it can read it


class MissingTextError(Exception):
    """The code names a text that is not there, or leaves out one of its values: a fault of ours, found by the tests."""


def say(text: str, /, **values: str | int) -> str:
    """The text of that name, with its values, in the language that is spoken now (`bot.words.speaking`).

    A whole number is written with the language's separators and chooses between singular and plural; what should be neither, such as
    a round's number or a percentage, is handed in as a string. Values are never read as markup of the catalogue's, whoever wrote them.

    A text that a language lacks comes in English, and so does all in a language that only a newer version has. Raises MissingTextError.
    """
    spoken = language()
    bundle = _bundle(spoken if spoken in LANGUAGES else ENGLISH)
    if not bundle.has_message(text):
        bundle = _bundle(ENGLISH)
        if not bundle.has_message(text):
            raise MissingTextError(f"There is no text named {text!r}.")
    message = bundle.get_message(text)
    if message.value is None:
        raise MissingTextError(f"The text {text!r} is empty.")
    said, faults = bundle.format_pattern(message.value, values)
    if faults:
        raise MissingTextError(f"The text {text!r}: {faults[0]}.")
    return str(said)


def read_catalogues() -> None:
    """All of them, now: some 70 ms each, for which the first person to click should not wait."""
    for name in LANGUAGES:
        _bundle(name)


@cache
def _bundle(name: str) -> FluentBundle:
    """A language's texts. Isolating marks are left out: Slack's clients and screen readers show or read some of them."""
    bundle = FluentBundle([name], use_isolating=False)
    for file in files(name):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def files(name: str) -> list[Any]:
    """The files of a language, in a stable order."""
    folder = resources.files(__package__) / name
    return sorted((file for file in folder.iterdir() if file.name.endswith(".ftl")), key=lambda file: file.name)
