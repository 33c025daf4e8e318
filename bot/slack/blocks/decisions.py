"""Modals of what people decide beside voting: a flag, a correction, an adjudicator's decision; and their part of App Home."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from bot.domain import Case, DecisionKind, Dispute, Item, Note, Project, Why
from bot.services.decisions import MOST
from bot.slack.blocks.choices import button
from bot.slack.blocks.fields import instead_field, item_text, label_field, modal, reason_field
from bot.slack.blocks.text import (
    RECORD,
    SAID,
    Block,
    clip,
    context,
    count,
    escape,
    excerpt,
    literal,
    one_line,
    plain,
    rich,
    section,
)

FLAG: Final = "flag_item"  # callback_ids of the modals
CORRECT: Final = "correct_item"
DECIDE: Final = "decide_item"
FLAG_TITLE: Final = "Flag this item"
UNFLAG: Final = "flag_undo"  # action_ids
START: Final = "decide_start"  # App Home: decide what is disputed
AGAIN: Final = "decide_again"  # App Home: change a decision
LATER: Final = "decide_later"  # the next one, without a decision
LINES: Final = 30  # votes and comments shown
WAITS: Final = {
    Why.FLAG: "somebody flagged it",
    Why.CORRECTION: "somebody says that it is wrong",
    Why.TIE: "a tie",
    Why.UNSURE: "nobody was sure",
    Why.SPLIT: "not everybody agrees",
}
KINDS: Final = {
    Why.FLAG: ("flagged", "flagged"),
    Why.CORRECTION: ("corrected", "corrected"),
    Why.TIE: ("tie", "ties"),
    Why.UNSURE: ("unsure", "unsure"),
    Why.SPLIT: ("split", "split"),
}


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
        looked = "A lead has looked at it since." if mine.settled else "The leads have not looked at it yet."
        told = f"You flagged this item. {looked} You can say it otherwise, or take it back."
        blocks += [context(told), _undo(query_id)]
    blocks.append(
        reason_field(
            case.item.id, "What is wrong with this item?", most=MOST, present=mine.reason[:MOST] if mine else ""
        )
    )
    return modal(FLAG, FLAG_TITLE, blocks, submit="Flag", private_metadata=json.dumps({"q": query_id}))


def flagged_view(query_id: str) -> Block:
    """A flag was noted."""
    words = section(
        "*Noted, thank you.* The leads of this project see your flag and your words, and will look at the item."
    )
    return modal(FLAG, FLAG_TITLE, [words, _undo(query_id)], private_metadata=json.dumps({"q": query_id}))


def unflagged_view(*, there_was_one: bool) -> Block:
    """A flag was taken back."""
    return told_view(FLAG_TITLE, "Your flag is taken back." if there_was_one else "There is no flag of yours here.")


def told_view(title: str, words: str) -> Block:
    """A modal that says something (mrkdwn)."""
    return modal("told", title, [section(words)])


def _undo(query_id: str) -> Block:
    elements = [button("Take my flag back", UNFLAG, {"q": query_id})]
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
        label_field(project, case.item.id, "What is right?", mine),
        reason_field(case.item.id, "Why?", most=MOST, optional=not (late and may_vote)),
    ]
    data = json.dumps({"q": query_id, "via": via})
    return modal(CORRECT, "Correct an answer", blocks, submit="Save", private_metadata=data)


def _position(project: Project, mine: str | None, *, late: bool, may_vote: bool) -> str:
    if not may_vote:
        return "Your answers are not counted in this project; what you say here goes to its leads, who decide."
    own = (
        f"Your answer is {escape(clip(project.said(mine), SAID))}."
        if mine is not None
        else "You have not answered yet."
    )
    return f"{own} The round is closed; the model learns of a change with the next one." if late else own


def decide_view(case: Case, place: Place, left: int) -> Block:
    """An item for the adjudicator: everybody's answers and words, and the decision with its reason."""
    decided = next((note for note in case.notes if note.kind == "override"), None)
    present = case.label.value if case.label is not None and decided is not None else None
    blocks = [item_text(case.item), _lines([*_votes(case), *_notes(case)])]
    if place.why is not None:
        waiting = f"{count(left, 'item waits', 'items wait')} for a decision in all"
        later = button("Later", LATER, {"p": place.project})
        blocks.append(context(f"Here because: {WAITS[place.why]}. {waiting}."))
        blocks.append({"type": "actions", "block_id": "later", "elements": [later]})
    instead = _instead(case, decided)
    blocks.append(label_field(case.project, case.item.id, "The right label", present, optional=bool(instead)))
    if instead:
        blocks.append(instead_field(case.item.id, instead))
    blocks.append(reason_field(case.item.id, "Why? People who look at the item will see it.", most=MOST))
    return modal(DECIDE, f"Decide: {case.project.name}", blocks, submit="Decide", private_metadata=place.dump())


