"""A page for the client: what the model can do now and how sure that is, on one sheet. It stands alone: no script, nothing to fetch."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime

from bot.domain import Project, Report
from bot.services import schedule
from bot.slack.blocks import advice, curve, estimates, trend
from bot.slack.blocks.message import Attachment, Picture
from bot.slack.blocks.reports import changes, plain_sentence, spent_line, threshold_line
from bot.slack.blocks.text import clip
from bot.slack.pictures import matrix, sheet
from bot.words import say


def page(project: Project, report: Report, pictures: Sequence[Picture], filename: str) -> Attachment:
    """The page with those pictures in it."""
    title = say("client-title", project=project.name, round=str(report.round))
    parts = [
        _figures(report),
        sheet.section(say("client-stands"), _facts(project, report)),
        _classes(report),
        _confusion(project, report),
        sheet.pictures(pictures),
    ]
    lead = plain_sentence(project, report, sheet.strong)
    whole = sheet.document(title, _when(project, report), lead, parts, say("client-measured"))
    comment, short = (say(text, round=str(report.round)) for text in ("client-comment", "client-short"))
    return Attachment(filename, short, comment, whole.encode())


def _when(project: Project, report: Report) -> str:
    when = moment(project, report.made_at)
    return say("client-when", when=when, labels=report.labels, positives=report.positives)


def moment(project: Project, at: datetime) -> str:
    """A time in the project's own zone: a file can't know its reader's."""
    return f"{at.astimezone(schedule.zone(project.timezone)):%Y-%m-%d %H:%M} ({project.timezone})"


def _figures(report: Report) -> str:
    rows = [
        (name, curve.interval(of(report.estimate)), trend.line(report.curve, of) or "–") for name, of in curve.series()
    ]
    head = (say("client-figure"), say("client-now"), say("client-trend"))
    return sheet.table(say("client-figures"), head, rows)


def _facts(project: Project, report: Report) -> str:
    left = say("client-unlabelled-flagged", items=report.pool_size, flagged=report.pool_flagged)
    facts = [
        (say("client-labels"), say("client-all-and-new", all=report.labels, new=report.new_labels)),
        (say("client-plan"), spent_line(report)),
        (say("client-positives"), say("client-all-and-new", all=report.positives, new=report.new_positives)),
        (say("client-unlabelled"), left),
        (say("client-threshold"), threshold_line(report)),
        (say("client-since"), html.unescape(changes(project, report))),
        (say("client-certainty"), estimates.narrowing(report.estimate)),
        (say("client-advice"), advice.sentence(project, report)),
    ]
    return sheet.table(say("client-stands"), (), [fact for fact in facts if fact[1]])


def _classes(report: Report) -> str:
    found = [*report.estimate.classes, *([report.estimate.macro] if report.estimate.macro else [])]
    if not report.estimate.classes:
        return ""
    several = estimates.several_labels(report.estimate)
    mean = estimates.name_of_mean(several=several)
    rows = [
        (mean if each is report.estimate.macro else clip(each.label, 80),
         *(curve.interval(value) for value in (each.precision, each.recall, each.f1)),
         *((estimates.threshold(each.threshold),) if several else ()))
        for each in found
    ]  # fmt: skip
    figures = [name for name, _ in curve.series()]
    head = (estimates.name_of_kind(several=several), *figures, *((say("client-threshold"),) if several else ()))
    title = say("client-each-label" if several else "client-each-class")
    return sheet.section(title, sheet.table(title, head, rows))


def _confusion(project: Project, report: Report) -> str:
    found = report.estimate.confusion
    if found is None or found.hits.point is None:
        return ""
    said, true, cells = matrix.rows(project.positive, found)
    rows = [
        (name, *(f"{matrix.number(cell)} ({matrix.span(cell)})" for cell in row))
        for name, row in zip(said, cells, strict=True)
    ]
    title = say("matrix-title")
    return sheet.section(
        title, sheet.table(title, (say("client-model-says"), *true), rows), matrix.below(report.estimate)
    )
