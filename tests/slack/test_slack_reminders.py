"""The reminder as it is read and clicked; "never" is taken back in App Home."""

from __future__ import annotations

import json

import pytest
import responses
from queue_world import at_home, elements, texts
from queue_world import send as send_home
from slack_bolt import BoltRequest, BoltResponse
from slack_world import RESPONSE_URL, Bench, RecordingGateway, click, form, open_round, signed, until
from test_slack_outbox import a_sender, state_of

from bot.domain import StoreUnavailableError
from bot.services.clock import ManualClock
from bot.services.ports import PostIntent, Store
from bot.slack.blocks.queue import START
from bot.slack.blocks.reminders import AGAIN, NEVER, NOT_TODAY
from bot.words import say

NAME = "<!channel> & co"


def send(desk: Bench, action_id: str, user: str = "U1") -> BoltResponse:
    body, headers = signed(form(click(action_id, {}, user=user)))
    return desk.app.dispatch(BoltRequest(body=body, headers=dict(headers)))


def test_the_reminder_says_what_waits_and_how_to_be_left_alone(store: Store, clock: ManualClock) -> None:
    open_round(store, ["a", "b"], name=NAME, reminders=True)
    store.outbox.intend([PostIntent("remind:brand:2026-03-03:U1", "brand", "U1", None)])
    gateway = RecordingGateway()
    a_sender(store, gateway, clock).step()
    sent = gateway.posts[-1]
    assert sent["channel"] == "D1"
    assert "2 items of &lt;!channel&gt; &amp; co (round 1) could use your answer." in sent["text"]
    found = elements({"blocks": sent["blocks"]})
    assert [element["action_id"] for element in found] == [NOT_TODAY, NEVER, START]
    assert json.loads(found[-1]["value"]) == {"project": "brand"}


def test_what_is_answered_meanwhile_reminds_nobody(store: Store, clock: ManualClock) -> None:
    open_round(store, ["a"], reminders=False, posts=False)
    store.outbox.intend([PostIntent("remind:brand:2026-03-03:U1", "brand", "U1", None)])
    gateway = RecordingGateway()
    a_sender(store, gateway, clock).step()
    assert gateway.posts == []
    assert state_of(store, "remind:brand:2026-03-03:U1") == "failed"


@pytest.mark.parametrize(("action_id", "says"), [(NOT_TODAY, say("remind-rest")), (NEVER, say("remind-ended"))])
def test_a_wish_is_kept_and_the_reminder_becomes_one_line(
    store: Store, desk: Bench, hooks: responses.RequestsMock, action_id: str, says: str
) -> None:
    hooks.add(responses.POST, RESPONSE_URL)
    assert send(desk, action_id).status == 200
    assert store.reminders.is_off("U1", desk.clock.now())
    assert store.reminders.is_never("U1") is (action_id == NEVER)
    assert not store.reminders.is_off("U2", desk.clock.now())
    answer = json.loads(until(lambda: list(hooks.calls))[0].request.body)
    assert (answer["text"], answer["replace_original"]) == (says, True)


def test_never_is_shown_and_taken_back_in_app_home(store: Store, desk: Bench, hooks: responses.RequestsMock) -> None:
    hooks.add(responses.POST, RESPONSE_URL)
    send(desk, NEVER)
    home = until(lambda: desk.gateway.homes.get("U1"))
    assert say("remind-off") in texts(home)
    assert AGAIN in [element["action_id"] for element in elements(home)]
    send_home(desk, at_home(AGAIN, {}, "U1"))
    until(lambda: say("remind-off") not in texts(desk.gateway.homes["U1"]))
    assert not store.reminders.is_off("U1", desk.clock.now())


@pytest.mark.parametrize("action_id", [NOT_TODAY, NEVER])
def test_a_wish_that_is_not_saved_is_not_acknowledged(
    store: Store, desk: Bench, hooks: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch, action_id: str
) -> None:
    hooks.add(responses.POST, RESPONSE_URL)

    def fails(*_: object) -> None:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(store.reminders, "quieten", fails)
    assert send(desk, action_id).status == 503
    assert "Not saved" in json.loads(until(lambda: list(hooks.calls))[0].request.body)["text"]


@pytest.mark.parametrize(
    ("button", "how"),
    [
        ((AGAIN, {}), ("reminders", "resume")),
        (("home_do_pause", {"project": "brand"}), ("projects", "update")),
        (("home_do_pause", {"project": "brand"}), ("guard", "first_time")),  # over HTTP it is asked before all else
    ],
)
@pytest.mark.parametrize("readable", [True, False])
def test_home_says_that_nothing_was_saved(
    store: Store,
    desk: Bench,
    monkeypatch: pytest.MonkeyPatch,
    button: tuple[str, dict[str, str]],
    how: tuple[str, str],
    *,
    readable: bool,
) -> None:
    open_round(store, ["a"])

    def fails(*_: object, **__: object) -> None:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(getattr(store, how[0]), how[1], fails)
    if not readable:
        monkeypatch.setattr(store.projects, "all", fails)
    assert send_home(desk, at_home(*button, "U1")).status == 503
    home = until(lambda: desk.gateway.homes.get("U1"))
    assert "Not saved" in texts(home)
    assert ("Brand safety" in texts(home)) is readable
    assert ("come back to this page in a minute" in texts(home)) is not readable


def test_label_next_in_a_reminder_says_there_why_it_opens_nothing(
    store: Store, desk: Bench, hooks: responses.RequestsMock
) -> None:
    open_round(store, ["a"], annotators=("U2",))
    hooks.add(responses.POST, RESPONSE_URL)
    body, headers = signed(form(click(START, {"project": "brand"}, user="U1")))
    assert desk.app.dispatch(BoltRequest(body=body, headers=dict(headers))).status == 200
    told = json.loads(until(lambda: list(hooks.calls))[0].request.body)["text"]
    assert "Those who can answer: <@U2>." in told
    assert desk.gateway.homes == {}
