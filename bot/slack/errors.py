"""What Slack says where it does not do something, as a few errors that say what may be done next.

Their texts are for logs: English, with Slack's own code. What people read instead is `told`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from slack_sdk.errors import SlackApiError

from bot.words import ENGLISH, say, speaking

MAY_PASS: Final = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "ratelimited"}
)
# Slack's code -> the text that says what can be done about it. Anything else is shown by the code.
REASONS: Final[Mapping[str, str]] = {
    "channel_not_found": "slack-channel-not-found",
    "not_in_channel": "slack-not-in-channel",
    "is_archived": "slack-is-archived",
    "invalid_auth": "slack-invalid-auth",
    "account_inactive": "slack-account-inactive",
    "token_revoked": "slack-token-revoked",
    "not_authed": "slack-not-authed",
    "missing_scope": "slack-missing-scope",
    "restricted_action": "slack-restricted-action",
    "thread_not_found": "slack-thread-not-found",
    "no_such_subteam": "slack-no-such-subteam",
    "plan_upgrade_required": "slack-plan-upgrade-required",
    "user_not_found": "slack-user-not-found",
    "messages_tab_disabled": "slack-messages-tab-disabled",
    "cannot_dm_bot": "slack-cannot-dm-bot",
    "user_disabled": "slack-user-disabled",
    "msg_too_long": "slack-msg-too-long",
    "file_not_found": "slack-file-not-found",
    "file_deleted": "slack-file-not-found",
}


def reason(code: str) -> str:
    """Why, and what to do about it: half a sentence, in the language that is spoken; empty for a code that says nothing to people."""
    return say(REASONS[code]) if code in REASONS else ""


class SlackError(Exception):
    """Slack did not do it."""

    def told(self) -> str:
        """A sentence for people."""
        return say("slack-no-answer")


class RefusedError(SlackError):
    """Slack said no, and would again: not done. `code` is Slack's own."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        with speaking(ENGLISH):
            super().__init__(": ".join(part for part in (code, reason(code), detail) if part))

    def told(self) -> str:
        """As SlackError's."""
        why = reason(self.code)
        return f"{why[:1].upper()}{why[1:]}." if why else say("slack-refused", code=self.code)


class RateLimitedError(SlackError):
    """Not done; not before `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"rate limited for {seconds:g} s")
        self.seconds = seconds

    def told(self) -> str:
        """As SlackError's."""
        return say("slack-busy")


class UncertainError(SlackError):
    """No clear answer: it may have been done or not."""


def translate(error: SlackApiError) -> SlackError:
    """Slack's answer as one of our errors. A 5xx leaves open whether the call was carried out."""
    response = error.response
    status = getattr(response, "status_code", 200)
    body = response.data if isinstance(getattr(response, "data", None), dict) else {}
    code = str(body.get("error") or f"http_{status}")
    if status == 429 or code == "ratelimited":
        headers = {name.lower(): value for name, value in (getattr(response, "headers", None) or {}).items()}
        return RateLimitedError(_seconds(headers.get("retry-after")))
    if status >= 500 or code in MAY_PASS:
        return UncertainError(f"Slack answered {code}")
    details = body.get("errors") or (body.get("response_metadata") or {}).get("messages") or []
    needed = f"needed: {body['needed']}" if body.get("needed") else ""
    return RefusedError(code, "; ".join([*map(str, details[:3]), *([needed] if needed else [])]))


def _seconds(value: Any) -> float:
    first = value[0] if isinstance(value, list) and value else value
    try:
        return max(1.0, float(first))
    except (TypeError, ValueError):
        return 30.0
