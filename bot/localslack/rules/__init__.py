"""Block Kit's rules: sizes and structure."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def check_message(blocks: list[Json], pointer: str = "/blocks") -> list[str]:
    """What Slack would say against these blocks in a message; empty: nothing."""
    return [] if len(blocks) <= 50 else [f"no more than 50 items allowed [json-pointer:{pointer}]"]


def check_view(view: Json, pointer: str = "/view") -> list[str]:
    """What Slack would say against this modal or Home; empty: nothing."""
    return [] if len(view.get("blocks", [])) <= 100 else [f"no more than 100 items allowed [json-pointer:{pointer}]"]
