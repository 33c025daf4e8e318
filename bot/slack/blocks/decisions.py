"""Modals of what people decide beside voting: a flag, a correction, an adjudicator's decision; and their part of App Home."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from bot.domain import Case, DecisionKind, Dispute, Item, Note, Project, Query, Why
from bot.services.decisions import MOST
from bot.slack.blocks.choices import button
from bot.slack.blocks.fields import instead_field, item_text, label_field, modal, reason_field
from bot.slack.blocks.text import (
    RECORD,
    SAID,
    Block,
    clip,
    context,
    escape,
    excerpt,
    literal,
    one_line,
    plain,
    rich,
    section,
)
from bot.words import figure, say

FLAG: Final = "flag_item"  # callback_ids of the modals
CORRECT: Final = "correct_item"
DECIDE: Final = "decide_item"
UNFLAG: Final = "flag_undo"  # action_ids
START: Final = "decide_start"  # App Home: decide what is disputed
AGAIN: Final = "decide_again"  # App Home: change a decision
LATER: Final = "decide_later"  # the next one, without a decision
LINES: Final = 30  # votes and comments shown


class Place(NamedTuple):
    """What the adjudicator's modal has to remember; rights are asked for again at each step."""

    project: str
    item: str
    why: Why | None  # None: opened to change a decision

    def dump(self) -> str:
        """As private_metadata."""
        return json.dumps({"p": self.project, "i": self.item, "w": self.why})

    @staticmethod
    def read(text: str) -> Place | None:
        """None for what no version of ours wrote."""
        try:
            data: Mapping[str, Any] = json.loads(text)
            return Place(str(data["p"]), str(data["i"]), Why(data["w"]) if data["w"] is not None else None)
        except (ValueError, KeyError, TypeError):
            return None


def flag_view(case: Case, query_id: str, user_id: str) -> Block:
    """What is wrong with an item? With what this person said before, and the way to take it back."""
    mine = next((note for note in case.notes if note.kind == "flag" and note.user_id == user_id), None)
    blocks = [item_text(case.item)]
    if mine is not None:
        told = say("flag-own", looked="yes" if mine.settled else "no")
        blocks += [context(told), _undo(query_id)]
    present = mine.reason[:MOST] if mine else ""
    blocks.append(reason_field(case.item.id, say("flag-question"), most=MOST, present=present))
    data = json.dumps({"q": query_id})
    return modal(FLAG, say("flag-title"), blocks, submit=say("flag-submit"), private_metadata=data)


def flagged_view(query_id: str) -> Block:
    """A flag was noted."""
    words = section(say("flag-noted"))
    return modal(FLAG, say("flag-title"), [words, _undo(query_id)], private_metadata=json.dumps({"q": query_id}))


def unflagged_view(*, there_was_one: bool) -> Block:
    """A flag was taken back."""
    return told_view(say("flag-title"), say("flag-taken-back" if there_was_one else "flag-none"))


def told_view(title: str, words: str) -> Block:
    """A modal that says something (mrkdwn)."""
    return modal("told", title, [section(words)])


def _undo(query_id: str) -> Block:
    elements = [button(say("flag-take-back"), UNFLAG, {"q": query_id})]
    return {"type": "actions", "block_id": "undo", "elements": elements}


def correct_view(case: Case, query_id: str, user_id: str, via: str, *, late: bool, may_vote: bool) -> Block:
    """What is right? `late`: the round is closed, so all answers are shown and a changed one takes a reason."""
    mine, project = case.votes.get(user_id), case.project
    blocks = [item_text(case.item)]
    if late:
        decided = [_note(project, note) for note in case.notes if note.kind == "override"]
        blocks.append(_lines([*_votes(case), *decided]))
    blocks.append(context(_position(project, mine, late=late, may_vote=may_vote)))
    blocks += [
        label_field(project, case.item.id, say("correct-question"), mine),
        reason_field(case.item.id, say("correct-why"), most=MOST, optional=not (late and may_vote)),
    ]
    data = json.dumps({"q": query_id, "via": via})
    return modal(CORRECT, say("correct-title"), blocks, submit=say("button-save"), private_metadata=data)


def _position(project: Project, mine: str | None, *, late: bool, may_vote: bool) -> str:
    if not may_vote:
        return say("correct-for-leads")
    if mine is None:
        return say("correct-no-answer-late" if late else "correct-no-answer")
    return say("correct-own-late" if late else "correct-own", label=escape(clip(project.said(mine), SAID)))


