"""What the votes tell: a few lines for everybody's report, and people's figures for the lead who asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain import Effort, Interval, Item, Noise, PersonFigures, Project, Report
from bot.services import helping
from bot.slack.blocks import advice, disputes
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import (
    Block,
    clip,
    context,
    escape,
    header,
    literal,
    mention,
    rich,
    section,
)
from bot.words import figure, say

MOST_PEOPLE: Final = 30  # lines that fit into a section
EXCERPT: Final = 200
MOST_TIMES: Final = 100


def small_print(report: Report) -> list[Block]:
    """What disagreement limits and what choosing saved."""
    small = [line for line in (noise_line(report.noise), effort_line(report.effort)) if line]
    return [context(" ".join(small))] if small else []


def noise_line(noise: Noise | None) -> str:
    """How far disagreement among people limits what can be measured (mrkdwn); empty where nothing is known."""
    if noise is None or noise.disputed.point is None:
        return ""
    share, ceiling = figure(noise.disputed.point, ".0%"), noise.ceiling
    if ceiling.point is None:
        return say("people-differ", share=share, items=noise.items)
    point = figure(ceiling.point, ".0%")
    return say("people-ceiling", share=share, items=noise.items, ceiling=point, **_range(ceiling))


def effort_line(effort: Effort | None) -> str:
    """What choosing the items saved, as an estimate (mrkdwn); empty before anything was chosen."""
    if effort is None or not effort.chosen_labels:
        return ""
    if effort.times is None or effort.times.point is None:
        return say("people-effort-unknown", why=escape(advice.why_no_effort(effort)))
    times = effort.times
    return say("people-effort", times=_times(effort.times.point), low=_times(times.low), high=_times(times.high))


def _times(value: float) -> str:
    return say("people-over", number=MOST_TIMES) if value >= MOST_TIMES else figure(value, ".1f")


def alpha_note(alpha: Interval | None) -> str:
    """Krippendorff's alpha with its interval, to stand behind the share; empty where it is not known."""
    if alpha is None or alpha.point is None:
        return ""
    point, low, high = (figure(value, ".2f") for value in (alpha.point, alpha.low, alpha.high))
    return say("people-alpha", alpha=point, low=low, high=high)


def people_message(
    project: Project, report: Report, items: Sequence[Item], contested: Sequence[disputes.Dispute] = ()
) -> Message:
    """People's figures, items that are worth another look, known answers that may be wrong: for a lead's eyes only."""
    title = say("people-title", project=project.name, round=str(report.round))
    lines = [person_line(figures) for figures in report.people[:MOST_PEOPLE]]
    if len(report.people) > MOST_PEOPLE:
        lines.append(say("people-more", people=len(report.people) - MOST_PEOPLE))
    if not lines:
        lines = [say("people-nobody")]
    helped = [_need_line(need) for need in helping.needs(report.people)][:MOST_PEOPLE]
    blocks = [header(title), section("\n".join(lines)), context(say("people-note"))]
    if helped:
        blocks[1:1] = [section("\n".join([f"*{say('people-word')}*", *helped])), context(say("people-gently"))]
    if items:
        blocks.append(section(say("people-look")))
        blocks += [rich(literal(clip(item.text, EXCERPT))) for item in items]
    if contested:
        until = context(say("people-contested-until"))
        blocks += [section(say("people-contested-most")), disputes.listed(contested), until]
        lines.append(say("people-contested-spoken", listed=disputes.spoken_list(contested)))
    named = [f"{say('people-word')}:", *helped] if helped else []
    looked = " · ".join(escape(clip(item.text, EXCERPT)) for item in items)
    spoken = [f"{escape(title)}.", *named, *lines, *([say("people-look").replace("*", ""), looked] if items else [])]
    return Message(clip(" ".join(spoken), 4_000), blocks)


def person_line(figures: PersonFigures) -> str:
    """One person (mrkdwn)."""
    parts = [say("people-answers", who=mention(figures.user_id), answers=figures.answers)]
    passed = [say("people-skipped", skips=figures.skips)] if figures.skips else []
    passed += [say("people-unsure", times=figures.unsure)] if figures.unsure else []
    accuracy, gold = figures.accuracy, figures.gold
    if accuracy is None or accuracy.point is None:
        return "; ".join([*parts, *passed, say("people-not-known")])
    share = figure(accuracy.point, ".0%")
    parts += [say("people-right", share=share, judged=figures.judged, **_range(accuracy)), *passed]
    if gold is not None and gold.point is not None:
        share = figure(gold.point, ".0%")
        parts.append(say("people-gold", answers=figures.gold_answers, share=share, **_range(gold)))
    return "; ".join(parts)


def _need_line(need: helping.Need) -> str:
    """Why a word may be welcome (mrkdwn)."""
    parts = []
    if need.accuracy is not None and need.accuracy.point is not None:
        share, others = figure(need.accuracy.point, ".0%"), figure(need.others_right, ".0%")
        parts.append(say("people-need-right", share=share, others=others, **_range(need.accuracy)))
    if need.passed is not None:
        share, others = figure(need.passed, ".0%"), figure(need.others_passed, ".0%")
        parts.append(say("people-need-passed", share=share, others=others))
    return say("people-need", who=mention(need.user_id), why="; ".join(parts))


def _range(value: Interval) -> dict[str, str]:
    return {"low": figure(value.low, ".0%"), "high": figure(value.high, ".0%")}
