"""Tokens and scopes: who calls, and may they."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.localslack.config import WorkspaceConfig
from bot.localslack.errors import ApiError

TokenKind = Literal["bot", "app", "any"]


@dataclass(frozen=True)
class Identity:
    """Whose token it is, and what it may do."""

    kind: Literal["bot", "app"]
    scopes: tuple[str, ...]


def bearer(headers: Mapping[str, str], form_token: str | None) -> str | None:
    """The token of a request: the Authorization header goes before the `token` argument."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return form_token or None


def identify(config: WorkspaceConfig, token: str | None) -> Identity:
    """Raises ApiError not_authed or invalid_auth."""
    if not token:
        raise ApiError("not_authed")
    if hmac.compare_digest(token.encode(), config.bot_token.encode()):
        return Identity("bot", config.scopes)
    if hmac.compare_digest(token.encode(), config.app_token.encode()):
        return Identity("app", config.app_scopes)
    raise ApiError("invalid_auth")


def require(identity: Identity, kind: TokenKind, scopes: tuple[str, ...]) -> None:
    """Raises ApiError not_allowed_token_type or missing_scope. Any one of `scopes` is enough."""
    if kind not in ("any", identity.kind):
        raise ApiError("not_allowed_token_type")
    if scopes and not set(scopes) & set(identity.scopes):
        raise ApiError("missing_scope", needed=",".join(scopes), provided=",".join(identity.scopes))
