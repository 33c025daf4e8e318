"""Precision, recall and F1 from the audit labels, for the report of a round.

They speak of all items that nobody labelled for training (see learner.stratified).
"""

from __future__ import annotations

import numpy as np

from bot.domain import ClassFigures, Confusion, Estimate, Interval, MoreLabels, Scores
from bot.services import coding
from bot.services.findings import Findings
from learner import stratified
from learner.audit import Interval3
from learner.confusion import ClassEstimate, estimate_classes
from learner.label_figures import estimate_labels, macro
from learner.multilabel import MultiLabelModel
from learner.narrowing import labels_needed
from learner.types import Floats, Mask, Rows

SCORE_BINS = 20
MOST_CLASSES = 12  # that a matrix is kept of


def estimate(findings: Findings) -> tuple[Estimate, int, int]:
    """What the audit labels say; how many unlabelled items are flagged; how many there are."""
    project, standing, pool = findings.project, findings.standing, findings.pool
    in_training = pool.mask(set(standing.training()))
    unlabelled = ~pool.mask(set(standing.labels))
    if findings.model is None:
        return _unknown(len(standing.serving), int((~in_training).sum())), 0, int(unlabelled.sum())
    rates = findings.rates.for_items(pool.ids)
    serving, codes = _audited(findings, rates)
    proba = findings.model.predict_proba(pool.X)
    scores = proba[:, findings.model.classes.index(project.positive)]
    flags = findings.model.flags_of(scores)
    if isinstance(findings.model, MultiLabelModel):
        design = findings.model.all_chances(proba), findings.model.all_flags(proba)
        chances = findings.model.chances(scores)
        value = _of_positive(findings, chances, flags, in_training, serving, codes, rates, design)
        value = _with_labels(value, findings, findings.model, design, in_training, serving, rates)
        return value, int((flags & unlabelled).sum()), int(unlabelled.sum())
    value = _of_positive(findings, findings.model.chances(scores), flags, in_training, serving, codes, rates)
    if len(project.labels) > 2:
        value = _with_classes(value, findings, proba, in_training, serving, codes, rates)
    return value, int((flags & unlabelled).sum()), int(unlabelled.sum())


def _audited(findings: Findings, rates: Floats) -> tuple[Rows, Rows]:
    """Rows (a,) of the audit sample, and the places (a,) of their labels among the classes of the headline question."""
    standing, pool = findings.standing, findings.pool
    serving = pool.rows(sorted(standing.serving))
    # An item whose rate is not known (a restored backup, say) can't be weighted: it measures nothing.
    serving = serving[rates[serving] > 0]
    values = [standing.labels[pool.ids[row]].value for row in serving.tolist()]
    return serving, coding.headline(findings.project, values)


def plain(value: Estimate) -> Estimate:
    """The same without what only its own report shows: a learning curve repeats each round's estimate in all later reports."""
    return value.model_copy(update={"more": None, "classes": (), "macro": None, "confusion": None, "matrix": ()})


def scores(findings: Findings) -> Scores | None:
    """How the model's scores lie; None without a model."""
    if findings.model is None:
        return None
    pool, model = findings.pool, findings.model
    found = model.positive_scores(pool.X)
    flags = model.flags_of(found)
    bin_of = np.minimum((np.nan_to_num(found) * SCORE_BINS).astype(np.int64), SCORE_BINS - 1)
    unlabelled = ~pool.mask(set(findings.standing.labels))
    rows, codes = _audited(findings, findings.rates.for_items(pool.ids))
    truth = codes == coding.place(findings.project)
    counted = (bin_of[flags & unlabelled], bin_of[~flags & unlabelled], bin_of[rows[truth]], bin_of[rows[~truth]])
    return Scores(
        **dict(
            zip(
                Scores.model_fields, (np.bincount(each, minlength=SCORE_BINS).tolist() for each in counted), strict=True
            )
        )
    )


def _of_positive(
    findings: Findings,
    chances: Floats,
    flags: Mask,
    in_training: Mask,
    rows: Rows,
    codes: Rows,
    rates: Floats,
    design: tuple[Floats, Mask] | None = None,
) -> Estimate:
    project, number = findings.project, findings.round.number
    truth = codes == coding.place(project)
    rng = np.random.default_rng([project.random_state, number, 2])
    found = stratified.estimate(chances, flags, in_training=in_training, rows=rows, truth=truth, rates=rates, rng=rng)
    more = labels_needed(
        chances,
        flags,
        in_training=in_training,
        rows=rows,
        truth=truth,
        rates=rates,
        seed=project.random_state,
        design=design,
    )
    return Estimate(
        precision=_interval(found.precision),
        recall=_interval(found.recall),
        f1=_interval(found.f1),
        audit_labels=found.audit_labels,
        population=found.population,
        more=MoreLabels(**more._asdict()),
        confusion=found.confusion
        and Confusion(**{name: _interval(part) for name, part in found.confusion._asdict().items()}),
    )


def _with_classes(
    value: Estimate, findings: Findings, proba: Floats, in_training: Mask, rows: Rows, codes: Rows, rates: Floats
) -> Estimate:
    found = estimate_classes(
        proba,
        classes=findings.project.labels,
        in_training=in_training,
        rows=rows,
        codes=codes,
        rates=rates,
        rng=np.random.default_rng([findings.project.random_state, findings.round.number, 5]),
    )
    matrix = tuple(tuple(map(_interval, row)) for row in found.cells) if len(found.cells) <= MOST_CLASSES else ()
    classes = tuple(_figures(each) for each in found.classes)
    return value.model_copy(update={"classes": classes, "macro": _figures(found.macro), "matrix": matrix})


def _with_labels(
    value: Estimate,
    findings: Findings,
    model: MultiLabelModel,
    design: tuple[Floats, Mask],
    in_training: Mask,
    rows: Rows,
    rates: Floats,
) -> Estimate:
    """Each label's own figures and operating point; the headline's stay as they are, so that no table contradicts them."""
    project, standing, pool = findings.project, findings.standing, findings.pool
    values = [standing.labels[pool.ids[row]].value for row in rows.tolist()]
    found = estimate_labels(
        *design,
        labels=project.labels,
        in_training=in_training,
        rows=rows,
        truth=coding.columns(project, values) == 1,
        rates=rates,
        rng=np.random.default_rng([project.random_state, findings.round.number, 5]),
    )
    own = ClassEstimate(project.positive, *map(_interval3, (value.precision, value.recall, value.f1)))
    made = [own if each.label == project.positive else each for each in found.labels]
    classes = [
        _figures(each).model_copy(update={"threshold": point.threshold})
        for each, point in zip(made, model.operating_points, strict=True)
    ]
    return value.model_copy(update={"classes": tuple(classes), "macro": _figures(macro(made))})


def _figures(found: ClassEstimate) -> ClassFigures:
    return ClassFigures(
        label=found.label,
        precision=_interval(found.precision),
        recall=_interval(found.recall),
        f1=_interval(found.f1),
    )


def _interval3(value: Interval) -> Interval3:
    return Interval3(value.low, value.point, value.high)


def _interval(found: Interval3) -> Interval:
    return Interval(low=found.low, point=found.point, high=found.high)


def _unknown(audit_labels: int, population: int) -> Estimate:
    nothing = Interval(low=0.0, point=None, high=1.0)
    return Estimate(precision=nothing, recall=nothing, f1=nothing, audit_labels=audit_labels, population=population)
