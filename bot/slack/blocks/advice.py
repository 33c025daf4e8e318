"""The advice of a report in words: kept as the rule that fired and its figures, said in the language of whoever reads."""

from __future__ import annotations

from typing import Final

from bot.domain import Effort, Project, Report
from bot.slack.blocks.text import Block, escape, section
from bot.words import figure, say

_UNTOLD: Final = {  # name of its text
    "all-positive": "advice-effort-all-positive",
    "none-flagged": "advice-effort-none-flagged",
    "alike": "advice-effort-alike",
    "too-many": "advice-effort-too-many",
}


def blocks(project: Project, report: Report) -> list[Block]:
    """A paragraph; nothing without advice."""
    told = escape(sentence(project, report))
    return [section(say("advice", advice=told))] if told else []


def sentence(project: Project, report: Report) -> str:
    """Plain text; empty without advice."""
    advice = report.advice
    if advice is None or advice.text:
        return advice.text if advice is not None else ""
    values = advice.values
    match advice.rule:
        case "found":
            return say("advice-found", share=figure(values["share"], ".0%"), positive=project.positive)
        case "recall":
            settled = "yes" if values["settled"] else "no"
            share = figure(values["share"], ".0%")
            return say("advice-recall", share=share, positive=project.positive, settled=settled)
        case "none-flagged":
            return say("advice-none-flagged", positive=project.positive)
        case "stable":
            return say("advice-stable", kappa=figure(values["kappa"], ".2f"))
        case "gain":
            low, high = (figure(100 * values[end], "+.1f") for end in ("low", "high"))
            return say("advice-gain", low=low, high=high)
        case "go-on":
            return say("advice-go-on", now=figure(values["now"], ".2f"), kappa=figure(values["kappa"], ".2f"))


def why_no_effort(effort: Effort) -> str:
    """Why it can't be said how much was saved (plain text)."""
    if effort.why is None:
        return effort.reason
    told = {"needed": effort.needed, "there": effort.there}
    if effort.why == "few-positives":
        return say("advice-effort-few-positives", **told)
    if effort.why == "few-chosen":
        return say("advice-effort-few-chosen", **told)
    return say(_UNTOLD[effort.why])
