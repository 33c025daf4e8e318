"""Whether to go on: one sentence of advice, by the rule that says most. Nobody is stopped by it."""

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
        return Advice(
            rule="found",
            text=f"People have found at least {FOUND_TARGET:.0%} of all {project.positive} items (95% confidence): "
            "little is left to find.",
        )
    target = _recall_target(project)
    if looks and _recall_shown(report, looks, target):
        settled = ", and its predictions have settled" if stable else ", though its predictions still move"
        return Advice(
            rule="recall",
            text=f"The model finds at least {target:.0%} of all {project.positive} items (95% confidence){settled}: "
            "you may stop if that is what you need.",
        )
    if stable:
        return Advice(
            rule="stable",
            text="The model's predictions have settled (kappa 0.99 or more, three rounds in a row): more labels will hardly "
            "change them, which says nothing about how good they are.",
        )
    if report.gain is not None and report.gain.high < WORTH:
        return Advice(
            rule="gain",
            text=f"100 more labels now change F1 by {_points(report.gain.low)} to {_points(report.gain.high)} points: "
            "going on hardly pays.",
        )
    if report.stability is None:
        return None
    return Advice(
        rule="go-on",
        text=f"Go on: the model still changes from round to round (kappa {report.stability:.2f}; it has settled "
        "when that is 0.99 three times in a row).",
    )


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


def _points(change: float) -> str:
    return f"{100 * change:+.1f}"
