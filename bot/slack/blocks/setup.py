"""The form in which a project is set up or changed, and what is said when that is done. Each field's block_id is its name in
`Project`, or one of those below."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.domain import Project
from bot.slack.blocks.fields import modal
from bot.slack.blocks.inputs import choice, field, line, number, users
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import Block, clip, context, count, escape, mentions, plain, section

NEW_VIEW: Final = "setup_new"  # callback_ids
CHANGE_VIEW: Final = "setup_change"
NEW: Final = "setup_new_project"  # action_ids of App Home's buttons
CHANGE: Final = "setup_change_project"
CHANNEL: Final = "channel_id"
TARGET_VALUE: Final = "target_value"
CRON: Final = "cron"
DEADLINE: Final = "deadline_minutes"
OPTIONS: Final = "options"
URL: Final = "url"
LONGEST_TEXT: Final = 3_000  # Slack's, for what stands in a field
OTHER: Final = "other"

TARGETS: Final = (
    ("f1", "Best F1: precision and recall alike"),
    ("precision", "Precision of at least … %"),
    ("recall", "Recall of at least … %"),
    ("cost", "A miss costs … false alarms"),
)
STRATEGIES: Final = (
    ("default", "Default: unsure and typical items"),
    ("entropy", "The most unsure items"),
    ("diverse_entropy", "Unsure items, unlike each other"),
    ("committee", "Items that a committee of models disagrees on"),
    ("likely_positive", "Items that are likely positive"),
    ("hybrid", "Some of each: unsure, likely positive, random"),
    ("error_reduction", "Least error to be expected (slow: minutes a round)"),
    ("random", "Random items, to compare with"),
)
SCHEDULES: Final = (
    ("", "At once, when the one before is done"),
    ("0 9 * * 1-5", "Weekdays at 9:00"),
    ("0 14 * * 1-5", "Weekdays at 14:00"),
    ("0 9 * * *", "Every day at 9:00"),
    ("0 9 * * 1", "Mondays at 9:00"),
    ("0 9 * * 1,4", "Mondays and Thursdays at 9:00"),
    (OTHER, "At other times: say when, below"),
)
AT_ONCE: Final = "at-once"  # an option's value can't be empty
PLACES: Final = (("thread", "In the thread of the round's message"), ("channel", "In the channel itself"))
# What settings are called, where a sentence names them.
TITLES: Final = {
    "name": "Name",
    "labels": "Labels",
    "guidelines": "Guidelines",
    "positive": "Label that you look for",
    "target": "What the model is tuned for",
    "strategy": "How items are chosen",
    "batch_size": "Items in a round",
    "audit_per_round": "Items that only measure",
    "overlap": "Answers wanted for each item",
    "reask_per_round": "Items asked once more",
    "gold_per_round": "Known answers mixed in",
    "seed_patterns": "Words to begin with",
    "reactions": "Emoji that stand for labels",
    "max_rounds": "Rounds at most",
    "planned_labels": "Labels planned",
    "schedule": "When rounds begin",
    "timezone": "Time zone",
    "deadline_minutes": "When a round closes",
    "items_in": "Where items are posted",
    "suggestions": "Suggestions",
    "leads": "Who leads",
    "annotators": "Who labels",
    "observers": "Who only looks",
}
CHOICES: Final = (
    ("multi_label", "An item may carry several labels"),
    ("suggestions", "Show people the model's suggestion before they answer"),
)


def new_view(channel_id: str, user_id: str, timezone: str) -> Block:
    """The empty form, filled in with what is usual; whoever sets the project up leads it unless they say otherwise."""
    channel = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        # A direct message, from where the command may come, is none of those to choose from.
        **({"initial_conversation": channel_id} if channel_id.startswith(("C", "G")) else {}),
    }
    link = {"type": "plain_text_input", "max_length": 2_000, "placeholder": plain("https://…/reviews.csv")}
    blocks = [
        _name(""),
        field(CHANNEL, "Channel", channel, hint="I join a public channel by myself; to a private one invite me: /invite @Roundtable"),
        _labels(""),
        *_learning("", "f1", "default"),
        *_rounds(50, 1, None, "", None, timezone, None),
        *_on_top(0, 0),
        *_more((), {}, None, None),
        choice("items_in", "Where are the items posted?", "radio_buttons", PLACES, "thread"),
        _boxes(("multi_label", "suggestions"), ()),
        *_people((user_id,), (), ()),
        field(
            URL, "Items from a web address", link, optional=True,
            hint="Of a CSV, TSV or JSONL file. Or leave it empty, and drop the file into the channel afterwards.",
        ),
    ]  # fmt: skip
    return _modal(NEW_VIEW, "New project", "Create", {}, blocks)


def change_view(project: Project, seen: Mapping[str, str]) -> Block:
    """The same form with the project's settings. `seen`: marks of them, to tell what somebody else changes meanwhile."""
    target, _, value = project.target.replace(">=", ":").partition(":")
    text = labels_text(project)
    labels = (
        [_labels(text)]
        if len(text) <= LONGEST_TEXT
        else [context("The labels and their guidelines are longer than a form of Slack's takes.")]
    )
    overlap = project.next_overlap or project.overlap
    blocks = [
        context(f"In <#{project.channel_id}>. Rounds that come will follow what you change here; labels are offered at once."),
        _name(project.name),
        *labels,
        *_learning(project.positive, target, project.strategy, _shown(target, value)),
        *_rounds(
            project.batch_size, overlap, project.audit_per_round, project.schedule or "", None, project.timezone,
            project.deadline_minutes,
        ),
        *_on_top(project.reask_per_round, project.gold_per_round),
        *_more(project.seed_patterns, project.reactions, project.max_rounds, project.planned_labels),
        choice("items_in", "Where are the items posted?", "radio_buttons", PLACES, project.items_in),
        _boxes(("suggestions",), ("suggestions",) if project.suggestions else ()),
        *_people(project.leads, project.annotators, project.observers),
    ]  # fmt: skip
    return _modal(CHANGE_VIEW, "Change the project", "Save", {"project": project.id, "seen": dict(seen)}, blocks)


