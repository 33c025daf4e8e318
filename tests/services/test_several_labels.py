"""A project whose items carry several labels, from seeds through two rounds: learned, measured, reported and rebuilt."""

from __future__ import annotations

import numpy as np
import pytest

from bot.domain import Again, Item, TargetNote, Via, VoteKind, labelsets
from bot.services import changing, projects, voting
from bot.services.clock import ManualClock
from bot.services.ports import NewItem, Store
from bot.services.project_rules import ProjectError
from bot.services.rounds import RoundKeeper
from bot.services.rows import text_hash

LABELS = ("spam", "abuse", "praise")
WORDS = {"spam": "buy cheap offer pills", "abuse": "idiot stupid liar fool", "praise": "thanks lovely great kind"}
SHARES = {"spam": 0.25, "abuse": 0.2, "praise": 0.4}
PLAIN = "order number box tuesday delivery street phone letter"


class Several:
    """Such a project with a known truth, and people who answer."""

    def __init__(self, store: Store, clock: ManualClock, *, overlap: int = 1, seeds: int = 60) -> None:
        self.store, self.clock = store, clock
        self.project = projects.create(
            store, clock, name="Post", channel_id="C1", channel_name="post", labels=LABELS, multi_label=True,
            batch_size=14, audit_per_round=6, overlap=overlap, random_state=5,
        )  # fmt: skip
        rng = np.random.default_rng(7)
        self.truth: dict[str, str] = {}
        new = []
        for number in range(220):
            carried = [label for label in LABELS if rng.random() < SHARES[label]]
            words = [
                *rng.choice(PLAIN.split(), 4),
                *(word for label in carried for word in rng.choice(WORDS[label].split(), 2)),
            ]
            self.truth[f"i{number}"] = labelsets.encode(carried, LABELS)
            text = " ".join([*rng.permutation(words), str(number)])
            item = Item(id=f"i{number}", text=text, text_hash=text_hash(text))
            new.append(NewItem(item, self.truth[f"i{number}"] if number < seeds else None, number))
        store.items.add_many(self.project.id, new, clock.now())
        self.keeper = RoundKeeper(store, clock, "one")
        self.keeper.advance_all()

    def answer(self, number: int, user: str = "U1", *, careless: bool = False) -> None:
        for query in self.store.rounds.queries(self.project.id, number):
            value = self.truth[query.item_id]
            if careless and query.position % 4 == 0:
                value = labelsets.NONE
            voting.cast_vote(
                self.store, self.clock, query_id=query.id, user_id=user, label=value, kind=VoteKind.VOTE, via=Via.BUTTON,
                action_id=f"{query.id}/{user}", message_ts=None,
            )  # fmt: skip

    def positives(self) -> int:
        return sum("spam" in labelsets.decode(self.truth[item]) for item in self.store.votes.labels(self.project.id))


def test_two_rounds(store: Store, clock: ManualClock) -> None:
    game = Several(store, clock)
    name = game.project.id
    game.answer(1)
    game.keeper.advance_all()
    game.answer(2)
    game.keeper.advance_all()
    report = projects.report(store, name)
    assert (report.round, report.labels, report.new_labels) == (2, 88, 14)
    assert report.positives == game.positives()
    version = store.models.current(name)
    assert version is not None and version.id == report.model_version
    assert list(version.thresholds) == list(LABELS) and len(set(version.thresholds.values())) == 3
    assert version.threshold == version.thresholds["spam"] == report.threshold
    figures = {each.label: each for each in report.estimate.classes}
    assert {label: each.threshold for label, each in figures.items()} == version.thresholds
    assert (figures["spam"].precision, figures["spam"].f1) == (report.estimate.precision, report.estimate.f1)
    assert report.estimate.macro is not None and report.estimate.macro.f1.point == pytest.approx(
        np.mean([each.f1.point for each in figures.values() if each.f1.point is not None])
    )
    drawn = [query for number in (1, 2) for query in store.rounds.queries(name, number) if query.audit]
    assert drawn and all(query.inclusion_probability for query in drawn)
    suggested = [query.suggestion for query in store.rounds.queries(name, 2)]
    assert all(value is not None and game.project.takes(value) for value in suggested)
    status = projects.status(store, clock, name)
    assert (status.labels, status.positives, status.pool_size) == (88, report.positives, 132)
    assert status.by_label["spam"] == status.positives
    assert store.rebuild(name, write=False) == []


