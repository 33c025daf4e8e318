"""A project's settings in words, for who wants to read them: a list by groups, each with its title and what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from bot.domain import Project
from bot.words import LANGUAGES, figure, say

# What settings are called, where a sentence names them.
TITLES: Final = {
    "name": "setting-name",
    "channel": "setting-channel",
    "labels": "setting-labels",
    "guidelines": "setting-guidelines",
    "multi_label": "setting-multi-label",
    "positive": "setting-positive",
    "language": "setting-language",
    "leads": "setting-leads",
    "annotators": "setting-annotators",
    "observers": "setting-observers",
    "batch_size": "setting-batch-size",
    "audit_per_round": "setting-audit-per-round",
    "overlap": "setting-overlap",
    "reask_per_round": "setting-reask-per-round",
    "gold_per_round": "setting-gold-per-round",
    "schedule": "setting-schedule",
    "timezone": "setting-timezone",
    "deadline_minutes": "setting-deadline-minutes",
    "max_rounds": "setting-max-rounds",
    "planned_labels": "setting-planned-labels",
    "items_in": "setting-items-in",
    "reactions": "setting-reactions",
    "suggestions": "setting-suggestions",
    "target": "setting-target",
    "strategy": "setting-strategy",
    "seed_patterns": "setting-seed-patterns",
    "features": "setting-features",
    "report_schedule": "setting-report-schedule",
    "report_to": "setting-report-to",
    "lead_notes": "setting-lead-notes",
    "reminders": "setting-reminders",
}
ABOUT: Final = "setting-group-about"
PEOPLE: Final = "setting-group-people"
ROUNDS: Final = "setting-group-rounds"
LEARNING: Final = "setting-group-learning"
REPORTS: Final = "setting-group-reports"
GROUPS: Final = {
    ABOUT: ("name", "channel", "labels", "guidelines", "multi_label", "positive", "language"),
    PEOPLE: ("leads", "annotators", "observers"),
    ROUNDS: (
        *("batch_size", "audit_per_round", "overlap", "reask_per_round", "gold_per_round", "schedule", "timezone"),
        *("deadline_minutes", "max_rounds", "planned_labels", "items_in", "reactions", "suggestions"),
    ),
    LEARNING: ("target", "strategy", "seed_patterns", "features"),
    REPORTS: ("report_schedule", "report_to", "lead_notes", "reminders"),
}
STRATEGIES: Final = {
    "default": "setting-strategy-default",
    "entropy": "setting-strategy-entropy",
    "diverse_entropy": "setting-strategy-diverse",
    "committee": "setting-strategy-committee",
    "likely_positive": "setting-strategy-likely",
    "hybrid": "setting-strategy-hybrid",
    "error_reduction": "setting-strategy-error",
    "random": "setting-strategy-random",
}
WHEN: Final = {
    "0 9 * * 1-5": "setting-when-weekdays-9",
    "0 14 * * 1-5": "setting-when-weekdays-14",
    "0 9 * * *": "setting-when-daily",
    "0 9 * * 1": "setting-when-mondays",
    "0 9 * * 1,4": "setting-when-twice",
    "0 9 1 * *": "setting-when-monthly",
}
FEATURES: Final = {
    "tfidf": "setting-features-tfidf",
    "hashed": "setting-features-hashed",
    "embeddings": "setting-features-embeddings",
}
ITEMS_IN: Final = {"thread": "setting-in-thread", "channel": "setting-in-channel"}
REPORT_TO: Final = {"channel": "setting-to-channel", "leads": "setting-to-leads", "both": "setting-to-both"}


class Setting(NamedTuple):
    """One setting: its title, what it is, and whom it names (ids), if it is about people."""

    name: str
    title: str
    text: str
    people: tuple[str, ...] = ()


def title(name: str) -> str:
    """What a setting is called, at the head of a line."""
    words = called(name)
    return words[:1].upper() + words[1:]


def called(name: str) -> str:
    """What a setting is called, within a sentence."""
    return say(TITLES[name]) if name in TITLES else name


def settings(project: Project) -> list[tuple[str, list[Setting]]]:
    """All of them, by groups: a group's title, and what is in it."""
    return [(say(group), [_setting(project, name) for name in names]) for group, names in GROUPS.items()]


