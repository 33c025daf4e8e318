"""Files in three steps, reactions, modals and Home by the Web API."""

from __future__ import annotations

import base64
from typing import Any

import httpx
from localslack_world import Page, code, modal, refusal
from slack_sdk import WebClient

from bot.localslack.server import WorkspaceServer
from bot.localslack.submissions import incomplete

BEARER = {"Authorization": "Bearer xoxb-local-roundtable"}


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
    answer = httpx.get(f"{slack.url}/files/{file_id}/curve.png", headers=BEARER)
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
    assert (
        httpx.get(f"{slack.url}/files/{started['file_id']}/a.txt", headers=BEARER).status_code == 404
    )  # not complete yet
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


def test_a_person_drops_a_file_and_the_app_hears_of_it(slack: WorkspaceServer, client: WebClient, page: Page) -> None:
    content = base64.b64encode(b"text\nx\n").decode()
    parent = client.chat_postMessage(channel="C0BRAND", text="drop it here")["ts"]
    files = [{"name": "pool.csv", "content": content}]
    done = page.act("upload", channel="C0BRAND", files=files, text="<here>", thread_ts=parent)
    (file_id,) = done["files"]
    info = client.files_info(file=file_id)["file"]
    assert (info["user"], info["name"], info["size"]) == ("U0ANA", "pool.csv", 7)
    (share,) = info["shares"]["public"]["C0BRAND"]
    message = next(m for m in page.messages() if m["ts"] == share["ts"])
    assert (message["user"], message["thread_ts"], message["text"]) == ("U0ANA", parent, "&lt;here&gt;")
    event = slack.log.wait_for("event_callback")[0].args["payload"]["event"]
    assert event == {
        "type": "file_shared",
        "channel_id": "C0BRAND",
        "file_id": file_id,
        "user_id": "U0ANA",
        "file": {"id": file_id},
        "event_ts": event["event_ts"],
    }


def test_private_addresses_of_files_want_a_token_or_the_page(slack: WorkspaceServer, page: Page) -> None:
    files = [{"name": "pool.csv", "content": base64.b64encode(b"text\nx\n").decode()}]
    (file_id,) = page.act("upload", channel="C0BRAND", files=files)["files"]
    address = f"{slack.url}/files/{file_id}/pool.csv"
    for headers in ({}, {"Authorization": "Bearer xoxb-wrong"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = httpx.get(address, headers=headers)
        assert answer.status_code == 302 and "redir=" in answer.headers["location"], "to the log-in, as Slack does"
    assert httpx.get(address, headers=BEARER).text == "text\nx\n"
    assert httpx.get(address, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_uploads_that_are_refused(page: Page) -> None:
    good = {"name": "a", "content": "eA=="}
    assert page.act("upload", channel="C0BRAND", files=[])["error"] == "no_file_data"
    assert page.act("upload", channel="C0BRAND", files=[{**good, "content": ""}])["error"] == "empty_file"
    assert "invalid_arguments" in page.act("upload", channel="C0BRAND", files=[{**good, "content": "%"}])["error"]
    assert page.act("upload", channel="C0BRAND", files=[good], thread_ts="1.1")["error"] == "thread_not_found"
    assert page.act("upload", channel="C0NONE", files=[good])["error"] == "channel_not_found"


def test_numbers_are_checked_before_the_app_is_asked() -> None:
    element = {
        "type": "number_input",
        "action_id": "n",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": "5",
    }
    block = {"type": "input", "block_id": "b", "element": element}

    def problem(value: str, **more: Any) -> dict[str, Any]:
        entry = {"type": "number_input", "value": value}
        view = {"blocks": [{**block, "element": {**element, **more}}], "state": {"values": {"b": {"n": entry}}}}
        return incomplete(view)

    assert problem("3") == {} and problem("2.5", is_decimal_allowed=True) == {}
    assert problem("2.5") == {"b": "Please enter a whole number."}
    assert problem("x", is_decimal_allowed=True) == {"b": "Please enter a number."}
    assert problem("0") == {"b": "Please enter a number that is at least 1."}
    assert problem("6") == {"b": "Please enter a number that is at most 5."}
