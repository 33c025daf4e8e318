"""What is fetched from elsewhere: checked before it is read, limited in size and time while it is, kept under a harmless name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from bot.domain import RoundtableError
from bot.services.ports import Clock
from bot.words import figure, say

MEGABYTE: Final = 1024 * 1024
LONGEST: Final = timedelta(minutes=5)
MAX_NAME: Final = 80
LOWEST_OTHER_PORT: Final = 1024  # 80, 443 and these: below are mail, SSH and the like
MAX_ADDRESS: Final = 2_000
# What servers call a CSV, TSV or JSONL file; text/... goes too, but for pages.
TABLES: Final = frozenset(
    {
        "",
        "application/csv",
        "application/json",
        "application/jsonl",
        "application/jsonlines",
        "application/ndjson",
        "application/octet-stream",
        "application/vnd.ms-excel",
        "application/x-jsonlines",
        "application/x-ndjson",
        "binary/octet-stream",
    }
)
BY_TYPE: Final = {
    "text/csv": ".csv",
    "application/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/jsonl": ".jsonl",
    "application/jsonlines": ".jsonl",
    "application/ndjson": ".jsonl",
    "application/x-jsonlines": ".jsonl",
    "application/x-ndjson": ".jsonl",
}
PAGES: Final = frozenset({"text/html", "text/xml", "text/javascript", "text/css"})


class FetchError(RoundtableError):
    """The file can't be had, now or later; the text says why and what to do."""


class FetchLaterError(RoundtableError):
    """The file can't be had just now."""


def check_url(text: str) -> SplitResult:
    """The address, taken apart. Raises FetchError: no http or https address, a log-in in it, a port of something else."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
        parts = SplitResult("", "", "", "", "")
    if (
        parts.scheme not in ("http", "https")
        or not host
        or len(text) > MAX_ADDRESS
        or not text.isprintable()
        or " " in text
    ):
        raise FetchError(say("fetch-no-address"))
    if "@" in parts.netloc:
        raise FetchError(say("fetch-log-in"))
    if port is not None and port not in (80, 443) and port < LOWEST_OTHER_PORT:
        raise FetchError(say("fetch-port", port=str(port)))
    return parts


def check_answer(host: str, status: int, headers: dict[str, str], limit: int) -> None:
    """`headers` with lower-case names. Raises FetchError, or FetchLaterError where the server may think better of it."""
    if status in (408, 425, 429) or status >= 500:
        raise FetchLaterError(say("fetch-later", host=host, status=str(status)))
    if status != 200:
        raise FetchError(say("fetch-refused", host=host, status=str(status)))
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in PAGES or not (kind.startswith("text/") or kind in TABLES):
        raise FetchError(say("fetch-kind", host=host, kind=repr(kind[:60])))
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise FetchError(say("fetch-compressed", host=host))
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise too_large(limit)


def keep(chunks: Iterable[bytes], path: Path, clock: Clock, *, limit: int) -> None:
    """Writes the chunks to a file. Raises FetchError if they are too many, FetchLaterError if they come too slowly."""
    size, until = 0, clock.now() + LONGEST
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise too_large(limit)
            if clock.now() > until:
                raise FetchLaterError(say("fetch-slow", minutes=f"{LONGEST.total_seconds() / 60:.0f}"))
            file.write(chunk)
    if not size:
        raise FetchError(say("fetch-empty"))


def too_large(limit: int) -> FetchError:
    """More than is taken."""
    return FetchError(say("fetch-too-large", limit=figure(limit / MEGABYTE, "g")))


def harmless(name: str) -> str:
    """A file name that stays in its folder and keeps its suffix."""
    base = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^\w .()+-]", "_", base).strip(" .") or "file"
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[: MAX_NAME - len(suffix) - 1]}{dot}{suffix}" if dot else plain[:MAX_NAME]
