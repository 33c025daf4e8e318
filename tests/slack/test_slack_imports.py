"""A file dropped into a project's channel: who may, what is taken up, what the message says and its buttons do."""

from __future__ import annotations

import base64
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import requests
import responses
from slack_bolt import BoltRequest
from slack_world import HOSTILE, RESPONSE_URL, T0, Bench, a_project, bench, click, form, signed, until

from bot.domain import ImportJob, ImportResult, ImportState, Item
from bot.localslack.server import WorkspaceConfig, WorkspaceServer
from bot.services.clock import SystemClock
from bot.services.download import FetchError
from bot.services.ports import NewItem, Store
from bot.slack.blocks.imports import import_message
from bot.slack.errors import UncertainError
from bot.slack.files import SlackFiles, read_file
from bot.slack.gateway import SlackGateway
from bot.slack.limits import check_message
from bot.slack.render import Renderer

NUMBERS = itertools.count()  # a delivery that comes again is signed anew
CONTENT = base64.b64encode(b"text\nx\n").decode()
BOT = {"user_id": "U0BOT", "is_bot": True}


def dropped(
    desk: Bench, file_id: str = "F1", *, user: str = "U0ANA", channel: str = "C1", event_id: str = "Ev1"
) -> None:
    event = {"type": "file_shared", "file_id": file_id, "user_id": user, "channel_id": channel, "file": {"id": file_id}}
    body = {"type": "event_callback", "event_id": event_id, "event": event, "authorizations": [BOT], "n": next(NUMBERS)}
    text, headers = signed(json.dumps(body), content_type="application/json")
    assert desk.app.dispatch(BoltRequest(body=text, headers=dict(headers))).status == 200
    desk.executor.submit(lambda: None).result()


def in_slack(desk: Bench, file_id: str = "F1", name: str = "pool.csv", **more: Any) -> None:
    shares = {"public": {"C1": [{"ts": "5.1"}, {"ts": "7.1", "thread_ts": "6.1"}]}}
    desk.gateway.slack_files[file_id] = {"id": file_id, "name": name, "size": 99, "shares": shares, **more}


def the_job(store: Store, job_id: str = "F1.C1") -> ImportJob:
    return until(lambda: next((job for job in store.imports.open() if job.id == job_id), None))


def asking(store: Store, **more: Any) -> ImportJob:
    fields: dict[str, Any] = {
        "id": "F1.C1",
        "project_id": "brand",
        "channel_id": "C1",
        "user_id": "U0ANA",
        "name": "pool.csv",
        "file_id": "F1",
        "state": ImportState.ASKING,
        "columns": ("id", "tweet", "class"),
        "sample": HOSTILE,
        "created_at": T0,
    }
    job = ImportJob.model_validate(fields | more)
    assert store.imports.add(job, [])
    return job


def press(desk: Bench, action_id: str, job: ImportJob, menus: dict[str, str] | None = None, user: str = "U0ANA") -> int:
    body = click(action_id, {"job": job.id}, user=user)
    chosen = {name: {"selected_option": {"value": value}} for name, value in (menus or {}).items()}
    body["state"] = {"values": {"import_choice": chosen}}
    text, headers = signed(form(body))
    return desk.app.dispatch(BoltRequest(body=text, headers=dict(headers))).status


def said(hooks: responses.RequestsMock) -> str:
    until(lambda: hooks.calls)
    return str(json.loads(hooks.calls[-1].request.body)["text"])


