"""What leads see of their acts: the log, an export's file, why an item was asked, and the forms of App Home."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from bot.domain import LoggedAct, ModelVersion, Project, QueryView, RoundState
from bot.services import adminlog, rollback
from bot.services.export import What
from bot.services.exports import Asked
from bot.services.projects import MAX_AUDIT
from bot.slack.blocks.fields import modal
from bot.slack.blocks.guidance import why_blocks
from bot.slack.blocks.inputs import line
from bot.slack.blocks.message import Attachment, Message
from bot.slack.blocks.text import (
    Block,
    clip,
    context,
    doer,
    escape,
    excerpt,
    literal,
    mention,
    mentions,
    moment,
    one_line,
    packed,
    plain,
    rich,
    section,
)
from bot.slack.limits import OPTIONS
from bot.words import say

MEASURE_VIEW: Final = "leads_measure"  # callback_ids
ROLLBACK_VIEW: Final = "leads_rollback"
EXPORT_VIEW: Final = "leads_export"
IMPORT_VIEW: Final = "leads_import"
WHY_VIEW: Final = "leads_why"
SHOWN_VIEW: Final = "leads_shown"
ROUND: Final = "home_do_round"  # action_id: another round's report
FIELD: Final = "value"  # block_id and action_id of a form's only field
LOG_LINE: Final = 600


def log_message(project: Project, acts: Sequence[LoggedAct]) -> Message:
    """The newest acts, newest first."""
    name = escape(project.name)
    if not acts:
        nothing = say("leads-log-none", project=name).replace("*", "")
        return Message(nothing, [section(say("leads-log-none-logged", project=name))])
    lines = [_log_line(act) for act in acts]
    blocks = [section(say("leads-log-last", project=name, entries=len(acts))), *map(section, packed(lines))]
    more = say("leads-log-all", id=escape(project.id))
    head = say("leads-log-head", project=name).replace("*", "")
    return Message(clip(f"{head}: {' '.join(lines)}", 3_800), [*blocks, context(more)])


def _log_line(act: LoggedAct) -> str:
    what = escape(clip(one_line(adminlog.told(act)), LOG_LINE))
    return say("leads-log-line", at=moment(act.at), who=doer(act.by), what=_named(act, what))


def _named(act: LoggedAct, what: str) -> str:
    """What was done with the people in it by name: an id says nothing to anybody."""
    lists = [users for name in adminlog.PEOPLE for users in act.changes.get(name, ())]
    people = {str(user) for users in lists if isinstance(users, list | tuple) for user in users}
    if not people:
        return what
    ids = "|".join(map(re.escape, sorted(people, key=len, reverse=True)))
    return re.sub(rf"\b({ids})\b", lambda found: mention(found[0]), what)


def versions_message(project: Project, current: ModelVersion | None, others: Sequence[ModelVersion]) -> Message:
    """The models that one can go back to."""
    head = _current(project, current)
    if not others:
        return Message(head.replace("*", ""), [section(f"{head}\n{say('leads-models-no-earlier')}")])
    listed = "\n".join(f"`{rollback.short(each.id)}`  {_about(each)}" for each in others[:20])
    usage = say("leads-models-usage", version=rollback.short(others[0].id), id=escape(project.id))
    spoken = f"{head} {say('leads-models-earlier', versions=listed)}".replace("*", "")
    return Message(spoken, [section(f"{head}\n{listed}"), context(usage)])


def _current(project: Project, current: ModelVersion | None) -> str:
    name = escape(project.name)
    if current is None:
        return say("leads-models-none", project=name)
    return say("leads-models-current", project=name, version=rollback.short(current.id), about=_about(current))


def _about(version: ModelVersion) -> str:
    first = "no" if version.round else "yes"
    return say(
        "leads-models-about",
        first=first,
        round=str(version.round),
        labels=version.training_labels,
        at=moment(version.trained_at),
    )


def export_file(asked: Asked, name: str, data: bytes, lines: int) -> Attachment:
    """The file of an export."""
    comment = say("leads-export-file", what=asked.what.value, project=escape(name), lines=lines)
    return Attachment(asked.filename, asked.filename, comment, data)


def why_message(view: QueryView) -> Message:
    """Why an item was asked; what people said only once the round is over."""
    text = excerpt(one_line(view.item.text), 300)[0]
    voters = sorted(user for user in view.votes if user != "import")
    if view.round_state is RoundState.CLOSED:
        said = f"{_answers(view, voters)} {_label(view)}"
    elif voters:
        said = say("leads-why-answered-by", people=mentions(voters))
    else:
        said = say("leads-why-answered-by-nobody")
    blocks = [rich(literal(text)), *why_blocks(view), context(said)]
    return Message(say("leads-why-asked", text=escape(text), answers=said), blocks)


def _answers(view: QueryView, voters: Sequence[str]) -> str:
    told = view.project.said
    votes = ", ".join(f"{mention(user)}: {escape(clip(told(view.votes[user]), 75))}" for user in voters[:20])
    return say("leads-why-answers", answers=votes) if votes else say("leads-why-no-answers")


def _label(view: QueryView) -> str:
    if view.label is None:
        return say("leads-why-no-label")
    return say("leads-why-label", label=escape(clip(view.project.said(view.label.value), 300)))


# --- App Home's forms


def measure_view(project: Project, left: int) -> Block:
    """How many labels to spend on measuring, where `left` items have no label yet."""
    if left < 1:
        return shown_view(say("leads-measure-title"), [section(say("leads-measure-nothing-left"))])
    most = min(MAX_AUDIT, left)
    field: Block = {
        "type": "input",
        "block_id": FIELD,
        "label": plain(say("leads-measure-labels")),
        "hint": plain(say("leads-measure-hint", most=str(most))),
        "element": {
            "type": "number_input",
            "action_id": FIELD,
            "is_decimal_allowed": False,
            "min_value": "1",
            "max_value": str(most),
            "initial_value": str(min(50, most)),
        },
    }
    intro = say("leads-measure-intro", project=escape(project.name))
    title, submit = say("leads-measure-title"), say("leads-measure-submit")
    return _form(MEASURE_VIEW, project, title, submit, [section(intro), field])


def export_view(project: Project) -> Block:
    """What to export."""
    options = [
        {"text": plain(text), "value": what.value}
        for what, text in (
            (What.LABELS, say("leads-export-labels")),
            (What.VOTES, say("leads-export-votes")),
            (What.LOG, say("leads-export-log")),
        )
    ]
    field: Block = {
        "type": "input",
        "block_id": FIELD,
        "label": plain(say("leads-export-what")),
        "element": {"type": "static_select", "action_id": FIELD, "options": options, "initial_option": options[0]},
    }
    intro = say("leads-export-intro", project=escape(project.name))
    title, submit = say("leads-export-title"), say("leads-export-submit")
    return _form(EXPORT_VIEW, project, title, submit, [section(intro), field])


def rollback_view(project: Project, current: ModelVersion | None, others: Sequence[ModelVersion]) -> Block:
    """Which model to go back to."""
    title, submit = say("leads-models-title"), say("leads-models-submit")
    if not others:
        return shown_view(title, versions_message(project, current, others).blocks)
    options = [{"text": plain(clip(_option(each), 75)), "value": rollback.short(each.id)} for each in others[:OPTIONS]]
    field: Block = {
        "type": "input",
        "block_id": FIELD,
        "label": plain(say("leads-models-model")),
        "element": {"type": "static_select", "action_id": FIELD, "options": options},
    }
    intro = f"{_current(project, current)} {say('leads-models-then')}"
    return _form(ROLLBACK_VIEW, project, title, submit, [section(intro), field])


def import_view(project: Project) -> Block:
    """From where items come, beside files that are dropped into the channel."""
    intro = say("leads-import-intro", project=escape(project.name), channel=f"<#{project.channel_id}>")
    field = line(FIELD, say("leads-import-address"), "", 3_000, "https://…/reviews.csv", optional=False)
    title, submit = say("leads-import-title"), say("leads-import-submit")
    return _form(IMPORT_VIEW, project, title, submit, [section(intro), field])


def why_form() -> Block:
    """Which item is meant."""
    field = line(FIELD, say("leads-why-item"), "", 500, "", hint=say("leads-why-hint"), optional=False)
    title, submit, cancel = say("leads-why-title"), say("leads-why-submit"), say("button-cancel")
    return modal(WHY_VIEW, title, [field], submit=submit, close=cancel)


def reports_view(project: Project, shown: int, last: int, blocks: Sequence[Block]) -> Block:
    """The report of round `shown`, and a menu of the others where there are any."""
    rounds = list(range(last, max(last - OPTIONS, 0), -1))
    options = [
        {
            "text": plain(say("leads-report-round", round=str(number))),
            "value": json.dumps({"project": project.id, "round": str(number)}),
        }
        for number in rounds
    ]
    menu: Block = {
        "type": "static_select",
        "action_id": ROUND,
        "placeholder": plain(say("leads-report-another")),
        "options": options,
    }
    if shown in rounds:
        menu["initial_option"] = options[rounds.index(shown)]
    choice = [{"type": "actions", "block_id": "round", "elements": [menu]}] if len(rounds) > 1 else []
    return shown_view(say("leads-report-title"), [*choice, *blocks])


def _option(version: ModelVersion) -> str:
    labels = str(version.training_labels)
    return say("leads-models-option", version=rollback.short(version.id), round=str(version.round), labels=labels)


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
