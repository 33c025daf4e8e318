"""What reports say beyond their figures, on a real store, with people who err."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from bot.domain import Decision, DecisionKind, Estimate, Interval, Item, Report, Via, VoteKind
from bot.services import advising, projects, reporting, voting, weights
from bot.services.advising import Search, advise
from bot.services.clock import ManualClock
from bot.services.ports import NewItem, Store
from bot.services.rounds import RoundKeeper
from bot.services.rows import text_hash
from bot.services.standing import standing
from bot.slack.blocks.advice import sentence

BAD = ("terrible", "awful", "rude", "late", "broken")
GOOD = ("lovely", "great", "friendly", "prompt", "solid", "clean", "warm")
SURE = {"UA": 0.0, "UB": 0.05, "UC": 0.4}
NO_SEARCH = Search(found=0, looked=0, hits=0, remaining=1_000, least_rate=0.0)


def chance(*parts: object) -> float:
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=6).digest(), "big") / 2**48


class Crew:
    """A project and three people, one of them careless, who all answer every item."""

    def __init__(self, store: Store, clock: ManualClock, *, seeds: int = 60, errors: dict[str, float] = SURE) -> None:
        self.store, self.clock, self.errors = store, clock, errors
        self.project = projects.create(
            store,
            clock,
            channel_id="C1",
            channel_name="crew",
            labels=["bad", "good"],
            name="Crew",
            batch_size=25,
            audit_per_round=8,
            overlap=len(errors),
        )
        self.truth: dict[str, str] = {}
        new = []
        for n in range(400):
            bad = n % 4 == 0
            words = BAD if bad else GOOD
            text = f"{words[n % len(words)]} {words[(n // 3) % len(words)]} visit {n}"
            self.truth[f"i{n}"] = "bad" if bad else "good"
            item = Item(id=f"i{n}", text=text, text_hash=text_hash(text))
            new.append(NewItem(item, self.truth[f"i{n}"] if n < seeds else None, n))
        store.items.add_many(self.project.id, new, clock.now())
        self.keeper = RoundKeeper(store, clock, "one")

    def say(self, query_id: str, item: str, user: str, label: str) -> None:
        voting.cast_vote(
            self.store,
            self.clock,
            query_id=query_id,
            user_id=user,
            label=label,
            kind=VoteKind.VOTE,
            via=Via.BUTTON,
            action_id=f"{query_id}/{user}",
            message_ts=None,
        )

    def play(self, rounds: int) -> Report:
        for _ in range(rounds):
            self.keeper.advance_all()
            current = self.store.rounds.current(self.project.id)
            assert current is not None
            for query in self.store.rounds.queries(self.project.id, current.number):
                for user, error in self.errors.items():
                    true = self.truth[query.item_id]
                    wrong = chance(user, query.item_id) < error
                    self.say(query.id, query.item_id, user, ("good" if true == "bad" else "bad") if wrong else true)
        self.keeper.advance_all()
        return projects.report(self.store, self.project.id)


def test_a_report_knows_its_people(store: Store, clock: ManualClock) -> None:
    report = Crew(store, clock).play(3)
    figures = {entry.user_id: entry for entry in report.people}
    assert set(figures) == set(SURE)
    careless, careful = figures["UC"].accuracy, figures["UA"].accuracy
    assert careless is not None and careful is not None
    assert careless.high < careful.low
    assert careless.low < 0.6 < careless.high
    assert figures["UA"].answers == figures["UA"].judged == 75
    assert report.alpha is not None and report.alpha.point is not None
    assert report.alpha.low < report.alpha.point < report.alpha.high < 1.0
    assert report.noise is not None and report.noise.items == 75
    assert report.ask_again
    votes = standing(store, store.projects.get("crew")).votes
    assert all(len(set(votes[item].values())) == 2 for item in report.ask_again)


def test_a_report_names_disputed_items_and_counts_what_was_spent(store: Store, clock: ManualClock) -> None:
    crew = Crew(store, clock)
    store.projects.update(crew.project.id, {"max_rounds": 4})
    report = crew.play(2)
    votes = standing(store, crew.project).votes
    assert 0 < len(report.disputed) <= 5
    assert [found.item_id for found in report.disputed] == list(report.ask_again)[: len(report.disputed)]
    for found in report.disputed:
        assert store.rounds.query(found.query_id).item_id == found.item_id
        said = list(votes[found.item_id].values())
        assert found.votes == {label: said.count(label) for label in said}
        assert found.label == standing(store, crew.project).labels[found.item_id].value
    assert (report.spent, report.planned) == (50, 100)
    store.projects.update(crew.project.id, {"planned_labels": 70})
    assert reporting.planned(store.projects.get(crew.project.id)) == 70


def test_scores_and_confusion_add_up_to_the_reports_figures(store: Store, clock: ManualClock) -> None:
    report = Crew(store, clock).play(2)
    scores, estimate, confusion = report.scores, report.estimate, report.estimate.confusion
    assert scores is not None and confusion is not None
    assert sum(scores.flagged) == report.pool_flagged
    assert sum(scores.flagged) + sum(scores.others) == report.pool_size
    assert sum(scores.audit_positives) + sum(scores.audit_others) == estimate.audit_labels
    hits, alarms, missed, rest = (
        part.point or 0.0 for part in (confusion.hits, confusion.false_alarms, confusion.missed, confusion.rest)
    )
    assert hits / (hits + alarms) == pytest.approx(estimate.precision.point)
    assert hits / (hits + missed) == pytest.approx(estimate.recall.point)
    assert 2 * hits / (2 * hits + alarms + missed) == pytest.approx(estimate.f1.point)
    assert hits + alarms + missed + rest == pytest.approx(estimate.population)
    assert report.curve[-1].estimate.confusion is None, "kept once, not in every later report"
    assert report.previous is not None and report.previous.confusion is None


def test_reports_advise_and_compare_models(store: Store, clock: ManualClock) -> None:
    crew = Crew(store, clock)
    last = crew.play(4)
    first = projects.report(store, crew.project.id, 1)
    assert first.stability is not None and first.gain is None  # the model of the seeds came before
    assert last.gain is not None and last.gain.low <= (last.gain.point or 0.0) <= last.gain.high
    assert last.advice is not None and not last.advice.text
    assert last.effort is not None and last.effort.chosen_labels > 50
    assert last.effort.times is not None or last.effort.why is not None


def test_a_stored_report_without_insights_is_still_read() -> None:
    old = a_report()
    kept = old.model_dump(
        exclude={"alpha", "noise", "people", "ask_again", "stability", "gain", "effort", "advice"}, mode="json"
    )
    assert Report.model_validate(kept) == old


def test_labels_of_the_careless_weigh_less(store: Store, clock: ManualClock) -> None:
    crew = Crew(store, clock)
    crew.play(2)
    now = standing(store, crew.project)
    items = sorted(now.training())
    found = weights.of_labels(crew.project, now, items)
    assert found is not None
    weight = dict(zip(items, found.tolist(), strict=True))
    assert all(weight[item] == 1.0 for item in items if now.labels[item].decided_by == "import")
    outvoted = [i for i in items if i in now.votes and now.votes[i].get("UC") != now.labels[i].value]
    unanimous = [i for i in items if i in now.votes and len(set(now.votes[i].values())) == 1]
    assert max(weight[i] for i in outvoted) < min(weight[i] for i in unanimous)
    assert weights.of_labels(crew.project, now, items).tolist() == found.tolist()  # type: ignore[union-attr]


def test_one_answer_each_tells_nothing_so_all_labels_weigh_alike(store: Store, clock: ManualClock) -> None:
    crew = Crew(store, clock, errors={"UA": 0.0})
    report = crew.play(2)
    now = standing(store, crew.project)
    assert weights.of_labels(crew.project, now, sorted(now.training())) is None
    assert [(p.user_id, p.answers, p.accuracy) for p in report.people] == [("UA", 50, None)]
    assert report.alpha is report.noise is None
    assert report.ask_again == ()


def test_what_somebody_could_not_say_is_hard_and_worth_another_look(store: Store, clock: ManualClock) -> None:
    crew = Crew(store, clock, errors={"UA": 0.0})
    crew.keeper.advance_all()
    query = store.rounds.queries(crew.project.id, 1)[0]
    voting.cast_vote(
        store,
        clock,
        query_id=query.id,
        user_id="UB",
        label=None,
        kind=VoteKind.UNSURE,
        via=Via.BUTTON,
        action_id="u1",
        message_ts=None,
    )
    report = crew.play(1)
    assert (report.round, report.hard) == (1, 1)
    assert report.ask_again == (query.item_id,)


def test_an_adjudicators_decision_is_what_people_are_measured_by(store: Store, clock: ManualClock) -> None:
    crew = Crew(store, clock, errors={"UA": 0.0, "UB": 0.0})
    crew.play(1)
    asked = [query.item_id for query in store.rounds.queries(crew.project.id, 1)]
    for item in asked:
        decision = Decision(
            kind=DecisionKind.OVERRIDE,
            project_id=crew.project.id,
            item_id=item,
            user_id="UL",
            label="bad",
            reason="known",
            action_id=item,
            at=clock.now(),
        )
        store.decisions.record(decision, overlap=crew.project.overlap)
    now = standing(store, crew.project)
    assert now.known == dict.fromkeys(asked, "bad")
    report = crew.play(1)
    share = sum(crew.truth[item] == "bad" for item in asked) / len(asked)
    ana = report.people[0].accuracy
    assert ana is not None and ana.point is not None
    assert ana.point < 0.5 + share  # half of the answers agree with the decisions as often as the truth does


def test_without_labels_or_with_one_class_nothing_is_claimed(store: Store, clock: ManualClock) -> None:
    crew = Crew(store, clock, seeds=0)
    crew.truth = dict.fromkeys(crew.truth, "good")
    crew.errors = {"UA": 0.0, "UB": 0.0, "UC": 0.0}
    report = crew.play(2)
    assert report.model_version is None
    assert report.advice is report.effort is report.gain is report.stability is report.alpha is None
    assert [entry.answers for entry in report.people] == [50, 50, 50]


def a_report(number: int = 5, *, audit: int = 60, recall: float = 0.5, nothing: bool = False, **more: Any) -> Report:
    wide = Interval(low=0.1, point=0.5, high=0.9)
    value = Estimate(
        precision=wide,
        recall=Interval(low=recall, point=min(recall + 0.05, 1.0), high=1.0),
        f1=Interval(low=0, point=0, high=0) if nothing else wide,
        audit_labels=audit,
        population=1_000,
    )
    fields: dict[str, Any] = {
        "project_id": "crew",
        "round": number,
        "close_reason": "complete",
        "made_at": "2026-03-02T09:00:00Z",
        "model_version": "crew:m5-1",
        "strategy": "entropy",
        "labels": 500,
        "positives": 50,
        "new_labels": 50,
        "new_positives": 5,
        "unanswered": 0,
        "threshold": 0.5,
        "estimate": value,
        "previous": None,
        "previous_threshold": None,
        "agreement": {"share": None, "items": 0},
        "curve": [{"round": number, "labels": 500, "estimate": value}],
        "pool_flagged": 10,
        "pool_size": 900,
        "next_round": None,
        "next_round_at": None,
    }
    return Report.model_validate(fields | more)


@pytest.mark.parametrize(
    ("report", "search", "rule", "says"),
    [
        ({"stability": 0.93}, NO_SEARCH, "go-on", "agree by 0.93 of 1"),
        ({"stability": 0.995}, NO_SEARCH, "stable", "settled"),
        ({"stability": 0.995, "recall": 0.9}, NO_SEARCH, "recall", "at least 80% of all bad items"),
        ({"stability": 0.5, "recall": 0.9}, NO_SEARCH, "recall", "still move"),
        ({"stability": 0.5, "recall": 0.9, "audit": 40}, NO_SEARCH, "go-on", "0.50"),
        (
            {"stability": 0.9, "gain": Interval(low=-0.004, point=0.001, high=0.006)},
            NO_SEARCH,
            "gain",
            "by -0.4 to +0.6 points",
        ),
        (
            {"stability": 0.995, "nothing": True, "gain": Interval(low=0, point=0, high=0)},
            NO_SEARCH,
            "none-flagged",
            "does not find bad yet",
        ),
        ({"stability": 0.9}, Search(200, 700, 0, 800, 0.8), "found", "at least 95% of all bad items"),
    ],
    ids=["go on", "stable", "recall", "recall, moving", "too few to look", "gain", "nothing found", "found"],
)
def test_advice_names_the_rule_that_fired(
    store: Store, clock: ManualClock, report: dict[str, Any], search: Search, rule: str, says: str
) -> None:
    project = Crew(store, clock).project
    earlier = [a_report(n, stability=report["stability"]) for n in (3, 4)]
    made = a_report(**report)
    advice = advise(made, earlier, project, search)
    assert advice is not None
    assert advice.rule == rule
    said = sentence(project, made.model_copy(update={"advice": advice}))
    assert says in said
    assert said.count(". ") == 0 and said.endswith(".")  # one sentence


def test_the_projects_own_recall_target_counts(store: Store, clock: ManualClock) -> None:
    project = Crew(store, clock).project.model_copy(update={"target": "recall>=0.95"})
    advice = advise(a_report(stability=0.9, recall=0.9), [], project, NO_SEARCH)
    assert advice is not None and advice.rule == "go-on"
    assert advising.RECALL_TARGET == 0.8
    assert advise(a_report(), [], project, NO_SEARCH) is None
