"""Items that are asked although they have a label: asked again because they are in doubt, or known answers mixed in."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from store_world import T0, World, an_item

from bot.domain import VoteKind, VoteStatus
from bot.services.ports import Store

PROJECTS = itertools.count()


def progress(world: World, number: int) -> tuple[int, int]:
    round_ = world.store.rounds.get(world.project, number)
    return round_.answered, round_.total


def label_of(world: World, item: str) -> tuple[str, str] | None:
    label = world.store.votes.labels(world.project).get(item)
    return None if label is None else (label.value, label.decided_by)


def say(world: World, number: int, position: int, item: str, label: str | None, user: str) -> VoteStatus:
    kind = VoteKind.UNDO if label is None else VoteKind.VOTE
    return world.answer(f"{world.project}:{number}:{position}", label, user, kind=kind, item=item).status


def no_difference(world: World) -> bool:
    return world.store.rebuild(world.project, write=False) == []


@pytest.fixture
def doubtful(store: Store) -> World:
    """i0 has its label by Ana's answer alone, and is asked again together with i1, which has none."""
    world = World(store).create(items=3)
    world.open(["i0"])
    world.answer("brand:1:0", "negative", "UA")
    world.close()
    world.open(["i0", "i1"], 2, again={"i0": ("reask", ["UA"])})
    return world


def test_a_label_is_not_an_answer_to_a_query_that_asks_again(doubtful: World) -> None:
    assert progress(doubtful, 2) == (0, 2)
    assert say(doubtful, 2, 0, "i0", None, "UA") is VoteStatus.NOTHING, "on screen there is nothing to take back"
    skip = doubtful.answer("brand:2:0", None, "UA", kind=VoteKind.SKIP)
    assert skip.status is VoteStatus.UNCHANGED, "nor to be given up"
    assert label_of(doubtful, "i0") == ("negative", "majority")
    assert say(doubtful, 2, 0, "i0", "negative", "UA") is VoteStatus.CHANGED, "the same person, in a new round"
    assert progress(doubtful, 2) == (0, 2), "somebody new is wanted"
    assert say(doubtful, 2, 0, "i0", "negative", "UB") is VoteStatus.RECORDED
    assert progress(doubtful, 2) == (1, 2)
    assert label_of(doubtful, "i0") == ("negative", "majority")
    assert no_difference(doubtful)


def test_one_answer_against_another_takes_the_label_away_and_undo_brings_it_back(doubtful: World) -> None:
    before = doubtful.store.votes.label_revision("brand")
    say(doubtful, 2, 0, "i0", "other", "UB")
    assert label_of(doubtful, "i0") is None
    assert progress(doubtful, 2) == (1, 2), "it was answered, and is disputed now"
    assert doubtful.store.votes.label_revision("brand") == before + 1
    say(doubtful, 2, 0, "i0", "other", "UC")
    assert label_of(doubtful, "i0") == ("other", "majority")
    assert no_difference(doubtful)
    for user in ("UC", "UB"):
        say(doubtful, 2, 0, "i0", None, user)
    assert label_of(doubtful, "i0") == ("negative", "majority")
    assert progress(doubtful, 2) == (0, 2)
    assert doubtful.store.votes.label_counts("brand") == {"negative": 1}
    assert no_difference(doubtful)


def test_the_answer_that_completes_the_round_wakes_the_worker(doubtful: World) -> None:
    doubtful.store.guard.wait(0.01)
    say(doubtful, 2, 1, "i1", "other", "UB")
    assert not doubtful.store.guard.wait(0.01)
    say(doubtful, 2, 0, "i0", "other", "UB")
    assert doubtful.store.guard.wait(0.01)


def test_on_screen_it_looks_as_if_nobody_had_answered(doubtful: World) -> None:
    def view() -> tuple[dict[str, str], str | None]:
        shown = doubtful.store.rounds.query_view("brand:2:0")
        return shown.votes, shown.label and shown.label.value

    assert view() == ({}, None)
    queued = doubtful.store.queue.lease_next("brand", "UB", T0).view
    assert queued is not None and (queued.query.id, queued.votes, queued.label) == ("brand:2:0", {}, None)
    say(doubtful, 2, 0, "i0", "other", "UB")
    assert view() == ({"UB": "other"}, "other")
    last = doubtful.store.queue.lease_next("brand", "UB", T0, last="brand:2:0").last_votes
    assert last == {"UB": "other"}, "nor in what the queue says of the last item"
    doubtful.close(2)
    assert view() == ({"UB": "other"}, None), "the record tells the label as it is: there is none"


