"""Blocks, by type, and where each may stand."""

from __future__ import annotations

from typing import Any

from bot.localslack.rules.data import DATA_TABLE, DATA_VISUALIZATION, TABLE
from bot.localslack.rules.elements import ACCESSORIES, ACTION_ELEMENTS, IMAGE, INPUT_ELEMENTS, only
from bot.localslack.rules.objects import BLOCK_ID, SLACK_FILE, plain, text
from bot.localslack.rules.richtext import RICH_TEXT
from bot.localslack.rules.schema import (
    Check,
    array,
    at_least_one,
    boolean,
    by_type,
    enum,
    exactly_one,
    later,
    record,
    say,
    string,
    url,
)

_ID: dict[str, Check] = {"block_id": BLOCK_ID}


def _unique_action_ids(value: Any, pointer: str, problems: list[str]) -> None:
    seen: set[str] = set()
    for index, element in enumerate(value["elements"]):
        action_id = element.get("action_id")
        if action_id in seen:
            say(
                problems,
                f"`action_id` {action_id} already exists in this block",
                f"{pointer}/elements/{index}/action_id",
            )
        seen.add(action_id or f" {index}")


def _no_divider_when_collapsible(value: Any, pointer: str, problems: list[str]) -> None:
    if value.get("is_collapsible") and value.get("has_header_divider"):
        say(problems, "cannot be set when is_collapsible is true", f"{pointer}/has_header_divider")


_CONTEXT = {
    "image": IMAGE,
    "plain_text": record({"text": string(3000)}, {"emoji": boolean}),
    "mrkdwn": record({"text": string(3000)}, {"verbatim": boolean}),
}
_CARD = record(
    {},
    {
        **_ID,
        "hero_image": by_type({"image": IMAGE}),
        "icon": by_type({"image": IMAGE}),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": array(by_type(only("button", "icon_button", "overflow")), 5),
    },
    at_least_one("hero_image", "title", "actions", "body"),
)
_TASK = record(
    {"task_id": string(255), "title": string(255), "status": enum("pending", "in_progress", "complete", "error")},
    {
        **_ID,
        "details": by_type({"rich_text": RICH_TEXT}),
        "output": by_type({"rich_text": RICH_TEXT}),
        "sources": array(by_type({"url": record({"url": url(), "text": string(255)})}), 100),
    },
)
MARKDOWN_CHARACTERS = 12_000

BLOCKS: dict[str, Check] = {
    "section": record(
        {},
        {
            **_ID,
            "text": text(3000),
            "fields": array(text(2000), 10),
            "accessory": by_type(ACCESSORIES),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "actions": record({"elements": array(by_type(ACTION_ELEMENTS), 25)}, _ID, _unique_action_ids),
    "context": record({"elements": array(by_type(_CONTEXT), 10)}, _ID),
    "context_actions": record(
        {"elements": array(by_type(only("feedback_buttons", "icon_button")), 5)}, _ID, _unique_action_ids
    ),
    "divider": record({}, _ID),
    "header": record({"text": plain(150)}, _ID),
    "image": record(
        {"alt_text": string(2000)},
        {**_ID, "image_url": url(), "slack_file": SLACK_FILE, "title": plain(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "input": record(
        {"label": plain(2000), "element": by_type(INPUT_ELEMENTS)},
        {**_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": RICH_TEXT,
    "markdown": record({"text": string(MARKDOWN_CHARACTERS)}, _ID),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "video": record(
        {"alt_text": string(2000), "title": plain(199), "video_url": url(), "thumbnail_url": url()},
        {
            **_ID,
            "title_url": url(),
            "description": plain(199),
            "provider_icon_url": url(),
            "provider_name": string(50),
            "author_name": string(49),
        },
    ),
    "alert": record({"text": text(3000)}, {**_ID, "level": enum("default", "info", "warning", "error", "success")}),
    "card": _CARD,
    "carousel": record({"elements": array(by_type({"card": _CARD}), 10)}, _ID),
    "container": record(
        {"child_blocks": array(later(lambda: by_type({k: v for k, v in BLOCKS.items() if k != "container"})), 10)},
        {
            **_ID,
            "title": plain(150),
            "rich_text_title": by_type({"rich_text": RICH_TEXT}),
            "subtitle": text(150),
            "width": enum("narrow", "standard", "wide", "full"),
            "icon": by_type({"image": IMAGE}),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        at_least_one("title", "rich_text_title"),
        _no_divider_when_collapsible,
    ),
    "task_card": _TASK,
    "plan": record({"title": string(255)}, {**_ID, "tasks": array(by_type({"task_card": _TASK}), 50)}),
}


_ONLY_IN_MESSAGES = frozenset({"data_visualization", "markdown", "card", "carousel", "task_card", "plan"})
_ONLY_IN_MODALS = frozenset({"alert"})

IN_MESSAGE = by_type({kind: check for kind, check in BLOCKS.items() if kind not in _ONLY_IN_MODALS})
IN_MODAL = by_type({kind: check for kind, check in BLOCKS.items() if kind not in _ONLY_IN_MESSAGES})
IN_HOME = by_type({kind: check for kind, check in BLOCKS.items() if kind not in _ONLY_IN_MESSAGES | _ONLY_IN_MODALS})
