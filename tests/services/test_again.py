"""Rounds that ask again: labels in doubt once more, known answers mixed in. On a real store, with people who err."""

from __future__ import annotations

from typing import Any

import pytest
from test_rounds import Game, Killed

from bot.domain import Again, Disputed, Query, Report, RoundState, Via, VoteKind
from bot.services import export, gold, projects, voting
from bot.services.clock import ManualClock
from bot.services.ports import Store
from bot.services.standing import standing


class Team(Game):
    """The game, with several people."""

    def queries(self, number: int) -> list[Query]:
        return self.store.rounds.queries(self.project.id, number)

    def again(self, number: int, why: Again) -> list[Query]:
        return [query for query in self.queries(number) if query.again is why]

    def say(self, query: Query, user: str, *, right: bool = True, kind: VoteKind = VoteKind.VOTE) -> None:
        true = self.truth[query.item_id]
        label = true if right else "good" if true == "bad" else "bad"
        voting.cast_vote(
            self.store,
            self.clock,
            query_id=query.id,
            user_id=user,
            label=label if kind is VoteKind.VOTE else None,
            kind=kind,
            via=Via.BUTTON,
            action_id=f"{query.id}/{user}/{right}/{kind}",
            message_ts=None,
        )

    def finish(self, number: int) -> Report:
        """Ana answers what nobody has answered in this round, and the round closes."""
        for query in self.queries(number):
            if not self.store.rounds.query_view(query.id).votes:
                self.say(query, "UA")
        self.keeper.advance_all()
        return projects.report(self.store, self.project.id, number)


def disputing(store: Store, clock: ManualClock, name: str, **options: Any) -> Team:
    """Two answers each. Ben errs on three items and Chi settles them; Dee has answered one other item, so she is there, too."""
    team = Team(store, clock, name=name, overlap=2, **options)
    team.keeper.advance_all()
    first = team.queries(1)
    audit = next(i for i, query in enumerate(first) if query.audit)
    wrong = {audit, (audit + 1) % 12, (audit + 2) % 12}
    for i, query in enumerate(first):
        team.say(query, "UA")
        team.say(query, "UB", right=i not in wrong)
    team.say(first[(audit + 3) % 12], "UD")
    for i in sorted(wrong):
        team.say(first[i], "UC")
    team.keeper.advance_all()
    assert team.current() == (2, RoundState.OPEN)
    return team


def planned(team: Team, number: int) -> list[tuple[Any, ...]]:
    return [
        (query.item_id, query.strategy, query.score, query.rank, query.audit, query.inclusion_probability)
        for query in team.queries(number)
        if query.again is None
    ]


def test_labels_in_doubt_are_asked_on_top_of_a_plan_that_stays_what_it_is(store: Store, clock: ManualClock) -> None:
    team = disputing(store, clock, "Again", reask_per_round=2)
    twin = disputing(store, clock, "Twin")
    assert planned(team, 1) == planned(twin, 1)
    assert planned(team, 2) == planned(twin, 2), "the strategy's and the audit's part, to the digit"
    assert store.rounds.audit_rates("again") == store.rounds.audit_rates("twin")
    asked = team.again(2, Again.REASK)
    assert len(asked) == 2
    assert [query.position for query in team.queries(2)] == list(range(12 + 2))
    assert store.rounds.get("again", 2).total == 14
    for query in asked:
        assert query.strategy == "reask"
        assert query.earlier == ("UA", "UB", "UC")
        assert "people differ (" in query.note
        assert not query.audit and query.inclusion_probability is None


def test_a_german_projects_items_say_why_in_german(store: Store, clock: ManualClock) -> None:
    team = disputing(store, clock, "Wieder", reask_per_round=1, gold_per_round=1, language="de")
    (doubted,), (known,) = (team.again(2, why) for why in (Again.REASK, Again.GOLD))
    assert doubted.note.startswith("noch einmal gefragt: Die Meinungen gehen auseinander (")
    assert known.note == "bekannte Antwort eingestreut (Import)"
    game = Game(store, clock, name="Anfang", seeds=0, strategy="entropy", language="de")
    game.keeper.advance_all()
    notes = {query.note for query in store.rounds.queries(game.project.id, 1) if not query.audit}
    assert notes == {"noch kein Modell, daher zuerst typische Einträge, dann die Strategie entropy"}


def test_what_is_asked_once_more_is_not_shown_to_all_as_disputed_before(store: Store, clock: ManualClock) -> None:
    team = disputing(store, clock, "Again", reask_per_round=2)
    twin = disputing(store, clock, "Twin")
    asked = {query.item_id for query in team.again(2, Again.REASK)}
    shown = [found.item_id for found in projects.report(store, "again", 1).disputed]
    everything = [found.item_id for found in projects.report(store, "twin", 1).disputed]
    assert len(everything) == 3 and shown == [item for item in everything if item not in asked]
    assert asked <= set(projects.report(store, "again", 1).ask_again), "leads see them"
    assert not twin.again(2, Again.REASK)


