"""Small checks that combine into those of blocks. Each takes a value, its JSON pointer and the list of problems.

The wording is Slack's own where it is known ("must be less than 76 characters [json-pointer:/blocks/0/text/text]").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any, str, list[str]], None]
_URL = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)


def say(problems: list[str], text: str, pointer: str) -> None:
    """Adds a problem at a place."""
    problems.append(f"{text} [json-pointer:{pointer}]")


def string(most: int, least: int = 1) -> Check:
    """Text of so many characters."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, str):
            say(problems, "must provide a string", pointer)
        elif len(value) > most:
            say(problems, f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            say(problems, f"must be more than {least - 1} characters", pointer)

    return check


def matching(pattern: str, what: str) -> Check:
    """Text of a form, like a date."""
    compiled = re.compile(pattern)

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            say(problems, f"must be a valid {what}", pointer)

    return check


def url(most: int = 3000) -> Check:
    """An address on the web."""
    length = string(most)

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        length(value, pointer, problems)
        if isinstance(value, str) and not _URL.fullmatch(value):
            say(problems, "must be a valid URL", pointer)

    return check


def boolean(value: Any, pointer: str, problems: list[str]) -> None:
    """True or false."""
    if not isinstance(value, bool):
        say(problems, "must provide a boolean", pointer)


def integer(low: int, high: int) -> Check:
    """A whole number between two others."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            say(problems, "must provide an integer", pointer)
        elif not low <= value <= high:
            say(problems, f"must be between {low} and {high}", pointer)

    return check


def number(value: Any, pointer: str, problems: list[str]) -> None:
    """A finite number."""
    if not isinstance(value, int | float) or isinstance(value, bool) or value != value or abs(value) == float("inf"):
        say(problems, "must provide a number", pointer)


def enum(*values: str) -> Check:
    """One of some words."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if value not in values:
            say(problems, "must be a valid enum value", pointer)

    return check


def array(item: Check, most: int, least: int = 1) -> Check:
    """A list of so many."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, list):
            say(problems, "must provide an array", pointer)
            return
        if len(value) > most:
            say(problems, f"no more than {most} items allowed", pointer)
        elif len(value) < least:
            say(problems, f"no fewer than {least} items allowed", pointer)
        for index, entry in enumerate(value[:most]):
            item(entry, f"{pointer}/{index}", problems)

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *also: Check) -> Check:
    """An object with these fields and no others. `also`: what is to be checked if the fields are in order."""
    known = {**required, **(optional or {}), "type": _anything}

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, dict):
            say(problems, "must provide an object", pointer)
            return
        before = len(problems)
        for name in required:
            if name not in value:
                say(problems, f"missing required field: {name}", pointer)
        for name, entry in value.items():
            if name in known:
                known[name](entry, f"{pointer}/{name}", problems)
            else:
                say(problems, f"invalid additional property: {name}", pointer)
        if len(problems) == before:
            for further in also:
                further(value, pointer, problems)

    return check


def by_type(checks: Mapping[str, Check]) -> Check:
    """The check for the object's `type`."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, dict):
            say(problems, "must provide an object", pointer)
            return
        kind = value.get("type")
        if kind is None:
            say(problems, "missing required field: type", pointer)
        elif not isinstance(kind, str) or kind not in checks:
            say(problems, f"unsupported type: {kind}", f"{pointer}/type")
        else:
            checks[kind](value, pointer, problems)

    return check


def exactly_one(*names: str) -> Check:
    """One of these fields, not two."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if sum(name in value for name in names) != 1:
            say(problems, "must define either " + " or ".join(f"`{name}`" for name in names), pointer)

    return check


def at_least_one(*names: str) -> Check:
    """One of these fields, or several."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not any(name in value for name in names):
            say(problems, "must define either " + " or ".join(f"`{name}`" for name in names), pointer)

    return check


def later(find: Callable[[], Check]) -> Check:
    """A check that is defined further on (blocks within blocks)."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        find()(value, pointer, problems)

    return check


def _anything(value: Any, pointer: str, problems: list[str]) -> None:
    """Accepts whatever is there."""
