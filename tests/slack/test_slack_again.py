"""An item that is asked although it has its label: on screen like any other, in the channel and in the queue."""

from __future__ import annotations

import json

import pytest
import responses
from queue_world import Person, send, texts
from slack_world import RESPONSE_URL, T0, Bench, a_project, a_query, a_report, a_view, click, open_round, until

from bot.domain import Again, CloseReason, Round, RoundState, Status
from bot.services.ports import Store
from bot.slack.blocks.guidance import why_view
from bot.slack.blocks.items import item_message
from bot.slack.blocks.standing import home_view


@pytest.fixture
def asked(store: Store, desk: Bench, hooks: responses.RequestsMock) -> None:
    """Olga answered i0 in round 1. Round 2 asks it once more, and i1, which nobody has answered."""
    hooks.post(RESPONSE_URL, body="ok")
    first, _ = open_round(store, ["one", "two"])
    answer(desk, first, "negative", "U0OLD")
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    store.rounds.begin_closing("brand", 1, CloseReason.LEAD, T0, lease.token)
    store.rounds.finish(a_report(1), [], [], T0, lease.token)
    again = {"again": Again.REASK, "earlier": ("U0OLD",), "strategy": "reask", "note": "asked again: people differ"}
    queries = [a_query(0, round_=2).model_copy(update=again), a_query(1, round_=2)]
    fields = {"project_id": "brand", "number": 2, "total": 2, "model_version": None, "opened_at": T0}
    store.rounds.open_round(Round(state=RoundState.OPEN, **fields), queries, [], lease.token)


def answer(desk: Bench, query: str, label: str, user: str) -> None:
    number = ["negative", "other"].index(label)
    assert send(desk, click(f"label_{number}", {"q": query, "l": label}, user=user)).status == 200


def message(store: Store, position: int) -> str:
    """The item's message, without what differs between any two items."""
    shown = item_message(store.rounds.query_view(f"brand:2:{position}"))
    said = shown.text + json.dumps(shown.blocks)
    for word in (f"item {position + 1}", f"brand:2:{position}", "one", "two"):
        said = said.replace(word, "*")
    return said


@pytest.mark.usefixtures("asked")
def test_in_the_channel_it_looks_like_any_other(store: Store, desk: Bench, hooks: responses.RequestsMock) -> None:
    assert "U0OLD" not in message(store, 0)
    assert message(store, 0) == message(store, 1)
    for position in (0, 1):
        answer(desk, f"brand:2:{position}", "other", "U0ANA")
    assert message(store, 0) == message(store, 1)

    def shown() -> list[str]:  # of this round: the record of the one before may be sent as late as now
        bodies = [str(call.request.body) for call in hooks.calls]
        return [body for body in bodies if "query:brand:2:" in body]

    until(shown)
    assert not any("U0OLD" in body for body in shown())
    assert store.rounds.get("brand", 2).answered == 2
    assert store.votes.votes_on("brand")["i0"] == {"U0OLD": "negative", "U0ANA": "other"}


@pytest.mark.usefixtures("asked")
def test_in_the_queue_somebody_new_gets_it_and_learns_nothing(store: Store, desk: Bench) -> None:
    ana, olga = Person(desk), Person(desk, user="U0OLD")
    assert "one" in texts(ana.start())
    assert "two" in texts(olga.start()), "she has answered the other one"
    shown = texts(ana.press("other"))
    assert "U0OLD" not in shown and "from others meanwhile" not in shown
    assert store.votes.labels("brand").keys() == set(), "one against one"


def test_why_am_i_asked_tells_when_it_is_over() -> None:
    project = a_project(gold_per_round=2, audit_per_round=0)
    gold = a_query().model_copy(
        update={"again": Again.GOLD, "strategy": "gold", "note": "known answer mixed in (import)"}
    )
    open_views = [
        json.dumps(why_view(a_view(project=project, query=query, round_state=RoundState.OPEN)))
        for query in (gold, a_query())
    ]
    assert open_views[0] == open_views[1]
    assert "some that serve to check answers that are there already" in open_views[0]
    over = json.dumps(why_view(a_view(project=project, query=gold, round_state=RoundState.CLOSED)))
    assert "Its answer was known" in over
    reask = a_query().model_copy(update={"again": Again.REASK, "note": "asked again: people differ"})
    over = json.dumps(why_view(a_view(project=project, query=reask, round_state=RoundState.CLOSED)))
    assert "one more opinion was wanted (asked again: people differ)" in over


def test_home_tells_leads_alone_of_known_answers_that_may_be_wrong() -> None:
    contested = {"item_id": "i0", "query_id": "brand:1:0", "votes": {"other": 2}, "label": "negative"}
    status = Status(
        project=a_project(),
        round=None,
        labels=3,
        positives=1,
        pool_size=5,
        people={},
        last_report=a_report(contested=[contested]),
        next_round_at=None,
        pending_messages=0,
    )
    told = "1 known answer may be wrong: `/roundtable people brand`"
    assert told in json.dumps(home_view([status], leading={"brand"}))
    assert told not in json.dumps(home_view([status], leading=()))
