"""Submitted modals: what Slack itself checks before the app is asked, and reading what the app answers."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.localslack import elements
from bot.localslack.content import normalised
from bot.localslack.errors import ApiError, bad_arguments
from bot.localslack.ids import Ids
from bot.localslack.rules import check_view

Json = dict[str, Any]


def incomplete(view: Json) -> Json:
    """block_id -> message, for inputs that are required and empty, or too short or too long."""
    errors: Json = {}
    for block in view["blocks"]:
        if block.get("type") != "input":
            continue
        element = block["element"]
        entry = view["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {})
        value = elements.selection_of(entry)
        if value in (None, "", []):
            if not block.get("optional"):
                errors[block["block_id"]] = "Please complete this required field."
        elif isinstance(value, str) and (problem := _problem(element, value)):
            errors[block["block_id"]] = problem
    return errors


def _problem(element: Json, value: str) -> str | None:
    return _number_problem(element, value) if element["type"] == "number_input" else _length_problem(element, value)


def _number_problem(element: Json, value: str) -> str | None:
    """Slack's client takes no other number; its wording is its own."""
    shape = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(shape, value, re.ASCII):
        return f"Please enter a {'' if element['is_decimal_allowed'] else 'whole '}number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Please enter a number that is at least {least}."
    return f"Please enter a number that is at most {most}." if most is not None and float(value) > float(most) else None


def _length_problem(element: Json, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", len(value))
    if len(value) < least:
        return f"Please enter at least {least} characters."
    return f"Please enter at most {most} characters." if len(value) > most else None


def read_errors(view: Json, body: Json) -> Json:
    """The app's errors by block_id. Raises ApiError if they name no input of the view."""
    errors = body.get("errors")
    if not isinstance(errors, dict) or not errors:
        raise bad_arguments("errors: block_id -> message is missing")
    known = {block["block_id"] for block in view["blocks"] if block.get("type") == "input"}
    if unknown := sorted(set(errors) - known):
        raise bad_arguments(f"errors name blocks that are no inputs of the view: {', '.join(unknown)}")
    return errors


def read_view(body: Json, ids: Ids) -> Json:
    """The view of a call or a response_action, checked. Raises ApiError invalid_arguments."""
    view = body.get("view")
    if isinstance(view, str):
        try:
            view = json.loads(view)
        except ValueError:
            raise ApiError("invalid_arguments", messages=["invalid JSON [json-pointer:/view]"]) from None
    if not isinstance(view, dict):
        raise bad_arguments("missing required field: view")
    if problems := check_view(view):
        raise bad_arguments(*problems)
    return {**view, "blocks": normalised(view["blocks"], ids)}