def test_its_old_record_tells_nothing_of_what_is_said_now(doubtful: World) -> None:
    before = doubtful.store.rounds.query_view("brand:1:0")
    say(doubtful, 2, 0, "i0", "other", "UB")
    assert label_of(doubtful, "i0") is None, "it is disputed now"
    now = doubtful.store.rounds.query_view("brand:1:0")
    assert (now.votes, now.label) == (before.votes, before.label) == ({"UA": "negative"}, before.label)
    assert now.label is not None and now.label.value == "negative"
    doubtful.close(2)
    after = doubtful.store.rounds.query_view("brand:1:0")
    assert (after.votes, after.label) == ({"UA": "negative", "UB": "other"}, None), "everybody may know now"


def test_the_queue_hands_it_to_somebody_new_and_to_one_only(doubtful: World) -> None:
    def served(user: str) -> int | None:
        view = doubtful.store.queue.lease_next("brand", user, T0).view
        return None if view is None else view.query.position

    assert served("UA") == 1, "Ana had answered it"
    assert served("UB") == 0
    assert served("UC") is None, "one more answer is wanted, and Ben is at it"
    doubtful.answer("brand:2:0", None, "UB", kind=VoteKind.SKIP)
    assert served("UC") == 0, "a skip leaves it to others"
    say(doubtful, 2, 0, "i0", "other", "UC")
    doubtful.store.queue.release("brand", 2, "UA")
    assert served("UD") == 1, "two differ, but the next round is for that"


def test_a_known_answer_measures_and_stays(store: Store) -> None:
    world = World(store).create(items=2, labelled=1)
    world.open(["i0", "i1"], again={"i0": ("gold", [])})
    assert progress(world, 1) == (0, 2)
    for user in ("UA", "UB", "UC"):
        say(world, 1, 0, "i0", "negative", user)
        assert label_of(world, "i0") == ("other", "import")
    assert progress(world, 1) == (1, 2)
    assert store.votes.votes_on("brand")["i0"] == {
        "import": "other",
        "UA": "negative",
        "UB": "negative",
        "UC": "negative",
    }
    shown = store.rounds.query_view("brand:1:0")
    assert "import" not in shown.votes and shown.label is not None and shown.label.value == "negative"
    world.decide("i0", label="negative")
    assert label_of(world, "i0") == ("negative", "override"), "an adjudicator may say that the known answer was wrong"
    assert no_difference(world)


def test_an_answer_that_people_decide_is_not_known(store: Store) -> None:
    """Should it have been known when the round was planned, and no more when it opened."""
    world = World(store).create(items=1)
    world.open(["i0"])
    world.answer("brand:1:0", "negative", "UA")
    world.close()
    world.open(["i0"], 2, again={"i0": ("gold", ["UA"])})
    say(world, 2, 0, "i0", "other", "UB")
    assert label_of(world, "i0") is None
    assert no_difference(world)


def test_a_decision_is_not_an_answer_either(doubtful: World) -> None:
    doubtful.decide("i0", label="other")
    assert progress(doubtful, 2) == (0, 2)
    assert doubtful.store.queue.lease_next("brand", "UB", T0).view is not None
    say(doubtful, 2, 0, "i0", "negative", "UB")
    assert progress(doubtful, 2) == (1, 2)
    assert no_difference(doubtful)


USERS = st.sampled_from(["UA", "UB", "UC", "UD"])
LABELS = st.sampled_from(["negative", "other"])
ITEMS = 5  # i0 and i1 are imported with their labels
PLACES = st.integers(0, 3)


