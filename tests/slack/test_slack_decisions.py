"""Unsure, in the channel and in the queue: what was stored, acknowledged and shown."""

from __future__ import annotations

import json

import responses
from queue_world import Person, send
from slack_world import RESPONSE_URL, Bench, click, open_round, until

from bot.domain import VoteKind
from bot.services.ports import Store


def test_unsure_in_the_channel_is_no_vote_and_is_shown(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    (query,) = open_round(store, ["a text"])
    hooks.post(RESPONSE_URL, body="ok")
    payload = click("unsure", {"q": query})
    for _ in range(2):  # a delivery twice is acknowledged twice, and counts once
        assert send(desk, payload).status == 200
    assert [(vote.kind, vote.label) for vote in store.votes.log("brand")] == [(VoteKind.UNSURE, None)]
    until(lambda: hooks.calls)
    assert "So far unsure: <@U0ANA>." in json.loads(hooks.calls[0].request.body)["text"]
    send(desk, click("label_0", {"q": query, "l": "negative"}))
    assert store.votes.labels("brand")["i0"].value == "negative"


def test_unsure_in_the_queue_passes_the_item_to_others(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"])
    ana, ben = Person(desk, "U0ANA"), Person(desk, "U0BEN")
    ana.start()
    ana.press("Unsure")
    assert ana.asks == "brand:1:1"
    ben.start()
    assert ben.asks == "brand:1:0"
    assert store.votes.unsure_on("brand") == {"i0": ("U0ANA",)}
