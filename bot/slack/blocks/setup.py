"""The form in which a project is set up or changed, and what is said when that is done. Each field's block_id is its name in
`Project`, or one of those below."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from bot.domain import Project
from bot.services import in_words
from bot.slack.blocks import setup_fields as fields
from bot.slack.blocks.fields import modal
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import Block, clip, context, escape, mentions, packed, section
from bot.words import language, say

NEW_VIEW: Final = "setup_new"  # callback_ids
CHANGE_VIEW: Final = "setup_change"
NEW: Final = "setup_new_project"  # action_ids of App Home's buttons
CHANGE: Final = "setup_change_project"
WELCOMED_LABELS: Final = 20  # named in the first message
LONGEST_SETTING: Final = 1_500  # characters of one setting, where all are listed


def new_view(channel_id: str, user_id: str, timezone: str, spoken: str) -> Block:
    """The empty form, filled in with what is usual; whoever sets the project up leads it unless they say otherwise.

    `spoken`: the language of the deployment."""
    at: dict[str, Any] = {
        name: field.get_default(call_default_factory=True) for name, field in Project.model_fields.items()
    }
    at |= {
        "name": "",
        "positive": "",
        "audit_per_round": None,
        "leads": (user_id,),
        "timezone": timezone,
        "language": spoken,
    }
    blocks = [
        fields.name(""),
        fields.channel(channel_id),
        fields.labels(""),
        *fields.about(at, ("multi_label", "suggestions")),
        fields.link(),
        *_rest(at),
    ]
    # What is wrong with it is said in the language in which it was shown.
    return _modal(NEW_VIEW, say("setup-new"), say("setup-create"), {"language": language()}, blocks)


def change_view(project: Project, seen: Mapping[str, str]) -> Block:
    """The same form with the project's settings. `seen`: marks of them, to tell what somebody else changes meanwhile."""
    text = labels_text(project)
    at = project.model_dump() | {"overlap": project.next_overlap or project.overlap}
    blocks = [
        context(say("setup-where", channel=f"<#{project.channel_id}>")),
        fields.name(project.name),
        fields.labels(text) if len(text) <= fields.LONGEST_TEXT else context(say("setup-labels-too-long")),
        *fields.about(at, ("suggestions",)),
        *_rest(at),
    ]
    return _modal(
        CHANGE_VIEW, say("setup-change"), say("button-save"), {"project": project.id, "seen": dict(seen)}, blocks
    )


def _rest(at: Mapping[str, Any]) -> list[Block]:
    return [*fields.people(at), *fields.rounds(at), *fields.learning(at), *fields.reports(at)]


def labels_text(project: Project) -> str:
    """Labels and guidelines as they stand in the field: a line each; a line that is set in goes on with the one above."""
    lines = []
    for label in project.labels:
        guideline = "\n  ".join(project.guidelines.get(label, "").splitlines())
        lines.append(f"{label}: {guideline}" if guideline else label)
    return "\n".join(lines)


def _modal(view: str, title: str, submit: str, kept: Mapping[str, Any], blocks: list[Block]) -> Block:
    return modal(view, title, blocks, submit=submit, close=say("button-cancel"), private_metadata=json.dumps(kept))


def said_view(title: str, *paragraphs: str) -> Block:
    """What is said when a form is done (mrkdwn)."""
    return modal("setup_done", title, [section(text) for text in paragraphs])


def welcome_message(project: Project, items: int) -> Message:
    """The first message of a project in its channel: what it is about, and what comes next."""
    labels = " · ".join(escape(clip(label, 75)) for label in project.labels[:WELCOMED_LABELS])
    more = len(project.labels) - WELCOMED_LABELS
    named = say("setup-welcome-more", labels=labels, more=more) if more > 0 else labels
    leads = [user for user in project.leads if not user.startswith("S")]
    about = [say("setup-welcome", project=escape(project.name), labels=named)]
    about += [say("setup-welcome-leads", leads=mentions(leads))] if leads else []
    following = say("setup-welcome-items", items=items) if items else say("setup-welcome-next")
    text = " ".join(about)
    return Message(f"{text} {following}".replace("*", "").replace("`", ""), [section(text), context(following)])


def settings_message(project: Project) -> Message:
    """All settings of a project in words, a paragraph a group."""
    head = say("setup-settings-of", project=escape(project.name))
    blocks, lines = [section(head)], [head.replace("*", "")]
    for group, settings in in_words.settings(project):
        told = [f"{each.title}: {_told(each)}" for each in settings]
        lines += told
        blocks += map(section, packed([f"*{group}*", *told]))
    blocks.append(context(say("setup-settings-change")))
    return Message(clip("\n".join(lines), 3_900), blocks)


def _told(setting: in_words.Setting) -> str:
    """A setting's value (mrkdwn)."""
    return mentions(setting.people) if setting.people else escape(clip(setting.text, LONGEST_SETTING))
