"""What leads do by command and in App Home, and what bad input is answered with."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import responses
from queue_world import at_home, elements, in_modal, texts
from queue_world import send as send_payload
from slack_bolt import BoltRequest
from slack_world import HOSTILE, T0, Bench, a_project, a_report, bench, click, command, open_round, signed, until

from bot.domain import Act, ActKind, CloseReason, ModelVersion, StoreUnavailableError
from bot.localslack.mrkdwn import notifies
from bot.localslack.server import WorkspaceConfig, WorkspaceServer
from bot.services import adminlog, exports, projects
from bot.services.clock import ManualClock
from bot.services.export import What
from bot.services.ports import Store
from bot.slack import membership
from bot.slack.blocks.leading import reports_view
from bot.slack.blocks.message import Attachment
from bot.slack.gateway import SlackGateway
from bot.slack.limits import check_view
from bot.slack.outbox import OutboxSender
from bot.slack.pacing import Pace
from bot.slack.render import Renderer

LEAD = "U0LEAD"
NUMBERS = itertools.count()  # a delivery that comes again is signed anew


@pytest.fixture
def led(store: Store) -> Iterator[Bench]:
    with responses.RequestsMock(assert_all_requests_are_fired=False):
        made = bench(store, leads=(LEAD,))
        yield made
        made.close()


def ask(desk: Bench, text: str, user: str = LEAD, channel: str = "C1") -> dict[str, Any]:
    body, headers = signed(command(text, user=user, channel=channel))
    answer = desk.app.dispatch(BoltRequest(body=body, headers=dict(headers)))
    assert answer.status == 200
    return dict(json.loads(answer.body))


def said(desk: Bench, text: str, **more: Any) -> str:
    answer = ask(desk, text, **more)
    assert answer["response_type"] == "ephemeral"
    return str(answer["text"])


def log_of(store: Store) -> list[tuple[str | None, str]]:
    return [(act.by, adminlog.told(act)) for act in adminlog.latest(store, "brand")]


def close(store: Store, number: int = 1) -> None:
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    store.rounds.begin_closing("brand", number, CloseReason.LEAD, T0, lease.token)
    store.rounds.finish(a_report(number), [], [], T0, lease.token)
    store.locks.release(lease)


def a_model(store: Store, number: int) -> str:
    version = ModelVersion(
        id=f"brand:m{number}-{number}", project_id="brand", round=number, algorithm="none", parameters={}, label_revision=number,
        data_fingerprint="f", training_labels=50 * number, training_positives=5, threshold=0.5, trained_at=T0,
    )  # fmt: skip
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    store.models.save(version, b"bytes", lease.token)
    store.locks.release(lease)
    return version.id


# --- commands


def test_start_audit_and_the_log(led: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    close(store)
    assert said(led, "start") == "Round 2 of Brand safety begins now, in <#C1>."
    assert store.projects.get("brand").start_round == 2
    assert said(led, "audit 30 brand") == "Round 2 of Brand safety will spend about 30 labels on measuring."
    assert store.projects.get("brand").audit_round == (2, 30)
    assert log_of(store) == [(LEAD, "asked for an audit: 30 labels in round 2"), (LEAD, "began a round: round 2")]
    answer = ask(led, "log")
    assert "<@U0LEAD> asked for an audit: 30 labels in round 2" in answer["text"]
    assert "<!date^" in answer["text"] and "/roundtable export log brand" in json.dumps(answer["blocks"])


def test_what_stands_in_the_log_is_no_markup(led: Bench, store: Store) -> None:
    store.projects.add(a_project())
    assert "Nothing has been logged yet" in json.dumps(ask(led, "log")["blocks"])
    for number in range(40):
        note = f"{HOSTILE} {number} {'x' * 2_000}"
        store.acts.append("brand", Act(kind=ActKind.IMPORT, by=None if number % 2 else "cli", at=T0, note=note))
    answer = ask(led, "log")
    assert notifies(answer) == []
    assert "somebody on the server imported" in answer["text"]
    assert "the last 20 entries" in json.dumps(answer["blocks"])


def test_rollback_lists_then_goes_back(led: Bench, store: Store) -> None:
    store.projects.add(a_project())
    assert "There is no earlier one to go back to" in json.dumps(ask(led, "rollback")["blocks"])
    for number in (1, 2):
        a_model(store, number)
    listed = said(led, "rollback")
    assert "the current model is `m2-2`" in listed and "`m1-1`  after round 1, 50 labels" in listed
    assert "`m1-1` is the current model of Brand safety now" in said(led, "rollback m1-1")
    current = store.models.current("brand")
    assert current is not None and current.id == "brand:m1-1"
    assert "`m2-2` is the current model" in said(led, "rollback brand:m2-2 brand")
    assert log_of(store)[0] == (LEAD, "went back to an earlier model: m1-1 -> m2-2")


def test_an_export_is_a_file_for_the_one_who_asked(led: Bench, store: Store) -> None:
    open_round(store, ["a text", HOSTILE])
    for what in ("labels", "VOTES", "log"):
        assert "comes to you as a direct message" in said(led, f"export {what}")
    files = [record for record in store.outbox.pending(99) if record.kind == "file"]
    assert [(record.channel_id, record.thread_key) for record in files] == [(LEAD, None)] * 3
    renderer = Renderer(store)
    made = [renderer.render(record.key) for record in files]
    assert [renderer.filename(record.key) for record in files] == [
        file.filename for file in made if isinstance(file, Attachment)
    ]
    labels, votes, log = made
    assert isinstance(labels, Attachment) and isinstance(votes, Attachment) and isinstance(log, Attachment)
    assert labels.data.decode("utf-8-sig").startswith('"item_id","text","label"')
    assert votes.data.decode("utf-8-sig").startswith('"seq","at","kind"')
    assert '"export","labels"' in log.data.decode("utf-8-sig")
    assert "Only you see this file" in log.comment and log.filename.startswith("brand-log-20")
    assert log_of(store)[:3] == [(LEAD, "exported: log"), (LEAD, "exported: votes"), (LEAD, "exported: labels")]


def test_why_by_id_and_by_link(led: Bench, store: Store) -> None:
    (query, _) = open_round(store, [HOSTILE, "another"], overlap=2)
    send_payload(led, _click("label_0", {"q": query, "l": "negative"}, "U0ANA"))
    answer = ask(led, "why i0", user="U0ANA")
    assert "Answered by <@U0ANA>; what they said is shown when the round is closed." in answer["text"]
    assert "negative" not in answer["text"]
    assert {(found["kind"], found["target"]) for found in notifies(answer)} == {("user", "U0ANA")}
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    store.outbox.begin(f"query:{query}", lease.token)
    store.outbox.posted(f"query:{query}", "1700000000.000100", lease.token)
    link = "<https://x.slack.com/archives/C1/p1700000000000100?thread_ts=1700000000.000000&amp;cid=C1>"
    assert ask(led, f"why {link}", user="U0ANA")["text"] == answer["text"]
    close(store)
    assert "Answers: <@U0ANA>: negative." in said(led, "why i0 brand", channel="C2")
    assert "shown in its channel alone" in said(led, "why i0 brand", channel="C2", user="U0ANA")


def _click(action_id: str, value: dict[str, str], user: str) -> dict[str, Any]:
    return click(action_id, value, user=user)


COMMANDS_OF_LEADS = (
    "start", "pause", "resume", "close-round", "audit 30", "export labels", "rollback", "rollback m1-1", "log", "people",
)  # fmt: skip


@pytest.mark.parametrize("text", COMMANDS_OF_LEADS)
def test_who_may_not_is_told_who_can(led: Bench, store: Store, text: str) -> None:
    open_round(store, ["a"])
    assert "Ask <@U0LEAD> or an admin of this workspace." in said(led, text, user="U0ANA")
    assert adminlog.latest(store, "brand") == []
    assert all(record.kind == "message" for record in store.outbox.pending(99))


def test_several_projects_in_a_channel_have_to_be_named(led: Bench, store: Store) -> None:
    open_round(store, ["a"])
    store.projects.add(a_project(id="second", name="Second"))
    for text in ("start", "audit 30", "export labels", "rollback", "log"):
        assert "This channel has 2 projects (brand, second); say which: /roundtable" in said(led, text)
    assert "Answered by nobody yet" in said(led, "why i0"), "an id is in one of them"
    assert "This channel has no project; name one: brand, second." in said(led, "why i0", channel="C9")


def test_the_log_names_people_and_groups_as_slack_shows_them(led: Bench, store: Store) -> None:
    open_round(store, ["a"])
    act = Act(kind=ActKind.RIGHTS, by=LEAD, at=T0)
    store.projects.update("brand", {"leads": ("U0BEN", "S0TEAM"), "annotators": ("U0BEN2",)}, act)
    assert "(nobody by name → <@U0BEN>, <!subteam^S0TEAM>)" in said(led, "log")
    assert "(everybody in the channel → <@U0BEN2>)" in said(led, "log")
    store.projects.update("brand", {"next_overlap": 2}, Act(kind=ActKind.CONFIG, by=LEAD, at=T0))
    assert "from the next round on (as before → 2)" in said(led, "log")


# --- App Home


def home_of(desk: Bench, user: str = LEAD) -> dict[str, Any]:
    desk.gateway.homes.pop(user, None)
    send_payload(desk, at_home("home_do_start", {"project": "gone"}, user))
    return dict(until(lambda: desk.gateway.homes.get(user)))


def press(desk: Bench, action_id: str, value: dict[str, str], user: str = LEAD) -> None:
    desk.gateway.homes.pop(user, None)
    payload = at_home(action_id, value, user)
    if action_id == "home_do_more":
        action = payload["actions"][0]
        payload["actions"] = [{**action, "type": "overflow", "selected_option": {"value": json.dumps(value)}}]
    assert send_payload(desk, payload).status == 200


def opened(desk: Bench, action_id: str, value: dict[str, str]) -> dict[str, Any]:
    before = len(desk.gateway.views)
    press(desk, action_id, value)
    return dict(until(lambda: desk.gateway.views[before:])[0]["view"])


def sent(desk: Bench, view: dict[str, Any], value: Any, user: str = LEAD) -> dict[str, Any]:
    """The form, sent with that in its field; what it is answered with."""
    select = isinstance(value, dict)
    entry = {"selected_option": value} if select else {"value": value}
    desk.gateway.homes.pop(user, None)
    state = {"values": {"value": {"value": entry}}}
    payload = {
        "type": "view_submission", "user": {"id": user}, "team": {"id": "T1"}, "trigger_id": f"t.{next(NUMBERS)}",
        "view": {**view, "id": "V1", "hash": "h", "state": state},
    }  # fmt: skip
    answer = send_payload(desk, payload)
    assert answer.status == 200
    return dict(json.loads(answer.body)) if answer.body else {}


def test_home_has_all_acts_for_leads_and_the_report_for_everybody(led: Bench, store: Store) -> None:
    open_round(store, ["a"])
    close(store)
    lead = home_of(led)
    assert check_view(lead) == []
    ids = [element["action_id"] for element in elements(lead)]
    assert {"home_do_pause", "home_do_start", "home_do_measure", "home_do_import", "home_do_report"} <= set(ids)
    assert {"home_why", "home_help"} <= set(ids)
    assert "home_do_close" not in ids
    (menu,) = [element for element in elements(lead) if element["action_id"] == "home_do_more"]
    assert [json.loads(option["value"])["do"] for option in menu["options"]] == [
        "people",
        "export",
        "models",
        "log",
        "settings",
    ]
    anybody = home_of(led, "U0ANA")
    (button,) = [element for element in elements(anybody) if element["action_id"].startswith("home_do_")]
    assert button["action_id"] == "home_do_report"
    assert {"home_why", "home_help"} <= {element["action_id"] for element in elements(anybody)}


def test_home_stays_within_slacks_blocks_with_many_projects(led: Bench, store: Store) -> None:
    for number in range(60):
        store.projects.add(a_project(id=f"p{number}", name=f"Project {number}"))
    home = home_of(led)
    assert len(home["blocks"]) <= 100 and check_view(home) == []
    assert "more; ask `/roundtable status`" in texts(home)


def test_measure_asks_how_many(led: Bench, store: Store) -> None:
    open_round(store, ["a", "b", "c"])
    view = opened(led, "home_do_measure", {"project": "brand"})
    (field,) = [block for block in view["blocks"] if block["type"] == "input"]
    assert (field["element"]["min_value"], field["element"]["max_value"]) == ("1", "3")
    assert sent(led, view, "2") == {}
    assert store.projects.get("brand").audit_round == (2, 2)
    assert "Round 2 of Brand safety will spend about 2 labels on measuring" in texts(
        until(lambda: led.gateway.homes.get(LEAD))
    )


def test_an_earlier_model_is_chosen_from_a_list(led: Bench, store: Store) -> None:
    store.projects.add(a_project())
    for number in range(1, 4):
        a_model(store, number)
    view = opened(led, "home_do_more", {"project": "brand", "do": "models"})
    (field,) = [block for block in view["blocks"] if block["type"] == "input"]
    assert [option["value"] for option in field["element"]["options"]] == ["m2-2", "m1-1"]
    assert sent(led, view, field["element"]["options"][1]) == {}
    current = store.models.current("brand")
    assert current is not None and current.id == "brand:m1-1"


def test_export_log_report_and_people_open(led: Bench, store: Store) -> None:
    open_round(store, ["a"])
    close(store)
    view = opened(led, "home_do_more", {"project": "brand", "do": "export"})
    assert sent(led, view, {"value": "labels"}) == {}
    assert "comes to you as a direct message" in texts(until(lambda: led.gateway.homes.get(LEAD)))
    for do, part in (
        ("log", "exported: labels"), ("report", "precision"), ("people", "answered"), ("settings", "items in a round"),
    ):  # fmt: skip
        assert part in texts(opened(led, "home_do_more", {"project": "brand", "do": do})).casefold(), do


MEASURE = {"type": "modal", "callback_id": "leads_measure", "blocks": [], "private_metadata": '{"project": "brand"}'}
MODELS = {**MEASURE, "callback_id": "leads_rollback"}
EXPORT = {**MEASURE, "callback_id": "leads_export"}
IMPORT = {**MEASURE, "callback_id": "leads_import"}


@pytest.mark.parametrize("view", [MEASURE, MODELS, EXPORT, IMPORT])
def test_a_form_sent_by_somebody_else_changes_nothing(led: Bench, store: Store, view: dict[str, Any]) -> None:
    open_round(store, ["a"])
    answer = sent(led, view, "5", user="U0ANA")
    assert "Only leads of Brand safety can" in answer["errors"]["value"]
    assert LEAD not in answer["errors"]["value"], "an id says nothing where nobody can be mentioned"
    assert adminlog.latest(store, "brand") == []
    broken = sent(led, {**view, "private_metadata": "["}, "5")
    assert broken == {"response_action": "clear"}


def test_items_are_fetched_from_an_address_in_home(led: Bench, store: Store) -> None:
    open_round(store, ["a"])
    view = opened(led, "home_do_import", {"project": "brand"})
    assert check_view(view) == [] and "<#C1>" in texts(view)
    assert "That is no web address" in sent(led, view, "pool.csv")["errors"]["value"]
    assert sent(led, view, "https://a.example/a.csv") == sent(led, view, "https://a.example/a.csv") == {}
    (job,) = store.imports.open()
    assert (job.url, job.user_id) == ("https://a.example/a.csv", LEAD), "once, however often it is sent"
    assert "I am fetching it for Brand safety" in texts(until(lambda: led.gateway.homes.get(LEAD)))


def test_an_earlier_rounds_report_is_chosen_in_the_window(
    led: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_round(store, ["a"])
    close(store)
    assert "home_do_round" not in texts(opened(led, "home_do_report", {"project": "brand"})), "there is one only"
    view = reports_view(store.projects.get("brand"), 2, 2, [])
    (menu,) = elements(view)
    assert [option["text"]["text"] for option in menu["options"]] == ["Round 2", "Round 1"]
    assert menu["initial_option"] == menu["options"][0] and check_view(view) == []
    for number, part in (("1", "Brand safety, round 1: report"), ("9", "Round 9 has no report")):
        led.gateway.views.clear()
        value = {"project": "brand", "round": number}
        send_payload(led, in_modal(view, "home_do_round", value, "U0ANA"))
        shown = until(lambda: led.gateway.views[-1:])[0]["view"]
        assert part in texts(shown) and check_view(shown) == []

    def away(*_: object) -> None:
        raise StoreUnavailableError("Redis can't be reached: redis.internal:6379")

    monkeypatch.setattr(projects, "report", away)
    led.gateway.views.clear()
    send_payload(led, in_modal(view, "home_do_round", {"project": "brand", "round": "1"}, "U0ANA"))
    shown = texts(until(lambda: led.gateway.views[-1:])[0]["view"])
    assert "could not be opened" in shown and "redis.internal" not in shown


def test_why_an_item_was_asked_and_help_are_there_for_everybody_in_home(led: Bench, store: Store) -> None:
    open_round(store, ["a"])
    assert "/roundtable status" in texts(opened(led, "home_help", {}))
    form = opened(led, "home_why", {})
    assert check_view(form) == []
    assert "No item 'i9' was asked about" in sent(led, form, "i9")["errors"]["value"]
    told = sent(led, form, " i0 ")
    assert told["response_action"] == "update" and check_view(told["view"]) == []
    assert "Answered by nobody yet" in texts(told["view"])
    led.gateway.people = {"C1": frozenset({LEAD})}
    assert "No item 'i0' was asked about" in sent(led, form, "i0", user="U0STRANGER")["errors"]["value"]
    assert "leads to no item" in sent(led, form, "https://x.slack.com/archives/C1/p1700000000000999")["errors"]["value"]


def test_why_an_item_was_asked_waits_for_slack_only_so_long(
    led: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_round(store, ["a"])
    form, said = opened(led, "home_why", {}), threading.Event()
    with monkeypatch.context() as slow:
        slow.setattr(membership, "PATIENCE", 0.05)
        slow.setattr(led.gateway, "members", lambda _: said.wait(10) and frozenset({"U0ANA"}))
        assert "Slack does not answer just now" in sent(led, form, "i0", user="U0ANA")["errors"]["value"]
    said.set()
    assert "Answered by nobody yet" in texts(sent(led, form, "i0", user="U0ANA")["view"])


@pytest.mark.parametrize("do", ["measure", "export", "models", "log", "people", "settings", "import"])
def test_a_forged_button_opens_nothing_and_says_who_can(led: Bench, store: Store, do: str) -> None:
    open_round(store, ["a"])
    press(led, "home_do_more", {"project": "brand", "do": do}, user="U0ANA")
    assert "Ask <@U0LEAD> or an admin" in texts(until(lambda: led.gateway.homes.get("U0ANA")))
    assert led.gateway.views == []


def test_what_is_not_saved_is_said_at_the_field(led: Bench, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    open_round(store, ["a"])

    def unavailable(*_: object, **__: object) -> None:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(store.projects, "update", unavailable)
    assert "Not saved" in sent(led, MEASURE, "5")["errors"]["value"]


def test_two_exports_at_once_are_two_files(store: Store, clock: ManualClock) -> None:
    made = projects.create(store, clock, name="Brand", channel_id="C1", channel_name="c", labels=["a", "b"])
    keys = {exports.ask(store, clock, made.id, What.LABELS, user) for user in ("U1", "U2")}
    assert len(keys) == 2
    assert exports.asked(keys.pop().partition(":")[2]).filename == "brand-labels-2026-03-02-090000.csv"


def test_the_file_arrives_in_the_direct_message_and_nowhere_else(store: Store, clock: ManualClock) -> None:
    open_round(store, ["a text"], posts=False)
    exports.ask(store, clock, "brand", What.LOG, "U0ANA")
    with WorkspaceServer(WorkspaceConfig(port=0)) as server:
        gateway = SlackGateway(server.config.bot_token, server.api_url)
        sender = OutboxSender(store, gateway, Renderer(store), clock, Pace(0, 0, 50), "test")
        until(lambda: sender.step() and store.outbox.pending_count("brand") == 0)
        channel = gateway.direct("U0ANA")
        (message,) = gateway.call("conversations.history", {"channel": channel})["messages"]
        assert message["files"][0]["name"] == "brand-log-2026-03-02-090000.csv"
        assert "Only you see this file" in message["text"]
        assert gateway.call("conversations.history", {"channel": "C0BRAND"})["messages"] == []
        sender.close()
