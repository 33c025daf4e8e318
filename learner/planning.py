"""The next batch: what the strategy wants, the audit's draws, shuffled so that nobody can tell them apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from learner.strategies import registry
from learner.strategies.base import PoolView, QueryStrategy, Ranking, TrainingSet
from learner.training import TrainedModel
from learner.types import Matrix, Rows

NOBODY: Rows = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class PlannedQuery:
    """One item to ask about. `index` is its row; `score` and `rank` (from 1) are the strategy's, None for the audit's draws."""

    index: int
    strategy: str
    score: float | None
    rank: int | None
    audit: bool
    inclusion_probability: float | None
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """What to ask next, in the order to ask it, and which audit items retire into training with the label they have."""

    queries: list[PlannedQuery]
    retired: list[int]


def plan_batch(
    X: Matrix,
    model: TrainedModel | None,
    *,
    unlabelled: Rows,
    audit_draw: Rows = NOBODY,
    audited: Rows = NOBODY,
    batch_size: int,
    strategy: str,
    rng: np.random.Generator,
    training: TrainingSet | None = None,
) -> Plan:
    """Plans `batch_size` queries in all (fewer if the pool has no more), the audit's draws among them.

    unlabelled: rows that nobody labelled for training and that have no audit label. audit_draw: those of them that the audit design draws
    this round. audited: rows that serve in the audit and have their label; the strategy may want one, then it retires. training: for
    strategies that train models of their own.
    The strategy ranks all of these together, blind to the audit (why: see learner.audit). An item of `audit_draw` that it wants is asked
    for training instead, so a batch may carry a few audit items less than were drawn.
    Raises UnknownStrategyError.
    """
    chosen, note = _usable(strategy, model)
    draw = audit_draw[: max(batch_size, 0)]
    candidates = np.unique(np.concatenate([unlabelled, draw, audited]).astype(np.int64))
    proba = None if model is None or not chosen.needs_model else model.predict_proba(X[candidates])
    view = PoolView(X, candidates, model, proba, training)
    wanted = min(len(candidates), max(batch_size - len(draw), 0) + len(draw) + len(audited))
    ranking = chosen.rank(view, wanted, rng) if batch_size > len(draw) else Ranking(NOBODY, np.empty(0))
    picks, retired = _walk(ranking, candidates, draw, audited, batch_size)
    note = "; ".join(part for part in (note, ranking.note) if part)
    at = {int(row): i for i, row in enumerate(candidates)}
    share = 1.0 / len(candidates) if len(candidates) else None
    queries = []
    place = {int(p): i for i, p in enumerate(ranking.order)}
    for row in picks:
        i = place[at[row]]
        random_share = None if chosen.needs_model or share is None else min(1.0, len(picks) * share)
        queries.append(PlannedQuery(row, chosen.name, float(ranking.scores[i]), i + 1, False, random_share, note))
    taken = set(picks)
    population = len(candidates) - len(taken) - len(retired)
    serving = [int(row) for row in draw if int(row) not in taken]
    size = len(serving) + len(audited) - len(retired)
    queries += [PlannedQuery(row, "audit", None, None, True, size / population) for row in serving]
    return Plan([queries[i] for i in rng.permutation(len(queries))], retired)


def _usable(strategy: str, model: TrainedModel | None) -> tuple[QueryStrategy, str]:
    """The strategy, or random at a cold start, and the note that says so."""
    chosen = registry.get(strategy)
    if model is None and chosen.needs_model:
        return registry.get("random"), f"no model yet: random instead of {strategy}"
    return chosen, ""


def _walk(
    ranking: Ranking, candidates: Rows, draw: Rows, audited: Rows, batch_size: int
) -> tuple[list[int], list[int]]:
    """Down the ranking until the batch is full: rows to ask for training, and audit rows that retire.

    Where it stops depends on the items walked past alone, which the exactness of the audit rests on.
    """
    drawn, serving = {int(row) for row in draw}, {int(row) for row in audited}
    picks: list[int] = []
    retired: list[int] = []
    total = len(drawn)
    for position in ranking.order:
        if total >= batch_size:
            break
        row = int(candidates[position])
        if row in serving:
            retired.append(row)
            continue
        picks.append(row)
        total += row not in drawn
    return picks, retired
