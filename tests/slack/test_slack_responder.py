"""What is sent behind the acknowledgement: order, pace, overload; and what votes remember."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
import requests
import responses
from slack_world import RESPONSE_URL, open_round, until

from bot.domain import NotFoundError, Via, VoteKind
from bot.services.clock import ManualClock, SystemClock
from bot.services.ports import Store
from bot.services.voting import cast_vote
from bot.slack import responder as responder_module
from bot.slack.blocks.standing import notice
from bot.slack.questions import remembering
from bot.slack.responder import Place, Responder

PLACE = Place(RESPONSE_URL, "U1", "1.000", "0.500")


def vote(store: Store, query_id: str, label: str, number: int) -> None:
    cast_vote(
        store,
        SystemClock(),
        query_id=query_id,
        user_id="U1",
        label=label,
        kind=VoteKind.VOTE,
        via=Via.BUTTON,
        action_id=str(number),
        message_ts=None,
    )


def test_states_of_one_message_never_overtake_each_other(store: Store, hooks: responses.RequestsMock) -> None:
    (query,) = open_round(store, ["a"])
    at_once: list[int] = []
    under_way = 0
    lock = threading.Lock()
    sent: list[str] = []

    def answer(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        nonlocal under_way
        with lock:
            under_way += 1
            at_once.append(under_way)
        sent.append(json.loads(request.body or "")["text"])
        with lock:
            under_way -= 1
        return 200, {}, "ok"

    hooks.add_callback(responses.POST, RESPONSE_URL, callback=answer)
    responder = Responder(store)
    for number in range(20):
        vote(store, query, ("negative", "other")[number % 2], number)
        responder.show(query, PLACE)
    responder.stop(10)
    assert max(at_once) == 1
    assert len(sent) < 20, "states in between are left out"
    assert sent[-1].endswith("<@U1>: other.")


def test_too_much_waiting_is_left_to_the_outbox(
    store: Store, hooks: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = open_round(store, ["a", "b", "c", "d"])
    monkeypatch.setattr(responder_module, "WAITING", 2)
    gate, entered = threading.Event(), threading.Event()

    def answer(_: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        entered.set()
        gate.wait(10)
        return 200, {}, "ok"

    hooks.add_callback(responses.POST, RESPONSE_URL, callback=answer)
    responder = Responder(store, threads=1)
    assert responder.show(queries[0], PLACE)
    until(entered.is_set)
    assert [responder.show(query, PLACE) for query in queries[1:]] == [True, True, False]
    assert responder.show(queries[1], PLACE), "one that is waiting anyway takes no more room"
    gate.set()
    responder.stop(10)
    assert len(hooks.calls) == 3


def test_without_a_response_url_nothing_is_sent(store: Store) -> None:
    responder = Responder(store, threads=1)
    nowhere = Place(None, "U1")
    assert responder.show("brand:1:0", nowhere) is False
    responder.tell(nowhere, notice("x"))
    responder.stop()


def test_faults_are_logged_without_the_secret_address(
    store: Store, hooks: responses.RequestsMock, caplog: pytest.LogCaptureFixture
) -> None:
    hooks.post(RESPONSE_URL, body=requests.ConnectionError(f"no route to {RESPONSE_URL}"))
    responder = Responder(store, threads=1)
    for _ in range(50):
        responder.tell(PLACE, notice("x"))
    responder.show("brand:9:9", PLACE)
    responder.stop(10)
    assert "ConnectionError" in caplog.text
    assert len(caplog.records) == 1, "not a line for each"
    assert "secret" not in caplog.text
    assert "secret" not in repr(PLACE)


class Counting:
    """Counts the reads of one method."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        self.calls = 0
        read = getattr(owner, name)

        def counted(key: str) -> Any:
            self.calls += 1
            return read(key)

        monkeypatch.setattr(owner, name, counted)


def test_votes_read_a_question_once_and_a_project_every_other_second(
    store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (query,) = open_round(store, ["a"])
    queries, projects = Counting(monkeypatch, store.rounds, "query"), Counting(monkeypatch, store.projects, "get")
    ballots = remembering(store, clock)
    for number in range(5):
        vote(ballots, query, ("negative", "other")[number % 2], number)
    assert (queries.calls, projects.calls) == (1, 1)
    store.projects.update("brand", {"labels": ("negative", "other", "third")})
    clock.advance(timedelta(seconds=2.1))
    vote(ballots, query, "third", 9)
    assert (queries.calls, projects.calls) == (1, 2)
    assert store.votes.labels("brand")["i0"].value == "third"


def test_what_is_not_there_is_not_remembered(store: Store, clock: ManualClock) -> None:
    ballots = remembering(store, clock)
    with pytest.raises(NotFoundError):
        ballots.rounds.query("brand:1:0")
    (query,) = open_round(store, ["a"])
    vote(ballots, query, "negative", 1)
    assert ballots.rounds.query_view(query).votes == {"U1": "negative"}, "all else is the store's own"