def told(project: Project, name: str) -> str:
    """What a setting is."""
    if name in _TOLD:
        return _TOLD[name](project)
    value = getattr(project, name)
    if isinstance(value, bool):
        return say("setting-yes" if value else "setting-no")
    if isinstance(value, int):
        return figure(value, ",")
    if isinstance(value, tuple):
        return ", ".join(value) or say("setting-none")
    return str(value)


def _setting(project: Project, name: str) -> Setting:
    people = getattr(project, name) if name in GROUPS[PEOPLE] else ()
    return Setting(name, title(name), told(project, name), people)


def _channel(project: Project) -> str:
    known = project.channel_name != project.channel_id
    return f"#{project.channel_name}" if known else project.channel_id


def _guidelines(project: Project) -> str:
    return "\n".join(f"{label}: {text}" for label, text in project.guidelines.items()) or say("setting-none")


def _overlap(project: Project) -> str:
    if project.next_overlap is None:
        return str(project.overlap)
    return say("setting-overlap-next", now=str(project.overlap), next=str(project.next_overlap))


def _schedule(project: Project) -> str:
    return _when(project.schedule) if project.schedule else say("setting-when-at-once")


def _report_schedule(project: Project) -> str:
    return _when(project.report_schedule) if project.report_schedule else say("setting-when-never")


def _when(cron: str) -> str:
    return say(WHEN[cron]) if cron in WHEN else say("setting-when-cron", cron=cron)


def _deadline(project: Project) -> str:
    if project.deadline_minutes is None:
        return say("setting-deadline-none")
    return say("setting-deadline-hours", hours=figure(round(project.deadline_minutes / 60, 2), "g"))


def _max_rounds(project: Project) -> str:
    return say("setting-rounds-any") if project.max_rounds is None else figure(project.max_rounds, ",")


def _planned(project: Project) -> str:
    return say("setting-planned-none") if project.planned_labels is None else figure(project.planned_labels, ",")


def _reactions(project: Project) -> str:
    return ", ".join(f":{emoji}: {label}" for emoji, label in project.reactions.items()) or say("setting-none")


def _target(project: Project) -> str:
    kind, _, value = project.target.replace(">=", ":").partition(":")
    if kind == "precision":
        return say("setting-target-precision", share=figure(float(value), _digits(value)))
    if kind == "recall":
        return say("setting-target-recall", share=figure(float(value), _digits(value)))
    return say("setting-target-cost", alarms=figure(float(value), "g")) if kind == "cost" else say("setting-target-f1")


def _digits(share: str) -> str:
    """As many digits of a percentage as were given: 0.9 is 90%, 0.995 is 99.5%."""
    return f".{max(0, len(share.partition('.')[2]) - 2)}%"


def _strategy(project: Project) -> str:
    words = STRATEGIES.get(project.strategy)
    return say(words) if words else project.strategy


_TOLD: Final[dict[str, Callable[[Project], str]]] = {
    "channel": _channel,
    "guidelines": _guidelines,
    "language": lambda project: LANGUAGES.get(project.language, project.language),
    "leads": lambda project: ", ".join(project.leads) or say("setting-nobody-leads"),
    "annotators": lambda project: ", ".join(project.annotators) or say("setting-everybody"),
    "observers": lambda project: ", ".join(project.observers) or say("setting-nobody"),
    "overlap": _overlap,
    "schedule": _schedule,
    "deadline_minutes": _deadline,
    "max_rounds": _max_rounds,
    "planned_labels": _planned,
    "items_in": lambda project: say(ITEMS_IN[project.items_in]),
    "reactions": _reactions,
    "target": _target,
    "strategy": _strategy,
    "features": lambda project: say(FEATURES[project.features]),
    "report_schedule": _report_schedule,
    "report_to": lambda project: say(REPORT_TO[project.report_to]),
}
