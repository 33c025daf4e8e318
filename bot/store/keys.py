"""Every key that Roundtable writes, with its time to live and the reason for it. The Lua scripts build their keys from this
same table (`lua_functions`), so there is no second list.

All keys begin with one prefix, so a Redis may be shared with other programs, and all belong to one primary: scripts
touch keys of several projects' hash slots, so Redis Cluster is not supported.
Nothing of the vote log ever expires. Without a stated TTL a key lives as long as its project.
"""

from __future__ import annotations

import re
from typing import NamedTuple

PREFIX = "roundtable:"

FREEZE_MS = 5_000  # see `frozen`
DAY = 24 * 3600
FENCE_TTL = 7 * DAY  # see `fence`
ACTIONS_TTL = 30 * DAY  # see `actions`
REMINDED_TTL = 3 * DAY  # see `reminded`
REJECTS_TTL = 30 * DAY  # see `rejects`
LEASE_MS = 5 * 60_000  # see `leases`: time to read a long item; who walks away holds it no longer
ROUND_TOUCH_MS = 1_000  # the round's message gathers the clicks of one second
QUERY_TOUCH_MS = 3_000  # the click's own response_url usually shows the new state before


class KeySpec(NamedTuple):
    """One family of keys. `template` names its parts in braces; `ttl` is None or says how long and from when."""

    name: str
    template: str
    kind: str
    ttl: str | None
    why: str


