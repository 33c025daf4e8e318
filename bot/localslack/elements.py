"""Interactive elements: finding them in blocks, what choosing in them means, and the `state` that payloads carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

# Element type -> the field that holds what was chosen or written.
CHOICE_FIELD = {
    "button": "value",
    "icon_button": "value",
    "feedback_buttons": "value",
    "workflow_button": "value",
    "overflow": "selected_option",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
STATELESS = frozenset({"button", "icon_button", "feedback_buttons", "workflow_button", "overflow"})
_INITIAL = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "value": "initial_value",
    "rich_text_value": "initial_value",
}
_LISTS = frozenset(name for name in CHOICE_FIELD.values() if name.endswith("s") and name != "files")


class NotThereError(LookupError):
    """No such element, option or choice; the text says which."""


def elements(block: Json) -> Iterator[Json]:
    """The interactive elements of a block, wherever they stand in it."""
    for value in block.values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, dict):
                if "action_id" in child and child.get("type") in CHOICE_FIELD:
                    yield child
                else:
                    yield from elements(child)


def find(blocks: list[Json], block_id: str, action_id: str) -> Json:
    """Raises NotThereError."""
    for block in blocks:
        if block.get("block_id") == block_id:
            for element in elements(block):
                if element["action_id"] == action_id:
                    return element
    raise NotThereError(f"there is no element {action_id!r} in a block {block_id!r}")


def dispatches(blocks: list[Json], block_id: str) -> bool:
    """Whether the app hears of each change in that block: an input block has to ask for it."""
    found = (block for block in blocks if block.get("block_id") == block_id)
    return all(block.get("type") != "input" or bool(block.get("dispatch_action")) for block in found)


def options(element: Json) -> list[Json]:
    """All options, those of groups too."""
    grouped = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return list(element.get("options") or []) + grouped


def choice(element: Json, selected: Any) -> Json:
    """{field: value} for what was chosen: option values become the stored options. Raises NotThereError."""
    kind = element["type"]
    field = CHOICE_FIELD[kind]
    if kind in ("button", "icon_button", "workflow_button"):
        return {"value": element["value"]} if "value" in element else {}
    if kind == "feedback_buttons":
        return {"value": _feedback(element, selected)}
    if field == "selected_option":
        return {field: _option(element, selected) if selected not in (None, "") else None}
    if field == "selected_options":
        return {field: [_option(element, value) for value in selected or []]}
    if field in _LISTS:
        return {field: [str(value) for value in selected or []]}
    if field == "selected_date_time":
        return {field: int(selected) if selected not in (None, "") else None}
    if field in ("rich_text_value", "files"):
        return {field: selected}
    return {field: str(selected) if selected not in (None, "") else None}


def _feedback(element: Json, selected: Any) -> Any:
    values = [element[name]["value"] for name in ("positive_button", "negative_button") if name in element]
    if selected not in values:
        raise NotThereError(f"{selected!r} is not one of this element's values")
    return selected


def _option(element: Json, value: Any) -> Json:
    if isinstance(value, dict):
        value = value.get("value")
    for option in options(element):
        if option.get("value") == value:
            return option
    raise NotThereError(f"{value!r} is not one of this element's options")


def selection_of(entry: Any) -> Any:
    """What was chosen, from a bare value or from an entry of `state.values`."""
    if not isinstance(entry, dict) or "type" not in entry:
        return entry
    field = CHOICE_FIELD.get(str(entry["type"]), "value")
    return entry.get(field)


def action(block_id: str, element: Json, selected: Any, action_ts: str) -> Json:
    """One entry of a payload's `actions`. Raises NotThereError."""
    kind = element["type"]
    out: Json = {"type": kind, "action_id": element["action_id"], "block_id": block_id}
    for name in ("text", "style", "placeholder"):
        if name in element:
            out[name] = element[name]
    out.update(choice(element, selected))
    out["action_ts"] = action_ts
    return out


def initial_state(blocks: list[Json]) -> Json:
    """`state.values` before anybody touched anything."""
    values: Json = {}
    for block in blocks:
        for element in elements(block):
            if element["type"] in STATELESS:
                continue
            field = CHOICE_FIELD[element["type"]]
            start = element.get(_INITIAL.get(field, ""), [] if field in _LISTS else None)
            values.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], field: start}
    return values


def chosen(values: Json, block_id: str, element: Json, selected: Any) -> Json:
    """`state.values` after a choice. Raises NotThereError."""
    if element["type"] in STATELESS:
        return values
    entry = {"type": element["type"], **choice(element, selected)}
    return {**values, block_id: {**values.get(block_id, {}), element["action_id"]: entry}}