def test_people_are_compared_by_whole_answers(store: Store, clock: ManualClock) -> None:
    game = Several(store, clock, overlap=2)
    for user, careless in (("U1", False), ("U2", True), ("U3", False)):
        game.answer(1, user, careless=careless)
    game.keeper.advance_all()
    report = projects.report(store, game.project.id)
    votes = [ballot for ballot in store.votes.votes_on(game.project.id).values() if "U1" in ballot]
    same = sum(ballot["U1"] == ballot["U2"] for ballot in votes)
    assert 0 < same < 14
    # Of three pairs of people on an item one always agrees; where the careless one is right, all three do.
    thirds = [len([user for user in ("U2", "U3") if user in ballot]) for ballot in votes]
    assert set(thirds) <= {1, 2}
    pairs = sum(3 if n == 2 else 1 for n in thirds)
    agreeing = sum(
        (3 if ballot["U1"] == ballot["U2"] else 1) if n == 2 else 1 for n, ballot in zip(thirds, votes, strict=True)
    )
    assert report.agreement.share == pytest.approx(agreeing / pairs)
    assert report.alpha is not None and report.alpha.point is not None and report.alpha.point < 1
    assert {person.user_id for person in report.people} == {"U1", "U2", "U3"}
    assert store.rebuild(game.project.id, write=False) == []


def test_what_is_no_answer_is_refused(store: Store, clock: ManualClock) -> None:
    game = Several(store, clock)
    query = store.rounds.queries(game.project.id, 1)[0]
    for value in ("spam", '["abuse","spam"]', '["rude"]'):
        with pytest.raises(voting.UnknownLabelError):
            voting.cast_vote(
                store, clock, query_id=query.id, user_id="U1", label=value, kind=VoteKind.VOTE, via=Via.BUTTON,
                action_id="a", message_ts=None,
            )  # fmt: skip


def test_strategies_for_one_question_are_refused_when_the_project_is_made(store: Store, clock: ManualClock) -> None:
    with pytest.raises(ProjectError, match="weighs the answers to one question only") as refusal:
        projects.create(
            store, clock, name="Post", channel_id="C1", channel_name="post", labels=LABELS, multi_label=True,
            strategy="error_reduction",
        )  # fmt: skip
    assert refusal.value.field == "strategy"


def test_known_sets_of_labels_measure_people(store: Store, clock: ManualClock) -> None:
    several = Several(store, clock)
    several.answer(1)
    store.projects.update("post", {"gold_per_round": 4})
    several.keeper.advance_all()
    mixed = [query for query in store.rounds.queries("post", 2) if query.again is Again.GOLD]
    assert len({several.truth[query.item_id] for query in mixed}) == 4, "sets in turn"
    right = several.truth[mixed[0].item_id]
    several.truth[mixed[0].item_id] = labelsets.encode(LABELS, LABELS)  # the person errs on one of them
    several.answer(2)
    several.keeper.advance_all()
    (figures,) = projects.report(store, "post").people
    assert (figures.gold_answers, figures.gold and figures.gold.point) == (4, 0.75)
    assert store.votes.labels("post")[mixed[0].item_id].value == right
    assert store.rebuild("post", write=False) == []


def test_a_known_set_that_people_contradict_is_told_in_words(store: Store, clock: ManualClock) -> None:
    several = Several(store, clock)
    several.answer(1)
    store.projects.update("post", {"gold_per_round": 1})
    several.keeper.advance_all()
    (mixed,) = (query for query in store.rounds.queries("post", 2) if query.again is Again.GOLD)
    right = several.truth[mixed.item_id]
    several.truth[mixed.item_id] = labelsets.encode(LABELS, LABELS)
    for user in ("U1", "U2"):
        several.answer(2, user)
    several.keeper.advance_all()
    (doubted,) = projects.report(store, "post").contested
    assert (doubted.votes, doubted.label) == ({", ".join(LABELS): 2}, labelsets.said(right))


def test_a_label_that_is_added_between_two_rounds(store: Store, clock: ManualClock) -> None:
    game = Several(store, clock)
    name = game.project.id
    projects.pause(store, clock, name, "U1")
    game.answer(1)
    game.keeper.advance_all()
    seen = changing.fingerprint(store.projects.get(name))
    changing.change(store, clock, name, {"labels": ("legal", "abuse", "spam", "praise")}, seen, "U1")
    projects.resume(store, clock, name, "U1")
    game.keeper.advance_all()
    version = store.models.current(name)
    assert version is not None and list(version.thresholds) == [*LABELS, "legal"]  # those there were keep their order
    queries = store.rounds.queries(name, 2)
    assert len(queries) == 14 and all(query.model_version == version.id for query in queries)
    game.answer(2)
    game.keeper.advance_all()
    report = projects.report(store, name, 2)
    assert TargetNote(why="in-none", label="legal") in report.target_notes
    assert report.estimate.classes[3].recall.point is None
    assert store.rebuild(name, write=False) == []
