"""Any sequence of answers, undone and repeated, against a model that only keeps a list."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from store_world import T0, World, an_item

from bot.domain import CloseReason, DecisionKind, VoteKind, VoteStatus
from bot.services.ports import Store

PROJECTS = itertools.count()
ITEMS = 3
USERS = st.sampled_from(["U1", "U2", "U3"])
LABELS = st.sampled_from(["negative", "other"])
POSITIONS = st.integers(0, ITEMS - 1)
Click = tuple[int, str, str, str | None]  # position, user, kind, label


class VoteModel:
    """What should be so, worked out from the history each time that it is asked."""

    def __init__(self, overlap: int) -> None:
        self.overlap = overlap
        self.history: list[Click] = []
        self.overrides: dict[int, str] = {}
        self.waiting: dict[int, set[tuple[str, str]]] = {}  # position -> (kind, user) of what no override has answered
        self.answered: dict[int, set[tuple[str, str]]] = {}  # and what one has

    def present(self, position: int) -> dict[str, tuple[str, str | None]]:
        """user -> (kind, label) of the last answer that was not undone."""
        last: dict[str, tuple[str, str | None]] = {}
        for at, user, kind, label in self.history:
            if at == position:
                last.pop(user, None)
                if kind != "undo":
                    last[user] = (kind, label)
        return last

    def votes(self, position: int) -> dict[str, str]:
        return {user: label for user, (_, label) in self.present(position).items() if label is not None}

    def label(self, position: int) -> str | None:
        if position in self.overrides:
            return self.overrides[position]
        votes = self.votes(position)
        people = Counter(label for user, label in votes.items() if user != "import")
        winners = [label for label, n in people.items() if n == max(people.values())]
        if people.total() >= self.overlap and len(winners) == 1:
            return winners[0]
        return votes.get("import")

    def why(self, position: int) -> str | None:
        kinds = {kind for kind, _ in self.waiting.get(position, ())}
        if kinds:
            return min(kinds, key=("flag", "correction").index)
        label = self.label(position)
        present = self.present(position)
        votes = [label for user, (_, label) in present.items() if user != "import" and label is not None]
        enough, differ = len(votes) >= self.overlap, len(set(votes)) > 1
        if label is not None:
            counts = Counter(votes).most_common(2)
            decided_by_votes = position not in self.overrides and enough and (not differ or counts[0][1] > counts[1][1])
            return "split" if decided_by_votes and differ else None
        if enough and differ:
            return "tie"
        unsure = [user for user, (kind, _) in present.items() if kind == "unsure"]
        return "unsure" if len(unsure) >= max(2, self.overlap) else None

    def expect(self, click: Click) -> VoteStatus:
        position, user, kind, label = click
        before = self.present(position).get(user)
        if kind == "undo":
            return VoteStatus.CHANGED if before else VoteStatus.NOTHING
        if before is None:
            return VoteStatus.RECORDED
        return VoteStatus.UNCHANGED if before == (kind, label) else VoteStatus.CHANGED


class Clicking(RuleBasedStateMachine):
    """Three people, three items, one round."""

    store: ClassVar[Store]

    @initialize(overlap=st.integers(1, 3))
    def begin(self, overlap: int) -> None:
        self.model = VoteModel(overlap)
        self.world = World(self.store, project=f"p{next(PROJECTS)}", overlap=overlap).create(items=ITEMS)
        self.queries = self.world.open([f"i{n}" for n in range(ITEMS)])
        self.delivered: list[tuple[Click, str]] = []
        self.closed = self.finished = self.late = False

    @rule(position=POSITIONS, user=USERS, label=LABELS)
    def vote(self, position: int, user: str, label: str) -> None:
        self._click((position, user, "vote", label))

    @rule(position=POSITIONS, user=USERS, kind=st.sampled_from(["undo", "skip", "unsure"]))
    def take_back(self, position: int, user: str, kind: str) -> None:
        self._click((position, user, kind, None))

    @rule(data=st.data())
    def deliver_again(self, data: st.DataObject) -> None:
        if self.delivered:
            click, action = data.draw(st.sampled_from(self.delivered))
            assert self._cast(click, action) is VoteStatus.DUPLICATE

    @rule(position=POSITIONS, label=LABELS)
    def import_label(self, position: int, label: str) -> None:
        has_none = self.model.label(position) is None and "import" not in self.model.votes(position)
        self.store.items.add_many(self.world.project, [an_item(position, label)], T0)
        if has_none:
            self.model.history.append((position, "import", "vote", label))

    @rule(position=POSITIONS, label=LABELS)
    def override(self, position: int, label: str) -> None:
        self.world.decide(f"i{position}", label=label)
        self.model.overrides[position] = label
        self.model.answered.setdefault(position, set()).update(self.model.waiting.pop(position, ()))

    @rule(position=POSITIONS)
    def withdraw(self, position: int) -> None:
        there = self.model.overrides.pop(position, None)
        status = self.world.decide(f"i{position}", DecisionKind.WITHDRAW)
        assert status is (VoteStatus.NOTHING if there is None else VoteStatus.CHANGED)
        if there is not None:
            self.model.waiting.setdefault(position, set()).update(self.model.answered.pop(position, ()))

    @rule(position=POSITIONS, user=USERS, kind=st.sampled_from(["flag", "unflag", "correction"]))
    def remark(self, position: int, user: str, kind: str) -> None:
        label = "other" if kind == "correction" else None
        waiting = self.model.waiting.setdefault(position, set())
        answered = self.model.answered.setdefault(position, set())
        said = ("flag" if kind == "unflag" else kind, user)
        status = self.world.decide(f"i{position}", DecisionKind(kind), label=label, user=user)
        if kind == "unflag":
            assert status is (VoteStatus.CHANGED if said in waiting | answered else VoteStatus.NOTHING)
            waiting.discard(said)
        else:
            assert (status is VoteStatus.UNCHANGED) is (said in waiting)
            waiting.add(said)
        answered.discard(said)

    @rule(position=POSITIONS)
    def settle(self, position: int) -> None:
        waiting = self.model.waiting.pop(position, set())
        status = self.world.decide(f"i{position}", DecisionKind.SETTLE)
        assert status is (VoteStatus.RECORDED if waiting else VoteStatus.NOTHING)
        self.model.answered.setdefault(position, set()).update(waiting)

    @rule(position=POSITIONS, user=USERS, label=LABELS)
    def change_late(self, position: int, user: str, label: str) -> None:
        status = self.world.late(self.queries[position], label, user).status
        if not self.finished:
            assert status is (VoteStatus.LEARNING if self.closed else VoteStatus.ASKED_AGAIN)
            return
        assert status is self.model.expect((position, user, "vote", label))
        if status is not VoteStatus.UNCHANGED:
            self.model.history.append((position, user, "vote", label))
            self.late = True

    @rule()
    def finish(self) -> None:
        if self.closed and not self.finished:
            self.world.close()
            self.finished = True

    @rule()
    def close(self) -> None:
        if len(self.model.history) > 8:
            self.store.rounds.begin_closing(self.world.project, 1, CloseReason.LEAD, T0, self.world.token())
            if not self.closed:
                self.answered_at_end = self.store.rounds.get(self.world.project, 1).answered
            self.closed = True

    @invariant()
    def labels_and_votes_are_right(self) -> None:
        project = self.world.project
        labels = {n: label for n in range(ITEMS) if (label := self.model.label(n)) is not None}
        assert {item: label.value for item, label in self.store.votes.labels(project).items()} == {
            f"i{n}": label for n, label in labels.items()
        }
        assert self.store.votes.label_counts(project) == Counter(labels.values())
        votes = {f"i{n}": present for n in range(ITEMS) if (present := self.model.votes(n))}
        assert self.store.votes.votes_on(project) == votes
        if not self.closed:
            assert self.store.rounds.get(project, 1).answered == len(labels)

    @invariant()
    def the_log_has_each_accepted_answer_once(self) -> None:
        logged = [
            (int(vote.item_id[1:]), vote.user_id, vote.kind.value, vote.label)
            for vote in self.store.votes.log(self.world.project)
        ]
        assert logged == self.model.history
        whys = {f"i{n}": why for n in range(ITEMS) if (why := self.model.why(n)) is not None}
        found = self.store.decisions.disputes(self.world.project)
        assert {dispute.item_id: dispute.why.value for dispute in found} == whys
        assert self.store.rebuild(self.world.project, write=False) == []

    @invariant()
    def views_show_what_people_chose(self) -> None:
        for n, query in enumerate(self.queries):
            view = self.store.rounds.query_view(query)
            skipped = tuple(sorted(user for user, (kind, _) in self.model.present(n).items() if kind == "skip"))
            assert (view.votes, view.skipped) == (self.model.votes(n), skipped)
            unsure = tuple(sorted(user for user, (kind, _) in self.model.present(n).items() if kind == "unsure"))
            flags = tuple(sorted(user for kind, user in self.model.waiting.get(n, ()) if kind == "flag"))
            assert (view.unsure, view.flags) == (unsure, flags)
        if self.late:  # a late change is of no round
            return
        people = Counter(user for n in range(ITEMS) for user in self.model.votes(n) if user != "import")
        assert self.store.rounds.answers_by_person(self.world.project, 1) == people

    def _click(self, click: Click) -> None:
        action = f"action {len(self.delivered)}"
        expected = VoteStatus.CLOSED if self.closed else self.model.expect(click)
        assert self._cast(click, action) is expected
        if not self.closed:
            self.delivered.append((click, action))
        if expected in (VoteStatus.RECORDED, VoteStatus.CHANGED):
            self.model.history.append(click)

    def _cast(self, click: Click, action: str) -> VoteStatus:
        position, user, kind, label = click
        return self.world.answer(self.queries[position], label, user, kind=VoteKind(kind), action=action).status


def test_any_sequence_of_answers(session_store: Store) -> None:
    class OnThisStore(Clicking):
        store = session_store

    run_state_machine_as_test(OnThisStore, settings=settings(max_examples=25, stateful_step_count=24, deadline=None))


@pytest.mark.parametrize("overlap", [1, 2, 3])
def test_the_model_itself(overlap: int) -> None:
    model = VoteModel(overlap)
    model.history = [(0, "U1", "vote", "other"), (0, "U2", "vote", "other"), (0, "U1", "undo", None)]
    assert model.votes(0) == {"U2": "other"}
    assert model.label(0) == ("other" if overlap == 1 else None)
