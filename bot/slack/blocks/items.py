"""The message of one item: the question while the round is open, a one-line record afterwards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from bot.domain import QueryView, RoundState
from bot.slack.blocks.choices import PER_ROW, button, choices
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import (
    RECORD,
    SAID,
    Block,
    clip,
    context,
    escape,
    excerpt,
    literal,
    mention,
    mentions,
    one_line,
    plain,
    rich,
)
from bot.words import say

ANSWER: Final = "answer"  # block_id of the (first) row of label buttons
LABEL: Final = "label_"  # action_id of a label button: "label_<i>", of the menu of labels: "label_menu"
SKIP: Final = "skip"
UNSURE: Final = "unsure"
MORE: Final = "more"
READ_ALL: Final = "read_all"
UNDO: Final = "undo"
SPOKEN: Final = 400  # characters of the item in the top-level text


def item_message(view: QueryView) -> Message:
    """The question, or the record once the round is over."""
    return _record(view) if view.round_state is RoundState.CLOSED else _question(view)


def _question(view: QueryView) -> Message:
    shown, cut = excerpt(view.item.text)
    blocks: list[Block] = [{**rich(literal(shown)), "block_id": "text"}]
    if view.item.image_url and is_web(view.item.image_url):
        blocks.append({"type": "image", "image_url": view.item.image_url, "alt_text": say("item-picture")})
    if view.item.url and is_web(view.item.url):
        blocks.append(rich({"type": "link", "url": view.item.url, "text": clip(view.item.url, 80)}))
    blocks += _answers(view, cut=cut)
    if view.project.suggestions and view.query.suggestion is not None:
        blocks.append(context(suggested(view.project.said(view.query.suggestion))))
    state = _state(view)
    blocks.append(context(f"{_where(view)} · {state}" if state else _where(view)))
    plainer = [block for block in blocks if block["type"] != "image"]
    return Message(_spoken(view, state), blocks, plainer if len(plainer) < len(blocks) else None)


def suggested(label: str) -> str:
    """The model's answer, where the project wants it shown (mrkdwn)."""
    return say("item-suggested", label=escape(clip(label, 75)))