def decide_view(case: Case, place: Place, left: int, asked: Query | None = None) -> Block:
    """An item for the adjudicator: everybody's answers and words, and the decision with its reason.

    `asked`: the query in which a model said what it would answer, where that is worth to be shown."""
    decided = next((note for note in case.notes if note.kind == "override"), None)
    present = case.label.value if case.label is not None and decided is not None else None
    blocks = [item_text(case.item), _lines([*_votes(case), *_notes(case)])]
    if asked is not None:
        blocks.append(context(_model_line(case.project, asked)))
    if place.why is not None:
        later = button(say("decide-later"), LATER, {"p": place.project})
        blocks.append(context(say("decide-here", why=place.why.value, left=left)))
        blocks.append({"type": "actions", "block_id": "later", "elements": [later]})
    instead = _instead(case, decided)
    blocks.append(label_field(case.project, case.item.id, say("decide-label"), present, optional=bool(instead)))
    if instead:
        blocks.append(instead_field(case.item.id, instead))
    blocks.append(reason_field(case.item.id, say("decide-why"), most=MOST))
    title = say("decide-title-of", project=case.project.name)
    return modal(DECIDE, title, blocks, submit=say("decide-submit"), private_metadata=place.dump())


def _model_line(project: Project, asked: Query) -> str:
    return say(
        "decide-model",
        label=escape(clip(project.said(str(asked.suggestion)), SAID)),
        positive=escape(clip(project.positive, 75)),
        score=figure(asked.model_score or 0.0, ".2f"),
        version=escape(str(asked.model_version).partition(":")[2]),
    )


def _instead(case: Case, decided: Note | None) -> dict[str, str]:
    """What may be decided instead of a label."""
    choices: dict[str, str] = {}
    if decided is not None:
        choices[DecisionKind.WITHDRAW] = say("decide-withdraw")
    if any(note.kind in (Why.FLAG, Why.CORRECTION) and not note.settled for note in case.notes):
        choices[DecisionKind.SETTLE] = say("decide-settle")
    return choices


def _votes(case: Case) -> list[list[Block]]:
    """Who says what, one line each."""
    said = case.project.said
    lines = []
    for user, label in sorted(case.votes.items()):
        who = literal(say("said-imported")) if user == "import" else _person(user)
        lines.append([who, literal(f": {clip(said(label), SAID)}")])
    lines += [[_person(user), literal(f": {say('said-unsure')}")] for user in case.unsure]
    if case.label is not None:
        lines.append([literal(say("said-label", label=clip(said(case.label.value), SAID)), bold=True)])
    return lines


def _notes(case: Case) -> list[list[Block]]:
    return [_note(case.project, note) for note in case.notes]


def _note(project: Project, note: Note) -> list[Block]:
    label = clip(project.said(note.label), SAID) if note.label is not None else ""
    said = say("said-note", kind=note.kind, label=label)
    said = say("said-with-reason", said=said, reason=one_line(note.reason)) if note.reason else said
    who = _person(note.user_id) if note.user_id else literal(say("said-somebody"))
    return [who, literal(f" {said}")]


def _person(user_id: str) -> Block:
    return {"type": "user", "user_id": user_id}


def _lines(lines: Sequence[list[Block]]) -> Block:
    """One rich text block, a line each; nothing in it is parsed."""
    shown = list(lines[:LINES]) or [[literal(say("said-nobody"))]]
    if len(lines) > LINES:
        shown.append([literal(say("said-more", lines=len(lines) - LINES))])
    elements = [part for line in shown for part in (*line, literal("\n"))]
    return rich(*elements[:-1])


def waiting_line(disputes: Sequence[Dispute]) -> str:
    """What waits for an adjudicator, in one sentence (mrkdwn); "" for nothing."""
    if not disputes:
        return ""
    kinds = Counter(dispute.why for dispute in disputes)
    parts = ", ".join(say("waits-kind", why=why.value, items=kinds[why]) for why in Why if kinds[why])
    return say("waits-for-lead", items=len(disputes), kinds=parts)


def home_blocks(project: Project, disputes: Sequence[Dispute], decided: Sequence[tuple[Item, Note]]) -> list[Block]:
    """A lead's part of App Home: what to decide, and the last decisions to change."""
    blocks: list[Block] = []
    if disputes:
        start = button(say("waits-decide"), START, {"project": project.id})
        start |= {"accessibility_label": clip(say("waits-decide-of", project=project.name), 75)}
        blocks.append({**section(say("waits-for-you", items=len(disputes))), "accessory": start})
    for item, note in decided:
        start_of = excerpt(one_line(item.text), RECORD)[0]
        change = button(say("waits-change"), AGAIN, {"project": project.id, "item": item.id})
        change |= {"accessibility_label": clip(say("waits-change-of", text=start_of), 75)}
        words = say("waits-decided", label=clip(project.said(str(note.label)), SAID), text=start_of)
        blocks.append({"type": "section", "text": plain(words), "accessory": change})
    return blocks
