"""What is said after the last round is learned, too: once, after a while, and to the same model whoever does it."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from test_rounds import Game

from bot.domain import ModelVersion, RoundState, VoteStatus
from bot.services import decisions, projects, rollback
from bot.services.bulletins import figures
from bot.services.clock import ManualClock
from bot.services.decisions import By
from bot.services.late_learning import LONGEST, QUIET
from bot.services.ports import Store
from bot.services.rights import BY_ID
from bot.services.training import Trainer

_deliveries = itertools.count()


class Ended(Game):
    """A game whose last round is over."""

    def __init__(self, store: Store, clock: ManualClock, **options: Any) -> None:
        super().__init__(store, clock, **({"max_rounds": 1} | options))
        if self.project.schedule is not None:
            projects.start(store, clock, self.project.id, "U0LEAD")
        self.keeper.advance_all()
        self.answer(1)
        clock.advance(QUIET)
        self.keeper.advance_all()
        assert self.current() == (1, RoundState.CLOSED)
        queries = store.rounds.queries(self.project.id, 1)
        self.learned_from = [query for query in queries if not query.audit]

    def model(self) -> ModelVersion:
        found = self.store.models.current(self.project.id)
        assert found is not None
        return found

    def change(self, place: int, user: str = "U1") -> None:
        """That person says the opposite of what is true of an item of the round."""
        query = self.learned_from[place]
        by = By(user, f"V{next(_deliveries)}")
        label = "good" if self.truth[query.item_id] == "bad" else "bad"
        done = decisions.correct(self.store, self.clock, BY_ID, query.id, by, label=label, reason="seen anew")
        assert done.status is not VoteStatus.UNCHANGED

    def decide(self, place: int, label: str) -> None:
        """A lead overrides."""
        case = decisions.case_of(self.store, self.learned_from[place].id)
        by = By("U0LEAD", f"V{next(_deliveries)}")
        decisions.adjudicate(self.store, self.clock, case, by, label=label, instead=(), reason="the guidelines")

    def learn(self) -> ModelVersion:
        """What is there is learned, after the time that it takes."""
        self.keeper.advance_all()
        self.clock.advance(QUIET)
        self.keeper.advance_all()
        return self.model()


@pytest.mark.parametrize(
    "options", [{}, {"items": 52, "max_rounds": None}, {"schedule": "0 9 1 1 *", "max_rounds": None}]
)
def test_a_change_after_the_last_round_is_learned_when_it_has_become_quiet(
    store: Store, clock: ManualClock, options: dict[str, Any]
) -> None:
    """Where rounds ended, where nothing is left to ask, and where the next round is far away."""
    game = Ended(store, clock, **options)
    report, before = projects.report(store, game.project.id), game.model()
    assert game.learn() == before, "nothing has changed"
    game.change(0)
    game.keeper.advance_all()
    clock.advance(QUIET / 2)
    game.decide(1, "bad")
    game.keeper.advance_all()
    clock.advance(QUIET / 2)
    game.keeper.advance_all()
    assert game.model() == before, "somebody is at it still"
    clock.advance(QUIET / 2)
    game.keeper.advance_all()
    after = game.model()
    assert after.id == f"{game.project.id}:m1-{store.votes.label_revision(game.project.id)}"
    assert after.label_revision == before.label_revision + 2 and after.trained_at == clock.now()
    assert store.models.blob(after.id) != store.models.blob(before.id)
    assert projects.report(store, game.project.id) == report, "the report tells of its round"
    assert projects.status(store, clock, game.project.id).learned_since == after
    assert figures(store, clock, game.project).learned_at == after.trained_at
    assert store.rebuild(game.project.id, write=False) == []
    clock.advance(timedelta(days=1))
    game.keeper.advance_all()
    assert game.model() == after
    if options.get("schedule"):
        projects.start(store, clock, game.project.id, "U1")
        game.keeper.advance_all()
        opened = store.rounds.current(game.project.id)
        assert opened is not None and (opened.number, opened.model_version) == (2, after.id), (
            "the next round asks by it"
        )
        assert projects.status(store, clock, game.project.id).learned_since is None


def test_whoever_learns_late_comes_to_the_same_model(store: Store, clock: ManualClock) -> None:
    first, second = Ended(store, clock, name="A"), Ended(store, clock, name="B")
    first.change(0)
    first.learn()
    second.change(0)
    second.keeper.advance_all()
    clock.advance(QUIET / 2)
    second.keeper = second.another_keeper("another process, which knows nothing of the first")
    second.learn()
    assert store.models.blob(second.model().id) == store.models.blob(first.model().id)
    assert first.model().label_revision == second.model().label_revision


def test_what_never_comes_to_rest_is_learned_now_and_then(store: Store, clock: ManualClock) -> None:
    game = Ended(store, clock)
    before = game.model()
    for minute in range(int(LONGEST / QUIET) + 1):
        assert game.model() == before
        game.decide(0, "bad" if minute % 2 else "good")
        game.keeper.advance_all()
        clock.advance(QUIET * 0.9)
    clock.advance(QUIET)
    game.keeper.advance_all()
    assert game.model().label_revision == store.votes.label_revision(game.project.id)


def test_an_open_round_learns_by_itself(store: Store, clock: ManualClock) -> None:
    game = Ended(store, clock)
    game.change(0)
    game.keeper.advance_all()
    store.projects.update(game.project.id, {"max_rounds": 2})
    game.keeper.advance_all()
    assert game.current() == (2, RoundState.OPEN)
    opened, revision = game.model(), store.votes.label_revision(game.project.id)
    assert opened.label_revision == revision, "learned at the opening"
    game.decide(1, "bad")
    for _ in range(3):
        clock.advance(LONGEST)
        game.keeper.advance_all()
    assert game.model() == opened, "the round learns of it when it closes"


def test_where_nothing_can_be_learned_it_is_tried_once(
    store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    game = Game(store, clock, seeds=0, max_rounds=1)
    game.keeper.advance_all()
    game.answer(1, label="good")
    game.keeper.advance_all()
    tries, train = [], Trainer.train

    def counted(self: Trainer, *args: Any, **kwargs: Any) -> Any:
        tries.append(args)
        return train(self, *args, **kwargs)

    monkeypatch.setattr(Trainer, "train", counted)
    for _ in range(5):
        clock.advance(QUIET)
        game.keeper.advance_all()
    assert len(tries) == 1 and store.models.current(game.project.id) is None


def test_a_model_that_a_lead_went_back_to_stays_until_a_label_moves(store: Store, clock: ManualClock) -> None:
    game = Ended(store, clock)
    earlier = rollback.choices(store, game.project.id)[0]
    rollback.go_back(store, clock, game.project.id, earlier.id, "U0LEAD")
    game.keeper = game.another_keeper()
    assert game.learn() == earlier
    assert projects.status(store, clock, game.project.id).learned_since is None
    game.change(0)
    assert game.learn().label_revision == store.votes.label_revision(game.project.id)


def test_of_late_models_the_newest_is_kept_and_no_rounds_model_is_lost_to_them(
    store: Store, clock: ManualClock
) -> None:
    game = Ended(store, clock)
    closed_with = game.model()
    late = []
    for label in ("bad", "good", "bad"):
        game.decide(0, label)
        late.append(game.learn())
    assert len({version.id for version in late}) == 3
    kept = [version.id for version in store.models.kept(game.project.id) if version.round == 1]
    assert kept == [closed_with.id, late[-1].id]
    assert [version.id for version in store.models.versions(game.project.id)][-3:] == [each.id for each in late]