def is_web(url: str) -> bool:
    """Whether Slack may be given it as a link or a picture's address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and len(url) <= 3_000


def _where(view: QueryView) -> str:
    project, query = view.project, view.query
    return say("item-where", project=escape(project.name), round=str(query.round), item=str(query.position + 1))


def _answers(view: QueryView, *, cut: bool) -> list[Block]:
    """Rows of at most five buttons; Skip and the menu stand with the labels where they fit."""
    above, rows = choices(view.project, view.query.id, LABEL)
    asked = {"q": view.query.id}
    rest = [button(say("button-skip"), SKIP, asked), button(say("button-unsure"), UNSURE, asked)]
    if cut:
        rest.append(button(say("button-read-all"), READ_ALL, asked))
    rest.append(_menu(view, _open_choices(view)))
    if len(rows[-1]) + len(rest) <= PER_ROW:
        rows[-1] += rest
    else:
        rows.append(rest)
    ids = [ANSWER, *(f"{ANSWER}-{number}" for number in range(2, len(rows) + 1))]
    below: list[Block] = [
        {"type": "actions", "block_id": block_id, "elements": row} for block_id, row in zip(ids, rows, strict=True)
    ]
    return above + below


def _open_choices(view: QueryView) -> list[tuple[str, str]]:
    choices = [(say("item-full-text"), "text"), (say("item-undo"), "undo"), (say("item-flag"), "flag")]
    choices.append((say("guidance-why"), "why"))
    return choices + ([(say("button-guidelines"), "guidelines")] if view.project.guidelines else [])


def _menu(view: QueryView, choices: Sequence[tuple[str, str]]) -> Block:
    options = [{"text": plain(text), "value": json.dumps({"q": view.query.id, "do": do})} for text, do in choices]
    return {"type": "overflow", "action_id": MORE, "options": options}


def _state(view: QueryView) -> str:
    """What has been answered and flagged so far, as far as everybody may see it (mrkdwn)."""
    return " · ".join(part for part in (_answered(view), _flagged(view)) if part)


def _flagged(view: QueryView) -> str:
    return say("item-flagged", people=mentions(view.flags)) if view.flags else ""


def _answered(view: QueryView) -> str:
    votes = {user: label for user, label in view.votes.items() if user != "import"}
    if view.project.overlap == 1 and votes:
        return ", ".join(
            f"{mention(user)}: {escape(clip(view.project.said(label), SAID))}" for user, label in sorted(votes.items())
        )
    if view.label is not None:
        outcome = _outcome(view)
        label = escape(clip(view.project.said(view.label.value), SAID))
        return say("item-label-by", label=label, outcome=outcome) if outcome else say("item-label", label=label)
    if votes:
        people = mentions(list(votes))
        enough = len(votes) >= view.project.overlap  # and no label all the same: they differ
        name = "item-answered-more" if enough else "item-answered"
        return say(name, people=people, votes=len(votes), wanted=view.project.overlap)
    declined = [say("item-skipped", people=mentions(view.skipped))] if view.skipped else []
    declined += [_unsure(view)] if view.unsure else []
    return ", ".join(declined)


def _unsure(view: QueryView) -> str:
    return say("item-unsure", people=mentions(view.unsure))


def _spoken(view: QueryView, state: str) -> str:
    """The top-level text: alone enough to judge the item and to know the choices, by the words that stand on the buttons."""
    item = escape(excerpt(one_line(view.item.text), SPOKEN)[0])
    labels = clip(", ".join(escape(clip(label, 75)) for label in view.project.labels), 1_000)
    several = view.project.multi_label
    text = say("item-spoken-several" if several else "item-spoken", where=_where(view), text=item, labels=labels)
    if view.project.suggestions and view.query.suggestion is not None:
        text += f" {suggested(view.project.said(view.query.suggestion))}"
    return clip(say("item-spoken-so-far", spoken=text, state=state) if state else text, 4_000)


def _record(view: QueryView) -> Message:
    """The label and the start of the text, with a menu; below, in small print, who answered what."""
    label = clip(view.project.said(view.label.value), SAID) if view.label else say("item-no-label")
    start = excerpt(one_line(view.item.text), RECORD)[0]
    choices = (
        (say("item-change"), "correct"),
        (say("item-full-text"), "text"),
        (say("item-why-was"), "why"),
        (say("item-flag"), "flag"),
    )
    blocks: list[Block] = [
        {
            "type": "section",
            "block_id": "record",
            "text": plain(say("item-record", label=label, text=start)),
            "accessory": _menu(view, choices),
        }
    ]
    outcome = " · ".join(part for part in (_outcome(view), _flagged(view)) if part)
    if outcome:
        blocks.append(context(outcome))
    text = say("item-record-spoken", where=_where(view), label=escape(label), text=escape(start), outcome=outcome)
    return Message(clip(text.strip(), 4_000), blocks)


def _outcome(view: QueryView) -> str:
    """Who said what, now that everybody may know, and how it was decided where it was not by votes (mrkdwn)."""
    said: dict[str, list[str]] = {}
    for user, label in sorted(view.votes.items()):
        if user != "import":
            said.setdefault(label, []).append(user)
    parts = [
        f"{escape(clip(view.project.said(label), SAID))}: {mentions(users)}" for label, users in sorted(said.items())
    ]
    parts += [_unsure(view)] if view.unsure else []
    parts += [say("item-decided")] if view.label is not None and view.label.decided_by == "override" else []
    return " · ".join(parts)


def own_choice(query_id: str, label: str) -> Message:
    """For the person alone, while others' answers must not be seen: their choice, and Undo."""
    text = say("item-own", label=escape(clip(label, 200)))
    undo = {"type": "actions", "block_id": "own", "elements": [button(say("button-undo"), UNDO, {"q": query_id})]}
    return Message(text, [context(text), undo])