class Asking(RuleBasedStateMachine):
    """Rounds that ask new items, items in doubt and known ones; the model keeps who said what in which round."""

    store: ClassVar[Store]

    @initialize(overlap=st.integers(1, 2))
    def begin(self, overlap: int) -> None:
        self.world = World(self.store, project=f"again{next(PROJECTS)}", overlap=overlap).create(
            items=ITEMS, labelled=2
        )
        self.said: dict[str, dict[str, tuple[str | None, int]]] = {f"i{n}": {} for n in range(ITEMS)}
        self.overrides: dict[str, str] = {}
        self.gold: set[str] = set()
        self.number = 0
        self.next_round()

    def next_round(self) -> None:
        self.number += 1
        reasked = [item for item in ("i2", "i3") if self.number > 1 and any(v for v, _ in self.said[item].values())]
        known = [f"i{(self.number + 1) % 2}"]
        self.again = {
            item: (why, sorted(user for user, (label, _) in self.said[item].items() if label is not None))
            for items, why in ((reasked, "reask"), (known, "gold"))
            for item in items
        }
        self.gold |= set(known)
        self.asked = [*known, "i2", "i3", "i4"]
        self.world.open(self.asked, self.number, again=self.again)

    @rule(place=PLACES, user=USERS, label=LABELS)
    def vote(self, place: int, user: str, label: str) -> None:
        self._click(place, user, VoteKind.VOTE, label)
        self.said[self.asked[place]][user] = (label, self.number)

    @rule(place=PLACES, user=USERS)
    def skip(self, place: int, user: str) -> None:
        self._click(place, user, VoteKind.SKIP, None)
        item = self.asked[place]
        label, number = self.said[item].get(user, (None, 0))
        if item not in self.again or label is None or number == self.number:
            self.said[item][user] = (None, self.number)

    @rule(place=PLACES, user=USERS)
    def undo(self, place: int, user: str) -> None:
        self._click(place, user, VoteKind.UNDO, None)
        item = self.asked[place]
        if item not in self.again or self.said[item].get(user, (None, 0))[1] == self.number:
            self.said[item].pop(user, None)

    @rule(item=st.integers(0, ITEMS - 1), label=LABELS)
    def override(self, item: int, label: str) -> None:
        self.world.decide(f"i{item}", label=label)
        self.overrides[f"i{item}"] = label

    @rule()
    def import_a_label(self) -> None:
        self.store.items.add_many(self.world.project, [an_item(3, "other")], T0)
        if self._label("i3") is None and "import" not in self.said["i3"]:
            self.said["i3"]["import"] = ("other", 0)

    @rule()
    def go_on(self) -> None:
        self.world.close(self.number)
        self.next_round()

    @invariant()
    def labels_and_progress_are_right(self) -> None:
        labels = {item: label for item in self.said if (label := self._label(item)) is not None}
        stored = self.store.votes.labels(self.world.project)
        assert {item: label.value for item, label in stored.items()} == labels
        assert self.store.votes.label_counts(self.world.project) == Counter(labels.values())
        answered = sum(self._answered(item, labels) for item in self.asked)
        assert self.store.rounds.get(self.world.project, self.number).answered == answered

    @invariant()
    def the_log_says_the_same(self) -> None:
        assert self.store.rebuild(self.world.project, write=False) == []

    @invariant()
    def the_queue_gives_what_is_wanted(self) -> None:
        """To each person at least what is asked again and lacks its answer, if they are new to it; and never what they answered."""
        for user in ("UA", "UB"):
            left = self.store.queue.standing(self.world.project, user, T0).left
            wanted = sum(
                not self._answered(item, {}) and user not in [*earlier, *self._now(item)]
                for item, (_, earlier) in self.again.items()
            )
            free = sum(item not in self.again and user not in self._now(item) for item in self.asked)
            assert wanted <= left <= wanted + free

    def _label(self, item: str) -> str | None:
        if item in self.overrides:
            return self.overrides[item]
        votes = {user: label for user, (label, _) in self.said[item].items() if label is not None}
        imported = "other" if item in ("i0", "i1") else votes.pop("import", None)
        people = Counter(votes.values())
        winners = [label for label, n in people.items() if n == max(people.values())]
        decides = len(winners) == 1 and people.total() >= self.world.overlap
        if decides and not (imported and item in self.gold):
            return winners[0]
        return imported

    def _answered(self, item: str, labels: dict[str, str]) -> bool:
        if item not in self.again:
            return item in labels
        earlier = self.again[item][1]
        return any(
            label is not None and number == self.number and user not in earlier
            for user, (label, number) in self.said[item].items()
        )

    def _now(self, item: str) -> list[str]:
        """Who answered or skipped in this round, or has a vote from an earlier one."""
        return [user for user, (label, n) in self.said[item].items() if label is not None or n == self.number]

    def _click(self, place: int, user: str, kind: VoteKind, label: str | None) -> None:
        query = f"{self.world.project}:{self.number}:{place}"
        self.world.answer(query, label, user, kind=kind, item=self.asked[place])


def test_any_sequence_of_answers(session_store: Store) -> None:
    class OnThisStore(Asking):
        store = session_store

    run_state_machine_as_test(OnThisStore, settings=settings(max_examples=15, stateful_step_count=25, deadline=None))
