"""From what redis-py raises to what the rest of Roundtable knows. No message here ever holds an address's secrets."""

from __future__ import annotations

from redis import exceptions as rx

from bot.domain import ConflictError, NotFoundError, RoundtableError, StoreUnavailableError
from bot.words import say

# Error replies of our own scripts: "<CODE> <name> <value> ...", of a text below, or "<CODE> <sentence>" for what only logs have.
_OWN = {"STALE": ConflictError, "CONFLICT": ConflictError, "NOTFOUND": NotFoundError, "NOTSAVED": StoreUnavailableError}

# Texts of the catalogue by the names that scripts give them, and their values in order; the last one may hold spaces.
_TEXTS = {
    "label-gone": ("project-label-gone", ()),
    "no-project": ("store-no-project", ("project",)),
    "no-item": ("store-no-item", ("project", "item")),
    "no-round": ("store-no-round", ("project", "round")),
    "no-message": ("store-no-message", ("key",)),
    "round-over": ("store-round-over", ("round", "state")),
    "model-gone": ("store-model-gone", ("version",)),
    "model-current": ("store-model-current", ("version",)),
}

# Error replies of the server that a person can act on.
_ADVICE = {
    "OOM": "Redis has no memory left and keeps what it has; raise maxmemory",
    "READONLY": "Redis is a read-only replica; point REDIS_URL at the primary",
    "MISCONF": "Redis can't write to its disk and refuses changes; see its log",
    "NOAUTH": "Redis wants a password; put it into REDIS_URL",
    "WRONGPASS": "Redis refused the user name or password of REDIS_URL",
    "NOPERM": "the Redis user of REDIS_URL may not run a command that is needed; grant it all commands on its keys",
    "LOADING": "Redis is still reading its data; try again in a moment",
    "CLUSTERDOWN": "Redis is a cluster that is down; Roundtable needs a single primary",
    "CROSSSLOT": "Redis is a cluster; Roundtable needs a single primary",
    "MOVED": "Redis is a cluster; Roundtable needs a single primary",
}


def translate(error: rx.RedisError | OSError) -> RoundtableError:
    """The error to raise in its place. Unknown replies of the server are passed on by their text, which holds no secret."""
    text = str(error)
    code, _, rest = text.partition(" ")
    if code in _OWN:
        return _OWN[code](_told(rest))
    if isinstance(error, rx.BusyLoadingError):
        return StoreUnavailableError(_sentence(_ADVICE["LOADING"]))
    if isinstance(error, rx.AuthenticationError):
        return StoreUnavailableError(_sentence(_ADVICE["NOAUTH" if "required" in text else "WRONGPASS"]))
    if isinstance(error, rx.NoPermissionError):
        return StoreUnavailableError(_sentence(_ADVICE["NOPERM"]))
    if isinstance(error, rx.ReadOnlyError):
        return StoreUnavailableError(_sentence(_ADVICE["READONLY"]))
    if isinstance(error, rx.OutOfMemoryError):
        return StoreUnavailableError(_sentence(_ADVICE["OOM"]))
    if isinstance(error, rx.TimeoutError):
        return StoreUnavailableError("Redis did not answer in time; try again.")
    if isinstance(error, rx.ConnectionError | OSError):
        return StoreUnavailableError(
            f"Redis can't be reached: {text.removesuffix('.')}; check that it runs, and that REDIS_URL is its address."
        )
    if code in _ADVICE:
        return StoreUnavailableError(_sentence(_ADVICE[code]))
    return StoreUnavailableError(f"Redis refused: {text.removesuffix('.')}.")


def _told(rest: str) -> str:
    name, _, values = rest.partition(" ")
    if name not in _TEXTS:
        return _sentence(rest)
    text, takes = _TEXTS[name]
    return say(text, **dict(zip(takes, values.split(" ", len(takes) - 1) if takes else (), strict=True)))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].removesuffix(".") + "."
