"""Words to one person: addressed to a person, sent into the conversation with them, each once; people's figures for leads."""

from __future__ import annotations

import pytest
from slack_world import RecordingGateway, a_report, an_interval, open_round
from test_slack_outbox import a_sender, drain, state_of
from test_slack_people import close

from bot.domain import PersonFigures
from bot.localslack.server import WorkspaceConfig, WorkspaceServer
from bot.services import helping
from bot.services.clock import ManualClock
from bot.services.ports import PostIntent, Store
from bot.slack.blocks.standing import notice
from bot.slack.errors import RateLimitedError, RefusedError, UncertainError
from bot.slack.gateway import SlackGateway


def person(
    user: str, right: float | None = 0.9, *, judged: int = 100, width: float = 0.05, **more: int
) -> PersonFigures:
    accuracy = None if right is None else an_interval(right - width, right, right + width)
    return PersonFigures(user_id=user, judged=judged, accuracy=accuracy, **({"answers": 100} | more))


@pytest.fixture
def gateway() -> RecordingGateway:
    return RecordingGateway()


def a_note(store: Store) -> str:
    open_round(store, ["first", "second"], posts=False)
    report = a_report(1, curve=[], people=(person("UA"), person("UB", 0.6)))
    close(store, report)
    key = "people:brand:1:ULEA"
    store.outbox.intend([PostIntent(key, "brand", "ULEA", None)])
    return key


def test_a_note_goes_into_the_conversation_with_its_person(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    key = a_note(store)
    a_sender(store, gateway, clock).step()
    (sent,) = gateway.posts
    assert (sent["channel"], sent["key"]) == ("DLEA", key)
    assert "Who may welcome a word: <@UB>: right in about 60% (55% to 65%), the others in 90%" in sent["text"]
    assert "For leads alone" in str(sent["blocks"])
    assert store.outbox.key_of("DLEA", sent["ts"]) == key
    store.outbox.touch([key], clock.now())
    drain(a_sender(store, gateway, clock), clock, 3)
    assert gateway.updates[-1]["channel"] == "DLEA"


def test_a_note_whose_answer_was_lost_is_looked_for_where_it_went(
    store: Store, gateway: RecordingGateway, clock: ManualClock
) -> None:
    key = a_note(store)
    gateway.after = [UncertainError("no answer")]
    drain(a_sender(store, gateway, clock), clock, 5)
    assert len(gateway.posts) == 1
    assert gateway.finds == [key]
    assert state_of(store, key) == "posted"


@pytest.mark.parametrize("fault", [RateLimitedError(2), UncertainError("no answer")])
def test_a_conversation_that_can_not_be_opened_yet_is_tried_again(
    store: Store, gateway: RecordingGateway, clock: ManualClock, fault: Exception
) -> None:
    key = a_note(store)
    gateway.direct_faults = [fault]
    sender = a_sender(store, gateway, clock)
    sender.step()
    assert gateway.posts == []
    drain(sender, clock, 5)
    assert state_of(store, key) == "posted"


def test_who_can_not_be_written_to_holds_nobody_up(store: Store, gateway: RecordingGateway, clock: ManualClock) -> None:
    key = a_note(store)
    store.outbox.intend([PostIntent("people:brand:1:UBOSS", "brand", "UBOSS", None)])
    gateway.direct_faults = [RefusedError("user_disabled")]
    drain(a_sender(store, gateway, clock), clock, 3)
    assert state_of(store, key) == "failed"
    assert [sent["channel"] for sent in gateway.posts] == ["DBOSS"]


def test_the_workspace_opens_the_conversation_and_keeps_what_was_said() -> None:
    with WorkspaceServer(WorkspaceConfig(port=0)) as server:
        slack = SlackGateway(server.config.bot_token, server.api_url)
        channel = slack.direct("U0ANA")
        assert channel.startswith("D")
        assert slack.direct("U0ANA") == channel
        ts = slack.post(channel, notice("for you"), "people:brand:1:U0ANA", None).ts
        assert slack.find(channel, "people:brand:1:U0ANA", None, None) == ts
        assert slack.timezone("U0ANA") == "Europe/Lisbon"
        assert slack.timezone(server.config.bot_user_id) == ""
        with pytest.raises(RefusedError, match="user_not_found"):
            slack.direct("U0NOBODY")


def test_without_its_messages_tab_the_app_can_not_write_to_people() -> None:
    with WorkspaceServer(WorkspaceConfig(port=0, messages_tab=False)) as server:
        slack = SlackGateway(server.config.bot_token, server.api_url)
        with pytest.raises(RefusedError, match="turn on its Messages tab"):
            slack.post(slack.direct("U0ANA"), notice("for you"), "k", None)


@pytest.mark.parametrize(
    ("people", "named"),
    [
        ([person("UA"), person("UB", 0.6)], ["UB"]),
        ([person("UA"), person("UB", 0.6, judged=19)], []),  # too few
        ([person("UA"), person("UB", 0.8, width=0.15)], []),  # may be chance
        ([person("UA"), person("UB", None)], []),
        ([person("UA", 0.6)], []),  # nobody to be compared with
        ([person("UA"), person("UB", skips=50)], ["UB"]),
        ([person("UA"), person("UB", unsure=20, skips=20)], ["UB"]),
        ([person("UA"), person("UB", skips=20)], []),  # one in six
        ([person("UA", skips=60), person("UB", skips=60)], []),  # the items' fault
        ([person("UA"), person("UB", None, answers=0, judged=0, skips=30)], ["UB"]),
        ([], []),
    ],
)
def test_who_may_welcome_a_word(people: list[PersonFigures], named: list[str]) -> None:
    assert [need.user_id for need in helping.needs(people)] == named