def labels_text(project: Project) -> str:
    """Labels and guidelines as they stand in the field: a line each; a line that is set in goes on with the one above."""
    lines = []
    for label in project.labels:
        guideline = "\n  ".join(project.guidelines.get(label, "").splitlines())
        lines.append(f"{label}: {guideline}" if guideline else label)
    return "\n".join(lines)


def _shown(target: str, value: str) -> str:
    """A target's value as people write it: shares in per cent."""
    return f"{100 * float(value):g}" if target in ("precision", "recall") else value


def _name(name: str) -> Block:
    element = {"type": "plain_text_input", "max_length": 80, "placeholder": plain("Brand safety")}
    return field("name", "Name", element | ({"initial_value": name} if name else {}))


def _labels(text: str) -> Block:
    example = "negative: says something bad, e.g. “broke after a day”\nother: everything else"
    element = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST_TEXT, "placeholder": plain(example)}
    hint = "One a line: the label, a colon, what it means, with an example. A line that begins with a space goes on with the one above."
    return field("labels", "Labels and guidelines", element | ({"initial_value": text} if text else {}), hint=hint)


def _learning(positive: str, target: str, strategy: str, value: str = "") -> list[Block]:
    element = {"type": "plain_text_input", "max_length": 75}
    known = STRATEGIES if strategy in dict(STRATEGIES) else (*STRATEGIES, (strategy, clip(strategy, 75)))
    return [
        field(
            "positive", "Label that you look for", element | ({"initial_value": positive} if positive else {}), optional=True,
            hint="Precision and recall speak of it. Empty: the first label.",
        ),
        choice("target", "What the model is tuned for", "static_select", TARGETS, target),
        number(TARGET_VALUE, "How much", value, least="0", most="1000", decimal=True, optional=True,
                hint="Per cent of precision or recall, or false alarms. Empty for best F1."),
        choice("strategy", "How items are chosen", "static_select", known, strategy),
    ]  # fmt: skip


def _rounds(
    batch: int, overlap: int, audit: int | None, schedule: str, cron: str | None, timezone: str, deadline: int | None
) -> list[Block]:
    friendly = schedule in {cron for cron, _ in SCHEDULES}
    cron = None if friendly else schedule
    when = [(value or AT_ONCE, words) for value, words in SCHEDULES]
    hours = "" if deadline is None else f"{deadline / 60:g}"
    return [
        number("batch_size", "Items in a round", str(batch), least="1", most="500"),
        number("audit_per_round", "Of these, only to measure", "" if audit is None else str(audit), least="0", most="500",
                optional=True, hint="A random sample for honest figures. Empty: a fifth, at most 10."),
        number("overlap", "Answers wanted for each item", str(overlap), least="1", most="10"),
        choice("schedule", "When rounds begin", "static_select", when, (schedule or AT_ONCE) if friendly else OTHER),
        line(CRON, "Other times", cron or "", 100, "30 8 * * 2,4",
              hint="As cron: minute, hour, day, month, weekday. Only if you chose other times."),
        line("timezone", "Time zone", timezone, 60, "Europe/Berlin", optional=False),
        number(DEADLINE, "Close a round after … hours", hours, least="0", most="10000", decimal=True, optional=True,
                hint="Even if items are left. Empty: it stays open until all are answered."),
    ]  # fmt: skip