def test_a_table_becomes_an_import_once_and_is_answered_in_its_thread(desk: Bench, store: Store) -> None:
    store.projects.add(a_project())
    in_slack(desk)
    dropped(desk)
    job = the_job(store)
    assert (job.project_id, job.user_id, job.name, job.confirm) == ("brand", "U0ANA", "pool.csv", False)
    assert job.thread_ts == "6.1", "its newest message stands in a thread, so the answer does"
    dropped(desk)
    dropped(desk, event_id="Ev2")
    assert [record.key for record in store.outbox.pending(9)] == ["import:F1.C1"]


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("another channel", {"channel": "C9"}),
        ("the app's own file", {"user": "U0BOT"}),
        ("a picture", {"file_id": "F2"}),
        ("a file that is gone", {"file_id": "F3"}),
    ],
)
def test_what_is_none_of_our_business_is_passed_over(
    desk: Bench, store: Store, what: str, more: dict[str, str]
) -> None:
    store.projects.add(a_project())
    in_slack(desk)
    in_slack(desk, "F2", "cat.png")
    dropped(desk, **more)
    assert not store.imports.open() and not store.outbox.pending(9)


def test_only_leads_fill_a_project(store: Store, hooks: responses.RequestsMock) -> None:
    store.projects.add(a_project())
    desk = bench(store, leads=("U0LEAD",))
    try:
        in_slack(desk)
        dropped(desk)
        assert not store.imports.open()
        job = asking(store)
        hooks.post(RESPONSE_URL, body="ok")
        assert press(desk, "import_start", job, {"import_text": "1"}) == 200
        assert "Only leads of Brand safety can import items. Ask <@U0LEAD> or an admin of this workspace." in said(
            hooks
        )
        assert press(desk, "import_drop", job) == 200
        assert store.imports.get(job.id).state is ImportState.ASKING
        dropped(desk, user="U0LEAD", event_id="Ev2")
        assert not store.imports.open(), "the one that is there already is not made again"
    finally:
        desk.close()


def test_a_spreadsheet_is_told_how_to_be_saved(desk: Bench, store: Store) -> None:
    store.projects.add(a_project())
    in_slack(desk, name="Pool.XLSX")
    dropped(desk)
    (record,) = until(lambda: store.outbox.pending(9))
    message = Renderer(store).render(record.key)
    assert "save it as one of these" in message.text and not store.imports.open()


def test_a_file_that_slack_can_not_be_asked_about_is_not_passed_over_in_silence(desk: Bench, store: Store) -> None:
    store.projects.add(a_project())
    in_slack(desk)
    desk.gateway.file_faults = [UncertainError("late")]
    dropped(desk)
    (record,) = until(lambda: store.outbox.pending(9))
    assert "drop it here again" in Renderer(store).render(record.key).text and not store.imports.open()


def test_a_file_is_for_the_project_that_the_person_leads(store: Store, hooks: responses.RequestsMock) -> None:
    store.projects.add(a_project(leads=("U0ANA",)))
    store.projects.add(a_project(id="second", name="Second", leads=("U0BEN",)))
    desk = bench(store, leads=("U0LEAD",))
    try:
        in_slack(desk)
        dropped(desk)
        assert the_job(store).project_id == "brand"
        in_slack(desk, "F2")
        dropped(desk, "F2", user="U0BEN", event_id="Ev2")
        assert the_job(store, "F2.C1").project_id == "second"
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("menus", "text", "label"),
    [
        ({"import_text": "1", "import_label": "none"}, "tweet", None),
        ({"import_text": "1", "import_label": "2"}, "tweet", "class"),
        ({"import_text": "0"}, "id", None),
    ],
)
def test_the_menus_say_which_column_is_what(
    desk: Bench, store: Store, menus: dict[str, str], text: str, label: str | None
) -> None:
    store.projects.add(a_project())
    job = asking(store)
    assert (
        press(desk, "import_text", job) == press(desk, "import_label", job) == press(desk, "import_project", job) == 200
    )
    assert press(desk, "import_start", job, menus) == 200
    started = store.imports.get(job.id)
    assert (started.state, started.text_column, started.label_column) == (ImportState.RUNNING, text, label)
    assert started.chosen_by == "U0ANA" and [each.id for each in store.imports.open()] == [job.id]


