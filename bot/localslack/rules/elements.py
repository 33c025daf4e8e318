"""Block elements: buttons, menus, inputs, images."""

from __future__ import annotations

from typing import Any

from bot.localslack.rules.objects import (
    ACTION_ID,
    CONFIRM,
    DISPATCH,
    FILTER,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLAIN_OPTION,
    SLACK_FILE,
    TEXT_OPTION,
    plain,
)
from bot.localslack.rules.richtext import RICH_TEXT
from bot.localslack.rules.schema import (
    Check,
    array,
    boolean,
    by_type,
    enum,
    exactly_one,
    integer,
    matching,
    record,
    say,
    string,
    url,
)

_ID = string(255)
_IDS = array(_ID, 100)
_COMMON: dict[str, Check] = {"action_id": ACTION_ID}
_FOCUS: dict[str, Check] = {**_COMMON, "focus_on_load": boolean}
_INPUT: dict[str, Check] = {**_FOCUS, "placeholder": plain(150)}
_MENU: dict[str, Check] = {**_INPUT, "confirm": CONFIRM}
_MANY: dict[str, Check] = {**_MENU, "max_selected_items": integer(1, 10_000)}
_OPTIONS: dict[str, Check] = {"options": array(PLAIN_OPTION, 100), "option_groups": array(OPTION_GROUP, 100)}
_DATE = matching(r"\d{4}-\d{2}-\d{2}", "date")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "time")
_WRITTEN: dict[str, Check] = {**_INPUT, "dispatch_action_config": DISPATCH}

IMAGE = record(
    {"alt_text": string(2000)}, {"image_url": url(), "slack_file": SLACK_FILE}, exactly_one("image_url", "slack_file")
)


def _unique_options(value: Any, pointer: str, problems: list[str]) -> None:
    groups = value.get("option_groups") or []
    options = list(value.get("options") or []) + [option for group in groups for option in group["options"]]
    if any("value" not in option and "url" not in option for option in options):
        say(problems, "missing required field: value", f"{pointer}/options")


def _initial_among_options(value: Any, pointer: str, problems: list[str]) -> None:
    options = list(value.get("options") or [])
    options += [option for group in value.get("option_groups") or [] for option in group["options"]]
    wanted = value.get("initial_options") or [value.get("initial_option")]
    values = {option.get("value") for option in options}
    if any(option is not None and option.get("value") not in values for option in wanted):
        say(problems, "initial option is not one of the options", pointer)


_ONE_OF_OPTIONS = exactly_one("options", "option_groups")
BUTTON = record(
    {"text": plain(75)},
    {
        **_COMMON,
        "value": string(2000, 0),
        "url": url(),
        "style": enum("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
    },
)
_FEEDBACK = record({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

ELEMENTS: dict[str, Check] = {
    "button": BUTTON,
    "overflow": record({"options": array(OVERFLOW_OPTION, 5)}, {**_COMMON, "confirm": CONFIRM}, _unique_options),
    "static_select": record(
        {},
        {**_MENU, **_OPTIONS, "initial_option": PLAIN_OPTION},
        _ONE_OF_OPTIONS,
        _unique_options,
        _initial_among_options,
    ),
    "multi_static_select": record(
        {},
        {**_MANY, **_OPTIONS, "initial_options": array(PLAIN_OPTION, 100)},
        _ONE_OF_OPTIONS,
        _unique_options,
        _initial_among_options,
    ),
    "external_select": record({}, {**_MENU, "initial_option": PLAIN_OPTION, "min_query_length": integer(0, 100)}),
    "multi_external_select": record(
        {}, {**_MANY, "initial_options": array(PLAIN_OPTION, 100), "min_query_length": integer(0, 100)}
    ),
    "users_select": record({}, {**_MENU, "initial_user": _ID}),
    "multi_users_select": record({}, {**_MANY, "initial_users": _IDS}),
    "conversations_select": record(
        {},
        {
            **_MENU,
            "initial_conversation": _ID,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        },
    ),
    "multi_conversations_select": record(
        {}, {**_MANY, "initial_conversations": _IDS, "default_to_current_conversation": boolean, "filter": FILTER}
    ),
    "channels_select": record({}, {**_MENU, "initial_channel": _ID, "response_url_enabled": boolean}),
    "multi_channels_select": record({}, {**_MANY, "initial_channels": _IDS}),
    "radio_buttons": record(
        {"options": array(TEXT_OPTION, 10)},
        {**_FOCUS, "initial_option": TEXT_OPTION, "confirm": CONFIRM},
        _unique_options,
        _initial_among_options,
    ),
    "checkboxes": record(
        {"options": array(TEXT_OPTION, 10)},
        {**_FOCUS, "initial_options": array(TEXT_OPTION, 10), "confirm": CONFIRM},
        _unique_options,
        _initial_among_options,
    ),
    "datepicker": record({}, {**_MENU, "initial_date": _DATE}),
    "timepicker": record({}, {**_MENU, "initial_time": _TIME, "timezone": string(100)}),
    "datetimepicker": record({}, {**_FOCUS, "initial_date_time": integer(0, 9_999_999_999), "confirm": CONFIRM}),
    "icon_button": record(
        {"icon": enum("trash"), "text": plain(75)},
        {
            **_COMMON,
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": _IDS,
        },
    ),
    "feedback_buttons": record({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _COMMON),
    "workflow_button": record(
        {
            "text": plain(75),
            "workflow": record(
                {
                    "trigger": record(
                        {"url": url()},
                        {
                            "customizable_input_parameters": array(
                                record({"name": string(255), "value": string(2000)}), 100
                            )
                        },
                    )
                }
            ),
        },
        {**_COMMON, "style": enum("primary", "danger"), "accessibility_label": string(75)},
    ),
    "plain_text_input": record(
        {},
        {
            **_WRITTEN,
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
    ),
    "email_text_input": record({}, {**_WRITTEN, "initial_value": string(3000, 0)}),
    "url_text_input": record({}, {**_WRITTEN, "initial_value": string(3000, 0)}),
    "number_input": record(
        {"is_decimal_allowed": boolean},
        {**_WRITTEN, "initial_value": string(100), "min_value": string(100), "max_value": string(100)},
    ),
    "rich_text_input": record({}, {**_WRITTEN, "initial_value": by_type({"rich_text": RICH_TEXT})}),
    "file_input": record({}, {**_COMMON, "filetypes": array(string(20), 100), "max_files": integer(1, 10)}),
    "image": IMAGE,
}

_IN_ACTIONS = (
    "button",
    "overflow",
    "static_select",
    "multi_static_select",
    "external_select",
    "multi_external_select",
    "users_select",
    "multi_users_select",
    "conversations_select",
    "multi_conversations_select",
    "channels_select",
    "multi_channels_select",
    "radio_buttons",
    "checkboxes",
    "datepicker",
    "timepicker",
    "datetimepicker",
    "workflow_button",
    "rich_text_input",
    "plain_text_input",
)
_NOT_INPUT = frozenset({"button", "overflow", "icon_button", "feedback_buttons", "workflow_button", "image"})


def only(*kinds: str) -> dict[str, Check]:
    """Those of some types."""
    return {kind: ELEMENTS[kind] for kind in kinds}


ACTION_ELEMENTS = only(*_IN_ACTIONS)
INPUT_ELEMENTS = {kind: check for kind, check in ELEMENTS.items() if kind not in _NOT_INPUT}
ACCESSORIES = only(*[kind for kind in _IN_ACTIONS if kind not in ("plain_text_input", "rich_text_input")], "image")
