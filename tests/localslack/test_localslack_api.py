"""The Web API as slack_sdk calls it: what it answers, and each refusal with Slack's own code."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from localslack_world import APP_TOKEN, BOT_TOKEN, Page, client_of, code, item_blocks, refusal
from slack_sdk import WebClient

from bot.localslack.server import ChannelSpec, UserGroup, WorkspaceServer

# --- who calls


def test_tokens(slack: WorkspaceServer) -> None:
    assert client_of(slack).auth_test()["user_id"] == "U0BOT"
    assert code(client_of(slack, "xoxb-somebody-else").auth_test) == "invalid_auth"
    assert httpx.post(slack.api_url + "auth.test").json() == {"ok": False, "error": "not_authed"}
    assert code(client_of(slack, APP_TOKEN).users_list) == "not_allowed_token_type"
    assert code(client_of(slack).apps_connections_open, app_token=BOT_TOKEN) == "not_allowed_token_type"
    assert client_of(slack).apps_connections_open(app_token=APP_TOKEN)["url"].startswith("ws://127.0.0.1")


def test_scopes(serve: Callable[..., WorkspaceServer]) -> None:
    server = serve(scopes=("chat:write",))
    client = client_of(server)
    refused = refusal(client.users_info, user="U0ANA")
    assert refused == {"ok": False, "error": "missing_scope", "needed": "users:read", "provided": "chat:write"}
    assert code(client.conversations_history, channel="C0BRAND") == "missing_scope"
    assert client.auth_test().headers["x-oauth-scopes"] == "chat:write"


def test_history_needs_the_scope_of_that_kind_of_channel(serve: Callable[..., WorkspaceServer]) -> None:
    secret = ChannelSpec("G0SECRET", "secret", is_private=True)
    server = serve(scopes=("channels:history", "channels:read"), channels=(secret,))
    assert refusal(client_of(server).conversations_history, channel="G0SECRET")["needed"] == "groups:history"


def test_unknown_method_is_loud(slack: WorkspaceServer, page: Page, caplog: pytest.LogCaptureFixture) -> None:
    assert code(client_of(slack).api_call, "chat.scheduleMessage") == "unknown_method"
    assert "UNKNOWN METHOD chat.scheduleMessage" in caplog.text
    assert page.log("chat.scheduleMessage")[0]["response"]["error"] == "unknown_method"


def test_log_holds_no_tokens(slack: WorkspaceServer, page: Page) -> None:
    httpx.post(slack.api_url + "auth.test", data={"token": BOT_TOKEN, "x": "1"})
    assert page.log("auth.test")[0]["args"] == {"x": "1"}
    assert BOT_TOKEN not in json.dumps(page.log())
    assert BOT_TOKEN not in repr(slack.config) and "signing" not in repr(slack.config)


# --- messages


def test_json_and_form_are_the_same(slack: WorkspaceServer) -> None:
    head = {"Authorization": f"Bearer {BOT_TOKEN}"}
    as_json = {"channel": "C0BRAND", "text": "x", "blocks": item_blocks()}
    as_form = {"channel": "C0BRAND", "text": "x", "blocks": json.dumps(item_blocks())}
    first = httpx.post(slack.api_url + "chat.postMessage", json=as_json, headers=head).json()
    second = httpx.post(slack.api_url + "chat.postMessage", data=as_form, headers=head).json()
    multipart = httpx.post(
        slack.api_url + "chat.postMessage", files={"channel": (None, "C0BRAND"), "text": (None, "x")}, headers=head
    )
    assert first["message"]["blocks"] == second["message"]["blocks"] and multipart.json()["ok"]
    query = httpx.get(slack.api_url + "users.info", params={"user": "U0ANA"}, headers=head).json()
    assert query["user"]["tz"] == "Europe/Lisbon"


@pytest.mark.parametrize(
    ("body", "kind", "error"),
    [
        ("{", "application/json", "invalid_json"),
        ("[]", "application/json", "json_not_object"),
        ("x", "text/plain", "invalid_post_type"),
    ],
)
def test_bodies_that_cannot_be_read(slack: WorkspaceServer, body: str, kind: str, error: str) -> None:
    head = {"Authorization": f"Bearer {BOT_TOKEN}", "content-type": kind}
    assert httpx.post(slack.api_url + "auth.test", content=body, headers=head).json()["error"] == error
    url = slack.workspace.hooks.new("actions", "U0ANA", "C0BRAND")
    refused = httpx.post(url, content=body, headers={"content-type": kind})
    assert (refused.status_code, refused.json()["error"]) == (400, error)


def test_timestamps_only_grow(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel="C0BRAND", text=str(n))["ts"] for n in range(20)]
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0OUT", "text": "x"}, "not_in_channel"),
        ({"channel": "C0OLD", "text": "x"}, "is_archived"),
        ({"channel": "G0HIDDEN", "text": "x"}, "channel_not_found"),
        ({"channel": "C0BRAND"}, "no_text"),
        ({"channel": "C0BRAND", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0BRAND", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": "C0BRAND", "text": "x", "blocks": "no json"}, "invalid_blocks_format"),
        ({"channel": "C0BRAND", "text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"channel": "C0BRAND", "text": "x", "attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
        ({"channel": "C0BRAND", "text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        ({"channel": "C0BRAND", "text": "x", "metadata": {"event_type": "a", "event_payload": {"k": "x" * 16_000}}}, "metadata_too_large"),
        ({"channel": "C0BRAND", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
    ],
)  # fmt: skip
def test_post_refusals(serve: Callable[..., WorkspaceServer], args: dict[str, Any], error: str) -> None:
    channels = (
        ChannelSpec("C0BRAND", "brand"),
        ChannelSpec("C0OUT", "out", members=("U0ANA",)),
        ChannelSpec("C0OLD", "old", is_archived=True),
        ChannelSpec("G0HIDDEN", "hidden", members=("U0ANA",), is_private=True),
    )
    client = client_of(serve(channels=channels))
    assert code(client.api_call, "chat.postMessage", json=args) == error


def test_invalid_blocks_come_with_pointers(client: WebClient) -> None:
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    refused = refusal(client.chat_postMessage, channel="C0BRAND", text="x", blocks=[{"type": "divider"}, long])
    assert refused["errors"] == ["must be less than 3001 characters [json-pointer:/blocks/1/text/text]"]
    assert refused["response_metadata"]["messages"] == ["[ERROR] " + refused["errors"][0]]


def test_update_and_delete(slack: WorkspaceServer, client: WebClient, page: Page) -> None:
    ts = client.chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["ts"]
    updated = client.chat_update(channel="C0BRAND", ts=ts, text="b")
    assert updated["text"] == "b" and "blocks" not in updated["message"] and updated["message"]["edited"]
    assert code(client.chat_update, channel="C0BRAND", ts="1.1", text="b") == "message_not_found"
    assert code(client.chat_update, channel="C0BRAND", ts=ts, text="x" * 4001) == "msg_too_long"
    theirs = page.act("post", channel="C0BRAND", text="mine")["ts"]
    assert code(client.chat_update, channel="C0BRAND", ts=theirs, text="b") == "cant_update_message"
    assert code(client.chat_delete, channel="C0BRAND", ts=theirs) == "cant_delete_message"
    client.chat_delete(channel="C0BRAND", ts=ts)
    assert code(client.chat_delete, channel="C0BRAND", ts=ts) == "message_not_found"
    assert [m["text"] for m in page.messages()] == ["mine"]


def test_threads_count_their_replies(client: WebClient, page: Page) -> None:
    parent = client.chat_postMessage(channel="C0BRAND", text="round")["ts"]
    replies = [client.chat_postMessage(channel="C0BRAND", text=str(n), thread_ts=parent)["ts"] for n in range(3)]
    assert code(client.chat_postMessage, channel="C0BRAND", text="x", thread_ts=replies[0]) == "thread_not_found"
    client.chat_delete(channel="C0BRAND", ts=replies[0])
    top = page.messages()[0]
    assert (top["reply_count"], top["latest_reply"], top["thread_ts"]) == (2, replies[2], parent)
    assert [m["ts"] for m in client.conversations_history(channel="C0BRAND")["messages"]] == [parent]
    in_thread = client.conversations_replies(channel="C0BRAND", ts=parent)["messages"]
    assert [m["ts"] for m in in_thread] == [parent, *replies[1:]]
    assert code(client.conversations_replies, channel="C0BRAND", ts="1.1") == "thread_not_found"
    client.chat_delete(channel="C0BRAND", ts=parent)
    assert page.messages()[0]["subtype"] == "tombstone"


def test_metadata_comes_only_when_asked_for(client: WebClient) -> None:
    metadata = {"event_type": "roundtable_message", "event_payload": {"key": "round:p:1"}}
    ts = client.chat_postMessage(channel="C0BRAND", text="a", metadata=metadata)["ts"]
    client.chat_update(channel="C0BRAND", ts=ts, text="b")  # keeps it
    assert "metadata" not in client.conversations_history(channel="C0BRAND")["messages"][0]
    asked = client.conversations_history(channel="C0BRAND", include_all_metadata=True)["messages"]
    assert asked[0]["metadata"] == metadata


def test_history_pages_and_bounds(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel="C0BRAND", text=str(n))["ts"] for n in range(5)]
    first = client.conversations_history(channel="C0BRAND", limit=2)
    assert [m["text"] for m in first["messages"]] == ["4", "3"] and first["has_more"]
    rest = client.conversations_history(channel="C0BRAND", limit=9, cursor=first["response_metadata"]["next_cursor"])
    assert [m["text"] for m in rest["messages"]] == ["2", "1", "0"] and not rest["has_more"]
    between = client.conversations_history(channel="C0BRAND", oldest=stamps[1], latest=stamps[3])
    assert [m["text"] for m in between["messages"]] == ["2"]
    inclusive = client.conversations_history(channel="C0BRAND", oldest=stamps[1], latest=stamps[3], inclusive=True)
    assert len(inclusive["messages"]) == 3
    assert code(client.conversations_history, channel="C0BRAND", cursor="?") == "invalid_cursor"
    assert code(client.conversations_history, channel="C0BRAND", limit="x") == "invalid_arguments"


def test_ephemeral_and_permalink(slack: WorkspaceServer, client: WebClient, page: Page) -> None:
    client.chat_postEphemeral(channel="C0BRAND", user="U0BEN", text="for Ben")
    assert page.state("U0BEN")["ephemerals"][0]["message"]["text"] == "for Ben"
    assert page.state("U0ANA")["ephemerals"] == [] and page.messages() == []
    assert code(client.chat_postEphemeral, channel="C0BRAND", user="U0NOBODY", text="x") == "user_not_found"
    parent = client.chat_postMessage(channel="C0BRAND", text="a")["ts"]
    reply = client.chat_postMessage(channel="C0BRAND", text="b", thread_ts=parent)["ts"]
    link = client.chat_getPermalink(channel="C0BRAND", message_ts=reply)["permalink"]
    assert link == f"{slack.url}/archives/C0BRAND/p{reply.replace('.', '')}?thread_ts={parent}&cid=C0BRAND"
    assert code(client.chat_getPermalink, channel="C0BRAND", message_ts="1.1") == "message_not_found"


# --- people and channels


def test_people(client: WebClient) -> None:
    assert client.users_info(user="U0LEAD")["user"]["is_admin"]
    assert client.users_info(user="U0BOT")["user"]["is_bot"]
    assert code(client.users_info, user="U0NOBODY") == "user_not_found"
    members = [m["id"] for page in client.users_list(limit=2) for m in page["members"]]
    assert members == ["U0ANA", "U0BEN", "U0CHI", "U0LEAD", "U0BOT"]
    assert client.bots_info(bot="B0BOT")["bot"]["user_id"] == "U0BOT"
    assert code(client.bots_info, bot="B0NOBODY") == "bot_not_found"


def test_channels(serve: Callable[..., WorkspaceServer]) -> None:
    channels = (ChannelSpec("C0A", "a"), ChannelSpec("C0B", "b", members=()), ChannelSpec("C0C", "c", is_archived=True))
    client = client_of(serve(channels=channels))
    assert [c["id"] for c in client.conversations_list()["channels"]] == ["C0A", "C0B", "C0C"]
    assert [c["id"] for c in client.conversations_list(exclude_archived=True)["channels"]] == ["C0A", "C0B"]
    assert code(client.conversations_list, types="nonsense") == "invalid_arguments"
    assert not client.conversations_info(channel="C0B")["channel"]["is_member"]
    assert code(client.conversations_history, channel="C0B") == "not_in_channel"
    assert client.conversations_join(channel="C0B")["channel"]["is_member"]
    assert client.conversations_join(channel="C0B")["warning"] == "already_in_channel"
    assert code(client.conversations_join, channel="C0C") == "is_archived"
    assert client.conversations_members(channel="C0B")["members"] == ["U0BOT"]


def test_direct_messages(client: WebClient, page: Page) -> None:
    channel = client.conversations_open(users="U0ANA")["channel"]["id"]
    assert client.chat_postMessage(channel="U0ANA", text="psst")["channel"] == channel
    assert page.messages(channel)[0]["text"] == "psst"
    assert channel not in [c["id"] for c in page.state("U0BEN")["channels"]]
    assert code(client.conversations_open, users="U0NOBODY") == "user_not_found"
    assert code(client.conversations_open, users="U0ANA,U0BEN") == "too_many_users"


# --- user groups


def test_user_groups_and_who_is_in_them(serve: Callable[..., WorkspaceServer]) -> None:
    groups = (
        UserGroup("S0LABEL", "Labellers", "labellers", ("U0ANA", "U0BEN")),
        UserGroup("S0OLD", "Old ones", "old", ("U0CHI",), is_disabled=True),
    )
    client = client_of(serve(user_groups=groups))
    (listed,) = client.usergroups_list()["usergroups"]
    assert listed["handle"] == "labellers" and "users" not in listed and "user_count" not in listed
    everything = client.usergroups_list(include_users=True, include_count=True, include_disabled=True)["usergroups"]
    assert [group["users"] for group in everything] == [["U0ANA", "U0BEN"], ["U0CHI"]]
    assert everything[0]["user_count"] == 2
    assert client.usergroups_users_list(usergroup="S0LABEL")["users"] == ["U0ANA", "U0BEN"]
    assert code(client.usergroups_users_list, usergroup="S0NONE") == "no_such_subteam"
    assert code(client.usergroups_users_list, usergroup="S0OLD") == "no_such_subteam"
    assert client.usergroups_users_list(usergroup="S0OLD", include_disabled=True)["users"] == ["U0CHI"]
    plain = client_of(serve(user_groups=None))
    assert code(plain.usergroups_list) == "plan_upgrade_required"
    refused = refusal(client_of(serve(scopes=("users:read",))).usergroups_list)
    assert refused["error"] == "missing_scope" and refused["needed"] == "usergroups:read"
