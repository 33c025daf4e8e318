"""The next batch: what the strategy wants, the audit's draws, shuffled so that nobody can tell them apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from learner.multilabel import Model, MultiLabelModel
from learner.remarks import Code, Remark
from learner.strategies import registry
from learner.strategies.base import PoolView, QueryStrategy, Ranking, TrainingSet
from learner.strategies.cold import Keywords, Representative
from learner.stratified import raise_rates
from learner.types import Floats, Mask, Matrix, Rows

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
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, eq=False)
class RoundPlan:
    """What to ask next, in the order to ask it; which audit items retire into training with the label they have; and the
    audit's rates (n,) as they are now: the next round and the estimate need them.
    """

    queries: list[PlannedQuery]
    retired: list[int]
    rates: Floats


def plan_round(
    X: Matrix,
    model: Model | None,
    *,
    pool: Rows,
    in_training: Mask,
    audited: Mask,
    priorities: Floats,
    rates: Floats,
    audit_count: float,
    batch_size: int,
    strategy: str,
    rng: np.random.Generator,
    training: TrainingSet | None = None,
    seeds: Mask | None = None,
) -> RoundPlan:
    """Plans `batch_size` queries in all (fewer if the pool has no more): the audit draws by rates raised for it, the strategy fills up.

    pool: rows that strategies may pick (those in training are left out here). in_training, audited (n,): which rows train, and which
    serve and have their label. priorities, rates (n,): permanent numbers, and the rates that the last round left (0 at the start).
    audit_count: how many new audit labels to expect; the number drawn varies about it. training: for strategies that train models of
    their own. seeds (n,): rows that match a lead's keywords, which come first while there is no model.
    The strategy ranks all rows of the pool, blind to the audit (why: see learner.audit). A drawn row that it wants is asked for training,
    a serving one that it wants retires. Raises UnknownStrategyError.
    """
    n = X.shape[0]
    there = np.zeros(n, dtype=np.bool_)  # each row once, in order, without sorting them
    there[pool] = True
    there &= ~in_training
    candidates = np.flatnonzero(there)
    here = audited & ~in_training
    most = min(
        int(np.ceil(audit_count + 3.0 * np.sqrt(audit_count))), batch_size
    )  # a Poisson number is hardly ever higher
    few = batch_size - most
    wanted = batch_size + int(np.count_nonzero(here & there)) if audit_count < batch_size else 0
    proba = model.predict_proba(X) if model is not None and audit_count > 0 else None  # else made when asked for
    known = proba if proba is None or len(candidates) == len(proba) else proba[candidates]
    ranked = _ranked(PoolView(X, candidates, model, known, training, batch_size), wanted, strategy, rng, seeds)
    raised, draw = rates, NOBODY
    if most > 0:
        leaving = in_training.copy()
        leaving[ranked.rows[:few]] = True  # however the draw turns out, the walk gets past these: they need no rate
        chances, flags = _present(n, model, proba)
        raised = raise_rates(rates, chances, flags, in_training=leaving, count=min(audit_count, batch_size))
        drawn = np.flatnonzero(~in_training & ~here & (priorities < raised))
        draw = drawn[np.argsort(priorities[drawn], kind="stable")][:most]
    picks, retired = _walk(ranked.rows, draw, np.flatnonzero(here), batch_size)
    taken = set(picks)
    serving = [int(row) for row in draw if int(row) not in taken]
    queries = ranked.queries(picks) + [
        PlannedQuery(row, "audit", None, None, True, float(raised[row])) for row in serving
    ]
    return RoundPlan([queries[i] for i in rng.permutation(len(queries))], retired, raised)


def _present(n: int, model: Model | None, proba: Floats | None) -> tuple[Floats, Mask]:
    """Calibrated chances and flags (n,) of all rows from their probabilities (n, k); no idea without these.

    (n, k) where items carry several labels: one sample serves all of them, so each label has a say in the audit's rates.
    """
    if model is None or proba is None:
        return np.full(n, 0.5), np.zeros(n, dtype=np.bool_)
    if isinstance(model, MultiLabelModel):
        return model.all_chances(proba), model.all_flags(proba)
    scores = proba[:, model.classes.index(model.positive)]
    return model.chances(scores), model.flags_of(scores)


@dataclass(frozen=True, eq=False)
class _Ranked:
    """What the strategy wants, as rows from the most wanted on."""

    rows: Rows
    scores: Floats
    strategy: str
    remarks: tuple[Remark, ...]
    chance: float | None  # of any candidate to be at a given place, where that is known

    def queries(self, picks: list[int]) -> list[PlannedQuery]:
        """Training queries for these rows."""
        place = {int(row): i for i, row in enumerate(self.rows)}
        chance = None if self.chance is None else min(1.0, len(picks) * self.chance)
        return [
            PlannedQuery(
                row, self.strategy, float(self.scores[place[row]]), place[row] + 1, False, chance, self.remarks
            )
            for row in picks
        ]


def _ranked(view: PoolView, wanted: int, strategy: str, rng: np.random.Generator, seeds: Mask | None) -> _Ranked:
    """The first `wanted` rows by the strategy, or by what there is for a cold start."""
    chosen, instead = _usable(strategy, view.model, seeds)
    candidates = view.candidates
    ranking = Ranking(NOBODY, np.empty(0))
    if wanted > 0 and len(candidates):
        ranking = chosen.rank(view, min(wanted, len(candidates)), rng)
    chance = 1.0 / len(candidates) if chosen.name == "random" and len(candidates) else None
    return _Ranked(candidates[ranking.order], ranking.scores, chosen.name, instead + ranking.remarks, chance)


def _usable(strategy: str, model: Model | None, seeds: Mask | None) -> tuple[QueryStrategy, tuple[Remark, ...]]:
    """The strategy, or what there is for a cold start, and the remark that says so."""
    chosen = registry.get(strategy)
    if model is not None or not chosen.needs_model:
        return chosen, ()
    if seeds is not None and seeds.any():
        return Keywords(seeds), (Remark(Code.NO_MODEL_KEYWORDS, {"strategy": strategy}),)
    return Representative(), (Remark(Code.NO_MODEL_TYPICAL, {"strategy": strategy}),)


def _walk(ranked: Rows, draw: Rows, audited: Rows, batch_size: int) -> tuple[list[int], list[int]]:
    """Down the ranking until the batch is full: rows to ask for training, and audit rows that retire.

    Where it stops depends on the items walked past, and on how many others serve, never on which: the exactness of the audit rests on
    it.
    """
    drawn, serving = {int(row) for row in draw}, {int(row) for row in audited}
    picks: list[int] = []
    retired: list[int] = []
    total = len(drawn)
    for row in ranked.tolist():
        if total >= batch_size:
            break
        if row in serving:
            retired.append(row)
            continue
        picks.append(row)
        total += row not in drawn
    return picks, retired
