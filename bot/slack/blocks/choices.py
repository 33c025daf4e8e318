"""How a person chooses among a project's labels: a button each up to ten of them, a menu that can be searched beyond.

Where an item may carry several, boxes to tick up to ten, a menu of many beyond, and a button to save what is ticked.
The channel's message and the queue's modal have the same choices under their own action ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from bot.domain import Project, labelsets
from bot.slack.blocks.text import Block, clip, plain, section
from bot.slack.limits import CHOICES
from bot.words import say

BUTTONS: Final = 10  # labels with a button each
PER_ROW: Final = 5
MENU: Final = "menu"  # action_id of the menu, behind the prefix; that of a button is its number
PICK, SAVE, NONE = "pick", "save", "none"  # action_ids behind the prefix where items carry several labels
PICKED: Final = (
    "pick-"  # block_id of the boxes, before the query's: Slack keeps what is ticked in a block of the same id
)


class Choices(NamedTuple):
    """`above`: blocks of their own; `rows`: elements for rows of actions, at most five a row."""

    above: list[Block]
    rows: list[list[Block]]


def button(text: str, action_id: str, value: dict[str, str]) -> Block:
    """A button that carries its value as JSON."""
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": json.dumps(value)}


def choices(project: Project, query_id: str, prefix: str, present: str | None = None) -> Choices:
    """What there is to choose from. `present`: the person's own answer, where it is theirs alone to see."""
    if not project.multi_label:
        return Choices([], _label_rows(project, query_id, prefix))
    save = button(say("button-save"), f"{prefix}{SAVE}", {"q": query_id})
    none = button(say("choices-none"), f"{prefix}{NONE}", {"q": query_id})
    return Choices([_boxes(project, query_id, prefix, present)], [[save, none]])


def _boxes(project: Project, query_id: str, prefix: str, present: str | None) -> Block:
    ticked = labelsets.decode(present) if present is not None else ()
    chosen = [_choice(query_id, label) for label in project.labels if label in ticked]
    element: Block = {
        "action_id": f"{prefix}{PICK}",
        "options": [_choice(query_id, label) for label in project.labels],
        **({"initial_options": chosen} if chosen else {}),
    }
    block_id = f"{PICKED}{query_id}"
    if len(project.labels) <= CHOICES:
        return {"type": "actions", "block_id": block_id, "elements": [{"type": "checkboxes", **element}]}
    menu = {"type": "multi_static_select", "placeholder": plain(say("choices-labels")), **element}
    return {**section(say("choices-all")), "block_id": block_id, "accessory": menu}


def picked(state: Mapping[str, Any] | None, query_id: str) -> tuple[str, ...]:
    """The labels that are ticked for that query, from the `state` that a click or a submitted modal carries."""
    fields = ((state or {}).get("values") or {}).get(f"{PICKED}{query_id}") or {}
    options = [option for field in fields.values() for option in field.get("selected_options") or []]
    return tuple(str(json.loads(option["value"])["l"]) for option in options)


def _label_rows(project: Project, query_id: str, prefix: str) -> list[list[Block]]:
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
        "placeholder": plain(say("choices-label")),
        "options": [_choice(query_id, label) for label in project.labels],
    }


def _choice(query_id: str, label: str) -> Block:
    return {"text": plain(clip(label, 75)), "value": _option(query_id, label)}


def _option(query_id: str, label: str) -> str:
    """As short as can be: an option's value ends at 150 characters (bot.services.projects sees to the label's share)."""
    return json.dumps({"q": query_id, "l": label}, ensure_ascii=False, separators=(",", ":"))


def values_in(blocks: list[Mapping[str, Any]], prefix: str) -> Iterator[str]:
    """What the label buttons or menu options of these blocks carry."""
    for block in blocks:
        for element in block.get("elements") or []:
            if str(element.get("action_id")).startswith(prefix):
                yield from (each["value"] for each in element.get("options") or [element] if "value" in each)
