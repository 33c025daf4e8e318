"""How a person chooses among a project's labels: a button each up to ten of them, a menu that can be searched beyond.

The channel's message and the queue's modal have the same choices under their own action ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.domain import Project
from bot.slack.blocks.text import Block, clip, plain

BUTTONS: Final = 10  # labels with a button each
PER_ROW: Final = 5
MENU: Final = "menu"  # action_id of the menu, behind the prefix; that of a button is its number


def button(text: str, action_id: str, value: dict[str, str]) -> Block:
    """A button that carries its value as JSON."""
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": json.dumps(value)}


def label_rows(project: Project, query_id: str, prefix: str) -> list[list[Block]]:
    """Elements for rows of actions, at most five a row."""
    if len(project.labels) > BUTTONS:
        return [[_menu(project, query_id, prefix)]]
    each = [
        button(clip(label, 75), f"{prefix}{number}", {"q": query_id, "l": label})
        for number, label in enumerate(project.labels)
    ]
    return [each[start : start + PER_ROW] for start in range(0, len(each), PER_ROW)]


def _menu(project: Project, query_id: str, prefix: str) -> Block:
    return {
        "type": "static_select",
        "action_id": f"{prefix}{MENU}",
        "placeholder": plain("Choose a label"),
        "options": [{"text": plain(clip(label, 75)), "value": _option(query_id, label)} for label in project.labels],
    }


def _option(query_id: str, label: str) -> str:
    """As short as can be: an option's value ends at 150 characters (bot.services.projects sees to the label's share)."""
    return json.dumps({"q": query_id, "l": label}, ensure_ascii=False, separators=(",", ":"))


def values_in(blocks: list[Mapping[str, Any]], prefix: str) -> Iterator[str]:
    """What the label buttons or menu options of these blocks carry."""
    for block in blocks:
        for element in block.get("elements") or []:
            if str(element.get("action_id")).startswith(prefix):
                yield from (each["value"] for each in element.get("options") or [element] if "value" in each)
