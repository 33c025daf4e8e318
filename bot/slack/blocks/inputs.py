"""Fields of a form in a modal: an input block each, its block_id the name of the setting that stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.slack.blocks.text import Block, plain
from bot.words import say

VALUE: Final = "value"  # action_id of every field
MOST_PEOPLE: Final = 100


def choice(name: str, label: str, kind: str, choices: Sequence[tuple[str, str]], chosen: str) -> Block:
    """One of (value, words)."""
    options = [{"text": plain(words), "value": value} for value, words in choices]
    initial = next((option for option in options if option["value"] == chosen), None)
    return field(name, label, {"type": kind, "options": options} | ({"initial_option": initial} if initial else {}))


def boxes(name: str, label: str, choices: Mapping[str, str], ticked: Sequence[str]) -> Block:
    """Boxes to tick or not: value -> words."""
    options = {value: {"text": plain(words), "value": value} for value, words in choices.items()}
    initial = [options[value] for value in ticked]
    element: Block = {"type": "checkboxes", "options": list(options.values())}
    return field(name, label, element | ({"initial_options": initial} if initial else {}), optional=True)


def line(
    name: str,
    label: str,
    value: str,
    most: int,
    example: str,
    *,
    hint: str = "",
    optional: bool = True,
    lines: bool = False,
) -> Block:
    """Something to be written, in one line or in several."""
    element: Block = {"type": "plain_text_input", "max_length": most}
    element |= {"placeholder": plain(example)} if example else {}
    element |= {"multiline": True} if lines else {}
    return field(name, label, element | ({"initial_value": value} if value else {}), hint=hint, optional=optional)


def number(
    name: str,
    label: str,
    value: str,
    *,
    least: str,
    most: str,
    decimal: bool = False,
    hint: str = "",
    optional: bool = False,
) -> Block:
    """A number, which Slack's own client checks before it is sent."""
    if value and float(value) > float(most):
        most = value  # set on the server: what stands there already is no fault
    element: Block = {"type": "number_input", "is_decimal_allowed": decimal, "min_value": least, "max_value": most}
    return field(name, label, element | ({"initial_value": value} if value else {}), hint=hint, optional=optional)


def field(name: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """One input block."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {**element, "action_id": VALUE},
    }
    return block | ({"hint": plain(hint)} if hint else {}) | ({"optional": True} if optional else {})


def users(name: str, label: str, chosen: Sequence[str], hint: str) -> Block:
    """User groups can't be chosen in any menu of Slack's; those that a project has stay."""
    people = [user for user in chosen if not user.startswith("S")][:MOST_PEOPLE]
    groups = [user for user in chosen if user.startswith("S")]
    said = f"{hint} {say('setup-groups-beside', groups=len(groups))}" if groups else hint
    element = {"type": "multi_users_select", "max_selected_items": MOST_PEOPLE}
    return field(name, label, element | ({"initial_users": people} if people else {}), hint=said, optional=True)
