"""Emoji as votes: events in, votes out."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any

import pytest
from slack_bolt import BoltRequest, BoltResponse
from slack_world import T0, Bench, a_report, open_round, signed, until

from bot.domain import CloseReason, Project, StoreUnavailableError, Via, VoteKind
from bot.services.ports import Store
from bot.services.project_rules import ProjectError
from bot.services.projects import create
from bot.services.reactions import label_of

MAP = {"-1": "negative", "white_check_mark": "other"}
_numbers = itertools.count(1)


def event(kind: str, emoji: str, *, user: str = "U0ANA", ts: str = "2.000", at: str | None = None) -> dict[str, Any]:
    number = next(_numbers)
    inner = {
        **{"type": kind, "user": user, "reaction": emoji, "event_ts": at or f"{time.time():.3f}{number}"},
        "item": {"type": "message", "channel": "C1", "ts": ts},
    }
    return {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}", "event": inner}


def send(desk: Bench, payload: dict[str, Any]) -> BoltResponse:
    body, headers = signed(json.dumps(payload), content_type="application/json")
    return desk.app.dispatch(BoltRequest(body=body, headers=dict(headers)))


def add(desk: Bench, emoji: str, **more: Any) -> None:
    assert send(desk, event("reaction_added", emoji, **more)).status == 200


def remove(desk: Bench, emoji: str, **more: Any) -> None:
    assert send(desk, event("reaction_removed", emoji, **more)).status == 200


@pytest.fixture
def item(store: Store) -> str:
    """A posted item; its message is at 2.000, its round's at 1.000."""
    (asked,) = open_round(store, ["a"], reactions=MAP)
    for ts, key in (("1.000", "round:brand:1"), ("2.000", f"query:{asked}")):
        lease = store.locks.acquire("outbox", "test", 60)
        assert lease is not None
        store.outbox.begin(key, lease.token)
        store.outbox.posted(key, ts, lease.token)
    return asked


def kinds(store: Store) -> list[tuple[VoteKind, str | None]]:
    return [(vote.kind, vote.label) for vote in store.votes.log("brand")]


def test_an_emoji_is_a_vote_and_taking_it_away_takes_it_back(desk: Bench, store: Store, item: str) -> None:
    add(desk, "thumbsdown::skin-tone-4")
    (vote,) = store.votes.log("brand")
    assert (vote.label, vote.via, vote.user_id, vote.message_ts) == ("negative", Via.REACTION, "U0ANA", "2.000")
    add(desk, "white_check_mark")
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": "other"}}
    remove(desk, "-1")  # the earlier one: the vote is another's by now
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": "other"}}
    remove(desk, "white_check_mark")
    assert store.votes.votes_on("brand") == {}
    assert kinds(store) == [(VoteKind.VOTE, "negative"), (VoteKind.VOTE, "other"), (VoteKind.UNDO, None)]


def test_a_vote_that_changes_while_its_emoji_is_taken_away_stands(
    desk: Bench, store: Store, item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, "-1")
    seen = store.rounds.query_view(item)
    add(desk, "white_check_mark")
    monkeypatch.setattr(type(store.rounds), "query_view", lambda *_: seen)  # as it was read a moment before
    remove(desk, "-1")
    assert store.votes.votes_on("brand") == {"i0": {"U0ANA": "other"}}
    assert kinds(store) == [(VoteKind.VOTE, "negative"), (VoteKind.VOTE, "other")]
    assert desk.gateway.told == []


def test_an_event_that_comes_twice_counts_once(desk: Bench, store: Store, item: str) -> None:
    for _ in range(2):
        add(desk, "-1", at="1700000000.0001")
    assert kinds(store) == [(VoteKind.VOTE, "negative")]


@pytest.mark.parametrize(("emoji", "ts"), [("heart", "2.000"), ("-1", "1.000"), ("-1", "9.999")])
def test_other_emoji_and_other_messages_say_nothing(desk: Bench, store: Store, item: str, emoji: str, ts: str) -> None:
    add(desk, emoji, ts=ts)
    assert kinds(store) == [] and desk.gateway.told == []


def test_what_is_not_counted_is_told_to_the_person_alone(desk: Bench, store: Store, item: str) -> None:
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    store.rounds.begin_closing("brand", 1, CloseReason.LEAD, T0, lease.token)
    store.rounds.finish(a_report(1), [], [], T0, lease.token)
    add(desk, "-1")
    channel, user, words = until(lambda: desk.gateway.told)[0]
    assert (channel, user) == ("C1", "U0ANA") and "This round is closed" in words
    assert kinds(store) == []


def test_an_observers_emoji_is_not_counted_and_they_hear_who_can(desk: Bench, store: Store, item: str) -> None:
    store.projects.update("brand", {"observers": ("U0ANA",)})
    add(desk, "-1")
    assert "your answers are not counted" in until(lambda: desk.gateway.told)[0][2]
    assert kinds(store) == []


def test_what_could_not_be_saved_is_not_acknowledged(
    desk: Bench, store: Store, item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(type(store.votes), "cast", away)
    assert send(desk, event("reaction_added", "-1")).status == 503


@pytest.mark.parametrize(
    ("reactions", "said"),
    [
        ({"x y": "a"}, "is not the name of an emoji"),
        ({"x": "c"}, "which is none of the labels"),
        ({"thumbsup": "a", ":+1:": "b"}, "stands for two labels"),
    ],
)
def test_wrong_maps_are_refused(store: Store, desk: Bench, reactions: dict[str, str], said: str) -> None:
    with pytest.raises(ProjectError, match=said) as caught:
        create(
            *(store, desk.clock),
            **{"name": "P", "channel_id": "C1", "channel_name": "c", "labels": ["a", "b"], "reactions": reactions},
        )
    assert caught.value.field == "reactions"


def test_thumbs_have_two_names() -> None:
    project = Project.model_validate(
        {
            **{"id": "p", "name": "P", "channel_id": "C", "channel_name": "c", "labels": ("a", "b"), "positive": "a"},
            **{"created_at": T0, "reactions": {":thumbsup:": "b"}},
        }
    )
    assert label_of(project, "+1") == label_of(project, "thumbsup::skin-tone-2") == "b"
    assert label_of(project, "thumbsdown") is None