SPECS: tuple[KeySpec, ...] = (
    KeySpec("schema", "schema", "string", None, "number of the layout; unknown ones are refused, older ones migrated"),
    KeySpec(
        "migrating", "schema:migrating", "string", "10 min", "one process migrates; a dead one must not block others"
    ),
    KeySpec("projects", "projects", "hash", None, "project id -> project (JSON); few, always read together"),
    KeySpec("gone", "p:{project}:gone", "set", None, "labels taken away: who was just choosing one is refused"),
    # -- one project: the truth
    KeySpec("log", "p:{project}:log", "stream", None, "all that people decide: append-only, the truth"),
    KeySpec("acts", "p:{project}:acts", "stream", None, "what those who run the project did: append-only; small"),
    KeySpec("items", "p:{project}:items", "hash", None, "item id -> item (JSON)"),
    KeySpec(
        "arrivals", "p:{project}:arrivals", "list", None, "item ids as they came: features are extended, not made anew"
    ),
    KeySpec("texts", "p:{project}:texts", "hash", None, "hash of the normalised text -> item id: exact duplicates"),
    KeySpec("linked", "p:{project}:linked", "hash", None, "id of an exact duplicate -> id of the item that is there"),
    # -- one project: derived, `rebuild` recomputes these
    KeySpec(
        "answers",
        "p:{project}:answers",
        "hash",
        None,
        "item id -> JSON {user: [label or false for none, round, 'unsure' if so]}",
    ),
    KeySpec("labels", "p:{project}:labels", "hash", None, "item id -> label (JSON)"),
    KeySpec("overrides", "p:{project}:overrides", "hash", None, "item id -> label that an adjudicator decided on"),
    KeySpec("disputes", "p:{project}:disputes", "hash", None, "item id -> why its votes want an adjudicator"),
    KeySpec("notes", "p:{project}:notes", "hash", None, "item id -> JSON {kind|user: flags, corrections, reasons}"),
    KeySpec("counts", "p:{project}:counts", "hash", None, "label -> number of items that have it: status in one read"),
    KeySpec(
        "meta",
        "p:{project}:meta",
        "hash",
        None,
        "items_revision, items_chain, label_revision, round (the newest), model (current), held (version|label revision: gone back to)",
    ),
    KeySpec(
        "frozen",
        "p:{project}:frozen",
        "string",
        "5 s",
        "the log takes nothing while `rebuild` writes; if that dies, it goes on",
    ),
    # -- one project: rounds, models
    KeySpec("asked", "p:{project}:asked", "hash", None, "item id -> the newest query for it"),
    KeySpec("round", "p:{project}:r:{n}", "hash", None, "state, dates and progress of one round"),
    KeySpec("queries", "p:{project}:r:{n}:queries", "hash", None, "position -> query (JSON)"),
    KeySpec(
        "again", "p:{project}:r:{n}:again", "hash", None, "item asked again -> JSON [users who had answered it before]"
    ),
    KeySpec("gold", "p:{project}:gold", "set", None, "items that were mixed in as known answers: see decide()"),
    KeySpec("people", "p:{project}:r:{n}:people", "hash", None, "user -> present votes cast in this round"),
    KeySpec(
        "leases",
        "p:{project}:r:{n}:leases",
        "hash",
        "5 min from the newest lease",
        "user -> position|runs out at (ms): what the queue shows to whom, so that nobody else gets it meanwhile; an item"
        " whose person went away goes to the next one",
    ),
    KeySpec(
        "actions",
        "p:{project}:r:{n}:actions",
        "hash",
        "30 days from the round's end",
        "position|user|action -> seq: a delivery twice counts once; Slack re-delivers for about an hour, and a closed round"
        " takes no votes anyway",
    ),
    KeySpec(
        "decided",
        "p:{project}:d:{delivery}",
        "string",
        "30 days",
        "user|action -> seq: the same for flags, corrections, overrides and late changes, which belong to no open round, and for the"
        " form that a project began with",
    ),
    KeySpec(
        "rates",
        "p:{project}:rates",
        "string",
        None,
        "the audit's inclusion rates by item, as the newest round left them",
    ),
    KeySpec(
        "bulletins", "p:{project}:bulletins", "hash", None, "due (ms) -> scheduled report (JSON): the next one compares"
    ),
    KeySpec("reports", "p:{project}:reports", "hash", None, "round -> report (JSON)"),
    KeySpec("models", "p:{project}:models", "hash", None, "version id -> model version (JSON)"),
    KeySpec(
        "blob",
        "p:{project}:blob:{version}",
        "string",
        None,
        "bytes of one model; apart, so that old ones can be pruned",
    ),
    # -- files on their way into a project
    KeySpec("imports", "imports", "hash", None, "import id -> import (JSON): its message in Slack shows it"),
    KeySpec("open_imports", "imports:open", "set", None, "ids of those that a worker has something to do with"),
    KeySpec(
        "rejects",
        "imports:rejects:{job}",
        "string",
        "30 days",
        "the rows that an import refused (CSV), until they are posted; after that they stand in Slack",
    ),
    # -- messages on their way to Slack
    KeySpec("message", "outbox:m:{key}", "hash", None, "one message: buttons of old messages still find it"),
    KeySpec("sequence", "outbox:seq", "string", None, "order of intents"),
    KeySpec("queue", "outbox:queue", "zset", None, "keys not yet posted, by order of intent"),
    KeySpec("due", "outbox:due", "zset", None, "posted keys to update, by due time (ms)"),
    KeySpec("posted", "outbox:ts", "hash", None, "channel|ts -> key"),
    KeySpec(
        "waiting", "outbox:waiting:{project}", "set", None, "keys of one project not yet posted: counted in status"
    ),
    # -- locks and guards
    KeySpec("lock", "lock:{name}", "string", "as the holder asks", "token|holder; a dead holder's lock runs out"),
    KeySpec("tokens", "lock:tokens", "string", None, "source of fencing tokens, of all locks together: they only grow"),
    KeySpec("newest", "lock:newest:{name}", "string", "7 days from the last renewal", "newest token of that lock"),
    KeySpec(
        "fence",
        "lock:fence:{token}",
        "string",
        "7 days from the last renewal",
        "exists while that token is its lock's newest: the check of fenced writes. Without it the token is refused, so"
        " running out is safe; job locks named by due time would else pile up",
    ),
    KeySpec("quiet", "reminders:quiet", "hash", None, "user -> 'never', or until when (ms): who wants no reminders"),
    KeySpec(
        "reminded",
        "reminders:sent:{user}:{day}",
        "string",
        "3 days",
        "one a day per person; days end at different times",
    ),
    KeySpec("seen", "seen:{digest}", "string", "as the caller asks", "deliveries and signatures seen"),
    KeySpec("wake", "wake", "list", None, "at most one element: something to do for a worker"),
)

_PART = re.compile(r"\{(\w+)\}")
_BY_NAME = {spec.name: spec for spec in SPECS}


class Keys:
    """Full names of keys under one prefix."""

    def __init__(self, prefix: str = PREFIX) -> None:
        self.prefix = prefix

    def __call__(self, name: str, *parts: str | int) -> str:
        """The key of family `name` with its parts in the order of the template. Raises KeyError, IndexError for a wrong call."""
        rest = iter(parts)
        return self.prefix + _PART.sub(lambda _: str(next(rest)), _BY_NAME[name].template)


def lua_functions() -> str:
    """The same table for Lua: `K.<name>(parts...)`; the prefix is KEYS[1]."""
    lines = ["local P = KEYS[1]", "local K = {}"]
    for spec in SPECS:
        parts = _PART.findall(spec.template)
        pieces = _PART.split(spec.template)  # text, part, text, part, ...
        body = " .. ".join((piece if i % 2 else f"'{piece}'") for i, piece in enumerate(pieces) if i % 2 or piece)
        lines.append(f"function K.{spec.name}({', '.join(parts)}) return P .. {body} end")
    return "\n".join(lines) + "\n"
