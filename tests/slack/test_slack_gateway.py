"""The gateway, the doctor and the sender against the local workspace: real HTTP, Slack's own errors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from slack_world import a_project, a_report, a_view, open_round

from bot.localslack.server import ChannelSpec, WorkspaceConfig, WorkspaceServer
from bot.services.clock import ManualClock
from bot.services.ports import Store
from bot.slack.blocks.items import item_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.reports import report_message
from bot.slack.blocks.standing import full_text_view, home_view, notice
from bot.slack.doctor import SCOPES, check_slack
from bot.slack.errors import RateLimitedError, RefusedError, UncertainError
from bot.slack.gateway import SlackGateway
from bot.slack.limits import LimitsError
from bot.slack.outbox import OutboxSender
from bot.slack.pacing import Pace
from bot.slack.pictures.files import Files, filename
from bot.slack.render import Renderer

BRAND = "C0BRAND"


@pytest.fixture
def workspace() -> Iterator[WorkspaceServer]:
    base = WorkspaceConfig(port=0, enforce_rates=False)
    elsewhere = ChannelSpec(id="C0ELSE", name="elsewhere", members=("U0ANA",))
    config = WorkspaceConfig(port=0, enforce_rates=False, channels=(*base.channels, elsewhere))
    with WorkspaceServer(config) as server:
        yield server


@pytest.fixture
def gateway(workspace: WorkspaceServer) -> SlackGateway:
    return SlackGateway(workspace.config.bot_token, workspace.api_url)


def test_a_message_is_posted_found_by_its_key_and_updated(gateway: SlackGateway, workspace: WorkspaceServer) -> None:
    sent = gateway.post(BRAND, item_message(a_view("a text")), "query:brand:1:0", None)
    assert gateway.find(BRAND, "query:brand:1:0", None, None) == sent.ts
    assert gateway.find(BRAND, "query:brand:1:1", None, None) is None
    reply = gateway.post(BRAND, notice("in the thread"), "query:brand:1:1", sent.ts)
    assert gateway.find(BRAND, "query:brand:1:1", sent.ts, None) == reply.ts
    gateway.update(BRAND, sent.ts, item_message(a_view("a text", votes={"U0ANA": "other"})), "query:brand:1:0")
    message = workspace.state.channels[BRAND].messages[sent.ts]
    assert "<@U0ANA>: other" in message["text"]
    assert gateway.find(BRAND, "query:brand:1:0", None, None) == sent.ts, "an update keeps the key"
    assert gateway.permalink(BRAND, sent.ts) is not None
    assert gateway.permalink(BRAND, "1.1") is None


def test_all_our_messages_and_views_are_taken_by_the_workspaces_own_rules(gateway: SlackGateway) -> None:
    gateway.post(BRAND, report_message(a_project(), a_report()), "report:brand:3", None)
    gateway.publish_home("U0ANA", home_view([], leading=()))
    with pytest.raises(RefusedError, match="trigger"):
        gateway.open_view("1.2.none", full_text_view("x" * 9_000))


def test_what_slack_would_refuse_is_never_sent(gateway: SlackGateway, workspace: WorkspaceServer) -> None:
    before = len(workspace.log.all())
    with pytest.raises(LimitsError, match="3001 characters"):
        gateway.post(
            BRAND, Message("t", [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}]), "k", None
        )
    assert len(workspace.log.all()) == before


def test_newer_blocks_that_are_refused_are_sent_in_the_plainer_form(gateway: SlackGateway) -> None:
    """A chart on which the workspace's rules are stricter than ours stands for a Slack without charts."""
    odd = {"type": "table", "rows": [[{"type": "raw_number", "text": "1"}]]}
    message = Message("t", [odd], [{"type": "section", "text": {"type": "mrkdwn", "text": "plain"}}])
    assert gateway.post(BRAND, message, "k", None).plain is True


def test_a_picture_is_uploaded_to_its_thread_and_found_again(gateway: SlackGateway) -> None:
    pytest.importorskip("matplotlib")
    parent = gateway.post(BRAND, notice("a report"), "report:brand:3", None)
    picture = Files().make("chart", a_project(), a_report())
    file_id = gateway.upload(BRAND, picture, parent.ts)
    assert gateway.find(BRAND, "chart:brand:3", parent.ts, picture.filename) == file_id
    assert gateway.find(BRAND, "chart:brand:4", parent.ts, filename("chart", "brand", 4)) is None


