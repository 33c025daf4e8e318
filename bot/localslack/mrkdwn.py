"""What a message would notify and where it would link, by Slack's rules for mrkdwn.

Control sequences stand in angle brackets: <!channel>, <@U1>, <#C1>, <https://...|label>. Escaped entities (&lt; &amp;
&gt;) are text and start nothing. In plain_text and in text elements of rich_text nothing is parsed; there a mention
is an element of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
_CONTROL = re.compile(r"<([^<>]*)>")
_BARE_URL = re.compile(r"(?<![\w<|])https?://[^\s<>|]+", re.IGNORECASE)
_LINKED = re.compile(r"^(?:[a-z][a-z0-9+.-]*://|mailto:|tel:)", re.IGNORECASE)
_BROADCASTS = frozenset({"channel", "here", "everyone", "group"})


def parse(text: str, pointer: str = "/text", *, verbatim: bool = False) -> list[Json]:
    """Mentions and links of one mrkdwn text. `verbatim`: bare addresses stay text (a text object's own switch)."""
    found: list[Json] = []
    for match in _CONTROL.finditer(text):
        entry = _control(match.group(1))
        if entry:
            found.append({**entry, "pointer": pointer})
    if not verbatim:
        rest = _CONTROL.sub(" ", text)
        found += [{"kind": "autolink", "target": m.group(0), "pointer": pointer} for m in _BARE_URL.finditer(rest)]
    return found


def _control(inner: str) -> Json | None:
    body, _, label = inner.partition("|")
    if body.startswith("!"):
        return _special(body[1:])
    if body.startswith("@"):
        return {"kind": "user", "target": body[1:]}
    if body.startswith("#"):
        return {"kind": "channel", "target": body[1:]}
    if _LINKED.match(body):
        return {"kind": "link", "target": body, "label": label}
    return None


def _special(body: str) -> Json | None:
    name, *rest = body.split("^")
    if name in _BROADCASTS:
        return {"kind": "broadcast", "target": name}
    if name == "subteam" and rest:
        return {"kind": "usergroup", "target": rest[0]}
    if name == "date" and len(rest) > 2 and _LINKED.match(rest[2]):
        return {"kind": "link", "target": rest[2], "label": rest[1]}
    return None


_RICH_KINDS = {
    "user": ("user", "user_id"),
    "usergroup": ("usergroup", "usergroup_id"),
    "broadcast": ("broadcast", "range"),
    "channel": ("channel", "channel_id"),
    "link": ("link", "url"),
}


def notifies(message: Json) -> list[Json]:
    """All mentions and links of a message: its top-level text, its blocks and its attachments, with JSON pointers.

    Kinds: broadcast, user, usergroup, channel (a link to one), link, autolink (a bare address that clients make clickable).
    """
    found = parse(str(message.get("text") or ""))
    for name in ("blocks", "attachments"):
        found += _walk(message.get(name) or [], f"/{name}")
    return found


def _walk(node: Any, pointer: str) -> Iterator[Json]:
    if isinstance(node, list):
        for index, child in enumerate(node):
            yield from _walk(child, f"{pointer}/{index}")
        return
    if not isinstance(node, dict):
        return
    kind = node.get("type")
    if kind == "mrkdwn" or (kind == "markdown" and isinstance(node.get("text"), str)):
        yield from parse(str(node.get("text", "")), f"{pointer}/text", verbatim=bool(node.get("verbatim")))
        return
    if kind in _RICH_KINDS and _RICH_KINDS[kind][1] in node:
        name, target = _RICH_KINDS[kind]
        yield {"kind": name, "target": node[target], "pointer": pointer}
        return
    for key, child in node.items():
        if isinstance(child, dict | list):
            yield from _walk(child, f"{pointer}/{key}")
