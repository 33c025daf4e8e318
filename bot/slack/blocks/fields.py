"""Fields of modals in which a person chooses a label and gives a reason, and what was entered in them.

A field's block_id ends in a mark of its item: Slack keeps what was entered in a field of the same block_id and action_id when a modal is
updated, and the next item must begin empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from bot.domain import Item, Project, labelsets
from bot.slack.blocks.text import Block, clip, excerpt, literal, plain, rich
from bot.slack.limits import CHOICES
from bot.words import say

LABEL: Final = "label"
REASON: Final = "reason"
INSTEAD: Final = "instead"
EXCERPT: Final = 2_000  # characters of an item in a modal that is about it alone


def modal(callback_id: str, title: str, blocks: Iterable[Block], **more: Any) -> Block:
    """A modal; `submit`, `close` in words."""
    words: dict[str, Any] = {name: plain(more.pop(name)) for name in ("submit", "close") if name in more}
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(clip(title, 24)),
        "close": plain(say("button-close")),
        **words,
        **more,
        "blocks": list(blocks),
    }


def item_text(item: Item) -> Block:
    """The item, as it is."""
    return {**rich(literal(excerpt(item.text, EXCERPT)[0])), "block_id": "text"}


def label_field(project: Project, item_id: str, title: str, present: str | None, *, optional: bool = False) -> Block:
    """The project's labels; `present` is chosen already. Several where an item may carry several."""
    element: Block = {"action_id": LABEL, "options": [_option(label) for label in project.labels]}
    if project.multi_label:
        few = len(project.labels) <= CHOICES
        element |= (
            {"type": "checkboxes"}
            if few
            else {"type": "multi_static_select", "placeholder": plain(say("field-labels"))}
        )
        chosen = [_option(label) for label in (labelsets.decode(present) if present else ()) if label in project.labels]
        element |= {"initial_options": chosen} if chosen else {}
    else:
        element |= {"type": "static_select", "placeholder": plain(say("field-label"))}
        element |= {"initial_option": _option(present)} if present in project.labels else {}
    field = _input(LABEL, item_id, title, element, optional=optional or project.multi_label)
    return field | {"hint": plain(say("field-none"))} if project.multi_label else field


def reason_field(item_id: str, title: str, *, most: int, optional: bool = False, present: str = "") -> Block:
    """A text of several lines."""
    element: Block = {"type": "plain_text_input", "action_id": REASON, "multiline": True, "max_length": most}
    element |= {"initial_value": present} if present else {}
    return _input(REASON, item_id, title, element, optional=optional)


def instead_field(item_id: str, choices: Mapping[str, str]) -> Block:
    """Boxes to tick instead of a label: value -> words."""
    options = [{"text": plain(words), "value": value} for value, words in choices.items()]
    element = {"type": "checkboxes", "action_id": INSTEAD, "options": options}
    return _input(INSTEAD, item_id, say("field-instead"), element, optional=True)


class Entered(NamedTuple):
    """What a submitted modal says."""

    label: str  # "" for none
    reason: str
    instead: tuple[str, ...]


def entered(project: Project, view: Mapping[str, Any]) -> Entered:
    """What was entered in these fields, as it is."""
    label, reason = "", ""
    instead: tuple[str, ...] = ()
    for fields in ((view.get("state") or {}).get("values") or {}).values():
        for name, field in fields.items():
            if name == LABEL:
                label = _label(project, field)
            elif name == REASON:
                reason = str(field.get("value") or "")
            elif name == INSTEAD:
                instead = tuple(str(option.get("value")) for option in field.get("selected_options") or ())
    return Entered(label, reason, instead)


def block_of(view: Mapping[str, Any], name: str) -> str:
    """The block_id of a field of a modal, for an error beside it; that of any input where there is no such field."""
    inputs = [str(block["block_id"]) for block in view.get("blocks") or () if block.get("type") == "input"]
    return next((each for each in inputs if each.startswith(f"{name}-")), inputs[-1] if inputs else name)


def _label(project: Project, field: Mapping[str, Any]) -> str:
    if "selected_options" not in field:
        return str((field.get("selected_option") or {}).get("value") or "")
    chosen = [str(option.get("value")) for option in field.get("selected_options") or ()]
    if not project.multi_label:
        return ", ".join(chosen)
    try:
        return labelsets.encode(chosen, project.labels)
    except ValueError:  # a label that the project has no more: whoever records it says so
        return ", ".join(chosen)


def _option(label: str | None) -> Block:
    return {"text": plain(clip(str(label), 75)), "value": str(label)}


def _input(name: str, item_id: str, title: str, element: Block, *, optional: bool) -> Block:
    mark = hashlib.blake2b(item_id.encode(), digest_size=6).hexdigest()
    block: Block = {"type": "input", "block_id": f"{name}-{mark}", "label": plain(title), "element": element}
    return block | {"optional": True} if optional else block