def _on_top(reask: int, gold: int) -> list[Block]:
    return [
        number("reask_per_round", "Items asked once more in each round, at most", str(reask), least="0", most="50",
                hint="On top of the round's items: where people differ or a label is in doubt, somebody new is asked."),
        number("gold_per_round", "Known answers mixed into each round", str(gold), least="0", most="50",
                hint="On top as well, and not announced: they show leads how often each person is right."),
    ]  # fmt: skip


def _more(
    words: Sequence[str], reactions: Mapping[str, str], max_rounds: int | None, planned: int | None
) -> list[Block]:
    keywords, emoji = "\n".join(words), "\n".join(f":{name}: {label}" for name, label in reactions.items())
    lists = [
        line("seed_patterns", "Words to begin with", keywords, LONGEST_TEXT, "refund\nnever again", lines=True,
             hint="One a line. While there is no model yet, items with one of them are asked first. /…/ is a regular expression."),
        line("reactions", "Emoji that stand for labels", emoji, LONGEST_TEXT, ":+1: other\n:-1: negative", lines=True,
             hint="One a line: the emoji, then its label. A reaction with it is an answer, taken back with it."),
    ]  # fmt: skip
    return [
        # What is longer than a field takes was made on the server, and stays as it is.
        *(block for block in lists if len(block["element"].get("initial_value", "")) <= LONGEST_TEXT),
        number("max_rounds", "Rounds at most", "" if max_rounds is None else str(max_rounds), least="1", most="10000",
               optional=True, hint="Empty: as many as it takes."),
        number("planned_labels", "Labels planned", "" if planned is None else str(planned), least="1", most="10000000",
               optional=True, hint="Reports tell how many are spent of these."),
    ]  # fmt: skip


def _people(leads: Sequence[str], annotators: Sequence[str], observers: Sequence[str]) -> list[Block]:
    return [
        users("leads", "Who leads", leads, "They change, pause and import. Nobody: everybody in the channel may."),
        users("annotators", "Who labels", annotators, "Nobody: everybody in the channel."),
        users("observers", "Who only looks", observers, "They see how things stand and don't answer."),
    ]


def _boxes(shown: Sequence[str], ticked: Sequence[str]) -> Block:
    options = {name: {"text": plain(words), "value": name} for name, words in CHOICES if name in shown}
    element: Block = {"type": "checkboxes", "options": list(options.values())}
    initial = [options[name] for name in ticked]
    return field(OPTIONS, "Options", element | ({"initial_options": initial} if initial else {}), optional=True)


def _modal(view: str, title: str, submit: str, kept: Mapping[str, Any], blocks: list[Block]) -> Block:
    return modal(view, title, blocks, submit=submit, close="Cancel", private_metadata=json.dumps(kept))


def said_view(title: str, *paragraphs: str) -> Block:
    """What is said when a form is done (mrkdwn)."""
    return modal("setup_done", title, [section(text) for text in paragraphs])


def welcome_message(project: Project, items: int) -> Message:
    """The first message of a project in its channel: what it is about, and what comes next."""
    labels = " · ".join(escape(clip(label, 75)) for label in project.labels[:20])
    more = f" and {len(project.labels) - 20} more" if len(project.labels) > 20 else ""
    leads = [user for user in project.leads if not user.startswith("S")]
    who = f" Led by {mentions(leads)}." if leads else ""
    about = f"*{escape(project.name)}* is set up in this channel. Labels: {labels}{more}.{who}"
    following = (
        f"{count(items, 'item')} in the pool; rounds are posted in this channel."
        if items
        else "Next: a lead drops a CSV, TSV or JSONL file with the texts into this channel, or gives its address: "
        "`/roundtable import https://…`. The first round begins when they are here."
    )
    return Message(f"{about} {following}".replace("*", "").replace("`", ""), [section(about), context(following)])
