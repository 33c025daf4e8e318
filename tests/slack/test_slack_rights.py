"""Rights as people meet them: who may answer and steer, what the others read, and what Slack is asked for it."""

from __future__ import annotations

import json
import threading
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import responses
from pydantic import SecretStr
from queue_kit import Parts, Settings
from queue_world import at_home, texts
from queue_world import send as send_home
from slack_bolt import BoltRequest
from slack_world import (
    RESPONSE_URL,
    SECRET,
    TOKEN,
    Bench,
    RecordingGateway,
    bench,
    click,
    command,
    form,
    open_round,
    signed,
    until,
)

from bot.domain import ProjectState
from bot.services import changing
from bot.services.clock import ManualClock
from bot.services.ports import DirectoryError, Store
from bot.slack import membership
from bot.slack.directory import FRESH, KEPT, SlackDirectory
from bot.slack.errors import RefusedError, UncertainError
from bot.slack.gateway import SlackGateway
from bot.slack.receiving import Receiver
from bot.words import Carrying


class AtOnce(Executor):
    """Runs what it is given in the caller's thread."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def send(desk: Bench, body: str) -> Any:
    text, headers = signed(body)
    return desk.app.dispatch(BoltRequest(body=text, headers=dict(headers)))


def ask(desk: Bench, text: str, user: str) -> str:
    return str(json.loads(send(desk, command(text, user=user)).body)["text"])


def told(hooks: responses.RequestsMock) -> str:
    """The last thing said to the one who clicked."""
    calls = until(lambda: list(hooks.calls))
    return str(json.loads(calls[-1].request.body)["text"])


def votes(store: Store) -> list[str]:
    return [vote.user_id for vote in store.votes.log("brand")]


@pytest.mark.parametrize(
    ("people", "user", "word"),
    [
        ({"observers": ("U0OBS",)}, "U0OBS", "Those who can answer: everybody else in its channel."),
        ({"annotators": ("U0BEN", "S1")}, "U0OBS", "Those who can answer: <!subteam^S1>, <@U0BEN>."),
        ({"annotators": ("S9",)}, "U0OBS", "please try again in a minute"),
    ],
)
def test_an_answer_that_is_not_this_persons_is_refused_in_words(
    desk: Bench, store: Store, hooks: responses.RequestsMock, people: dict[str, Any], user: str, word: str
) -> None:
    hooks.post(RESPONSE_URL, body="ok")
    desk.gateway.groups["S1"] = frozenset({"U0CHI"})
    open_round(store, ["a"], **people)
    assert send(desk, form(click("label_0", {"q": "brand:1:0", "l": "negative"}, user=user))).status == 200
    assert word in told(hooks)
    assert votes(store) == []


def test_annotators_answer_by_id_and_by_group_and_an_observer_takes_back_what_they_said(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    hooks.post(RESPONSE_URL, body="ok")
    desk.gateway.groups["S1"] = frozenset({"U0CHI"})
    open_round(store, ["a"], overlap=3, annotators=("U0BEN", "S1"))
    for user in ("U0BEN", "U0CHI"):
        assert send(desk, form(click("label_0", {"q": "brand:1:0", "l": "negative"}, user=user))).status == 200
    assert votes(store) == ["U0BEN", "U0CHI"]
    store.projects.update("brand", {"observers": ("U0BEN",)})
    send(desk, form(click("undo", {"q": "brand:1:0"}, user="U0BEN")))
    assert store.votes.votes_on("brand") == {"i0": {"U0CHI": "negative"}}


def test_the_queue_is_for_those_who_answer(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    open_round(store, ["a"], annotators=("U0BEN",))
    send_home(desk, at_home("queue_start", {"project": "brand"}, "U0ANA"))
    home = until(lambda: desk.gateway.homes.get("U0ANA"))
    assert "Those who can answer: <@U0BEN>." in texts(home)
    assert "Label next" not in texts(home)
    assert desk.gateway.views == []
    send_home(desk, at_home("queue_start", {"project": "brand"}, "U0BEN"))
    until(lambda: desk.gateway.views)


def test_a_projects_leads_and_admins_steer_it_and_nobody_else(store: Store, hooks: responses.RequestsMock) -> None:
    open_round(store, ["a"], leads=("S1",))
    led = bench(store, leads=("U0HEAD",))
    led.gateway.groups["S1"] = frozenset({"U0LEAD"})
    led.gateway.admins.add("U0ADMIN")
    for word in ("pause", "resume", "close-round", "people"):
        refused = ask(led, word, "U0ANA")
        assert refused.endswith("Ask <!subteam^S1>, <@U0HEAD> or an admin of this workspace."), refused
    assert store.projects.get("brand").state is ProjectState.ACTIVE
    for user in ("U0LEAD", "U0HEAD", "U0ADMIN"):
        assert "is paused" in ask(led, "pause", user)
        assert "goes on" in ask(led, "resume", user)
    led.close()


def test_home_says_why_a_button_did_nothing_and_shows_it_to_leads_alone(
    store: Store, hooks: responses.RequestsMock
) -> None:
    open_round(store, ["a"], leads=("U0LEAD",))
    led = bench(store)
    send_home(led, at_home("home_do_pause", {"project": "brand"}, "U0ANA"))
    home = until(lambda: led.gateway.homes.get("U0ANA"))
    assert "Only leads of Brand safety can pause it. Ask <@U0LEAD> or an admin" in texts(home)
    assert "home_do_" not in texts(home)
    assert store.projects.get("brand").state is ProjectState.ACTIVE
    send_home(led, at_home("home_do_pause", {"project": "brand"}, "U0LEAD"))
    assert "home_do_resume" in texts(until(lambda: led.gateway.homes.get("U0LEAD")))
    send_home(led, at_home("home_do_close", {"project": "gone"}, "U0LEAD"))
    until(lambda: "There is no project gone" in texts(led.gateway.homes["U0LEAD"]))
    led.close()


def test_nobody_is_asked_about_where_ids_say_it_all(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    hooks.post(RESPONSE_URL, body="ok")
    open_round(store, ["a", "b"], annotators=("U0ANA",), leads=("U0ANA",))
    send(desk, form(click("label_0", {"q": "brand:1:0", "l": "negative"})))
    assert "is paused" in ask(desk, "pause", "U0ANA")
    assert desk.gateway.directory_asked == []


class Silent(set[str]):
    """A Slack that says who is an admin when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.speaks = threading.Event()

    def __contains__(self, user: object) -> bool:
        return self.speaks.wait(10) and super().__contains__(user)


