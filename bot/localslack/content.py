"""From arguments to a message's stored content: text, blocks, attachments, metadata, checked by Slack's rules."""

from __future__ import annotations

import copy
import json
from typing import Any

from bot.localslack.elements import CHOICE_FIELD
from bot.localslack.errors import ApiError, bad_blocks
from bot.localslack.ids import Ids
from bot.localslack.rules import check_message

Json = dict[str, Any]
MAX_POST_TEXT = 40_000
MAX_UPDATE_TEXT = 4_000
MAX_ATTACHMENTS = 100
MAX_METADATA_BYTES = 16_000


def read_list(value: Any, error: str) -> list[Json] | None:
    """Blocks or attachments: a list, or JSON of one. Raises ApiError `error`."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise ApiError(error) from None
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise ApiError(error)
    return value


def message_content(args: Json, ids: Ids, *, max_text: int = MAX_POST_TEXT) -> Json:
    """The fields of a message that `args` give; absent ones are left out.

    Raises ApiError no_text, msg_too_long, invalid_blocks, invalid_blocks_format, too_many_attachments,
    invalid_attachments, markdown_text_conflict, invalid_metadata_format, metadata_too_large."""
    blocks = read_list(args.get("blocks"), "invalid_blocks_format")
    attachments = read_list(args.get("attachments"), "invalid_attachments")
    text = args.get("text")
    if args.get("markdown_text"):
        if blocks or text:
            raise ApiError("markdown_text_conflict")
        blocks = [{"type": "markdown", "text": args["markdown_text"]}]
    if not text and not blocks and not attachments:
        raise ApiError("no_text")
    if text is not None and len(str(text)) > max_text:
        raise ApiError("msg_too_long")
    content: Json = {"text": str(text or "")}
    if blocks is not None:
        if problems := check_message(blocks):
            raise bad_blocks(problems)
        content["blocks"] = normalised(blocks, ids)
    if attachments is not None:
        content["attachments"] = _attachments(attachments, ids)
    if args.get("metadata"):
        content["metadata"] = _metadata(args["metadata"])
    return content


def _attachments(attachments: list[Json], ids: Ids) -> list[Json]:
    if len(attachments) > MAX_ATTACHMENTS:
        raise ApiError("too_many_attachments")
    out = []
    for number, attachment in enumerate(attachments, start=1):
        blocks = read_list(attachment.get("blocks"), "invalid_blocks_format")
        if blocks is None:
            out.append({"id": number, **attachment})
            continue
        if problems := check_message(blocks, pointer=f"/attachments/{number - 1}/blocks"):
            raise bad_blocks(problems)
        out.append({"id": number, **attachment, "blocks": normalised(blocks, ids)})
    return out


def _metadata(value: Any) -> Json:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise ApiError("invalid_metadata_format") from None
    if not isinstance(value, dict) or not isinstance(value.get("event_type"), str):
        raise ApiError("invalid_metadata_format")
    if not isinstance(value.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    if len(json.dumps(value).encode()) > MAX_METADATA_BYTES:
        raise ApiError("metadata_too_large")
    return {"event_type": value["event_type"], "event_payload": value["event_payload"]}


def normalised(blocks: list[Json], ids: Ids) -> list[Json]:
    """A copy with what Slack fills in: block_id, action_id, `emoji` and `verbatim` of text objects."""
    out = copy.deepcopy(blocks)
    for block in out:
        block.setdefault("block_id", ids.new("")[-5:])
        _fill(block, ids)
    return out


def _fill(node: Any, ids: Ids) -> None:
    if isinstance(node, list):
        for child in node:
            _fill(child, ids)
        return
    if not isinstance(node, dict):
        return
    kind = node.get("type")
    if kind == "plain_text":
        node.setdefault("emoji", True)
    elif kind == "mrkdwn":
        node.setdefault("verbatim", False)
    elif kind in CHOICE_FIELD:
        node.setdefault("action_id", ids.new("")[-5:])
    for child in node.values():
        if isinstance(child, dict | list):
            _fill(child, ids)
