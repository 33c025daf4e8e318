"""A page for the client: what the model can do now and how sure that is, on one sheet. It stands alone: no script, nothing to fetch."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.domain import Project, Report
from bot.services import schedule
from bot.slack.blocks import curve, estimates, trend
from bot.slack.blocks.message import Attachment, Picture
from bot.slack.blocks.reports import changes, plain_sentence, spent_line, target_words
from bot.slack.blocks.text import clip, count, one_line
from bot.slack.pictures import matrix

# A browser then fetches and runs nothing, whatever an item's or a label's text may hold.
POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE: Final = """
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1d1c1d; --faint: #5c5c58; --line: #d3d3cd; }
@media (prefers-color-scheme: dark) { :root { --paper: #1a1d21; --ink: #e8e8e6; --faint: #b0b0ab; --line: #44474b; } }
body { margin: 0 auto; padding: 24px; max-width: 960px; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { margin: 0; font-size: 24px; } h2 { margin: 20px 0 6px; font-size: 16px; }
.lead { font-size: 18px; margin: 10px 0; } .faint, figcaption, footer { color: var(--faint); font-size: 12.5px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th { font-weight: 600; } th, td { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 12px; margin-top: 16px; }
figure { margin: 0; break-inside: avoid; } img { width: 100%; height: auto; border-radius: 6px; }
footer { margin-top: 16px; }
@media print { :root { --paper: #fff; --ink: #000; --faint: #444; --line: #bbb; } @page { size: A4; margin: 12mm; }
  body { padding: 0; max-width: none; font-size: 10px; line-height: 1.3; } .lead { font-size: 13px; } h1 { font-size: 18px; }
  h2 { margin: 10px 0 3px; font-size: 12px; }
  .pictures { grid-template-columns: 1fr 1fr; gap: 8px; } th, td { padding: 1px 8px 1px 0; } figcaption { display: none; } }
"""
MEASURED: Final = (
    "Precision: of what the model flags, how much is right. Recall: of what it should flag, how much it finds. F1 is their harmonic mean. "
    "They are measured on a random sample with known chances (the audit sample), which the model never learns from, and speak of all items "
    "that nobody labelled for training. Brackets hold 95% intervals."
)


def page(project: Project, report: Report, pictures: Sequence[Picture], filename: str) -> Attachment:
    """The page with those pictures in it."""
    title = f"{project.name}, round {report.round}"
    parts = [
        f"<header><h1>{_text(title)}</h1><p class=faint>{_text(_when(project, report))}</p></header><main>",
        f"<p class=lead>{plain_sentence(project, report, _strong)}</p>",
        _figures(report),
        _section("Where it stands", _facts(project, report)),
        _classes(report),
        _confusion(project, report),
        _pictures(pictures),
        f"</main><footer>{_text(MEASURED)}</footer>",
    ]
    whole = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{_text(title)}</title>'
        f"<style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )
    comment = f"The report of round {report.round} on one page, to print or to pass on. It names nobody."
    return Attachment(filename, f"Report for the client, round {report.round}", comment, whole.encode())


def _text(value: str) -> str:
    """Anything as HTML that means itself."""
    return html.escape(one_line(value))


def _strong(label: str) -> str:
    return f"<strong>{_text(label)}</strong>"


def _when(project: Project, report: Report) -> str:
    return f"{moment(project, report.made_at)}. {count(report.labels, 'label')}, {count(report.positives, 'positive')}."


def moment(project: Project, at: datetime) -> str:
    """A time in the project's own zone: a file can't know its reader's."""
    return f"{at.astimezone(schedule.zone(project.timezone)):%Y-%m-%d %H:%M} ({project.timezone})"


def _table(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first cell of each row is its head."""
    top = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in head)
    top = f"<thead><tr>{top}</tr></thead>" if head else ""
    body = "".join(
        f'<tr><th scope="row">{_text(first)}</th>{"".join(f"<td>{_text(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    table = f"<table>{top}<tbody>{body}</tbody></table>"
    # Reachable by keyboard, as it may be wider than a phone.
    return f'<div class=scroll tabindex=0 role=group aria-label="{_text(name)}">{table}</div>'


def _figures(report: Report) -> str:
    rows = [
        (name, curve.interval(of(report.estimate)), trend.line(report.curve, of) or "–") for name, of in curve.SERIES
    ]
    return _table("Figures", ("Figure", "Now (95% interval)", "Over the last rounds"), rows)


def _facts(project: Project, report: Report) -> str:
    none = "none yet" if report.threshold is None else f"{report.threshold:.3f}, for {target_words(report.target)}"
    facts = [
        ("Labels", f"{report.labels:,} in all, {report.new_labels:,} in this round"),
        ("Against plan", spent_line(report)),
        ("Positives found", f"{report.positives:,} in all, {report.new_positives:,} in this round"),
        ("Still unlabelled", f"{report.pool_size:,}, of which the model flags {report.pool_flagged:,}"),
        ("Threshold", none),
        ("Since the last round", html.unescape(changes(project, report))),
        ("More certainty", f"It would take {wanted}." if (wanted := estimates.narrowing(report.estimate)) else ""),
        ("Advice", report.advice.text if report.advice else ""),
    ]
    return _table("Where it stands", (), [fact for fact in facts if fact[1]])


def _classes(report: Report) -> str:
    found = [*report.estimate.classes, *([report.estimate.macro] if report.estimate.macro else [])]
    if not report.estimate.classes:
        return ""
    several = estimates.several_labels(report.estimate)
    kind = "label" if several else "class"
    mean = "mean of labels" if several else "mean of classes"
    rows = [
        (mean if each is report.estimate.macro else clip(each.label, 80),
         *(curve.interval(value) for value in (each.precision, each.recall, each.f1)),
         *(("" if each.threshold is None else f"{each.threshold:.3f}",) if several else ()))
        for each in found
    ]  # fmt: skip
    head = (kind.capitalize(), "Precision", "Recall", "F1", *(("Threshold",) if several else ()))
    return _section(f"Each {kind}", _table(f"Each {kind}", head, rows))


def _confusion(project: Project, report: Report) -> str:
    found = report.estimate.confusion
    if found is None or found.hits.point is None:
        return ""
    said, true, cells = matrix.rows(project, found)
    rows = [
        (name, *(f"{matrix.number(cell)} ({matrix.span(cell)})" for cell in row))
        for name, row in zip(said, cells, strict=True)
    ]
    note = f"<p class=faint>{_text(matrix.below(report.estimate))}</p>"
    return _section(matrix.TITLE, _table(matrix.TITLE, ("The model says", *true), rows) + note)


def _section(title: str, body: str) -> str:
    return f"<section><h2>{_text(title)}</h2>{body}</section>"


def _pictures(pictures: Sequence[Picture]) -> str:
    if not pictures:
        return ""
    figures = "".join(
        f'<figure><img alt="{_text(each.alt_text)}" src="data:image/png;base64,{base64.b64encode(each.png).decode()}">'
        f"<figcaption>{_text(each.title)}</figcaption></figure>"
        for each in pictures
    )
    return f"<div class=pictures>{figures}</div>"