def test_a_slack_that_says_nothing_is_waited_for_once_however_many_lists_there_are(
    store: Store, hooks: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    led = bench(store)
    led.gateway.admins = silent = Silent()
    led.gateway.groups |= {"S1": frozenset(), "S2": frozenset(), "S3": frozenset()}
    open_round(store, ["a"], leads=("S1", "S2", "S3"))
    monkeypatch.setattr(membership, "PATIENCE", 0.2)
    assert "Slack does not answer just now, so nothing was saved." in ask(led, "pause", "U0ADMIN")
    assert store.projects.get("brand").state is ProjectState.ACTIVE
    silent.add("U0ADMIN")
    silent.speaks.set()
    until(lambda: "is paused" in ask(led, "pause", "U0ADMIN"))
    led.close()


def test_work_behind_the_acknowledgement_waits_for_slack_as_long_as_it_takes(desk: Bench) -> None:
    directory = SlackDirectory(RecordingGateway(admins={"U1"}), desk.clock, desk.executor)
    acknowledged = threading.Event()
    with membership.acknowledging():
        behind = Carrying(desk.executor).submit(lambda: acknowledged.wait(10) and directory.is_admin("U1"))
    assert membership.seconds_left() is None
    acknowledged.set()
    assert behind.result(10) is True


def test_a_slack_that_says_nothing_leaves_the_last_known(desk: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = ManualClock(datetime(2026, 3, 2, tzinfo=UTC))
    gateway = RecordingGateway(admins={"U1"})
    directory = SlackDirectory(gateway, clock, desk.executor)
    assert directory.is_admin("U1")
    clock.advance(2 * KEPT)
    gateway.admins = silent = Silent()
    monkeypatch.setattr(membership, "PATIENCE", 0.05)
    with membership.acknowledging():
        assert directory.is_admin("U1")
        with pytest.raises(DirectoryError, match="Slack does not answer just now"):
            directory.is_admin("U2")
    silent.speaks.set()


def test_slack_can_be_asked_about_people_while_all_threads_are_at_work(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form is checked in the background, and what that has to know of people is asked from there: with one thread, too."""
    open_round(store, ["a"], leads=("S1",))
    monkeypatch.setattr(SlackGateway, "group", lambda _self, _group_id: frozenset({"U0ANA"}))
    monkeypatch.setattr(SlackGateway, "is_admin", lambda *_: False)
    monkeypatch.setattr(SlackGateway, "publish_home", lambda *_: None)
    token, secret = SecretStr(TOKEN), SecretStr(SECRET)
    receiver = Receiver(Parts(store, Settings(token, None, "http://127.0.0.1:1/api/", secret, listener_threads=1)))
    seen = changing.fingerprint(store.projects.get("brand"))
    view = {
        "id": "V1", "type": "modal", "callback_id": "setup_change",
        "private_metadata": json.dumps({"project": "brand", "seen": seen}),
        "blocks": [], "state": {"values": {"batch_size": {"value": {"type": "number_input", "value": "20"}}}},
    }  # fmt: skip
    body, headers = signed(form({"type": "view_submission", "user": {"id": "U0ANA"}, "view": view}))
    answer = receiver.bolt.dispatch(BoltRequest(body=body, headers=dict(headers)))
    receiver.stop()
    assert "is changed: items in a round" in answer.body
    assert store.projects.get("brand").batch_size == 20


# --- what is remembered of Slack


def test_answers_are_remembered_then_asked_for_in_the_background_then_waited_for() -> None:
    clock = ManualClock(datetime(2026, 3, 2, tzinfo=UTC))
    gateway = RecordingGateway(groups={"S1": frozenset({"U1"})})
    directory = SlackDirectory(gateway, clock, AtOnce())
    assert directory.group("S1") == {"U1"} and directory.group("S1") == {"U1"}
    assert gateway.directory_asked == ["S1"]
    gateway.groups["S1"] = frozenset({"U2"})
    clock.advance(FRESH)
    assert directory.group("S1") == {"U1"}, "the click does not wait"
    assert directory.group("S1") == {"U2"}, "and the next one knows"
    clock.advance(KEPT)
    gateway.groups["S1"] = frozenset({"U3"})
    assert directory.group("S1") == {"U3"}, "after so long nobody goes by what was"


def test_a_broken_line_leaves_the_last_known_and_slacks_no_ends_it() -> None:
    clock = ManualClock(datetime(2026, 3, 2, tzinfo=UTC))
    gateway = RecordingGateway(groups={"S1": frozenset({"U1"})}, admins={"U1"})
    directory = SlackDirectory(gateway, clock, AtOnce())
    assert directory.group("S1") == {"U1"} and directory.is_admin("U1")
    clock.advance(2 * KEPT)
    gateway.directory_fault = UncertainError("no answer")
    assert directory.group("S1") == {"U1"} and directory.is_admin("U1")
    with pytest.raises(DirectoryError, match=r"who the admins of this workspace are; please try again in a minute\.$"):
        directory.is_admin("U2")
    asked = len(gateway.directory_asked)
    with pytest.raises(DirectoryError):
        directory.is_admin("U2")
    assert len(gateway.directory_asked) == asked, "a failure is not repeated at every click"
    clock.advance(timedelta(minutes=1))
    gateway.directory_fault = RefusedError("no_such_subteam")
    with pytest.raises(DirectoryError, match="there is no such user group"):
        directory.group("S1")
