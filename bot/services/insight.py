"""What a report says beyond its figures: about the people, about whether to go on, about the effort saved.

Computed when a round has closed and before the next one opens, so all of it together must stay within a second at 10,000 items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain import Again, Disputed, Effort, Interval, ModelVersion, NotFoundError, Project, Report
from bot.services import advising, again, coding, gold, measuring, people
from bot.services.findings import Findings
from bot.services.ports import Store
from bot.services.standing import Standing
from bot.services.training import fit_of
from learner import effort, persist, stopping
from learner.errors import CorruptModelError
from learner.multilabel import Model
from learner.types import Floats, Mask, Rows

GAIN_OVER = 3  # rounds
MOST_DISPUTED = 5  # shown in a report
MOST_TRAINED = 4_000  # labels up to which six more fits are done in time


@dataclass(frozen=True, eq=False)
class Audited:
    """The audit sample as arrays: rows (a,), which are positive (a,), 1 / inclusion probability (a,); domain (n,): what it speaks of."""

    rows: Rows
    truth: Mask
    weight: Floats
    domain: Mask

    @classmethod
    def of(cls, findings: Findings) -> Audited:
        """From where things stand."""
        standing, pool = findings.standing, findings.pool
        rows = pool.rows(sorted(standing.serving))
        labels = [standing.labels[pool.ids[row]].value for row in rows.tolist()]
        truth = coding.headline(findings.project, labels) == coding.place(findings.project)
        return cls(rows, truth, _weight(findings, rows), ~pool.mask(set(standing.training())))


def _weight(findings: Findings, rows: Rows) -> Floats:
    rates = findings.rates.for_items(findings.pool.ids)[rows]
    return np.asarray(1.0 / np.where(rates > 0, rates, 1.0))


def added(report: Report, store: Store, findings: Findings, earlier: Sequence[Report]) -> Report:
    """The report with its insights. Reads only; the same findings give the same digits."""
    project, standing = findings.project, findings.standing
    rng = np.random.default_rng([project.random_state, findings.round.number, 4])
    model = people.fitted(project, standing)
    unprompted, known = standing.unprompted(), gold.asked(standing)
    doubted = list(people.to_ask_again(model, standing, project, findings.pool, findings.model))
    report = report.model_copy(
        update={
            "alpha": people.alpha(coding.whole(project, unprompted), rng),
            "noise": people.noise(project, unprompted),
            "people": people.figures(model, standing, gold.measured(project, standing, known), rng),
            "ask_again": tuple(doubted[: people.ASK_AGAIN]),
            "contested": tuple(_contested(project, standing, known)),
            "scores": measuring.scores(findings),
        }
    )
    report = report.model_copy(
        update={
            "disputed": disputed(_public(report, store, findings, doubted), standing, project),
            "people": people.with_declined(report.people, store.votes.skips(project.id), standing.unsure),
        }
    )
    if findings.model is None:
        return report
    flags = findings.model.flags(findings.pool.X)
    audited = Audited.of(findings)
    report = report.model_copy(
        update={
            "stability": _stability(store, findings, flags),
            "gain": _gain(store, findings, earlier, report, flags, audited, rng),
            "effort": _effort(findings, flags, audited, rng),
        }
    )
    return report.model_copy(update={"advice": advising.advise(report, earlier, project, _search(findings, audited))})


def _public(report: Report, store: Store, findings: Findings, doubted: Sequence[str]) -> list[str]:
    """What may be talked about by all: not what the next round asks somebody who should know nothing of it (docs/adr/0017)."""
    if report.next_round is None:
        return list(doubted[: people.ASK_AGAIN])
    asked = again.soon(store, findings.project, report.next_round, findings.standing, findings.pool, doubted)
    return [item for item in doubted if item not in asked][: people.ASK_AGAIN]


def disputed(candidates: Sequence[str], standing: Standing, project: Project) -> tuple[Disputed, ...]:
    """Those of the candidates, in their order, on which people differ, answers in words; with the newest query for each."""
    asked = {query.item_id: query.id for number in sorted(standing.queries) for query in standing.queries[number]}
    found = []
    for item in candidates:
        votes = Counter(standing.votes.get(item, {}).values())
        if len(votes) > 1 and item in asked:
            label = standing.labels.get(item)
            found.append(
                Disputed(
                    item_id=item,
                    query_id=asked[item],
                    votes={project.said(value): count for value, count in votes.items()},
                    label=project.said(label.value) if label else None,
                )
            )
    return tuple(found[:MOST_DISPUTED])


def _contested(project: Project, standing: Standing, known: Mapping[str, gold.Asked]) -> Iterator[Disputed]:
    """Known answers that may be wrong, in words, with what people said when they were mixed in."""
    asked = {query.item_id: query.id for query in standing.asked_again(Again.GOLD)}
    for item in gold.contested(standing, known)[:MOST_DISPUTED]:
        votes = Counter(map(project.said, known[item].votes.values()))
        label = project.said(standing.known[item])
        yield Disputed(item_id=item, query_id=asked[item], votes=dict(votes), label=label)


def _search(findings: Findings, audited: Audited) -> advising.Search:
    project = findings.project
    rates = findings.rates.for_items(findings.pool.ids)[audited.domain]
    return advising.Search(
        found=sum(map(project.is_positive, findings.standing.training().values())),
        looked=len(audited.rows),
        hits=int(audited.truth.sum()),
        remaining=int(audited.domain.sum()),
        least_rate=float(rates.min()) if len(rates) else 1.0,
    )


def _stability(store: Store, findings: Findings, flags: Mask) -> float | None:
    """How far this and the last round's model agree on the stop set; None where there is no model to compare with."""
    before = _model_before(store, findings, findings.round.number - 1)
    if before is None:
        return None
    rows = stopping.stop_set(findings.pool.priorities)
    return stopping.kappa(before.flags(findings.pool.X[rows]), flags[rows])