def _instead(case: Case, decided: Note | None) -> dict[str, str]:
    """What may be decided instead of a label."""
    choices: dict[str, str] = {}
    if decided is not None:
        choices[DecisionKind.WITHDRAW] = "Withdraw the decision: the votes decide again"
    if any(note.kind in (Why.FLAG, Why.CORRECTION) and not note.settled for note in case.notes):
        choices[DecisionKind.SETTLE] = "Looked at: the label stays as it is"
    return choices


def _votes(case: Case) -> list[list[Block]]:
    """Who says what, one line each."""
    said = case.project.said
    lines = []
    for user, label in sorted(case.votes.items()):
        who = literal("Imported") if user == "import" else _person(user)
        lines.append([who, literal(f": {clip(said(label), SAID)}")])
    lines += [[_person(user), literal(": unsure")] for user in case.unsure]
    if case.label is not None:
        lines.append([literal(f"Label: {clip(said(case.label.value), SAID)}", bold=True)])
    return lines


def _notes(case: Case) -> list[list[Block]]:
    return [_note(case.project, note) for note in case.notes]


def _note(project: Project, note: Note) -> list[Block]:
    label = clip(project.said(note.label), SAID) if note.label is not None else ""
    did = {
        "flag": "flagged it",
        "correction": f"says it is {label}",
        "override": f"decided on {label}",
        "settle": "has looked at it",
    }
    done = did.get(note.kind, f"on {label}")
    who = _person(note.user_id) if note.user_id else literal("Somebody")
    return [who, literal(f" {done}{': “' + one_line(note.reason) + '”' if note.reason else ''}")]


def _person(user_id: str) -> Block:
    return {"type": "user", "user_id": user_id}


def _lines(lines: Sequence[list[Block]]) -> Block:
    """One rich text block, a line each; nothing in it is parsed."""
    shown = list(lines[:LINES]) or [[literal("Nobody has answered yet.")]]
    if len(lines) > LINES:
        shown.append([literal(f"and {len(lines) - LINES} more")])
    elements = [part for line in shown for part in (*line, literal("\n"))]
    return rich(*elements[:-1])


def waiting_line(disputes: Sequence[Dispute]) -> str:
    """What waits for an adjudicator, in one sentence (mrkdwn); "" for nothing."""
    if not disputes:
        return ""
    kinds = Counter(dispute.why for dispute in disputes)
    parts = ", ".join(count(kinds[why], *KINDS[why]) for why in Why if kinds[why])
    return f"{count(len(disputes), 'item waits', 'items wait')} for a lead's decision ({parts})."


def home_blocks(project: Project, disputes: Sequence[Dispute], decided: Sequence[tuple[Item, Note]]) -> list[Block]:
    """A lead's part of App Home: what to decide, and the last decisions to change."""
    blocks: list[Block] = []
    if disputes:
        start = button("Decide", START, {"project": project.id})
        start |= {"accessibility_label": clip(f"Decide: {project.name}", 75)}
        words = f"{count(len(disputes), 'item waits', 'items wait')} for your decision."
        blocks.append({**section(words), "accessory": start})
    for item, note in decided:
        start_of = excerpt(one_line(item.text), RECORD)[0]
        change = button("Change", AGAIN, {"project": project.id, "item": item.id})
        change |= {"accessibility_label": clip(f"Change the decision: {start_of}", 75)}
        label = clip(project.said(str(note.label)), SAID)
        blocks.append({"type": "section", "text": plain(f"Decided as {label}: “{start_of}”"), "accessory": change})
    return blocks
