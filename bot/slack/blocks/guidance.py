"""Help while labelling: what each label means, and why an item is asked."""

from __future__ import annotations

from typing import Final

from bot.domain import Again, Project, Query, QueryView, RoundState
from bot.slack.blocks.text import Block, clip, context, escape, literal, plain, rich, section
from bot.slack.limits import VIEW_BLOCKS
from bot.words import say

VIEW: Final = "guidance"  # callback_id: a modal that is only read
STRONG, SOME = 1.0, 0.4  # log odds from which on a word's pull is called so

# What a strategy looks for, in words that need no statistics; by its name up to a ":" or else up to a "_".
LOOKS_FOR: Final = {
    "default": "items that the model is unsure about and that stand for many others",
    "diverse": "items that the model is unsure about and that stand for many others",
    "entropy": "items that the model is least sure about",
    "margin": "items where the model can hardly decide between two labels",
    "least": "items where the model has little confidence in its best guess",
    "likely": "items that may well be among the rare ones that are looked for",
    "hybrid": "a mixture of items that the model is unsure about, likely hits, and some by chance",
    "committee": "items about which several models disagree",
    "error": "items whose answer is expected to mend most of the model's mistakes elsewhere",
    "keywords": "items with one of the keywords that this project began with",
    "representative": "items that are typical for many others",
    "random": "items drawn by chance",
}


def guidelines_view(project: Project) -> Block:
    """What the labels mean, in the words of the project's leads."""
    told = [(label, project.guidelines[label]) for label in project.labels if project.guidelines.get(label)]
    blocks: list[Block] = [
        rich(literal(clip(label, 75), bold=True), literal(f"\n{text}")) for label, text in told[: VIEW_BLOCKS - 1]
    ]
    return _modal("Guidelines", blocks or [section("This project has no guidelines yet. Its leads can write some.")])


def why_view(view: QueryView) -> Block:
    """Why this item is asked, as a modal."""
    return _modal("Why am I asked?", why_blocks(view))


def why_blocks(view: QueryView) -> list[Block]:
    """Why this item is asked. Until the round is over an audit item reads like any other, so that all are answered with the same care."""
    query, over = view.query, view.round_state is RoundState.CLOSED
    blocks: list[Block] = [section(_reason(query) if over else _reason_while_open(view))]
    if query.model_score is not None:
        blocks.append(
            section(f"*The model's score for {escape(clip(view.project.positive, 75))}:* {query.model_score:.2f}")
        )
    if query.words:
        blocks += [section("*Words that weigh most for the model*"), rich(*_words(view))]
    facts = [f"Round {query.round}, item {query.position + 1}"]
    facts.append(f"model {escape(query.model_version)}" if query.model_version else "no model yet")
    if over and query.rank is not None:
        facts.append(f"rank {query.rank} of the strategy")
    if over and query.inclusion_probability is not None:
        facts.append(f"chance of being drawn {query.inclusion_probability:.2%}")
    blocks.append(context(" · ".join(facts)))
    if not over:
        blocks.append(
            context("The model is often wrong about the items that it asks for: your own judgement is what counts.")
        )
    return blocks


def looks_for(strategy: str) -> str:
    """What a strategy looks for, in plain words; its name where there are none."""
    name = strategy.partition(":")[0]
    return (
        LOOKS_FOR.get(name) or LOOKS_FOR.get(name.partition("_")[0]) or f"what the strategy {escape(strategy)} chooses"
    )


def _reason(query: Query) -> str:
    if query.audit:
        return "It was drawn by chance, to measure how good the model is, and was not learned from while it measured."
    if query.again is Again.GOLD:
        return "Its answer was known. Such items are mixed in now and then, to see how well people and known answers agree."
    if query.again is Again.REASK:
        return f"It had been asked before, and one more opinion was wanted ({escape(clip(query.note, 300))})."
    note = f" ({escape(clip(query.note, 300))})" if query.note else ""
    return f"It was chosen to learn from. Asked for were {looks_for(query.strategy)}{note}."


def _reason_while_open(view: QueryView) -> str:
    project = view.project
    asked = (
        "items that are typical for many others" if view.query.model_version is None else looks_for(project.strategy)
    )
    others = []
    if project.audit_per_round:
        others.append("some that are drawn by chance to measure how good the model is")
    if project.reask_per_round or project.gold_per_round:
        others.append("some that serve to check answers that are there already")
    told = ". Which one this is will be told here when the round is closed." if others else "."
    return f"This round asks for {', and '.join([asked, *others])}{told}"


def _words(view: QueryView) -> list[Block]:
    """One line a word: which way it pulls, and how hard."""
    elements: list[Block] = []
    for number, (word, pull) in enumerate(view.query.words):
        strength = "strongly " if abs(pull) >= STRONG else "" if abs(pull) >= SOME else "a little "
        side = "towards" if pull > 0 else "away from"
        elements += [literal("\n")] if number else []
        elements += [literal(word, bold=True), literal(f" pulls {strength}{side} {clip(view.project.positive, 75)}")]
    return elements


def _modal(title: str, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": VIEW,
        "title": plain(title),
        "close": plain(say("button-close")),
        "blocks": blocks[:VIEW_BLOCKS],
    }
