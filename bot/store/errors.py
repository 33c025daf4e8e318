"""From what redis-py raises to what the rest of Roundtable knows. No message here ever holds an address's secrets."""

from __future__ import annotations

from redis import exceptions as rx

from bot.domain import ConflictError, NotFoundError, RoundtableError, StoreUnavailableError
from bot.words import say

# Error replies of our own scripts: "<CODE> <sentence>".
_OWN = {
    "STALE": ConflictError,
    "CONFLICT": ConflictError,
    "GONE": ConflictError,
    "NOTFOUND": NotFoundError,
    "NOTSAVED": StoreUnavailableError,
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
        return _OWN[code](say("project-label-gone") if code == "GONE" else _sentence(rest))
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


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].removesuffix(".") + "."
