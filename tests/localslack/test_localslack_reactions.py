"""Reactions of people, and what the app hears of them."""

from __future__ import annotations

from typing import Any

import pytest
from localslack_world import Page, client_of, eventually, new_app, on_socket
from slack_sdk import WebClient

from bot.localslack.server import WorkspaceServer


def test_people_put_and_take_reactions_and_the_app_hears(slack: WorkspaceServer, client: WebClient) -> None:
    heard: list[dict[str, Any]] = []
    app = new_app(slack)
    app.event("reaction_added")(lambda event: heard.append(event))
    app.event("reaction_removed")(lambda event: heard.append(event))
    page = Page(slack.url)
    with on_socket(app, slack):
        ts = client.chat_postMessage(channel="C0BRAND", text="a")["ts"]
        for user in ("U0ANA", "U0BEN"):
            assert page.act("react", user, channel="C0BRAND", ts=ts, name="+1")["there"] is True
        (shown,) = client.reactions_get(channel="C0BRAND", timestamp=ts)["message"]["reactions"]
        assert shown == {"name": "+1", "users": ["U0ANA", "U0BEN"], "count": 2}
        assert page.act("react", "U0ANA", channel="C0BRAND", ts=ts, name="+1")["there"] is False
        eventually(lambda: len(heard) == 3)
        page.act("react", "U0BEN", channel="C0BRAND", ts=ts, name="+1")
        assert "reactions" not in client.reactions_get(channel="C0BRAND", timestamp=ts)["message"], (
            "the last one took the list along"
        )
        eventually(lambda: len(heard) == 4)
    by_kind = sorted((event["type"], event["user"], event["reaction"]) for event in heard)
    assert by_kind == [
        ("reaction_added", "U0ANA", "+1"),
        ("reaction_added", "U0BEN", "+1"),
        ("reaction_removed", "U0ANA", "+1"),
        ("reaction_removed", "U0BEN", "+1"),
    ]
    bot = slack.config.bot_user_id
    assert all(event["item"] == {"type": "message", "channel": "C0BRAND", "ts": ts} for event in heard)
    assert {event["item_user"] for event in heard} == {bot} and all(event["event_ts"] for event in heard)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"ts": "1.1", "name": "x"}, "message_not_found"),
        ({"ts": "", "name": "no good"}, "invalid_name"),
        ({"channel": "C0NONE", "ts": "1.1", "name": "x"}, "channel_not_found"),
    ],
)
def test_what_cannot_be_is_refused(slack: WorkspaceServer, body: dict[str, str], error: str) -> None:
    ts = client_of(slack).chat_postMessage(channel="C0BRAND", text="a")["ts"]
    asked = {"channel": "C0BRAND", **body, "ts": body["ts"] or ts}
    assert Page(slack.url).act("react", **asked) == {"ok": False, "error": error}
