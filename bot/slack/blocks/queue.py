"""The labelling queue: its part of App Home, and the modal that shows one item after the other.

Buttons carry their query, so that a click on what was on screen a moment ago still means that item.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.domain import ProjectState, QueryView, RoundState
from bot.services.ports import QueueState
from bot.services.queue import Overview
from bot.slack.blocks.choices import button, choices
from bot.slack.blocks.items import is_web, suggested
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
from bot.words import say

VIEW: Final = "queue"  # callback_id of the modal
LABEL: Final = (
    "queue_label_"  # action_id of a label button: "queue_label_<i>", of the menu of labels: "queue_label_menu"
)
SKIP: Final = "queue_skip"
UNSURE: Final = "queue_unsure"
BACK: Final = "queue_back"
READ: Final = "queue_read"
FLAG: Final = "queue_flag"
GUIDELINES: Final = "queue_guidelines"
WHY: Final = "queue_why"
START: Final = "queue_start"  # App Home: Label next
CHANGE: Final = "queue_change"  # App Home: one of the last votes
WORD: Final = "word"  # block_id of what has to be said
STEPS_BACK: Final = 100
PROJECTS: Final = 20  # with a queue of their own in App Home


@dataclass(frozen=True, slots=True)
class Trail:
    """What the modal has to remember: its project, the round, and the positions answered, for going back.

    `change`: opened to change one answer."""

    project: str
    round: int = 0
    back: tuple[int, ...] = ()
    change: bool = False

    def dump(self) -> str:
        """As private_metadata."""
        return json.dumps({"p": self.project, "r": self.round, "b": self.back, "c": self.change})

    @staticmethod
    def read(text: str) -> Trail | None:
        """None for what no version of ours wrote."""
        try:
            data: Mapping[str, Any] = json.loads(text)
            back = tuple(int(position) for position in data["b"])
            return Trail(str(data["p"]), int(data["r"]), back, bool(data["c"]))
        except (ValueError, KeyError, TypeError):
            return None

    def answered(self, number: int, position: int) -> Trail:
        """One step further."""
        before = self.back if number == self.round else ()
        kept = tuple(step for step in before if step != position)
        return Trail(self.project, number, (*kept, position)[-STEPS_BACK:])


def query_id(trail: Trail, position: int) -> str:
    """The query at that place of the trail's round."""
    return f"{trail.project}:{trail.round}:{position}"


def item_view(
    view: QueryView,
    trail: Trail,
    user_id: str,
    *,
    state: QueueState | None = None,
    word: str = "",
    without_picture: bool = False,
) -> Block:
    """The modal with one item. `state`: how far the person is; `word`: what has to be said (mrkdwn)."""
    trail = trail if trail.round == view.query.round else replace(trail, round=view.query.round, back=())
    shown, cut = excerpt(view.item.text)
    blocks: list[Block] = [{**rich(literal(shown)), "block_id": "text"}]
    if view.item.image_url and is_web(view.item.image_url) and not without_picture:
        blocks.append({"type": "image", "image_url": view.item.image_url, "alt_text": say("item-picture")})
    if view.item.url and is_web(view.item.url):
        blocks.append(rich({"type": "link", "url": view.item.url, "text": clip(view.item.url, 80)}))
    if view.project.suggestions and view.query.suggestion is not None:
        blocks.append(context(suggested(view.project.said(view.query.suggestion))))
    blocks += _answers(view, user_id, cut=cut, back=bool(trail.back))
    blocks += _below(view, state, user_id, word)
    return _modal(view.project.name, blocks, trail, submit=say("queue-next"))


def _answers(view: QueryView, user_id: str, *, cut: bool, back: bool) -> list[Block]:
    asked = view.query.id
    above, rows = choices(view.project, asked, LABEL, view.votes.get(user_id))
    rest = [button(say("button-skip"), SKIP, {"q": asked}), button(say("button-unsure"), UNSURE, {"q": asked})]
    rest += [button(say("queue-back"), BACK, {"q": asked})] if back else []
    rest += [button(say("button-read-all"), READ, {"q": asked})] if cut else []
    rest += [button(say("button-guidelines"), GUIDELINES, {"q": asked})] if view.project.guidelines else []
    rest += [button(say("queue-why"), WHY, {"q": asked}), button(say("button-flag"), FLAG, {"q": asked})]
    # Two rows whatever there is to show, so that labels stay where they are from item to item.
    rows.append(rest)
    below: list[Block] = [{"type": "actions", "block_id": f"answer-{n}", "elements": row} for n, row in enumerate(rows)]
    return above + below


def _below(view: QueryView, state: QueueState | None, user_id: str, word: str) -> list[Block]:
    blocks = [{**context(word), "block_id": WORD}] if word else []
    where = say("item-place", round=str(view.query.round), item=str(view.query.position + 1))
    if user_id in view.votes:
        own = say("queue-own", label=_label(view, view.votes[user_id]))
        return [*blocks, context(f"{where} · {own}")]
    if state is None:
        return [*blocks, context(where)]
    facts = [where, say("queue-progress", own=state.own, answered=state.answered, total=state.total)]
    before = (state.last_votes or {}).get(user_id)
    facts += [say("queue-last", label=_label(view, before))] if before else []
    return [*blocks, context(" · ".join(facts))]


