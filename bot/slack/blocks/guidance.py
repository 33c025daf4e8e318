"""Help while labelling: what each label means, and why an item is asked."""

from __future__ import annotations

from typing import Final

from bot.domain import Again, Project, Query, QueryView, RoundState
from bot.slack.blocks.text import Block, clip, context, escape, literal, plain, rich, section
from bot.slack.limits import VIEW_BLOCKS
from bot.words import figure, say

VIEW: Final = "guidance"  # callback_id: a modal that is only read
STRONG, SOME = 1.0, 0.4  # log odds from which on a word's pull is called so

# What a strategy looks for, in words that need no statistics; by its name up to a ":" or else up to a "_".
LOOKS_FOR: Final = {
    "default": "looks-stands-for-many",
    "diverse": "looks-stands-for-many",
    "entropy": "looks-least-sure",
    "margin": "looks-two-labels",
    "least": "looks-little-confidence",
    "likely": "looks-likely",
    "hybrid": "looks-mixture",
    "committee": "looks-disagree",
    "error": "looks-mends",
    "keywords": "looks-keywords",
    "representative": "looks-typical",
    "random": "looks-chance",
}


def guidelines_view(project: Project) -> Block:
    """What the labels mean, in the words of the project's leads."""
    told = [(label, project.guidelines[label]) for label in project.labels if project.guidelines.get(label)]
    blocks: list[Block] = [
        rich(literal(clip(label, 75), bold=True), literal(f"\n{text}")) for label, text in told[: VIEW_BLOCKS - 1]
    ]
    return _modal(say("button-guidelines"), blocks or [section(say("guidance-none"))])


def why_view(view: QueryView) -> Block:
    """Why this item is asked, as a modal."""
    over = view.round_state is RoundState.CLOSED
    return _modal(say("item-why-was" if over else "guidance-why"), why_blocks(view))


def why_blocks(view: QueryView) -> list[Block]:
    """Why this item is asked. Until the round is over an audit item reads like any other, so that all are answered with the same care."""
    query, over = view.query, view.round_state is RoundState.CLOSED
    blocks: list[Block] = [section(_reason(query) if over else _reason_while_open(view))]
    if query.model_score is not None:
        label = escape(clip(view.project.positive, 75))
        blocks.append(section(say("guidance-score", label=label, score=figure(query.model_score, ".2f"))))
    if query.words:
        blocks += [section(say("guidance-words")), rich(*_words(view))]
    facts = [say("item-place", round=str(query.round), item=str(query.position + 1))]
    version = query.model_version
    facts.append(say("guidance-model", version=escape(version)) if version else say("guidance-no-model"))
    if over and query.rank is not None:
        facts.append(say("guidance-rank", rank=query.rank))
    if over and query.inclusion_probability is not None:
        facts.append(say("guidance-chance", chance=figure(query.inclusion_probability, ".2%")))
    blocks.append(context(" · ".join(facts)))
    if not over:
        blocks.append(context(say("guidance-judge")))
    return blocks


def looks_for(strategy: str) -> str:
    """What a strategy looks for, in plain words; its name where there are none."""
    name = strategy.partition(":")[0]
    words = LOOKS_FOR.get(name) or LOOKS_FOR.get(name.partition("_")[0])
    return say(words) if words else say("looks-unknown", strategy=escape(strategy))


def _reason(query: Query) -> str:
    note = escape(clip(query.note, 300))
    if query.audit:
        return say("guidance-audit")
    if query.again is Again.GOLD:
        return say("guidance-known")
    if query.again is Again.REASK:
        return say("guidance-again", note=note)
    asked = looks_for(query.strategy)
    return say("guidance-chosen-so", asked=asked, note=note) if note else say("guidance-chosen", asked=asked)


def _reason_while_open(view: QueryView) -> str:
    project = view.project
    asked = say("looks-typical") if view.query.model_version is None else looks_for(project.strategy)
    measures, checks = bool(project.audit_per_round), bool(project.reask_per_round or project.gold_per_round)
    others = "both" if measures and checks else "measured" if measures else "checked" if checks else "none"
    return say("guidance-open", asked=asked, others=others)


def _words(view: QueryView) -> list[Block]:
    """One line a word: which way it pulls, and how hard."""
    elements: list[Block] = []
    label = clip(view.project.positive, 75)
    for number, (word, pull) in enumerate(view.query.words):
        strength = "strong" if abs(pull) >= STRONG else "some" if abs(pull) >= SOME else "little"
        pulls = say("guidance-pull", strength=strength, side="to" if pull > 0 else "away", label=label)
        elements += [literal("\n")] if number else []
        elements += [literal(word, bold=True), literal(f" {pulls}")]
    return elements


def _modal(title: str, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": VIEW,
        "title": plain(title),
        "close": plain(say("button-close")),
        "blocks": blocks[:VIEW_BLOCKS],
    }
