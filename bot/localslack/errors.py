"""How a call is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class ApiError(Exception):
    """A refusal with Slack's own code; `messages` are the details that Slack puts beside it."""

    def __init__(
        self,
        code: str,
        *,
        messages: Sequence[str] = (),
        status: int = 200,
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.messages = tuple(messages)
        self.status = status
        self.headers = headers or {}
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """The JSON answer."""
        out: dict[str, Any] = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            out["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return out


def bad_blocks(problems: Sequence[str]) -> ApiError:
    """`invalid_blocks` as Slack words it: the list twice, once with a level."""
    return ApiError("invalid_blocks", messages=problems, errors=list(problems))


def bad_arguments(*problems: str) -> ApiError:
    """`invalid_arguments` with its reasons."""
    return ApiError("invalid_arguments", messages=problems)