def test_somebody_new_answers_and_the_label_and_the_model_follow(store: Store, clock: ManualClock) -> None:
    team = disputing(store, clock, "Again", reask_per_round=3)
    audited = {query.item_id for query in team.queries(1) if query.audit}
    asked = team.again(2, Again.REASK)
    assert {query.item_id for query in asked} & audited, "an audit item is among those that people differ on"
    before = standing(store, team.project)
    for query in team.queries(2):
        team.say(query, "UA")
        if query.again is None:
            team.say(query, "UB")
    assert team.current() == (2, RoundState.OPEN)
    assert store.rounds.get("again", 2).answered == 12, "those who had answered before are not somebody new"
    for query in asked[1:]:
        team.say(query, "UD")
    team.say(asked[0], "UD", right=False)
    tied = asked[0].item_id
    assert tied not in store.votes.labels("again"), "two against two"
    team.keeper.advance_all()
    report = projects.report(store, "again", 2)
    assert (report.new_labels, report.rechecked, report.unanswered) == (12, 3, 0)
    assert report.labels == 52 + 12 - 1
    assert report.spent == 24 - 1
    now = standing(store, team.project)
    assert now.serving == {item for item in audited | before.serving if item != tied} | {
        query.item_id for query in team.queries(2) if query.audit
    } - set(store.rounds.get("again", 3).retired), "an audit item goes on serving"
    version = next(v for v in store.models.versions("again") if v.id == report.model_version)
    assert version.training_labels + report.estimate.audit_labels == report.labels
    assert store.rebuild("again", write=False) == []


def test_no_one_is_waited_for_in_vain(store: Store, clock: ManualClock) -> None:
    team = Team(store, clock, name="Pair", overlap=2, reask_per_round=5, gold_per_round=2)
    team.keeper.advance_all()
    chosen = [query.id for query in team.queries(1) if query.again is None]
    for query in team.queries(1):
        team.say(query, "UA")
        team.say(query, "UB", right=query.id not in chosen[:2])
        if query.id in chosen[:2]:
            team.say(query, "UC")
    team.keeper.advance_all()
    report = projects.report(store, "pair", 1)
    assert {figures.user_id for figures in report.people} == {"UA", "UB", "UC"}
    assert len(report.ask_again) == 2
    assert not team.again(2, Again.REASK), "all three have answered what is disputed"
    assert len(team.again(2, Again.GOLD)) == 2


def test_known_answers_measure_people_and_stay(store: Store, clock: ManualClock) -> None:
    team = Team(store, clock, name="Gold", gold_per_round=2)
    team.keeper.advance_all()
    mixed = team.again(1, Again.GOLD)
    assert {team.truth[query.item_id] for query in mixed} == {"bad", "good"}, "labels in turn"
    assert all(query.strategy == "gold" and query.note == "known answer mixed in (import)" for query in mixed)
    assert store.rounds.get("gold", 1).answered == 0
    labels = store.votes.labels("gold")
    for query in mixed:
        team.say(query, "UC", right=False)
    assert store.rounds.get("gold", 1).answered == 2
    report = team.finish(1)
    now = store.votes.labels("gold")
    assert [now[query.item_id].value for query in mixed] == [labels[query.item_id].value for query in mixed]
    assert {now[query.item_id].decided_by for query in mixed} == {"import"}
    assert (report.labels, report.new_labels, report.rechecked, report.spent) == (52, 12, 2, 12)
    figures = {entry.user_id: entry for entry in report.people}
    chi = figures["UC"]
    assert (chi.gold_answers, chi.gold and chi.gold.point) == (2, 0.0)
    assert figures["UA"].gold is None and figures["UA"].gold_answers == 0
    assert report.agreement.share is None and report.alpha is None, (
        "said because of what is known: tells nothing in general"
    )
    roles = {row["item_id"]: row["role"] for row in export.labels(store, "gold")}
    assert {roles[query.item_id] for query in mixed} == {"seed"}


