"""Files in three steps, reactions, modals and Home by the Web API."""

from __future__ import annotations

from typing import Any

import httpx
from localslack_world import Page, code, modal, refusal
from slack_sdk import WebClient

from bot.localslack.server import WorkspaceServer


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