@pytest.mark.parametrize(("channel", "code"), [("C0NONE", "channel_not_found"), ("C0ELSE", "not_in_channel")])
def test_refusals_have_slacks_code_and_what_to_do(gateway: SlackGateway, channel: str, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        gateway.post(channel, notice("x"), "k", None)
    assert caught.value.code == code
    assert "invite it with /invite" in str(caught.value)


def test_a_wrong_token_is_named_but_never_shown(workspace: WorkspaceServer) -> None:
    wrong = SlackGateway("xoxb-wrong-secret", workspace.api_url)
    with pytest.raises(RefusedError, match="SLACK_BOT_TOKEN") as caught:
        wrong.post(BRAND, notice("x"), "k", None)
    assert "secret" not in str(caught.value)


def test_limits_of_rate_and_trouble_are_told_apart(gateway: SlackGateway, workspace: WorkspaceServer) -> None:
    workspace.faults.set("429=1:7s")
    with pytest.raises(RateLimitedError) as limited:
        gateway.post(BRAND, notice("x"), "k", None)
    assert limited.value.seconds == 7
    workspace.faults.set("5xx")
    with pytest.raises(UncertainError):
        gateway.post(BRAND, notice("x"), "k", None)
    workspace.faults.set("")
    workspace.stop()
    with pytest.raises(UncertainError):
        gateway.post(BRAND, notice("x"), "k", None)


def test_a_round_goes_out_in_order_over_real_http(
    store: Store, clock: ManualClock, gateway: SlackGateway, workspace: WorkspaceServer
) -> None:
    open_round(store, ["a", "b", "c"], channel_id=BRAND)
    workspace.faults.set("5xx=0.3,drop_after=0.3,429=0.2")
    sender = OutboxSender(store, gateway, Renderer(store), clock, Pace(0, 0, 1_000), "w1")
    for step in range(200):
        if store.outbox.pending_count("brand") == 0:
            break
        clock.advance(timedelta(seconds=max(sender.step(), 0.1)))
        if step == 60:
            workspace.faults.set("")
    keys = [m["metadata"]["event_payload"]["key"] for m in workspace.state.channels[BRAND].messages.values()]
    assert keys == ["round:brand:1", *(f"query:brand:1:{n}" for n in range(3))]


def test_doctor_finds_all_well(workspace: WorkspaceServer) -> None:
    checks = check_slack(
        workspace.config.bot_token,
        workspace.api_url,
        projects=[a_project(channel_id=BRAND, channel_name="brand-safety", annotators=("U0ANA", "S0REVIEW"))],
        leads=["U0LEAD"],
        app_token=workspace.config.app_token,
    )
    assert [check.name for check in checks if not check.ok] == []
    assert len(checks) == 6


def test_doctor_says_what_is_wrong_and_what_to_do(workspace: WorkspaceServer) -> None:
    checks = check_slack(
        workspace.config.bot_token,
        workspace.api_url,
        projects=[a_project(channel_id="C0ELSE", channel_name="elsewhere", leads=("S0GONE",))],
        leads=["U0NOBODY"],
        app_token="xapp-wrong",
    )
    wrong = {check.name: check for check in checks if not check.ok}
    assert wrong.keys() == {"Slack app token", "channel of Brand safety", "user group S0GONE", "lead U0NOBODY"}
    assert "/invite" in wrong["channel of Brand safety"].advice
    assert all(check.advice for check in wrong.values())
    (token,) = check_slack("xoxb-wrong", workspace.api_url, projects=[])
    assert (token.ok, "SLACK_BOT_TOKEN" in token.advice) == (False, True)
    (away,) = check_slack("xoxb-1", "http://127.0.0.1:9/api/", projects=[])
    assert "SLACK_API_URL" in away.advice


def test_doctor_names_missing_scopes() -> None:
    scopes = tuple(scope for scope in SCOPES if scope != "files:write")
    with WorkspaceServer(WorkspaceConfig(port=0, scopes=scopes)) as server:
        checks = check_slack(server.config.bot_token, server.api_url, projects=[])
    missing = next(check for check in checks if check.name == "Slack scopes")
    assert "files:write (for pictures of the learning curve" in missing.detail
    assert "manifest.yml" in missing.advice
