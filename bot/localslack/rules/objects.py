"""Composition objects: texts, options, confirmations and the like."""

from __future__ import annotations

from typing import Any

from bot.localslack.rules.schema import (
    Check,
    array,
    at_least_one,
    boolean,
    by_type,
    enum,
    exactly_one,
    record,
    say,
    string,
    url,
)

ACTION_ID = string(255)
BLOCK_ID = string(255, 0)
SLACK_FILE = record({}, {"id": string(255), "url": url()}, exactly_one("id", "url"))
DISPATCH = record({}, {"trigger_actions_on": array(enum("on_enter_pressed", "on_character_entered"), 2)})


def plain(most: int, least: int = 1) -> Check:
    """A plain_text object."""
    checked = record({"text": string(most, least)}, {"emoji": boolean})

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if isinstance(value, dict) and value.get("type") != "plain_text":
            say(problems, f"unsupported type: {value.get('type')}", f"{pointer}/type")
            return
        checked(value, pointer, problems)

    return check


def text(most: int, least: int = 1) -> Check:
    """A plain_text or mrkdwn object."""
    return by_type(
        {
            "plain_text": record({"text": string(most, least)}, {"emoji": boolean}),
            "mrkdwn": record({"text": string(most, least)}, {"verbatim": boolean}),
        }
    )


CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": enum("primary", "danger")},
)


def option(label: Check, *, with_url: bool = False) -> Check:
    """An option of a menu; only those of an overflow may have a url."""
    extra = {"url": url()} if with_url else {}
    return record({"text": label}, {"value": string(150), "description": text(75), **extra})


PLAIN_OPTION = option(plain(75))
TEXT_OPTION = option(text(75))
OVERFLOW_OPTION = option(plain(75), with_url=True)
OPTION_GROUP = record({"label": plain(75), "options": array(PLAIN_OPTION, 100)})
FILTER = record(
    {},
    {
        "include": array(enum("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
