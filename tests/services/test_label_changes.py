"""Labels that are added, and another one that is looked for, in the middle of a project (one that was used can't go: test_slack_setup)."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_fits import Club, label_of

from bot.domain import Via, VoteKind
from bot.services import changing, voting
from bot.services.clock import ManualClock
from bot.services.ports import Store
from bot.services.training import Trainer


def answer(club: Club, number: int, say: dict[str, str]) -> None:
    """Answers a round and closes it; `say` are those that are not as labelled."""
    for query in club.store.rounds.queries(club.project.id, number):
        voting.cast_vote(
            club.store,
            club.clock,
            query_id=query.id,
            user_id="U1",
            label=say.get(query.item_id, label_of(int(query.item_id[1:]))),
            kind=VoteKind.VOTE,
            via=Via.BUTTON,
            action_id=query.id,
            message_ts=None,
        )
    club.keeper().advance_all()


def changed(club: Club, **wanted: object) -> None:
    before = club.store.projects.get(club.project.id)
    changing.change(club.store, club.clock, before.id, wanted, changing.fingerprint(before), "ULEAD")


@pytest.mark.parametrize("strategy", ["default", "error_reduction"])
def test_a_label_is_added_and_then_looked_for(store: Store, clock: ManualClock, tmp_path: Path, strategy: str) -> None:
    club = Club(store, clock, tmp_path, strategy=strategy)
    club.keeper().advance_all()
    answer(club, 1, {})
    changed(club, labels=["bad", "good", "odd"])
    answer(club, 2, {})
    model = store.models.current(club.project.id)
    assert model is not None
    assert Trainer(store, clock).load(model).classes == ("bad", "good", "odd"), "nobody has used it yet"
    odd = {query.item_id: "odd" for query in store.rounds.queries(club.project.id, 3)[::2]}
    answer(club, 3, odd)
    changed(club, positive="odd")
    answer(club, 4, {query.item_id: "odd" for query in store.rounds.queries(club.project.id, 4)[:2]})
    last = store.models.current(club.project.id)
    assert last is not None
    loaded = Trainer(store, clock).load(last)
    assert (loaded.classes, loaded.positive) == (("bad", "good", "odd"), "odd")
    reports = store.rounds.reports(club.project.id)
    assert [report.round for report in reports] == [1, 2, 3, 4]
    assert reports[-1].positives == len(odd) + 2, "it counts those that are looked for now"
    assert {query.strategy for query in store.rounds.queries(club.project.id, 5)} - {"audit"}, "and rounds go on"