def test_a_known_answer_that_people_contradict_is_told_to_leads(store: Store, clock: ManualClock) -> None:
    team = Team(store, clock, name="Wrong", gold_per_round=2)
    team.keeper.advance_all()
    first, second = team.again(1, Again.GOLD)
    team.say(first, "UC", right=False)
    for query in team.queries(1):
        if query.id != first.id:
            team.say(query, "UA")
    team.keeper.advance_all()
    assert projects.report(store, "wrong", 1).contested == (), "one answer may be a slip"
    opinions = [query for query in team.again(2, Again.GOLD) if query.item_id == first.item_id]
    assert [query.strategy for query in opinions] == [gold.SECOND_OPINION]
    assert second.item_id not in {query.item_id for query in team.queries(2)}
    team.say(opinions[0], "UA", right=False)
    report = team.finish(2)
    (doubted,) = report.contested
    true = team.truth[first.item_id]
    said = {"good" if true == "bad" else "bad": 2}
    assert doubted == Disputed(item_id=first.item_id, query_id=opinions[0].id, votes=said, label=true)
    figures = {entry.user_id: entry for entry in report.people}
    found = gold.asked(standing(store, team.project))
    assert "UA" in found[first.item_id].votes and "UA" not in found[first.item_id].judged
    assert figures["UA"].gold is not None and figures["UA"].gold.point == 1.0, "second opinions do not measure"
    team.keeper.advance_all()
    assert first.item_id not in {query.item_id for query in team.queries(3)}, "nor is a doubtful one mixed in any more"


def test_a_round_that_only_measures_asks_nothing_else(store: Store, clock: ManualClock) -> None:
    team = Team(store, clock, name="Measure", gold_per_round=3)
    team.keeper.advance_all()
    projects.audit(store, clock, "measure", 10, "U9")
    team.finish(1)
    assert all(query.audit for query in team.queries(2))


def test_a_pool_that_is_exhausted_ends_the_rounds_all_the_same(store: Store, clock: ManualClock) -> None:
    team = Team(store, clock, name="End", items=52, seeds=40, gold_per_round=3)
    team.keeper.advance_all()
    assert len(team.queries(1)) == 15
    report = team.finish(1)
    assert (report.next_round, report.pool_size) == (None, 0)
    assert team.current() == (1, RoundState.CLOSED)


@pytest.mark.parametrize("after", [False, True], ids=["before the write", "after the write"])
def test_a_worker_killed_at_the_opening_leads_to_the_same_round(
    store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    twin = Team(store, clock, name="Twin", gold_per_round=2)
    twin.keeper.advance_all()
    projects.pause(store, clock, "twin", "U9")
    team = Team(store, clock, name="Killed", gold_per_round=2)
    real = store.rounds.open_round

    def killed(*args: Any, **kwargs: Any) -> None:
        if after:
            real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(store.rounds, "open_round", killed)
        with pytest.raises(Killed):
            team.keeper.advance_all()
    team.another_keeper("two").advance_all()
    assert [query.item_id for query in team.queries(1)] == [query.item_id for query in twin.queries(1)]
    assert [query.again for query in team.queries(1)] == [query.again for query in twin.queries(1)]
    assert store.rounds.get("killed", 1).answered == 0
    team.finish(1)
    assert team.current() == (2, RoundState.OPEN)
    assert store.rebuild("killed", write=False) == []


def test_votes_asked_because_of_others_tell_nothing_of_agreement(store: Store, clock: ManualClock) -> None:
    team = disputing(store, clock, "Agree", reask_per_round=3)
    before = projects.report(store, "agree", 1)
    for query in team.again(2, Again.REASK):
        team.say(query, "UD", right=False)
    now = standing(store, team.project)
    disputed = {query.item_id for query in team.again(2, Again.REASK)}
    assert all("UD" in now.votes[item] and "UD" not in now.unprompted().votes[item] for item in disputed)
    kept = {item: ballot for item, ballot in now.unprompted().votes.items() if item in now.votes}
    assert sum(len(ballot) >= 2 for ballot in kept.values()) == before.agreement.items == 12


def test_known_answers_tell_whose_labels_are_in_doubt(store: Store, clock: ManualClock) -> None:
    """With one answer for each item nothing else could."""
    team = Team(store, clock, name="Doubt", gold_per_round=12, reask_per_round=3)
    team.keeper.advance_all()
    for i, query in enumerate(team.queries(1)):
        if query.again is None and i % 2:
            team.say(query, "UA")
        else:
            team.say(query, "UC", right=i % 5 > 1)
    team.keeper.advance_all()
    report = projects.report(store, "doubt", 1)
    chi = next(figures for figures in report.people if figures.user_id == "UC")
    assert chi.gold_answers == 12 and chi.gold is not None and (chi.gold.point or 0.0) < 0.8
    asked = team.again(2, Again.REASK)
    assert len(asked) == 3
    assert {query.earlier for query in asked} == {("UC",)}
    assert all("its label is" in query.note and (query.score or 0.0) > 0.2 for query in asked)
    sure = standing(store, team.project).votes
    assert {query.item_id for query in asked} <= {item for item, votes in sure.items() if "UC" in votes}