def _label(view: QueryView, value: str) -> str:
    """An answer (mrkdwn)."""
    return escape(clip(view.project.said(value), SAID))


def end_view(state: QueueState, trail: Trail, word: str = "") -> Block:
    """Nothing to show: says why, and what comes next."""
    text, again = _ending(state)
    blocks = [{**context(word), "block_id": WORD}] if word else []
    blocks.append(section(text))
    if trail.back and state.round == trail.round and state.round_state is RoundState.OPEN:
        asked = query_id(trail, trail.back[-1])
        blocks.append(
            {"type": "actions", "block_id": "answer-0", "elements": [button(say("queue-back"), BACK, {"q": asked})]}
        )
    return _modal(state.project.name, blocks, trail, submit=say("queue-look-again") if again else None)


def _ending(state: QueueState) -> tuple[str, bool]:
    """The words (mrkdwn), and whether it is worth while to look again soon."""
    if state.round_state is RoundState.OPEN:
        done = say("queue-done", own=state.own, answered=state.answered, total=state.total)
        if state.busy:
            return f"{say('queue-nearly', busy=state.busy)} {done}", True
        return f"{say('queue-all')} {done}", True
    if state.project.state is ProjectState.PAUSED:
        return say("queue-paused", project=escape(state.project.name)), False
    if state.round is None:
        return say("queue-not-begun"), True
    prepared = "yes" if state.round_state is RoundState.CLOSED else "no"
    return say("queue-complete", round=str(state.round), prepared=prepared), True


def changed_view(view: QueryView, user_id: str, trail: Trail) -> Block:
    """After one answer was changed from App Home."""
    now = view.votes.get(user_id)
    says = say("queue-changed", label=_label(view, now)) if now else say("queue-taken-back")
    blocks = [{**rich(literal(excerpt(view.item.text)[0])), "block_id": "text"}, section(says)]
    return _modal(view.project.name, blocks, replace(trail, change=False), submit=say("queue-label-next"))


def with_word(view: Mapping[str, Any], word: str) -> Block:
    """The very modal that is on screen, with something to say (mrkdwn)."""
    blocks = [block for block in view.get("blocks") or [] if block.get("block_id") != WORD]
    kept = ("type", "callback_id", "title", "close", "submit", "private_metadata", "notify_on_close")
    said: list[Block] = [*blocks, {**context(word), "block_id": WORD}]
    return {**{name: view[name] for name in kept if view.get(name)}, "blocks": said}


def _modal(name: str, blocks: list[Block], trail: Trail, *, submit: str | None) -> Block:
    return {
        "type": "modal",
        "callback_id": VIEW,
        "title": plain(clip(name, 24)),
        "close": plain(say("queue-finish")),
        **({"submit": plain(submit)} if submit else {}),
        "notify_on_close": True,
        "private_metadata": trail.dump(),
        "blocks": blocks,
    }


def home_blocks(overviews: Sequence[Overview], recent: Sequence[QueryView], user_id: str, word: str) -> list[Block]:
    """The person's own part of App Home: where there is work, how far they are, their last votes."""
    blocks: list[Block] = [section(word)] if word else []
    working = [one for one in overviews if one.state.round_state is RoundState.OPEN or one.today][:PROJECTS]
    blocks += [_home_project(one) for one in working]
    if recent:
        blocks.append(context(say("queue-last-answers")))
        blocks += [_home_vote(view, user_id) for view in recent]
    return blocks


def _home_project(one: Overview) -> Block:
    state, name = one.state, one.state.project.name
    place = {"project": escape(name), "round": str(state.round)}
    done = say("queue-today", today=one.today, own=state.own)
    if state.round_state is not RoundState.OPEN:
        return section(say("queue-over", **place, today=one.today))
    if not state.left:
        return section(f"{say('queue-others-at-last' if state.busy else 'queue-nothing-left', **place)} {done}")
    text = f"{say('queue-for-you', **place, left=state.left)} {done}"
    start = {**button(say("queue-label-next"), START, {"project": state.project.id}), "style": "primary"}
    return {
        **section(text),
        "accessory": {**start, "accessibility_label": clip(say("queue-label-next-of", project=name), 75)},
    }


def _home_vote(view: QueryView, user_id: str) -> Block:
    start = excerpt(one_line(view.item.text), RECORD)[0]
    label = clip(view.project.said(view.votes[user_id]), SAID)
    text = say("queue-vote", label=label, text=start)
    if view.round_state is not RoundState.OPEN:
        text = say("queue-vote-closed", label=label, text=start, round=str(view.query.round))
    block: Block = {"type": "section", "text": plain(text)}
    change = button(say("queue-change"), CHANGE, {"q": view.query.id})
    return block | {"accessory": {**change, "accessibility_label": clip(say("queue-change-of", text=start), 75)}}