def _gain(
    store: Store,
    findings: Findings,
    earlier: Sequence[Report],
    report: Report,
    flags: Mask,
    audited: Audited,
    rng: np.random.Generator,
) -> Interval | None:
    """Change of F1 by 100 labels over the last rounds; None while there are none to look back on."""
    since = findings.round.number - GAIN_OVER
    then = next((past for past in earlier if past.round == since), None)
    before = _model_before(store, findings, since)
    if then is None or before is None or report.labels <= then.labels:
        return None
    change = stopping.gain(
        before.flags(findings.pool.X),
        flags,
        domain=audited.domain,
        rows=audited.rows,
        truth=audited.truth,
        weight=audited.weight,
        rng=rng,
    )
    if change.point is None:
        return None
    each = 100.0 / (report.labels - then.labels)
    return Interval(low=change.low * each, point=change.point * each, high=change.high * each)


def _model_before(store: Store, findings: Findings, number: int) -> Model | None:
    """The model that was learned from the labels of that round; None if it is gone, or knows other features."""
    same: list[ModelVersion] = [
        version
        for version in store.models.versions(findings.project.id)
        if version.round == number and fit_of(version) == findings.pool.rows_of.fit
    ]
    if not same:
        return None
    try:
        model = persist.load(store.models.blob(same[-1].id))
    except (NotFoundError, CorruptModelError):
        return None
    comparable = model.classifier.n_features == findings.pool.X.shape[1] and model.positive == findings.project.positive
    return model if comparable else None


def _effort(findings: Findings, flags: Mask, audited: Audited, rng: np.random.Generator) -> Effort:
    """Labels saved against random ones, as far as the audit tells."""
    project, standing, pool = findings.project, findings.standing, findings.pool
    training = standing.training()
    asked = standing.chosen()
    seeds = [item for item in training if item not in asked]
    drawn = [item for item in training if item in standing.retired]
    chosen = len(training) - len(seeds)
    if len(training) + len(audited.rows) > MOST_TRAINED:
        return Effort(times=None, chosen_labels=chosen, why="too-many")
    codes = np.full(len(pool.ids), -1, dtype=np.int64)
    codes[pool.rows(list(standing.labels))] = coding.headline(
        project, [label.value for label in standing.labels.values()]
    )
    rows = pool.rows(drawn)
    found = effort.effort(
        pool.X,
        codes,
        n_classes=len(coding.classes(project)),
        place=coding.place(project),
        seeds=pool.rows(seeds),
        drawn=rows,
        drawn_weight=_weight(findings, rows),
        serving=audited.rows,
        weight=audited.weight,
        chosen_labels=chosen,
        flags=flags,
        domain=audited.domain,
        rng=rng,
    )
    if not found.told:
        why = found.why or "alike"  # the models differ on too few of the audit's answers
        needed = {"few-positives": effort.FEWEST_POSITIVES, "few-chosen": effort.FEWEST_CHOSEN}.get(why, 0)
        return Effort(times=None, chosen_labels=chosen, why=why, needed=needed, there=found.there)
    return Effort(times=people.interval(found.times), chosen_labels=chosen)
