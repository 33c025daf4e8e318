"""The life of a round on a real store, with answers that come straight from the known truth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain import (
    CloseReason,
    ConflictError,
    Item,
    ProjectState,
    Round,
    RoundState,
    RoundtableError,
    Via,
    VoteKind,
    VoteStatus,
)
from bot.services import measuring, projects, voting
from bot.services.clock import ManualClock
from bot.services.intake import import_file
from bot.services.leases import claimed
from bot.services.ports import NewItem, Store
from bot.services.rounds import RoundKeeper
from bot.services.rows import text_hash
from bot.services.standing import standing

BAD = ("terrible", "awful", "rude", "late", "broken")
GOOD = ("lovely", "great", "friendly", "prompt", "solid", "clean", "warm")


def text_of(number: int) -> tuple[str, str]:
    """A text and its true label; one in eight is bad."""
    bad = number % 8 == 0
    words = BAD if bad else GOOD
    return f"{words[number % len(words)]} {words[(number // 3) % len(words)]} visit {number}", "bad" if bad else "good"


class Game:
    """A project with a known truth, and someone who answers."""

    def __init__(self, store: Store, clock: ManualClock, *, items: int = 200, seeds: int = 40, **options: Any) -> None:
        self.store, self.clock = store, clock
        self.project = projects.create(
            store,
            clock,
            channel_id="C1",
            channel_name="game",
            labels=["bad", "good"],
            **({"name": "Game", "batch_size": 12, "audit_per_round": 4, "random_state": 3} | options),
        )
        self.truth: dict[str, str] = {}
        new = []
        for number in range(items):
            text, label = text_of(number)
            self.truth[f"i{number}"] = label
            item = Item(id=f"i{number}", text=text, text_hash=text_hash(text))
            new.append(NewItem(item, label if number < seeds else None, number))
        store.items.add_many(self.project.id, new, clock.now())
        self.keeper = self.another_keeper()

    def another_keeper(self, name: str = "one") -> RoundKeeper:
        return RoundKeeper(self.store, self.clock, name)

    def answer(self, number: int, *, leave: int = 0, user: str = "U1", label: str | None = None) -> None:
        queries = self.store.rounds.queries(self.project.id, number)
        for query in queries[: len(queries) - leave]:
            outcome = voting.cast_vote(
                self.store,
                self.clock,
                query_id=query.id,
                user_id=user,
                label=label or self.truth[query.item_id],
                kind=VoteKind.VOTE,
                via=Via.BUTTON,
                action_id=f"{query.id}/{user}",
                message_ts=None,
            )
            assert outcome.status is VoteStatus.RECORDED

    def current(self) -> tuple[int, RoundState]:
        round_ = self.store.rounds.current(self.project.id)
        assert round_ is not None
        return round_.number, round_.state


@pytest.fixture
def game(store: Store, clock: ManualClock) -> Game:
    return Game(store, clock)


def test_rounds_follow_each_other_and_report(game: Game) -> None:
    game.keeper.advance_all()
    assert game.current() == (1, RoundState.OPEN)
    game.answer(1)
    game.keeper.advance_all()
    assert game.current() == (2, RoundState.OPEN)
    first = projects.report(game.store, game.project.id, 1)
    assert first.close_reason is CloseReason.COMPLETE
    assert (first.labels, first.new_labels, first.unanswered) == (52, 12, 0)
    drawn = [query for query in game.store.rounds.queries(game.project.id, 1) if query.audit]
    assert first.estimate.audit_labels == len(drawn)
    assert all(query.inclusion_probability is not None for query in drawn)
    assert first.next_round == 2
    game.answer(2)
    game.keeper.advance_all()
    second = projects.report(game.store, game.project.id)
    assert second.round == 2
    assert second.previous == measuring.plain(first.estimate)
    assert [point.labels for point in second.curve] == [52, 64]


def test_each_query_knows_why_it_was_asked(game: Game) -> None:
    game.keeper.advance_all()
    queries = game.store.rounds.queries(game.project.id, 1)
    for query in queries:
        assert query.suggestion in game.project.labels
        assert query.model_score is not None and 0 <= query.model_score <= 1
    pulls = {word: pull for query in queries for word, pull in query.words}
    assert pulls, "some words weigh"
    assert all(pull > 0 for word, pull in pulls.items() if word in BAD)
    assert all(pull < 0 for word, pull in pulls.items() if word in GOOD)


def test_without_a_model_there_is_no_reason_to_tell(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, seeds=0)
    game.keeper.advance_all()
    for query in game.store.rounds.queries(game.project.id, 1):
        assert (query.words, query.model_score, query.suggestion) == ((), None, None)


def test_the_report_counts_answers_that_follow_a_shown_suggestion(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, suggestions=True)
    game.keeper.advance_all()
    queries = game.store.rounds.queries(game.project.id, 1)
    right = sum(query.suggestion == game.truth[query.item_id] for query in queries)
    game.answer(1)
    game.keeper.advance_all()
    suggested = projects.report(store, game.project.id, 1).suggested
    assert suggested is not None
    assert (suggested.share, suggested.items) == (pytest.approx(right / len(queries)), len(queries))


def test_training_never_sees_what_serves_the_audit(game: Game) -> None:
    for number in (1, 2, 3):
        game.keeper.advance_all()
        game.answer(number)
    game.keeper.advance_all()
    now = standing(game.store, game.project)
    report = projects.report(game.store, game.project.id, 3)
    version = next(v for v in game.store.models.versions(game.project.id) if v.id == report.model_version)
    assert now.serving
    assert not now.serving & set(now.training())
    assert version.training_labels + report.estimate.audit_labels == report.labels
    audited = {q.item_id for qs in now.queries.values() for q in qs if q.audit}
    retired = {i for n in range(1, 5) for i in game.store.rounds.get(game.project.id, n).retired}
    assert now.serving == {item for item in audited - retired if item in now.labels}


def test_a_seed_reproduces_every_choice(store: Store, clock: ManualClock) -> None:
    def play(name: str) -> list[Any]:
        game = Game(store, clock, name=name)
        for number in (1, 2):
            game.keeper.advance_all()
            game.answer(number)
        game.keeper.advance_all()
        projects.pause(store, clock, game.project.id, "U9")
        asked = [(q.item_id, q.score, q.audit) for q in store.rounds.all_queries(game.project.id)]
        return [asked, [report.estimate for report in store.rounds.reports(game.project.id)]]

    assert play("First") == play("Second")


def test_a_deadline_closes_what_is_not_answered(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, deadline_minutes=60)
    game.keeper.advance_all()
    game.answer(1, leave=5)
    game.keeper.advance_all()
    assert game.current() == (1, RoundState.OPEN)
    assert game.keeper.next_due(game.project) == clock.now() + timedelta(minutes=60)
    clock.advance(timedelta(minutes=60))
    game.keeper.advance_all()
    report = projects.report(store, game.project.id, 1)
    assert report.close_reason is CloseReason.DEADLINE
    assert report.unanswered == 5
    assert report.new_labels == 7


def test_a_round_that_nobody_answers_pauses_the_project(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, deadline_minutes=60)
    game.keeper.advance_all()
    clock.advance(timedelta(minutes=61))
    game.keeper.advance_all()
    assert game.current() == (1, RoundState.CLOSED)
    report = projects.report(store, game.project.id, 1)
    assert (report.paused, report.next_round) == (True, 2)
    assert store.projects.get(game.project.id).state is ProjectState.PAUSED
    projects.resume(store, clock, game.project.id, "U9")
    game.keeper.advance_all()
    assert game.current() == (2, RoundState.OPEN)


def test_trouble_in_one_project_does_not_hold_up_another(
    game: Game, store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Game(store, clock, name="Other")
    real = store.rounds.open_round

    def fails(round_: Round, *args: Any, **kwargs: Any) -> None:
        if round_.project_id == game.project.id:
            raise ValueError("of this project only")
        real(round_, *args, **kwargs)

    monkeypatch.setattr(store.rounds, "open_round", fails)
    heard = []
    game.keeper.advance_all(lambda project, error: heard.append((project.id, str(error))))
    assert heard == [("game", "of this project only")]
    assert other.current() == (1, RoundState.OPEN)


def test_a_lead_closes_a_round_and_late_answers_are_refused(game: Game) -> None:
    game.keeper.advance_all()
    game.answer(1, leave=3)
    assert projects.close_round(game.store, game.clock, game.project.id, "U9") == 1
    game.keeper.advance_all()
    assert projects.report(game.store, game.project.id, 1).close_reason is CloseReason.LEAD
    late = game.store.rounds.queries(game.project.id, 1)[-1]
    outcome = voting.cast_vote(
        game.store,
        game.clock,
        query_id=late.id,
        user_id="U1",
        label="good",
        kind=VoteKind.VOTE,
        via=Via.BUTTON,
        action_id="late",
        message_ts=None,
    )
    assert outcome.status is VoteStatus.CLOSED


def test_a_paused_project_opens_no_round_but_closes_the_open_one(game: Game) -> None:
    game.keeper.advance_all()
    projects.pause(game.store, game.clock, game.project.id, "U9")
    game.answer(1)
    game.keeper.advance_all()
    assert game.current() == (1, RoundState.CLOSED)
    projects.resume(game.store, game.clock, game.project.id, "U9")
    game.keeper.advance_all()
    assert game.current() == (2, RoundState.OPEN)


def test_the_last_round_is_the_last(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, max_rounds=1)
    game.keeper.advance_all()
    game.answer(1)
    game.keeper.advance_all()
    assert game.current() == (1, RoundState.CLOSED)
    assert projects.report(store, game.project.id).next_round is None


def test_an_exhausted_pool_ends_the_rounds(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, items=60, seeds=40)
    for number in (1, 2):
        game.keeper.advance_all()
        game.answer(number)
    game.keeper.advance_all()
    assert game.current() == (2, RoundState.CLOSED)
    assert store.rounds.get(game.project.id, 2).total == 8
    assert projects.report(store, game.project.id).pool_size == 0


def test_the_threshold_serves_the_projects_target_and_the_report_says_so(store: Store, clock: ManualClock) -> None:
    found = {}
    for name, target in (("All", "recall>=0.99"), ("Best", "f1")):
        game = Game(store, clock, name=name, target=target)
        game.keeper.advance_all()
        game.answer(1)
        game.keeper.advance_all()
        projects.pause(store, clock, game.project.id, "U9")
        found[target] = projects.report(store, game.project.id)
        assert found[target].target == target
    assert found["recall>=0.99"].pool_flagged >= found["f1"].pool_flagged
    thresholds = [report.threshold for report in found.values()]
    assert None not in thresholds
    assert thresholds[0] <= thresholds[1]  # type: ignore[operator]


def test_without_any_label_the_first_round_is_random_and_says_so(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, seeds=0)
    game.keeper.advance_all()
    queries = store.rounds.queries(game.project.id, 1)
    assert {q.strategy for q in queries} == {"representative", "audit"}
    assert all(q.model_version is None for q in queries)
    assert any("no model yet" in q.note for q in queries)


def test_without_any_label_a_leads_keywords_come_first(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, seeds=0, seed_patterns=("terrible", "/aw+ful/"))
    game.keeper.advance_all()
    chosen = [query for query in store.rounds.queries(game.project.id, 1) if not query.audit]
    matches = [query for query in chosen if query.score == 1.0]
    # In turn with representative items: a model needs both kinds.
    assert len(matches) == len(chosen) - len(chosen) // 2
    assert all(game.truth[query.item_id] == "bad" for query in matches)
    assert all("keyword" in query.note for query in chosen)


def test_labels_of_one_class_only_make_a_report_that_says_so(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, seeds=0)
    game.keeper.advance_all()
    game.answer(1, label="good")
    game.keeper.advance_all()
    report = projects.report(store, game.project.id, 1)
    assert report.model_version is None
    assert report.threshold is None
    assert report.estimate.precision.point is None
    assert game.current() == (2, RoundState.OPEN)


def test_a_schedule_holds_the_next_round_back(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, schedule="0 9 * * *", timezone="Europe/Berlin")
    due = game.keeper.advance_all()
    assert store.rounds.current(game.project.id) is None
    clock.advance(due[game.project.id] - clock.now())
    game.keeper.advance_all()
    assert game.current() == (1, RoundState.OPEN)
    game.answer(1)
    due = game.keeper.advance_all()
    assert game.current() == (1, RoundState.CLOSED)
    report = projects.report(store, game.project.id)
    assert report.next_round_at == due[game.project.id]
    clock.advance(due[game.project.id] - clock.now())
    game.keeper.advance_all()
    assert game.current() == (2, RoundState.OPEN)


class Killed(BaseException):
    """What a kill -9 looks like from inside: nothing after it runs."""


STEPS: list[tuple[str, Callable[[Game], Any]]] = [
    ("rounds.open_round", lambda game: game.store.rounds),
    ("rounds.begin_closing", lambda game: game.store.rounds),
    ("models.save", lambda game: game.store.models),
    ("rounds.finish", lambda game: game.store.rounds),
]


@pytest.mark.parametrize("after", [False, True], ids=["before the write", "after the write"])
@pytest.mark.parametrize(("step", "part"), STEPS, ids=[name for name, _ in STEPS])
def test_a_worker_killed_at_any_step_leaves_nothing_doubled_or_skipped(
    game: Game, monkeypatch: pytest.MonkeyPatch, step: str, part: Callable[[Game], Any], after: bool
) -> None:
    method = step.split(".")[1]
    if step != "rounds.open_round":
        game.keeper.advance_all()
        game.answer(1)
    target = part(game)
    real = getattr(target, method)

    def killed(*args: Any, **kwargs: Any) -> None:
        if after:
            real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(target, method, killed)
        # The dead worker's lock must run out by itself: release is what a kill never gets to.
        patch.setattr(game.store.locks, "release", lambda lease: None)
        with pytest.raises(Killed):
            game.keeper.advance_all()
    lease = game.store.locks.acquire(f"project:{game.project.id}", "one", 0.001)
    assert lease is not None
    game.store.locks.release(lease)
    game.another_keeper("two").advance_all()
    if step == "rounds.open_round":
        assert game.current() == (1, RoundState.OPEN)
        game.answer(1)
        game.another_keeper("three").advance_all()
    assert game.current() == (2, RoundState.OPEN)
    reports = game.store.rounds.reports(game.project.id)
    assert [report.round for report in reports] == [1]
    assert len(game.store.models.versions(game.project.id)) == 2  # of the seed set, and of round 1
    pending = [record.key for record in game.store.outbox.pending(1000)]
    assert len(pending) == len(set(pending)) == 2 * 13 + 1
    assert game.store.rebuild(game.project.id, write=False) == []


def test_two_keepers_close_a_round_once(game: Game) -> None:
    game.keeper.advance_all()
    game.answer(1)
    lease = game.store.locks.acquire(f"project:{game.project.id}", "somebody else", 60)
    assert lease is not None
    game.keeper.advance_all()
    assert game.current() == (1, RoundState.OPEN)
    game.store.locks.release(lease)
    game.keeper.advance_all()
    assert game.current() == (2, RoundState.OPEN)


def test_status_tells_where_things_stand(game: Game) -> None:
    game.keeper.advance_all()
    game.answer(1, leave=2)
    status = projects.status(game.store, game.clock, game.project.id)
    assert status.round is not None
    assert (status.round.answered, status.round.total) == (10, 12)
    assert status.people == {"U1": 10}
    assert status.labels == 50
    assert status.pool_size == 150
    assert status.pending_messages == 13


def test_a_project_is_found_by_id_or_name(game: Game) -> None:
    assert projects.find(game.store, "game") == projects.find(game.store, "GAME") == game.project
    with pytest.raises(Exception, match="there are: game"):
        projects.find(game.store, "gaem")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"labels": ["a"]}, "at least two labels"),
        ({"labels": ["a", "A"]}, "the same"),
        ({"labels": ["a", "b"], "positive": "c"}, "not one of the labels"),
        ({"labels": ["a", "b"], "batch_size": 0}, "batch_size"),
        ({"labels": ["a", "b"], "batch_size": 5, "audit_per_round": 6}, "don't fit"),
        ({"labels": ["a", "b"], "strategy": "magic"}, "no query strategy"),
        ({"labels": ["a", "b"], "strategy": "hybrid:1,1,1"}, "three shares that make 1"),
        ({"labels": ["a", "b"], "schedule": "daily"}, "not a schedule"),
        ({"labels": ["a", "x" * 76]}, "75 characters"),
        ({"labels": ["a", "b"], "target": "accuracy"}, "is no target"),
        ({"labels": ["a", "b"], "seed_patterns": ["/(/"]}, "no regular expression"),
        ({"labels": ["a", "b"], "name": "!!!"}, "no letter or digit"),
    ],
)
def test_a_project_that_cannot_be_is_refused_with_the_reason(
    store: Store, clock: ManualClock, options: dict[str, Any], says: str
) -> None:
    with pytest.raises(RoundtableError, match=says):
        projects.create(store, clock, **({"name": "N", "channel_id": "C1", "channel_name": "c"} | options))
    assert store.projects.all() == []


def test_a_lead_spends_labels_on_measuring_alone(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, max_rounds=1)
    game.keeper.advance_all()
    assert projects.audit(store, game.clock, game.project.id, 30, "U1") == 2
    assert game.current() == (1, RoundState.OPEN)
    game.answer(1)
    game.keeper.advance_all()
    queries = store.rounds.queries(game.project.id, 2)
    assert 14 <= len(queries) <= 46  # a Poisson number about 30
    assert all(query.audit for query in queries)
    before = projects.report(store, game.project.id).estimate
    game.answer(2)
    game.keeper.advance_all()
    after = projects.report(store, game.project.id).estimate
    assert after.audit_labels == before.audit_labels + len(queries)
    assert game.current() == (2, RoundState.CLOSED)


@pytest.mark.parametrize("labels", [0, -1, 501])
def test_an_audit_of_no_sensible_size_is_refused(game: Game, labels: int) -> None:
    with pytest.raises(RoundtableError, match="1 to 500"):
        projects.audit(game.store, game.clock, game.project.id, labels, "U1")


def test_no_round_is_planned_from_half_a_pool(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    project = projects.create(store, clock, name="Half", channel_id="C1", channel_name="c", labels=["bad", "good"])
    file = tmp_path / "pool.csv"
    file.write_text("text\n" + "\n".join(text_of(number)[0] for number in range(1200)), encoding="utf-8")
    keeper = RoundKeeper(store, clock, "one")
    seen = []
    import_file(
        store, clock, project.id, file, max_text_length=100, progress=lambda _: seen.append(keeper.advance(project))
    )
    assert seen == [False, False, False]
    assert keeper.advance(project)


def test_an_import_waits_its_turn_and_says_so_when_it_does_not_come(store: Store) -> None:
    lease = store.locks.acquire("project:p", "somebody else", 60)
    assert lease is not None
    with pytest.raises(ConflictError, match="Somebody else is at work"), claimed(store, "project:p", 0):
        raise AssertionError("the lock is somebody else's")


def test_leads_are_told_in_private_how_people_fare(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock)
    keeper = RoundKeeper(store, clock, "one", leads=lambda project: ("UB", "UA"))
    keeper.advance_all()
    game.answer(1)
    keeper.advance_all()
    notes = [record for record in store.outbox.pending(100) if record.key.startswith("people:")]
    assert [(record.key, record.channel_id) for record in notes] == [
        ("people:game:1:UA", "UA"),
        ("people:game:1:UB", "UB"),
    ]
    store.projects.update("game", {"lead_notes": False})
    game.answer(2)
    keeper.advance_all()
    assert store.rounds.report("game", 2) is not None
    assert store.outbox.get("people:game:2:UA") is None


def test_reports_count_who_passed_on_items(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock)
    game.keeper.advance_all()
    first, second, *_ = store.rounds.queries("game", 1)
    for user, query, kind in (
        ("U2", first, VoteKind.SKIP),
        ("U2", second, VoteKind.UNSURE),
        ("U3", first, VoteKind.SKIP),
    ):
        voting.cast_vote(
            store, clock, query_id=query.id, user_id=user, label=None, kind=kind, via=Via.BUTTON,
            action_id=f"{user}{query.id}", message_ts=None,
        )  # fmt: skip
    game.answer(1)
    game.keeper.advance_all()
    figures = {row.user_id: (row.answers, row.skips, row.unsure) for row in projects.report(store, "game").people}
    assert figures["U2"] == (0, 1, 1)
    assert figures["U3"] == (0, 1, 0)
    assert figures["U1"][1:] == (0, 0)
