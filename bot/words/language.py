"""Which language is spoken now: that of the project that a request or a message is about, else the deployment's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

ENGLISH: Final = "en"

_spoken: Final[ContextVar[str | None]] = ContextVar("roundtable-language", default=None)


class _Deployment:
    """What is spoken where nothing says otherwise; set once, when a process begins."""

    language = ENGLISH


def language() -> str:
    """The language of the texts that are said here and now."""
    return _spoken.get() or _Deployment.language


@contextmanager
def speaking(wanted: str | None) -> Iterator[None]:
    """Within the block, texts come in this language; None: in the deployment's."""
    before = _spoken.set(wanted)
    try:
        yield
    finally:
        _spoken.reset(before)


def speak(wanted: str | None) -> None:
    """From here to the end of the `speaking` around it: for those who learn the language on the way."""
    _spoken.set(wanted)


def shared(languages: Iterable[str]) -> str | None:
    """The one language of several projects; None (the deployment's) where they differ or there are none."""
    spoken = set(languages)
    return spoken.pop() if len(spoken) == 1 else None


def use_by_default(wanted: str) -> None:
    """The deployment's language, for the whole process."""
    _Deployment.language = wanted
