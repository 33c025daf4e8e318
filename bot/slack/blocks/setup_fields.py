"""The fields of the set-up form, by groups. `at` is what stands in them: a project's settings, or what is usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.services import in_words
from bot.services.in_words import title
from bot.slack.blocks.inputs import boxes, choice, field, line, number, users
from bot.slack.blocks.text import Block, clip, header, plain
from bot.words import LANGUAGES, say

CHANNEL: Final = "channel_id"  # block_ids of fields that are no setting, or not a whole one
TARGET_VALUE: Final = "target_value"
CRON: Final = "cron"
REPORT_CRON: Final = "report_cron"
DEADLINE: Final = "deadline_minutes"
OPTIONS: Final = "options"
TELLS: Final = "tells"
URL: Final = "url"
LONGEST_TEXT: Final = 3_000  # Slack's, for what stands in a field
OTHER: Final = "other"
NONE: Final = "none"  # an option's value can't be empty
# Boxes to tick: block_id -> setting -> its words.
BOXES: Final = {
    OPTIONS: {"multi_label": "setup-multi-label", "suggestions": "setup-suggestions"},
    TELLS: {"lead_notes": "setup-lead-notes", "reminders": "setup-reminders"},
}
TARGETS: Final = {
    "f1": "setup-target-f1",
    "precision": "setup-target-precision",
    "recall": "setup-target-recall",
    "cost": "setup-target-cost",
}


def name(present: str) -> Block:
    element = {"type": "plain_text_input", "max_length": 80, "placeholder": plain(say("setup-name-example"))}
    return field("name", title("name"), element | ({"initial_value": present} if present else {}))


def channel(channel_id: str) -> Block:
    element = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        # A direct message, from where the command may come, is none of those to choose from.
        **({"initial_conversation": channel_id} if channel_id.startswith(("C", "G")) else {}),
    }
    return field(CHANNEL, title("channel"), element, hint=say("setup-channel-hint"))


def labels(text: str) -> Block:
    example = plain(say("setup-labels-example"))
    element = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST_TEXT, "placeholder": example}
    element |= {"initial_value": text} if text else {}
    return field("labels", say("setup-labels"), element, hint=say("setup-labels-hint"))


def link() -> Block:
    element = {"type": "plain_text_input", "max_length": 2_000, "placeholder": plain("https://…/reviews.csv")}
    return field(URL, say("setup-url"), element, hint=say("setup-url-hint"), optional=True)


def about(at: Mapping[str, Any], options: Sequence[str]) -> list[Block]:
    """What is looked for, what an item may carry, and in which language. `options`: which boxes there are to tick."""
    return [
        line("positive", title("positive"), at["positive"], 75, "", hint=say("setup-positive-hint")),
        _boxes(OPTIONS, say("setup-options"), at, options),
        choice("language", title("language"), "static_select", list(LANGUAGES.items()), at["language"]),
    ]


def people(at: Mapping[str, Any]) -> list[Block]:
    return [
        header(say(in_words.PEOPLE)),
        users("leads", title("leads"), at["leads"], say("setup-leads-hint")),
        users("annotators", title("annotators"), at["annotators"], say("setup-annotators-hint")),
        users("observers", title("observers"), at["observers"], say("setup-observers-hint")),
    ]


def rounds(at: Mapping[str, Any]) -> list[Block]:
    emoji = "\n".join(f":{emoji}: {label}" for emoji, label in at["reactions"].items())
    places = [(place, say(words)) for place, words in in_words.ITEMS_IN.items()]
    return [
        header(say(in_words.ROUNDS)),
        number("batch_size", title("batch_size"), str(at["batch_size"]), least="1", most="500"),
        number("audit_per_round", say("setup-audit"), _written(at["audit_per_round"]), least="0", most="500",
               optional=True, hint=say("setup-audit-hint")),
        number("overlap", title("overlap"), str(at["overlap"]), least="1", most="10"),
        *_when("schedule", at["schedule"], "setting-when-at-once", CRON, "30 8 * * 2,4"),
        line("timezone", title("timezone"), at["timezone"], 60, "Europe/Berlin", optional=False),
        number(DEADLINE, say("setup-deadline"), _hours(at[DEADLINE]), least="0", most="10000", decimal=True, optional=True,
               hint=say("setup-deadline-hint")),
        choice("items_in", say("setup-items-in"), "radio_buttons", places, at["items_in"]),
        *_if_it_fits(line("reactions", title("reactions"), emoji, LONGEST_TEXT, say("setup-reactions-example"), lines=True,
                          hint=say("setup-reactions-hint"))),
        number("reask_per_round", say("setup-reask"), str(at["reask_per_round"]), least="0", most="50",
               hint=say("setup-reask-hint")),
        number("gold_per_round", say("setup-gold"), str(at["gold_per_round"]), least="0", most="50",
               hint=say("setup-gold-hint")),
        number("max_rounds", title("max_rounds"), _written(at["max_rounds"]), least="1", most="10000",
               optional=True, hint=say("setup-max-rounds-hint")),
        number("planned_labels", title("planned_labels"), _written(at["planned_labels"]), least="1", most="10000000",
               optional=True, hint=say("setup-planned-hint")),
    ]  # fmt: skip


def learning(at: Mapping[str, Any]) -> list[Block]:
    target, _, value = at["target"].replace(">=", ":").partition(":")
    strategies = [(strategy, say(words)) for strategy, words in in_words.STRATEGIES.items()]
    if at["strategy"] not in in_words.STRATEGIES:  # one that was written on the command line
        strategies.append((at["strategy"], clip(at["strategy"], 75)))
    return [
        header(say(in_words.LEARNING)),
        choice("target", title("target"), "static_select", [(kind, say(words)) for kind, words in TARGETS.items()], target),
        number(TARGET_VALUE, say("setup-target-value"), _share(target, value), least="0", most="1000", decimal=True,
               optional=True, hint=say("setup-target-value-hint")),
        choice("strategy", title("strategy"), "static_select", strategies, at["strategy"]),
        *_if_it_fits(line("seed_patterns", title("seed_patterns"), "\n".join(at["seed_patterns"]), LONGEST_TEXT,
                          say("setup-seed-example"), lines=True, hint=say("setup-seed-hint"))),
    ]  # fmt: skip


def reports(at: Mapping[str, Any]) -> list[Block]:
    places = [(place, say(words)) for place, words in in_words.REPORT_TO.items()]
    return [
        header(say(in_words.REPORTS)),
        *_when("report_schedule", at["report_schedule"], "setting-when-never", REPORT_CRON, "0 9 1 * *"),
        choice("report_to", title("report_to"), "static_select", places, at["report_to"]),
        _boxes(TELLS, say("setup-tells"), at, ("lead_notes", "reminders")),
    ]


def _when(setting: str, cron: str | None, without: str, other: str, example: str) -> list[Block]:
    """A menu of usual times, and a field for others. `without`: the words for no schedule."""
    usual = cron is None or cron in in_words.WHEN
    times = [(NONE, say(without)), *((at, say(words)) for at, words in in_words.WHEN.items())]
    chosen = (cron or NONE) if usual else OTHER
    return [
        choice(setting, title(setting), "static_select", [*times, (OTHER, say("setup-other-times"))], chosen),
        line(other, say("setup-cron"), "" if usual else str(cron), 100, example, hint=say("setup-cron-hint")),
    ]


def _boxes(block_id: str, label: str, at: Mapping[str, Any], shown: Sequence[str]) -> Block:
    words = BOXES[block_id]
    return boxes(block_id, label, {each: say(words[each]) for each in shown}, [each for each in shown if at[each]])


def _if_it_fits(block: Block) -> list[Block]:
    """What is longer than a field takes was made on the server, and stays as it is."""
    return [block] if len(block["element"].get("initial_value", "")) <= LONGEST_TEXT else []


def _written(number: int | None) -> str:
    return "" if number is None else str(number)


def _hours(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes / 60:g}"


def _share(target: str, value: str) -> str:
    """A target's value as people write it: shares in per cent."""
    return f"{100 * float(value):g}" if target in ("precision", "recall") else value
