"""What a round asks on top of its batch: labels in doubt once more, and known answers to measure people by.

Both are shuffled into the batch and look like all other items. Neither is the strategy's nor the audit's: those have made their plan
before, as if there were nothing else, so inclusion probabilities stay what they are. An audit item that is asked again goes on serving.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from bot.domain import Again, Project
from bot.services import batching, gold, people
from bot.services.ports import Store
from bot.services.standing import Standing
from bot.services.training import Pool
from bot.words import figure, say
from learner.multilabel import Model
from learner.planning import PlannedQuery


@dataclass(frozen=True)
class Extra:
    """Why an item is asked that has its label, in words too, and who had answered it before."""

    why: Again | None
    note: str
    earlier: tuple[str, ...]


@dataclass(frozen=True)
class Mixed:
    """All that a round asks, in its order; `extras`: row -> why, of those that ask again."""

    queries: list[PlannedQuery]
    extras: dict[int, Extra]


@dataclass(frozen=True)
class _Round:
    """What is known when a round has been planned. `here`: who answered in the last one (empty: nobody, or there was none)."""

    project: Project
    number: int
    standing: Standing
    pool: Pool
    here: frozenset[str]

    def earlier(self, item: str) -> tuple[str, ...]:
        """Who has a vote on it."""
        return tuple(sorted(self.standing.votes.get(item, {})))

    def has_somebody_new(self, item: str) -> bool:
        """Whether one of those who answered lately has not seen this item: others would be waited for in vain."""
        seen = {*self.earlier(item), *self.standing.unsure.get(item, ())}
        return not seen or not self.here <= seen

    def reasked(self, doubted: Iterable[str], taken: Collection[str] = ()) -> list[str]:
        """Those of the doubted that are asked once more, without what the strategy has `taken`."""
        fit = (
            item
            for item in doubted
            if item in self.standing.votes and item not in taken and self.has_somebody_new(item)
        )
        return list(itertools.islice(fit, self.project.reask_per_round))

    def query(
        self, item: str, why: Again, strategy: str, note: str, score: float | None = None, rank: int | None = None
    ) -> tuple[PlannedQuery, Extra]:
        """As the round keeps it."""
        planned = PlannedQuery(self.pool.row[item], strategy, score, rank, False, None)
        return planned, Extra(why, note, self.earlier(item))


def mixed_in(
    store: Store,
    project: Project,
    number: int,
    standing: Standing,
    pool: Pool,
    model: Model | None,
    planned: list[PlannedQuery],
) -> Mixed:
    """The planned queries and, at random places between them, those that ask again. The same state gives the same round."""
    if not (project.reask_per_round or project.gold_per_round) or batching.audit_wanted(project, number):
        return Mixed(planned, {})
    here = frozenset(store.rounds.answers_by_person(project.id, number - 1)) if number > 1 else frozenset()
    this = _Round(project, number, standing, pool, here)
    rng = np.random.default_rng([project.random_state, number, 6])
    taken = {pool.ids[query.index] for query in planned}
    extras = [*_in_doubt(this, model, taken), *_known(this, taken, rng)]
    queries = list(planned)
    for query, _ in extras:
        queries.insert(int(rng.integers(len(queries) + 1)), query)
    return Mixed(queries, {query.index: extra for query, extra in extras})


def soon(
    store: Store, project: Project, number: int, standing: Standing, pool: Pool, doubted: Iterable[str]
) -> frozenset[str]:
    """Those of the doubted that round `number` would ask once more if it began now."""
    here = frozenset(store.rounds.answers_by_person(project.id, number - 1))
    return frozenset(_Round(project, number, standing, pool, here).reasked(doubted))


def _in_doubt(this: _Round, model: Model | None, taken: set[str]) -> Iterator[tuple[PlannedQuery, Extra]]:
    """Labels most in doubt, of items that somebody here has not answered."""
    project, standing = this.project, this.standing
    if not project.reask_per_round:
        return
    doubted = people.to_ask_again(people.fitted(project, standing), standing, project, this.pool, model)
    for rank, item in enumerate(this.reasked(doubted, taken), start=1):
        counts = Counter(standing.votes[item].values())
        votes = ", ".join(f"{count} {project.said(label)}" for label, count in sorted(counts.items()))
        differ = "yes" if len(counts) > 1 else "no"
        note = say("again-doubt", differ=differ, sure=figure(doubted[item], ".0%"), votes=votes)
        yield this.query(item, Again.REASK, Again.REASK.value, note, 1.0 - doubted[item], rank)


def _known(this: _Round, taken: set[str], rng: np.random.Generator) -> Iterator[tuple[PlannedQuery, Extra]]:
    """Known answers: second opinions where people said otherwise, every other one at most, then those that were mixed in least."""
    count = this.project.gold_per_round
    if not count:
        return
    found = gold.asked(this.standing)
    unsettled = gold.unsettled(this.standing, found)
    free = [item for item in _candidates(this, found) if item not in taken]
    opinions = [item for item in free if item in unsettled][: (count + this.number % 2) // 2]
    settled = [item for item in free if item not in unsettled]
    for item in opinions:
        yield this.query(item, Again.GOLD, gold.SECOND_OPINION, say("again-otherwise"))
    for item in _in_turn(this.standing, settled, found, count - len(opinions), rng):
        imported = this.standing.labels[item].decided_by == "import"
        note = say("again-known-import" if imported else "again-known-override")
        yield this.query(item, Again.GOLD, Again.GOLD.value, note)


def _candidates(this: _Round, found: dict[str, gold.Asked]) -> Iterator[str]:
    """Items with a known answer that is not in doubt, and which somebody here has not given yet; by id.

    An imported one that people voted on before it was ever mixed in is left out: their votes may decide it."""
    doubted = set(gold.contested(this.standing, found))
    for item, label in sorted(this.standing.labels.items()):
        known = label.decided_by == "override" or (
            label.decided_by == "import" and (item in found or item not in this.standing.votes)
        )
        if known and item not in doubted and item in this.pool.row and this.has_somebody_new(item):
            yield item


def _in_turn(
    standing: Standing, items: list[str], found: dict[str, gold.Asked], count: int, rng: np.random.Generator
) -> list[str]:
    """`count` of the items, the labels in turn: who always gives the common answer must not look right. Those first that were
    asked least, by chance among equals."""
    times = {item: found[item].times if item in found else 0 for item in items}
    waiting: dict[str, list[str]] = {}
    for i in rng.permutation(len(items)):
        waiting.setdefault(standing.labels[items[i]].value, []).append(items[i])
    for queue in waiting.values():
        queue.sort(key=lambda item: -times[item])  # taken from the end
    had = Counter({label: 0 for label in sorted(waiting)})
    for item, each in found.items():
        if item in standing.labels and standing.labels[item].value in had:
            had[standing.labels[item].value] += each.times
    chosen: list[str] = []
    while len(chosen) < count and any(waiting.values()):
        label = min((label for label in had if waiting[label]), key=lambda label: had[label])
        had[label] += 1
        chosen.append(waiting[label].pop())
    return chosen


def records_to_renew(standing: Standing, number: int) -> list[str]:
    """Keys of the messages of earlier rounds that show the label of an item that this one asked again: it may be another now."""
    items = {query.item_id for query in standing.asked_again(Again.REASK) if query.round == number}
    return [
        f"query:{query.id}"
        for before in range(1, number)
        for query in standing.queries.get(before, ())
        if query.item_id in items
    ]
