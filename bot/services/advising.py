"""Whether to go on: advice in one sentence, by the rule that says most. Nobody is stopped by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain import Advice, Project, Report
from learner import stopping
from learner.threshold import parse_target

FOUND_TARGET = 0.95  # of all positives, found by people
RECALL_TARGET = 0.8  # of the model, where the project asked for no other
WORTH = 0.01  # F1 that 100 labels must bring


class Search(NamedTuple):
    """How far people's own search for positives has come, see learner.stopping.found_p_value."""

    found: int
    looked: int
    hits: int
    remaining: int
    least_rate: float


def advise(report: Report, earlier: Sequence[Report], project: Project, search: Search) -> Advice | None:
    """None while there is nothing to go by: no model, or no earlier one to compare with."""
    stable = stopping.stabilised([*(past.stability for past in earlier), report.stability])
    looks = stopping.looks([point.estimate.audit_labels for point in report.curve])
    if looks and _all_found(search, len(looks)):
        return Advice(rule="found", values={"share": FOUND_TARGET})
    target = _recall_target(project)
    if looks and _recall_shown(report, looks, target):
        return Advice(rule="recall", values={"share": target, "settled": float(stable)})
    if report.estimate.finds_nothing:
        return Advice(rule="none-flagged")  # figures that stay at nothing are no reason to stop
    if stable:
        return Advice(rule="stable", values={"kappa": stopping.KAPPA})
    if report.gain is not None and report.gain.high < WORTH:
        return Advice(rule="gain", values={"low": report.gain.low, "high": report.gain.high})
    if report.stability is None:
        return None
    return Advice(rule="go-on", values={"now": report.stability, "kappa": stopping.KAPPA})


def _all_found(search: Search, look: int) -> bool:
    value = stopping.found_p_value(
        search.found,
        looked=search.looked,
        hits=search.hits,
        remaining=search.remaining,
        target=FOUND_TARGET,
        least_rate=search.least_rate,
    )
    return value <= stopping.error_at_look(look)


def _recall_shown(report: Report, looks: Sequence[int], target: float) -> bool:
    """Whether the last look showed it, and nothing has come since that speaks against it."""
    then, now = report.curve[looks[-1]].estimate.recall, report.estimate.recall
    if then.point is None or now.point is None or now.point < target:
        return False
    return stopping.recall_reached(then.low, then.point, target, len(looks))


def _recall_target(project: Project) -> float:
    target = parse_target(project.target)
    return target.value if target.kind == "recall" else RECALL_TARGET
