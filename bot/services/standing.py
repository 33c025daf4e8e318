"""Which items train and which ones measure, at one moment of a project."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import Label, Project, Query
from bot.services.ports import Store


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

    def training(self) -> dict[str, str]:
        """item id -> label, what a model may learn from; ordered by id, so that a seed reproduces a run."""
        return {item: self.labels[item].value for item in sorted(self.labels) if item not in self.serving}

    def without(self, retired: frozenset[str]) -> Standing:
        """The standing once `retired` items have left the audit."""
        return Standing(self.label_revision, self.labels, self.serving - retired, self.queries)


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
    return Standing(revision, labels, serving, {number: tuple(queries) for number, queries in by_round.items()})
