"""The demo's figures: what each report said, and beside it the truth, which only a demo can know."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from bot.cli.demo.corpus import Corpus
from bot.domain import Interval, Project, Report, RoundtableError
from bot.services.features import PoolFeatures
from bot.services.files import write_whole
from bot.services.ports import Store
from bot.services.training import fit_of
from learner import persist
from learner.evaluation import Truth
from learner.evaluation import measure as true_figures


@dataclass(frozen=True)
class RoundFigures:
    """One round of the demo."""

    report: Report
    truth: Truth
    link: str


def measure(
    store: Store, features: PoolFeatures, project: Project, corpus: Corpus, links: dict[int, str]
) -> list[RoundFigures]:
    """Figures of all reported rounds, on the pool's items without a label at the time and the hidden test part."""
    # The worker's own rows: no items come while the demo runs, so all its models were trained on the same features.
    rows = features.rows(project, fit_of(store.models.current(project.id)))
    pool, test = rows.X, rows.source.transform([example.text for example in corpus.test])
    known = {example.id: example.label for example in (*corpus.seeds, *corpus.pool)}
    positive = corpus.labels[0]
    pool_truth = np.array([known[item] == positive for item in rows.ids])
    test_truth = np.array([example.label == positive for example in corpus.test])
    # Seed labels were never asked for; every other label belongs to the round that asked.
    asked_in = {query.item_id: query.round for query in store.rounds.all_queries(project.id)}
    seeds = {example.id for example in corpus.seeds}
    result = []
    for report in store.rounds.reports(project.id):
        if report.model_version is None:
            raise RoundtableError(f"Round {report.round} has no model; the demo's seed set should have made one.")
        model = persist.load(store.models.blob(report.model_version))
        open_ = np.array([item not in seeds and asked_in.get(item, math.inf) > report.round for item in rows.ids])
        scores = np.concatenate([model.positive_scores(pool[np.flatnonzero(open_)]), model.positive_scores(test)])
        flags = model.flags_of(scores)
        result.append(
            RoundFigures(
                report,
                true_figures(scores, flags, np.concatenate([pool_truth[open_], test_truth])),
                links[report.round],
            )
        )
    return result


def as_json(figures: list[RoundFigures]) -> dict[str, Any]:
    """The shape that `roundtable simulate` gives each round in, with the report's link."""
    return {
        "rounds": [
            {
                "round": figure.report.round,
                "labels": figure.report.labels,
                "positives": figure.report.positives,
                "threshold": figure.report.threshold,
                "precision": figure.truth.precision,
                "recall": figure.truth.recall,
                "f1": figure.truth.f1,
                "average_precision": figure.truth.average_precision,
                "estimate": {
                    "precision": _triple(figure.report.estimate.precision),
                    "recall": _triple(figure.report.estimate.recall),
                    "f1": _triple(figure.report.estimate.f1),
                    "audit_labels": figure.report.estimate.audit_labels,
                },
                "report": figure.link,
            }
            for figure in figures
        ]
    }


def write_json(figures: list[RoundFigures], path: Path) -> None:
    """Writes `as_json`, whole or not at all."""
    with write_whole(path) as file:
        json.dump(as_json(figures), file, indent=2)
        file.write("\n")


def table(figures: list[RoundFigures]) -> Table:
    """Round, labels, and estimate with interval beside the truth."""
    result = Table(title="What the reports said, and the truth (known in a demo only)", title_justify="left")
    for name in ("Round", "Labels", "Positive", "Threshold", "Precision", "true", "Recall", "true", "F1", "true"):
        result.add_column(name, justify="right", style="bold" if name == "true" else None, no_wrap=True)
    for figure in figures:
        report, truth = figure.report, figure.truth
        estimate = report.estimate
        result.add_row(
            str(report.round),
            str(report.labels),
            str(report.positives),
            f"{report.threshold:.3f}" if report.threshold is not None else "-",
            interval_text(estimate.precision),
            share_text(truth.precision),
            interval_text(estimate.recall),
            share_text(truth.recall),
            interval_text(estimate.f1),
            share_text(truth.f1),
        )
    return result


def share_text(value: float | None) -> str:
    """A share as a whole percentage, or a dash."""
    return "-" if value is None else f"{value:.0%}"


def interval_text(value: Interval) -> str:
    """The point with its interval, e.g. "62% (31-86)"."""
    return f"{share_text(value.point)} ({100 * value.low:.0f}-{100 * value.high:.0f})"


def _triple(value: Interval) -> list[float | None]:
    return [value.low, value.point, value.high]


def draw_curve(figures: list[RoundFigures], path: Path) -> None:
    """The learning curve: estimates with their intervals, and the truth. Colours that print in grey and that the colour-blind can tell."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    rounds = [figure.report.round for figure in figures]
    figure_, axes = plt.subplots(1, 3, figsize=(11, 3.6), sharey=True, layout="constrained")
    for axis, name in zip(axes, ("precision", "recall", "f1"), strict=True):
        intervals = [getattr(figure.report.estimate, name) for figure in figures]
        truth = [getattr(figure.truth, name) for figure in figures]
        axis.fill_between(
            rounds, [i.low for i in intervals], [i.high for i in intervals], alpha=0.2, label="95% interval"
        )
        points = [math.nan if i.point is None else i.point for i in intervals]
        axis.plot(rounds, points, marker="o", label="estimate (audit sample)")
        axis.plot(rounds, [math.nan if t is None else t for t in truth], "k--", marker="s", label="truth")
        axis.set(title="F1" if name == "f1" else name.capitalize(), xlabel="round", ylim=(0, 1), xticks=rounds)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].legend(loc="lower right", frameon=False, fontsize=8)
    figure_.savefig(path, dpi=150)
    plt.close(figure_)
