"""How the model's scores lie, on which side of the threshold, and what the audit says there."""

from __future__ import annotations

from bot.domain import Project, Report, Scores
from bot.slack.blocks.message import Picture
from bot.slack.pictures import style
from bot.words import figure, say


def draw(project: Project, report: Report, filename: str) -> Picture:
    """Items by score in two colours, the threshold as a line; under them the audit's answers."""
    scores, threshold = report.scores, report.threshold
    assert scores is not None and threshold is not None  # noqa: S101 - asked for by `files.due`
    made = style.figure(7.5, 5.0)
    above, under = made.subplots(2, 1, sharex=True, height_ratios=(3, 1.4))
    bins, label = len(scores.flagged), style.label(project, project.positive)
    left, width = [n / bins for n in range(bins)], 1.0 / bins
    usual = {"width": width, "align": "edge", "edgecolor": style.PAPER, "linewidth": 0.8}
    above.bar(left, scores.others, color=style.SKY, label=say("scores-not-flagged", items=sum(scores.others)), **usual)
    above.bar(left, scores.flagged, bottom=scores.others, color=style.VERMILION,
              label=say("scores-flagged", items=sum(scores.flagged)), hatch="//", **usual)  # fmt: skip
    style.dress(above, "", say("scores-items"))
    above.set_yscale("symlog", linthresh=1)
    above.set_ylim(bottom=0)
    under.bar(left, scores.audit_positives, color=style.BLUE, label=label, **usual)
    under.bar(left, [-n for n in scores.audit_others], color=style.GRID, label=say("scores-others"), **usual)
    style.dress(under, say("scores-of", label=label), say("scores-answers"))
    under.axhline(0, color=style.FAINT, linewidth=0.8)
    most = max(1, *scores.audit_positives, *scores.audit_others)
    under.set_ylim(-1.2 * most, 1.2 * most)
    under.yaxis.set_major_formatter(lambda value, _: figure(abs(value), ",.0f"))
    under.yaxis.get_major_locator().set_params(integer=True, nbins=4)
    for axes in (above, under):
        axes.axvline(threshold, color=style.INK, linewidth=1.6, linestyle="--")
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(lambda value, _: figure(value, ".1f"))
    line = say("scores-threshold", threshold=figure(threshold, ".3f"))
    above.plot([], [], color=style.INK, linestyle="--", label=line)
    style.legend(above, loc=style.TOP_RIGHT)
    style.legend(under, loc=style.TOP_RIGHT, ncols=2)
    number = str(report.round)
    title = say("scores-picture", project=style.subject(project), round=number)
    style.title(made, title, say("scores-below"))
    return Picture(
        filename,
        say("scores-short", round=number),
        style.alone(project, words(report, scores, threshold)),
        style.png(made),
    )


def words(report: Report, scores: Scores, threshold: float) -> str:
    """The picture in sentences (plain text)."""
    flagged, others = sum(scores.flagged), sum(scores.others)
    bins = len(scores.flagged)
    both = zip(scores.flagged, scores.others, strict=True)
    doubt = sum(a + b for place, (a, b) in enumerate(both) if abs((place + 0.5) / bins - threshold) <= 1.5 / bins)
    return say(
        "scores-alt",
        round=str(report.round),
        items=flagged + others,
        flagged=flagged,
        threshold=figure(threshold, ".3f"),
        near=doubt,
        positives=sum(scores.audit_positives),
        others=sum(scores.audit_others),
    )
