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
    count,
    escape,
    header,
    literal,
    mention,
    rich,
    section,
)

MOST_PEOPLE: Final = 30  # lines that fit into a section
EXCERPT: Final = 200
CONTESTED: Final = "Known answers that may be wrong"
OVERRIDE: Final = "They stay as they are until a lead overrides them; until then people are measured by them."
WORD: Final = "*Who may welcome a word*"
GENTLY: Final = "Often it is the guidelines that leave something open. Ask what was hard before you tell what is right."


def small_print(report: Report) -> list[Block]:
    """What disagreement limits and what choosing saved."""
    small = [line for line in (noise_line(report.noise), effort_line(report.effort)) if line]
    return [context(" ".join(small))] if small else []


def noise_line(noise: Noise | None) -> str:
    """How far disagreement among people limits what can be measured (mrkdwn); empty where nothing is known."""
    if noise is None or noise.disputed.point is None:
        return ""
    line = f"Two people differ on {noise.disputed.point:.0%} of {count(noise.items, 'item')} that several answered"
    ceiling = noise.ceiling
    if ceiling.point is None:
        return f"{line}."
    return (
        f"{line}: judged by another's answers, one person's F1 is {ceiling.point:.0%} ({_range(ceiling)}), "
        "and no model can be seen to do better."
    )


def effort_line(effort: Effort | None) -> str:
    """What choosing the items saved, as an estimate (mrkdwn); empty before anything was chosen."""
    if effort is None or not effort.chosen_labels:
        return ""
    if effort.times is None or effort.times.point is None:
        return f"Labels saved against random ones: can't be said yet ({escape(advice.why_no_effort(effort))})."
    return (
        f"An estimate: for each chosen label, random ones would have needed about {_times(effort.times.point)} "
        f"({_times(effort.times.low)} to {_times(effort.times.high)})."
    )


def _times(value: float) -> str:
    return "over 100" if value >= 100 else f"{value:.1f}"


def alpha_note(alpha: Interval | None) -> str:
    """Krippendorff's alpha with its interval, to stand behind the share; empty where it is not known."""
    if alpha is None or alpha.point is None:
        return ""
    return f"; alpha {alpha.point:.2f} ({alpha.low:.2f} to {alpha.high:.2f})"


def people_message(
    project: Project, report: Report, items: Sequence[Item], contested: Sequence[disputes.Dispute] = ()
) -> Message:
    """People's figures, items that are worth another look, known answers that may be wrong: for a lead's eyes only."""
    title = f"{project.name}: people, after round {report.round}"
    lines = [person_line(figures) for figures in report.people[:MOST_PEOPLE]]
    if len(report.people) > MOST_PEOPLE:
        lines.append(f"and {len(report.people) - MOST_PEOPLE} more")
    if not lines:
        lines = ["Nobody has answered anything yet."]
    helped = [_need_line(need) for need in helping.needs(report.people)][:MOST_PEOPLE]
    note = (
        "For leads alone. Accuracies come from answers that others gave, too, or that are known; somebody with few "
        "such answers is taken for about as right as the others."
    )
    blocks = [header(title), section("\n".join(lines)), context(note)]
    if helped:
        blocks[1:1] = [section("\n".join([WORD, *helped])), context(GENTLY)]
    if items:
        blocks.append(section("*Worth another look*: people differ here, or the answer is in doubt."))
        blocks += [rich(literal(clip(item.text, EXCERPT))) for item in items]
    if contested:
        blocks += [section(f"*{CONTESTED}*: most people say otherwise."), disputes.listed(contested), context(OVERRIDE)]
        lines.append(f"{CONTESTED}: {disputes.spoken_list(contested)}.")
    named = [WORD.replace("*", "") + ":", *helped] if helped else []
    spoken = [f"{escape(title)}.", *named, *lines, *(escape(clip(item.text, EXCERPT)) for item in items)]
    return Message(clip(" ".join(spoken), 4_000), blocks)


def person_line(figures: PersonFigures) -> str:
    """One person (mrkdwn)."""
    line = f"{mention(figures.user_id)}: {count(figures.answers, 'answer')}"
    accuracy = figures.accuracy
    passed = f"; skipped {figures.skips:,}" if figures.skips else ""
    passed += f"; could not say {figures.unsure:,} times" if figures.unsure else ""
    if accuracy is None or accuracy.point is None:
        return f"{line}{passed}; accuracy not known: nobody else answered the same items"
    line += f"; right in about {accuracy.point:.0%} ({_range(accuracy)}), judged by {figures.judged:,} of them{passed}"
    gold = figures.gold
    if gold is None or gold.point is None:
        return line
    return f"{line}; of {count(figures.gold_answers, 'known answer')} mixed in {gold.point:.0%} right ({_range(gold)})"


def _need_line(need: helping.Need) -> str:
    """Why a word may be welcome (mrkdwn)."""
    parts = []
    if need.accuracy is not None and need.accuracy.point is not None:
        parts.append(
            f"right in about {need.accuracy.point:.0%} ({_range(need.accuracy)}), the others in {need.others_right:.0%}"
        )
    if need.passed is not None:
        parts.append(f"passed on {need.passed:.0%} of the items, the others on {need.others_passed:.0%}")
    return f"{mention(need.user_id)}: {'; '.join(parts)}"


def _range(value: Interval) -> str:
    return f"{value.low:.0%} to {value.high:.0%}"
