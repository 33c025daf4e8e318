"""The round report: what the model can do now, and how sure we are of it."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from bot.domain import (
    Agreement,
    CloseReason,
    CurvePoint,
    Estimate,
    Interval,
    NotFoundError,
    Project,
    ProjectState,
    Report,
    Round,
)
from bot.services import insight, schedule
from bot.services.findings import Findings
from bot.services.ports import Store
from bot.services.standing import Standing
from learner import stratified
from learner.aggregation import agreement


def latest(store: Store, project_id: str, number: int | None = None) -> Report:
    """The report of that round, or the newest one. Raises NotFoundError."""
    if number is not None:
        report = store.rounds.report(project_id, number)
        if report is None:
            raise NotFoundError(f"Round {number} has no report; `/roundtable status` shows where things stand.")
        return report
    reports = store.rounds.reports(project_id)
    if not reports:
        raise NotFoundError("There is no report yet; the first one comes when the first round closes.")
    return reports[-1]


def estimate(findings: Findings) -> tuple[Estimate, int, int]:
    """Precision, recall and F1 from the audit labels; how many unlabelled items are flagged; how many there are.

    The estimate speaks of all items that nobody labelled for training (see learner.stratified).
    """
    project, standing, pool = findings.project, findings.standing, findings.pool
    outside = ~pool.mask(set(standing.training()))
    unlabelled = ~pool.mask(set(standing.labels))
    if findings.model is None:
        return _unknown(len(standing.serving), int(outside.sum())), 0, int(unlabelled.sum())
    scores = findings.model.positive_scores(pool.X)
    flags = findings.model.flags_of(scores)
    rates = findings.rates.for_items(pool.ids)
    serving = pool.rows(sorted(standing.serving))
    # An item whose rate is not known (a restored backup, say) can't be weighted: it measures nothing.
    serving = serving[rates[serving] > 0]
    truth = np.array(
        [standing.labels[pool.ids[row]].value == project.positive for row in serving.tolist()], dtype=np.bool_
    )
    result = stratified.estimate(
        findings.model.chances(scores),
        flags,
        in_training=~outside,
        rows=serving,
        truth=truth,
        rates=rates,
        rng=np.random.default_rng([project.random_state, findings.round.number, 2]),
    )
    value = Estimate(
        precision=Interval(**result.precision._asdict()),
        recall=Interval(**result.recall._asdict()),
        f1=Interval(**result.f1._asdict()),
        audit_labels=result.audit_labels,
        population=result.population,
    )
    return value, int((flags & unlabelled).sum()), int(unlabelled.sum())


def _unknown(audit_labels: int, population: int) -> Estimate:
    nothing = Interval(low=0.0, point=None, high=1.0)
    return Estimate(precision=nothing, recall=nothing, f1=nothing, audit_labels=audit_labels, population=population)


def build(store: Store, findings: Findings, now: datetime) -> Report:
    """The report of a round that is closing. Reads only; the same findings give the same report."""
    project, round_ = findings.project, findings.round
    standing = findings.standing
    value, flagged, unlabelled = estimate(findings)
    earlier = [report for report in store.rounds.reports(project.id) if report.round < round_.number]
    previous = earlier[-1] if earlier else None
    asked = standing.queries.get(round_.number, ())
    answered = [query.item_id for query in asked if query.item_id in standing.labels]
    labels = len(standing.labels)
    next_round, due = following(project, round_.number, unlabelled, now)
    report = Report(
        project_id=project.id,
        round=round_.number,
        close_reason=_reason(round_),
        made_at=now,
        model_version=findings.version.id if findings.version else None,
        strategy=project.strategy,
        labels=labels,
        positives=_positives(standing, list(standing.labels), project),
        new_labels=len(answered),
        new_positives=_positives(standing, answered, project),
        unanswered=len(asked) - len(answered),
        threshold=findings.version.threshold if findings.version else None,
        target=project.target,
        target_note=findings.model.operating_point.note if findings.model else "",
        estimate=value,
        previous=previous.estimate if previous else None,
        previous_threshold=previous.threshold if previous else None,
        agreement=_agreement(standing),
        curve=(
            *(previous.curve if previous else ()),
            CurvePoint(round=round_.number, labels=labels, estimate=value),
        ),
        pool_flagged=flagged,
        pool_size=unlabelled,
        next_round=next_round,
        next_round_at=due,
        paused=project.state is ProjectState.PAUSED,
    )
    return insight.added(report, store, findings, earlier)


def following(project: Project, number: int, unlabelled: int, now: datetime) -> tuple[int | None, datetime | None]:
    """The next round's number and when it is due (None: at once); (None, None) if there is none."""
    if unlabelled == 0 or (project.max_rounds is not None and number >= project.max_rounds):
        return None, None
    due = schedule.next_time(project.schedule, project.timezone, now) if project.schedule else None
    return number + 1, due


def _reason(round_: Round) -> CloseReason:
    if round_.close_reason is None:
        raise ValueError(f"round {round_.number} of {round_.project_id} is not closing")
    return round_.close_reason


def _positives(standing: Standing, items: list[str], project: Project) -> int:
    return sum(standing.labels[item].value == project.positive for item in items)


def _agreement(standing: Standing) -> Agreement:
    """Among people, over all rounds; imported labels are nobody's vote."""
    result = agreement(standing.votes.values())
    return Agreement(share=result.share, items=result.items)
