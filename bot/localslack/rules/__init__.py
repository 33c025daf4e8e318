"""Block Kit's rules: sizes, structure, uniqueness. Problems come with JSON pointers, in Slack's words where known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.localslack.rules.blocks import IN_HOME, IN_MESSAGE, IN_MODAL, MARKDOWN_CHARACTERS
from bot.localslack.rules.objects import plain
from bot.localslack.rules.schema import array, boolean, record, say, string

Json = dict[str, Any]
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
_PER_MESSAGE = {"table": 1, "data_visualization": 2}

_MESSAGE = array(IN_MESSAGE, MESSAGE_BLOCKS, 0)
_COMMON = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
_MODAL = record(
    {"title": plain(24), "blocks": array(IN_MODAL, VIEW_BLOCKS, 0)},
    {
        **_COMMON,
        "close": plain(24),
        "submit": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = record({"blocks": array(IN_HOME, VIEW_BLOCKS, 0)}, _COMMON)


def check_message(blocks: list[Json], pointer: str = "/blocks") -> list[str]:
    """What Slack would say against these blocks in a message; empty: nothing."""
    problems: list[str] = []
    _MESSAGE(blocks, pointer, problems)
    _unique_block_ids(blocks, pointer, problems)
    for kind, most in _PER_MESSAGE.items():
        if sum(block.get("type") == kind for block in blocks) > most:
            say(problems, f"no more than {most} blocks of type {kind} allowed", pointer)
    if sum(len(text) for text in _markdown(blocks)) > MARKDOWN_CHARACTERS:
        say(problems, f"must be less than {MARKDOWN_CHARACTERS + 1} characters in all markdown blocks", pointer)
    for index, block in enumerate(blocks):
        if _element(block).get("type") == "file_input":
            say(problems, "unsupported type: file_input", f"{pointer}/{index}/element/type")
    return problems


def check_view(view: Json, pointer: str = "/view") -> list[str]:
    """What Slack would say against this modal or Home; empty: nothing."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [f"unsupported type: {kind} [json-pointer:{pointer}/type]"]
    problems: list[str] = []
    (_MODAL if kind == "modal" else _HOME)(view, pointer, problems)
    if problems:
        return problems
    _unique_block_ids(view["blocks"], f"{pointer}/blocks", problems)
    if kind == "modal" and "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        say(problems, "missing required field: submit (there are input blocks)", pointer)
    if sum(_element(block).get("focus_on_load") is True for block in view["blocks"]) > 1:
        say(problems, "no more than 1 element may have focus_on_load", f"{pointer}/blocks")
    return problems


def _element(block: Json) -> Json:
    element = block.get("element")
    return element if isinstance(element, dict) else {}


def _markdown(blocks: list[Json]) -> Iterable[str]:
    return (str(block.get("text")) for block in blocks if block.get("type") == "markdown")


def _unique_block_ids(blocks: list[Json], pointer: str, problems: list[str]) -> None:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if not block_id:
            continue
        if block_id in seen:
            say(problems, f"`block_id` {block_id} already exists", f"{pointer}/{index}/block_id")
        seen.add(str(block_id))
