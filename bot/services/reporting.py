"""The round report: what the model can do now, and how sure we are of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain import (
    Agreement,
    CloseReason,
    CurvePoint,
    Project,
    ProjectState,
    Query,
    Report,
    Round,
    TargetNote,
)
from bot.services import insight, measuring, schedule
from bot.services.findings import Findings
from bot.services.ports import Store
from bot.services.standing import Standing
from learner.aggregation import agreement
from learner.multilabel import MultiLabelModel


def build(store: Store, findings: Findings, now: datetime) -> Report:
    """The report of a round that is closing. Reads only; the same findings give the same report."""
    project, round_ = findings.project, findings.round
    standing = findings.standing
    value, flagged, unlabelled = measuring.estimate(findings)
    earlier = [report for report in store.rounds.reports(project.id) if report.round < round_.number]
    previous = earlier[-1] if earlier else None
    asked = [query for query in standing.queries.get(round_.number, ()) if query.again is None]
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
        target_notes=tuple(_target_notes(findings)),
        estimate=value,
        previous=measuring.plain(previous.estimate) if previous else None,
        previous_threshold=previous.threshold if previous else None,
        agreement=_agreement(standing),
        curve=(
            *(previous.curve if previous else ()),
            CurvePoint(round=round_.number, labels=labels, estimate=measuring.plain(value)),
        ),
        pool_flagged=flagged,
        pool_size=unlabelled,
        next_round=next_round,
        next_round_at=due,
        paused=project.state is ProjectState.PAUSED,
        spent=_spent(standing),
        rechecked=_rechecked(standing, round_.number),
        planned=planned(project),
        suggested=_suggested(project, asked, standing),
        hard=_hard(store, project, standing, [q.item_id for q in standing.queries.get(round_.number, ())]),
    )
    return insight.added(report, store, findings, earlier)


def following(project: Project, number: int, unlabelled: int, now: datetime) -> tuple[int | None, datetime | None]:
    """The next round's number and when it is due (None: at once); (None, None) if there is none."""
    if unlabelled == 0 or (project.max_rounds is not None and number >= project.max_rounds):
        return None, None
    due = schedule.next_time(project.schedule, project.timezone, now) if project.schedule else None
    return number + 1, due


def planned(project: Project) -> int | None:
    """How many labels are meant to be asked for in all; None: nobody said."""
    if project.planned_labels is not None:
        return project.planned_labels
    return project.max_rounds * project.batch_size if project.max_rounds is not None else None


def _spent(standing: Standing) -> int:
    """Asked items that have their label; an item that was asked twice counts once, imported labels don't."""
    return len(standing.chosen() & standing.labels.keys())


def _rechecked(standing: Standing, number: int) -> int:
    """Queries of the round that asked for another answer, and got one from somebody new."""
    here = (query for query in standing.asked_again() if query.round == number)
    return sum(not standing.votes.get(query.item_id, {}).keys() <= set(query.earlier) for query in here)


def _reason(round_: Round) -> CloseReason:
    if round_.close_reason is None:
        raise ValueError(f"round {round_.number} of {round_.project_id} is not closing")
    return round_.close_reason


def _target_notes(findings: Findings) -> Iterator[TargetNote]:
    """Why a threshold could not be chosen for its target; where items carry several labels, of each label."""
    model = findings.model
    if model is None:
        return
    if isinstance(model, MultiLabelModel):
        points = dict(zip(model.classes, model.operating_points, strict=True))
    else:
        points = {"": model.operating_point}
    for label, point in points.items():
        if point.why is not None:
            yield TargetNote(why=point.why, label=label, labels=point.fewest)


def _positives(standing: Standing, items: list[str], project: Project) -> int:
    return sum(project.is_positive(standing.labels[item].value) for item in items)


def _suggested(project: Project, asked: Sequence[Query], standing: Standing) -> Agreement | None:
    """How often people said what the model had suggested; None where they were not shown it."""
    shown = [query for query in asked if query.suggestion is not None] if project.suggestions else []
    if not shown:
        return None
    same = [label == query.suggestion for query in shown for label in standing.votes.get(query.item_id, {}).values()]
    items = sum(query.item_id in standing.votes for query in shown)
    return Agreement(share=sum(same) / len(same) if same else None, items=items)


def _hard(store: Store, project: Project, standing: Standing, items: list[str]) -> int:
    """How many of these items people dispute, were unsure about or flagged."""
    hard = {dispute.item_id for dispute in store.decisions.disputes(project.id)} | standing.unsure.keys()
    return sum(item in hard for item in items)


def _agreement(standing: Standing) -> Agreement:
    """Among people, over all rounds; imported labels are nobody's vote."""
    result = agreement(standing.unprompted().votes.values())
    return Agreement(share=result.share, items=result.items)
