"""What would notify or link, and what is only text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from localslack_world import Page
from slack_sdk import WebClient

from bot.localslack.mrkdwn import notifies, parse

HOSTILE = "<!channel> <@U1> <#C1> <!subteam^S1> <https://evil.example|click> <!here|here>"


def short(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(entry["kind"], entry["target"]) for entry in found]


def test_control_sequences_are_seen() -> None:
    assert short(parse(HOSTILE)) == [
        ("broadcast", "channel"),
        ("user", "U1"),
        ("channel", "C1"),
        ("usergroup", "S1"),
        ("link", "https://evil.example"),
        ("broadcast", "here"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://example.com/a?b=1 now", [("autolink", "https://example.com/a?b=1")]),
        ("<!date^1700000000^{date}|then>", []),
        ("<!date^1700000000^{date}^https://x.example|then>", [("link", "https://x.example")]),
        ("a < b > c", []),
        ("&lt;!channel&gt; &amp;lt;@U1&amp;gt;", []),
        ("<not a control>", []),
    ],
)
def test_text(text: str, found: list[tuple[str, str]]) -> None:
    assert short(parse(text)) == found


@given(st.text())
def test_escaped_text_never_notifies(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert [entry for entry in parse(escaped) if entry["kind"] != "autolink"] == []


def test_only_mrkdwn_is_parsed_in_blocks() -> None:
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "plain_text", "text": HOSTILE}},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": HOSTILE}]}],
        },
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "<@U1>"}]},
        {"type": "section", "text": {"type": "mrkdwn", "text": "https://a.example", "verbatim": True}},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U2"}]}],
        },
    ]
    assert notifies({"text": "", "blocks": blocks}) == [
        {"kind": "user", "target": "U1", "pointer": "/blocks/2/elements/0/text"},
        {"kind": "user", "target": "U2", "pointer": "/blocks/4/elements/0/elements/0"},
    ]


def test_messages_carry_what_they_notify_but_the_api_does_not(client: WebClient, page: Page) -> None:
    posted = client.chat_postMessage(channel="C0BRAND", text="<!here> look")
    assert "_notifies" not in posted["message"]
    assert "_notifies" not in client.conversations_history(channel="C0BRAND")["messages"][0]
    assert short(page.messages()[0]["_notifies"]) == [("broadcast", "here")]
    client.chat_update(channel="C0BRAND", ts=posted["ts"], text="calm")
    assert page.messages()[0]["_notifies"] == []
