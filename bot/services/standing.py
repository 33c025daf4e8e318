"""Which items train and which ones measure, at one moment of a project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.domain import Again, Label, Project, Query
from bot.services.ports import Store

IMPORTER = "import"  # the user id of imported labels, which are nobody's vote


@dataclass(frozen=True)
class Standing:
    """The labels of a project and the part that each plays.

    `serving` are the labelled items of the audit sample: they measure, and training never sees them. All other labels
    train. An item that the query strategy itself would have asked for retires from the audit (see learner.audit); the
    round that was being planned then keeps its id.
    """

    label_revision: int
    labels: dict[str, Label]
    serving: frozenset[str]
    queries: dict[int, tuple[Query, ...]]  # by round
    # People's present votes only, item id -> user id -> label; items that once served; and what is known for sure, see _answers.
    votes: dict[str, dict[str, str]] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    known: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, tuple[str, ...]] = field(default_factory=dict)  # item id -> people who could not say

    def training(self) -> dict[str, str]:
        """item id -> label, what a model may learn from; ordered by id, so that a seed reproduces a run."""
        return {item: self.labels[item].value for item in sorted(self.labels) if item not in self.serving}

    def chosen(self) -> set[str]:
        """Items that were asked to get their label, by the strategy or for the audit; known answers mixed in are not among them."""
        return {query.item_id for queries in self.queries.values() for query in queries if query.again is None}

    def unprompted(self) -> Standing:
        """The same without the votes of people who were asked because of what others had said, or of what is known: only these
        tell how far people agree on items in general."""
        first: dict[str, tuple[str, ...]] = {}
        for query in self.asked_again():
            first.setdefault(query.item_id, query.earlier)
        kept = {
            item: {user: label for user, label in ballot.items() if item not in first or user in first[item]}
            for item, ballot in self.votes.items()
        }
        return replace(self, votes={item: ballot for item, ballot in kept.items() if ballot})

    def asked_again(self, why: Again | None = None) -> Iterator[Query]:
        """Queries for items that had their label, by round; of one kind or of both."""
        for number in sorted(self.queries):
            for query in self.queries[number]:
                if query.again is not None and why in (None, query.again):
                    yield query

    def without(self, retired: frozenset[str]) -> Standing:
        """The standing once `retired` items have left the audit."""
        return replace(self, serving=self.serving - retired, retired=self.retired | retired)


def standing(store: Store, project: Project) -> Standing:
    """Reads it. The revision is read first, so that a vote in between makes the next comparison see a difference."""
    revision = store.votes.label_revision(project.id)
    labels = store.votes.labels(project.id)
    current = store.rounds.current(project.id)
    retired: set[str] = set()
    for number in range(1, (current.number if current else 0) + 1):
        retired.update(store.rounds.get(project.id, number).retired)
    by_round: dict[int, list[Query]] = {}
    for query in store.rounds.all_queries(project.id):
        by_round.setdefault(query.round, []).append(query)
    audited = {query.item_id for queries in by_round.values() for query in queries if query.audit}
    serving = frozenset(item for item in audited - retired if item in labels)
    votes, known = _answers(store, project, labels)
    queries = {number: tuple(asked) for number, asked in by_round.items()}
    unsure = store.votes.unsure_on(project.id)
    return Standing(revision, labels, serving, queries, votes, frozenset(retired), known, unsure)


def _answers(
    store: Store, project: Project, labels: dict[str, Label]
) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """People's votes by item; and what is known of items that people answered: an adjudicator's decision, or an imported label."""
    votes: dict[str, dict[str, str]] = {}
    known: dict[str, str] = {}
    for item, ballot in store.votes.votes_on(project.id).items():
        people = {user: label for user, label in ballot.items() if user != IMPORTER}
        if not people:
            continue
        votes[item] = people
        if item in labels and labels[item].decided_by == "override":
            known[item] = labels[item].value
        elif IMPORTER in ballot:
            known[item] = ballot[IMPORTER]
    return votes, known