def test_pressed_by_two_people_it_is_imported_once(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    store.projects.add(a_project())
    job = asking(store, text_column="tweet")
    hooks.post(RESPONSE_URL, body="ok")
    assert press(desk, "import_start", job) == 200
    assert press(desk, "import_drop", job, user="U0BEN") == 200
    assert "not waiting for an answer any more" in said(hooks)
    assert store.imports.get(job.id).state is ImportState.RUNNING


def test_a_channel_with_several_projects_asks_for_which(desk: Bench, store: Store) -> None:
    store.projects.add(a_project())
    store.projects.add(a_project(id="second", name="Second"))
    item = Item(id="i", text="x", text_hash="h")
    store.items.add_many("second", [NewItem(item, None, 1)], T0)
    in_slack(desk)
    dropped(desk)
    job = the_job(store)
    assert (job.project_id, job.confirm) == ("brand", True), "the one without items is meant, most likely"
    found = store.imports.save(
        job, job.model_copy(update={"state": ImportState.ASKING, "columns": ("text",), "text_column": "text"}), T0
    )
    blocks = Renderer(store).render("import:F1.C1").blocks
    menu = next(e for block in blocks for e in block.get("elements", []) if e.get("action_id") == "import_project")
    assert [option["value"] for option in menu["options"]] == ["brand", "second"]
    assert press(desk, "import_start", found, {"import_project": "second"}) == 200
    assert store.imports.get(job.id).project_id == "second"


RESULT = ImportResult(
    rows=1_234, added=1_200, known=4, duplicates=10, labelled=500, label_conflicts=3, rejected={"empty-text": 20}
)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": ImportState.LOOKING, "size": 5_000_000}, "(4.8 MB)"),
        ({"state": ImportState.RUNNING}, "just begun"),
        ({"state": ImportState.RUNNING, "size": 100, "done": 50, "rows": 7}, "7 rows so far"),
        ({"state": ImportState.DROPPED, "chosen_by": "U1"}, "left out by <@U1>"),
        ({"state": ImportState.FAILED, "error": "Line 3: <b> is wrong."}, "Line 3: &lt;b&gt; is wrong."),
        (
            {"state": ImportState.FAILED, "name": "a.csv", "error": "a.csv: no row"},
            "*a.csv* could not be imported. No row.",
        ),
        ({"state": ImportState.FAILED, "name": "a.csv", "error": "a.csv, line 3: <"}, "imported. Line 3: &lt;."),
        (
            {"state": ImportState.DONE, "result": RESULT},
            "1,200 items added, 4 there already, 10 duplicates left out, 20 rows refused",
        ),
        ({"columns": tuple(f"{n}{'x' * 300}" for n in range(100)), "confirm": True}, "can't be taken out"),
        ({"columns": ("", "<!channel>")}, "column 1, &lt;!channel&gt;"),
    ],
)
def test_every_state_is_a_message_that_slack_takes(store: Store, changes: dict[str, Any], words: str) -> None:
    job = asking(store, **{"name": f"{HOSTILE}.csv", **changes})
    message = import_message(job, a_project(name=HOSTILE[:80]))
    assert not check_message(message.payload())
    assert words in json.dumps(message.payload(), ensure_ascii=False)
    assert "<!channel>" not in message.text and "<@U1>" not in message.text.replace("left out by <@U1>", "")


def test_files_in_slack_are_read_with_or_without_their_shares() -> None:
    assert read_file({"id": "F1", "title": "t.csv"}).threads == {}
    found = read_file({"id": "F1", "name": "a.csv", "size": "no number", "url_private": "https://files.slack.com/a"})
    assert (found.name, found.size, found.address) == ("a.csv", None, "https://files.slack.com/a")


