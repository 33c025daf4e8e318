"""What leads see of their acts: the log, an export's file, why an item was asked, and the forms of App Home."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from bot.domain import LoggedAct, ModelVersion, Project, QueryView, RoundState
from bot.services import adminlog, rollback
from bot.services.export import What
from bot.services.exports import Asked
from bot.services.projects import MAX_AUDIT
from bot.slack.blocks.guidance import why_blocks
from bot.slack.blocks.message import Attachment, Message
from bot.slack.blocks.text import (
    Block,
    clip,
    context,
    count,
    doer,
    escape,
    excerpt,
    literal,
    mention,
    mentions,
    moment,
    one_line,
    plain,
    rich,
    section,
)
from bot.slack.limits import OPTIONS
from bot.words import say

MEASURE_VIEW: Final = "leads_measure"  # callback_ids
ROLLBACK_VIEW: Final = "leads_rollback"
EXPORT_VIEW: Final = "leads_export"
SHOWN_VIEW: Final = "leads_shown"
FIELD: Final = "value"  # block_id and action_id of a form's only field
LOG_LINE: Final = 600


def log_message(project: Project, acts: Sequence[LoggedAct]) -> Message:
    """The newest acts, newest first."""
    head = f"*Log of {escape(project.name)}*"
    if not acts:
        return Message(f"{head}: nothing yet.".replace("*", ""), [section(f"{head}\nNothing has been logged yet.")])
    lines = [_log_line(act) for act in acts]
    blocks = [section(f"{head}, the last {count(len(acts), 'entry', 'entries')}"), *map(section, _packed(lines))]
    more = f"All of it: `/roundtable export log {escape(project.id)}`."
    spoken = clip(f"{head}: ".replace("*", "") + " ".join(lines), 3_800)
    return Message(spoken, [*blocks, context(more)])


def _log_line(act: LoggedAct) -> str:
    return f"{moment(act.at)}: {doer(act.by)} {escape(clip(one_line(adminlog.told(act)), LOG_LINE))}."


def _packed(lines: Sequence[str], size: int = 2_900) -> list[str]:
    """Lines joined into as few texts of that size as they go into."""
    packed: list[str] = []
    for line in lines:
        if packed and len(packed[-1]) + len(line) < size:
            packed[-1] += "\n" + line
        else:
            packed.append(line)
    return packed


def versions_message(project: Project, current: ModelVersion | None, others: Sequence[ModelVersion]) -> Message:
    """The models that one can go back to."""
    now = f"`{rollback.short(current.id)}` ({_about(current)})" if current is not None else "none yet"
    head = f"*{escape(project.name)}*: the current model is {now}."
    if not others:
        return Message(head.replace("*", ""), [section(f"{head}\nThere is no earlier one to go back to.")])
    listed = "\n".join(f"`{rollback.short(each.id)}`  {_about(each)}" for each in others[:20])
    usage = f"`/roundtable rollback {rollback.short(others[0].id)} {escape(project.id)}`"
    usage += " makes that one current, until new labels train the next."
    return Message(f"{head} Earlier: {listed}".replace("*", ""), [section(f"{head}\n{listed}"), context(usage)])


def _about(version: ModelVersion) -> str:
    after = f"after round {version.round}" if version.round else "of the first labels"
    return f"{after}, {count(version.training_labels, 'label')}, {moment(version.trained_at)}"


def export_file(asked: Asked, name: str, data: bytes, lines: int) -> Attachment:
    """The file of an export."""
    comment = f"The {asked.what.value} of {escape(name)}: {count(lines, 'line')}. Only you see this file."
    return Attachment(asked.filename, asked.filename, comment, data)


def why_message(view: QueryView) -> Message:
    """Why an item was asked; what people said only once the round is over."""
    text = excerpt(one_line(view.item.text), 300)[0]
    voters = sorted(user for user in view.votes if user != "import")
    if view.round_state is RoundState.CLOSED:
        told = view.project.said
        votes = ", ".join(f"{mention(user)}: {escape(clip(told(view.votes[user]), 75))}" for user in voters[:20])
        said = f"Answers: {votes or 'none'}."
        said += f" Label: {escape(clip(told(view.label.value), 300))}." if view.label is not None else " No label."
    else:
        people = mentions(voters) if voters else "nobody yet"
        said = f"Answered by {people}; what they said is shown when the round is closed."
    blocks = [rich(literal(text)), *why_blocks(view), context(said)]
    return Message(f"Why “{escape(text)}” was asked. {said}", blocks)


# --- App Home's forms


def measure_view(project: Project, left: int) -> Block:
    """How many labels to spend on measuring, where `left` items have no label yet."""
    if left < 1:
        return shown_view("Measure", [section("Every item has its label: there is nothing left to draw from.")])
    most = min(MAX_AUDIT, left)
    field: Block = {
        "type": "input",
        "block_id": FIELD,
        "label": plain("Labels to spend"),
        "hint": plain(f"1 to {most}. Reports say how many more would narrow the figures down."),
        "element": {
            "type": "number_input",
            "action_id": FIELD,
            "is_decimal_allowed": False,
            "min_value": "1",
            "max_value": str(most),
            "initial_value": str(min(50, most)),
        },
    }
    intro = (
        f"The next round of *{escape(project.name)}* asks for items drawn by chance, all to measure how good the model is, "
        "none to learn from."
    )
    return _form(MEASURE_VIEW, project, "Measure", "Measure", [section(intro), field])


def export_view(project: Project) -> Block:
    """What to export."""
    options = [
        {"text": plain(text), "value": what.value}
        for what, text in (
            (What.LABELS, "Labels: one line for each item that has one"),
            (What.VOTES, "Votes: every answer, with who, when and why asked"),
            (What.LOG, "Log: who did what to the project"),
        )
    ]
    field: Block = {
        "type": "input",
        "block_id": FIELD,
        "label": plain("What"),
        "element": {"type": "static_select", "action_id": FIELD, "options": options, "initial_option": options[0]},
    }
    intro = f"The file of *{escape(project.name)}* comes to you as a direct message, in CSV. Nobody else sees it."
    return _form(EXPORT_VIEW, project, "Export", "Export", [section(intro), field])


def rollback_view(project: Project, current: ModelVersion | None, others: Sequence[ModelVersion]) -> Block:
    """Which model to go back to."""
    if not others:
        return shown_view("Earlier models", versions_message(project, current, others).blocks)
    options = [
        {
            "text": plain(clip(f"{rollback.short(each.id)}: round {each.round}, {each.training_labels} labels", 75)),
            "value": rollback.short(each.id),
        }
        for each in others[:OPTIONS]
    ]
    field: Block = {
        "type": "input",
        "block_id": FIELD,
        "label": plain("Model"),
        "element": {"type": "static_select", "action_id": FIELD, "options": options},
    }
    intro = versions_message(project, current, ()).blocks[0]["text"]["text"].partition("\n")[0]
    then = "The model that you choose plans and scores from now on, until new labels train the next one."
    return _form(ROLLBACK_VIEW, project, "Earlier models", "Go back", [section(f"{intro} {then}"), field])


def shown_view(title: str, blocks: Sequence[Block]) -> Block:
    """Something to read."""
    return {
        "type": "modal",
        "callback_id": SHOWN_VIEW,
        "title": plain(title),
        "close": plain(say("button-close")),
        "blocks": list(blocks),
    }


def _form(callback_id: str, project: Project, title: str, submit: str, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps({"project": project.id}),
        "title": plain(title),
        "submit": plain(submit),
        "close": plain(say("button-cancel")),
        "blocks": blocks,
    }
