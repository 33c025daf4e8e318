"""The Web API as slack_sdk calls it: what it answers, and each refusal with Slack's own code."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from localslack_world import APP_TOKEN, BOT_TOKEN, Page, client_of, item_blocks, modal
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.localslack.server import ChannelSpec, WorkspaceServer


def refusal(call: Callable[..., Any], *args: Any, **more: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(*args, **more)
    return dict(caught.value.response.data)


def code(call: Callable[..., Any], *args: Any, **more: Any) -> str:
    return str(refusal(call, *args, **more)["error"])


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


# --- files, reactions, views


def test_upload_into_a_thread(slack: WorkspaceServer, client: WebClient, page: Page) -> None:
    parent = client.chat_postMessage(channel="C0BRAND", text="report")["ts"]
    done = client.files_upload_v2(
        channel="C0BRAND", thread_ts=parent, filename="curve.png", content=b"\x89PNG" + b"x" * 50,
        alt_txt="a curve", title="Learning curve", initial_comment="here",
    )  # fmt: skip
    file_id = done["file"]["id"]
    info = client.files_info(file=file_id)["file"]
    assert (info["alt_txt"], info["title"], info["mimetype"], info["size"]) == (
        "a curve",
        "Learning curve",
        "image/png",
        54,
    )
    (share,) = info["shares"]["public"]["C0BRAND"]
    message = next(m for m in page.messages() if m["ts"] == share["ts"])
    assert share["thread_ts"] == parent == message["thread_ts"] and message["text"] == "here"
    answer = httpx.get(f"{slack.url}/files/{file_id}/curve.png")
    assert answer.content.startswith(b"\x89PNG") and answer.headers["content-type"] == "image/png"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_upload_refusals(slack: WorkspaceServer, client: WebClient) -> None:
    assert code(client.files_info, file="F0NONE") == "file_not_found"
    assert code(client.files_getUploadURLExternal, filename="a", length=0) == "invalid_arguments"
    started = client.files_getUploadURLExternal(filename="a.txt", length=3)
    wanted = [{"id": started["file_id"], "title": "a"}]
    assert code(client.files_completeUploadExternal, files=wanted) == "file_not_found"  # no bytes yet
    assert httpx.post(started["upload_url"], content=b"four").status_code == 400
    assert httpx.post(started["upload_url"] + "0", content=b"abc").status_code == 404
    assert httpx.post(started["upload_url"], content=b"abc").text == "OK - 3"
    assert httpx.get(f"{slack.url}/files/{started['file_id']}/a.txt").status_code == 404  # not complete yet
    assert code(client.files_completeUploadExternal, files=wanted, channel_id="C0NONE") == "channel_not_found"
    assert client.files_completeUploadExternal(files=wanted)["files"][0]["title"] == "a"
    assert code(client.files_completeUploadExternal, files=wanted) == "file_not_found"  # done already


def test_reactions(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C0BRAND", text="a")["ts"]
    client.reactions_add(channel="C0BRAND", timestamp=ts, name="white_check_mark")
    got = client.reactions_get(channel="C0BRAND", timestamp=ts)["message"]["reactions"]
    assert got == [{"name": "white_check_mark", "users": ["U0BOT"], "count": 1}]
    assert code(client.reactions_add, channel="C0BRAND", timestamp=ts, name="white_check_mark") == "already_reacted"
    assert code(client.reactions_add, channel="C0BRAND", timestamp="1.1", name="x") == "message_not_found"
    assert code(client.reactions_add, channel="C0BRAND", timestamp=ts, name="no good") == "invalid_name"


def home(**more: Any) -> dict[str, Any]:
    return {"type": "home", "blocks": [{"type": "divider"}], **more}


def test_home(client: WebClient, page: Page) -> None:
    first = client.views_publish(user_id="U0ANA", view=home(external_id="mine"))["view"]
    second = client.views_publish(user_id="U0ANA", view=home(), hash=first["hash"])["view"]
    assert second["id"] == first["id"] == page.state()["home"]["id"]
    assert code(client.views_publish, user_id="U0ANA", view=home(), hash=first["hash"]) == "hash_conflict"
    assert code(client.views_publish, user_id="U0NOBODY", view=home()) == "user_not_found"
    assert code(client.views_publish, user_id="U0ANA", view=modal()) == "invalid_arguments"
    chart = {
        "type": "data_visualization",
        "title": "t",
        "chart": {"type": "pie", "segments": [{"label": "a", "value": 1}]},
    }
    refused = refusal(client.views_publish, user_id="U0ANA", view=home(blocks=[chart]))
    messages = refused["response_metadata"]["messages"]
    assert messages == ["[ERROR] unsupported type: data_visualization [json-pointer:/view/blocks/0/type]"]


def test_views_by_trigger(slack: WorkspaceServer, client: WebClient, page: Page) -> None:
    triggers = slack.workspace.triggers
    assert code(client.views_open, trigger_id="1.2.3", view=modal()) == "invalid_trigger_id"
    assert code(client.views_open, trigger_id="", view=modal()) == "invalid_arguments"
    trigger = triggers.new("U0ANA")
    opened = client.views_open(trigger_id=trigger, view=modal(external_id="one"))["view"]
    assert code(client.views_open, trigger_id=trigger, view=modal()) == "exchanged_trigger_id"
    assert code(client.views_push, trigger_id=triggers.new("U0ANA"), view=modal()) == "invalid_trigger_id"
    for _ in range(2):
        client.views_push(trigger_id=triggers.new("U0ANA", opened["id"]), view=modal())
    assert len(page.state()["modals"]) == 3
    assert code(client.views_push, trigger_id=triggers.new("U0ANA", opened["id"]), view=modal()) == "push_limit_reached"
    taken = modal(external_id="one")
    assert code(client.views_open, trigger_id=triggers.new("U0BEN"), view=taken) == "duplicate_external_id"
    updated = client.views_update(external_id="one", view=modal(external_id="one", private_metadata="x"))
    assert updated["view"]["id"] == opened["id"]
    assert code(client.views_update, view_id="V0NONE", view=modal()) == "not_found"
    assert code(client.views_update, view_id=opened["id"], view=modal(), hash="old") == "hash_conflict"
    both = {"view_id": opened["id"], "external_id": "one", "view": modal()}
    assert code(client.api_call, "views.update", json=both) == "invalid_arguments"
    assert code(client.views_update, view_id=opened["id"], view=home()) == "invalid_arguments"