@pytest.mark.parametrize(
    ("api", "address"),
    [
        ("https://slack.com/api/", "https://evil.example/a.csv"),
        ("https://slack.com/api/", "https://files.slack.com.evil.example/a.csv"),
        ("https://slack.com/api/", "https://evilslack.com/a.csv"),
        ("https://slack.com/api/", "http://files.slack.com/a.csv"),
        ("https://slack.com/api/", "https://files.slack.com:8443/a.csv"),
        ("https://slack.com/api/", "https://files.slack.com@evil.example/a.csv"),
        ("https://slack.com/api/", "https://me@files.slack.com/a.csv"),
        ("https://slack.com/api/", "http://127.0.0.1/a.csv"),
        ("https://slack.com/api/", "https://[::1/a.csv"),
        ("https://slack.com/api/", ""),
        ("http://127.0.0.1:8065/api/", "http://127.0.0.1:8066/files/F1/a.csv"),
        ("http://127.0.0.1:8065/api/", "https://files.slack.com/a.csv"),
    ],
)
def test_the_token_goes_to_slack_and_nowhere_else(tmp_path: Path, api: str, address: str) -> None:
    class Gateway(SlackGateway):
        def file(self, file_id: str) -> dict[str, Any]:
            return {"id": "F1", "name": "a.csv", "url_private": address}

    files = SlackFiles(Gateway("xoxb-x", api), "xoxb-x", api, SystemClock(), limit=100)
    with responses.RequestsMock(), pytest.raises(FetchError, match="not its own"):  # any request at all would fail
        files.fetch(_job(), tmp_path)


def _job(file_id: str = "F1") -> ImportJob:
    return ImportJob(
        id="x", project_id="brand", channel_id="C1", user_id="U1", name="a.csv", file_id=file_id, created_at=T0
    )


def test_slacks_own_host_is_asked_with_the_token_and_no_redirect_is_followed(tmp_path: Path) -> None:
    class Gateway(SlackGateway):
        def file(self, file_id: str) -> dict[str, Any]:
            return {"id": "F1", "name": "a.csv", "url_private": "https://files.slack.com/files-pri/T1-F1/a.csv"}

    api = "https://slack.com/api/"
    files = SlackFiles(Gateway("xoxb-x", api), "xoxb-x", api, SystemClock(), limit=100)
    with responses.RequestsMock() as mock:
        mock.get("https://files.slack.com/files-pri/T1-F1/a.csv", body="text\nx\n", content_type="text/csv")
        assert files.fetch(_job(), tmp_path).read_text() == "text\nx\n"
        assert mock.calls[0].request.headers["Authorization"] == "Bearer xoxb-x"
    for answer in (
        {"status": 302, "headers": {"Location": "https://evil.example/"}},
        {"body": "<html>", "content_type": "text/html"},
    ):
        with responses.RequestsMock() as mock:
            mock.get("https://files.slack.com/files-pri/T1-F1/a.csv", **answer)
            with pytest.raises(FetchError, match="files:read"):
                files.fetch(_job(), tmp_path)
            assert len(mock.calls) == 1


def test_a_file_of_the_local_workspace_is_fetched_with_the_token_alone(tmp_path: Path) -> None:
    with WorkspaceServer(WorkspaceConfig(enforce_rates=False)) as slack:
        gateway = SlackGateway(slack.config.bot_token, slack.api_url)
        upload = {"as": "U0ANA", "channel": "C0BRAND", "files": [{"name": "p.csv", "content": CONTENT}]}
        (file_id,) = requests.post(f"{slack.url}/ui/upload", json=upload, timeout=30).json()["files"]
        good = SlackFiles(gateway, slack.config.bot_token, slack.api_url, SystemClock(), limit=100)
        assert good.fetch(_job(file_id), tmp_path).read_text() == "text\nx\n"
        wrong = SlackFiles(gateway, "xoxb-wrong", slack.api_url, SystemClock(), limit=100)
        with pytest.raises(FetchError, match="files:read"):
            wrong.fetch(_job(file_id), tmp_path)
        small = SlackFiles(gateway, slack.config.bot_token, slack.api_url, SystemClock(), limit=3)
        with pytest.raises(FetchError, match="ROUNDTABLE_MAX_IMPORT_MB"):
            small.fetch(_job(file_id), tmp_path / "..")
        with pytest.raises(FetchError, match="was deleted"):
            good.fetch(_job("F0NONE"), tmp_path)
