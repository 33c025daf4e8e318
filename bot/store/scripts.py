"""Lua scripts, read once: keys (from keys.py), then common.lua, then the script itself."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import NamedTuple

from bot.store.keys import ACTIONS_TTL, FENCE_TTL, LEASE_MS, QUERY_TOUCH_MS, ROUND_TOUCH_MS, lua_functions


class Script(NamedTuple):
    """A script's whole text and what EVALSHA calls it by."""

    text: str
    sha: str


def _load() -> dict[str, Script]:
    folder = resources.files("bot.store") / "lua"
    constants = (
        f"local ACTIONS_TTL, FENCE_TTL, LEASE_MS = {ACTIONS_TTL}, {FENCE_TTL}, {LEASE_MS}\n"
        f"local ROUND_TOUCH_MS, QUERY_TOUCH_MS = {ROUND_TOUCH_MS}, {QUERY_TOUCH_MS}\n"
    )
    common = lua_functions() + constants + (folder / "common.lua").read_text("utf-8")
    scripts = {}
    for file in folder.iterdir():
        if file.name.endswith(".lua") and file.name != "common.lua":
            text = common + file.read_text("utf-8")
            # SHA-1 is what EVALSHA goes by; nothing is protected by it.
            scripts[file.name.removesuffix(".lua")] = Script(
                text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
            )
    return scripts


SCRIPTS = _load()
