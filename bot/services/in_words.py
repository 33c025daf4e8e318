"""A project's settings in words, for who wants to read them: a list by groups, each with its title and what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

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
LOGGED: Final = TITLES | {"next_overlap": "setting-next-overlap"}  # what a log may name besides
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
TARGETS: Final = {
    "f1": "setting-target-f1",
    "precision": "setting-target-precision",
    "recall": "setting-target-recall",
    "cost": "setting-target-cost",
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
    return say(LOGGED[name]) if name in LOGGED else name


def settings(project: Project) -> list[tuple[str, list[Setting]]]:
    """All of them, by groups: a group's title, and what is in it."""
    return [(say(group), [_setting(project, name) for name in names]) for group, names in GROUPS.items()]


def told(project: Project, name: str) -> str:
    """What a setting of the project's is."""
    if name == "channel":
        return _channel(project)
    if name == "overlap" and project.next_overlap is not None:
        return say("setting-overlap-next", now=str(project.overlap), next=str(project.next_overlap))
    return value_told(name, getattr(project, name))


def value_told(name: str, value: Any) -> str:
    """What a setting is that has this value: as a project has it, or as it is logged (JSON)."""
    if name in _TOLD:
        return _TOLD[name](value)
    if isinstance(value, bool):
        return say("setting-yes" if value else "setting-no")
    if isinstance(value, int):
        return figure(value, ",")
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or say("setting-none")
    return say("setting-none") if value is None else str(value)


def _setting(project: Project, name: str) -> Setting:
    people = getattr(project, name) if name in GROUPS[PEOPLE] else ()
    return Setting(name, title(name), told(project, name), people)


def _channel(project: Project) -> str:
    known = project.channel_name != project.channel_id
    return f"#{project.channel_name}" if known else project.channel_id


def _one_of(words: Mapping[str, str]) -> Callable[[str], str]:
    """For settings that are one of a few words; what a newer version knows is told as it stands."""
    return lambda value: say(words[value]) if value in words else value


def _or(nothing: str) -> Callable[[Any], str]:
    """For a number, or a list of people, that may be left out."""
    return lambda value: value_told("", value) if value else say(nothing)


def _when(without: str) -> Callable[[str | None], str]:
    def tell(cron: str | None) -> str:
        if not cron:
            return say(without)
        return say(WHEN[cron]) if cron in WHEN else say("setting-when-cron", cron=cron)

    return tell


def _guidelines(texts: Mapping[str, str]) -> str:
    return "\n".join(f"{label}: {text}" for label, text in texts.items()) or say("setting-none")


def _reactions(reactions: Mapping[str, str]) -> str:
    return ", ".join(f":{emoji}: {label}" for emoji, label in reactions.items()) or say("setting-none")


def _deadline(minutes: int | None) -> str:
    if minutes is None:
        return say("setting-deadline-none")
    return say("setting-deadline-hours", hours=figure(round(minutes / 60, 2), "g"))


def target_told(target: str, words: Mapping[str, str]) -> str:
    """A target in the text of its kind: those for precision and recall take `share`, that for cost takes `alarms`."""
    kind, _, value = target.replace(">=", ":").partition(":")
    if kind in ("precision", "recall"):
        return say(words[kind], share=_share(value))
    return say(words["cost"], alarms=figure(float(value), "g")) if kind == "cost" else say(words["f1"])


def _share(wanted: str) -> str:
    """A target's share with as many digits as were given: 0.9 is 90%, 0.995 is 99.5%."""
    return figure(float(wanted), f".{max(0, len(wanted.partition('.')[2]) - 2)}%")


_TOLD: Final[dict[str, Callable[[Any], str]]] = {
    "guidelines": _guidelines,
    "language": lambda language: LANGUAGES.get(language, language),
    "next_overlap": _or("setting-as-before"),
    "leads": _or("setting-nobody-leads"),
    "annotators": _or("setting-everybody"),
    "observers": _or("setting-nobody"),
    "schedule": _when("setting-when-at-once"),
    "report_schedule": _when("setting-when-never"),
    "deadline_minutes": _deadline,
    "max_rounds": _or("setting-rounds-any"),
    "planned_labels": _or("setting-planned-none"),
    "items_in": _one_of(ITEMS_IN),
    "reactions": _reactions,
    "target": lambda target: target_told(target, TARGETS),
    "strategy": _one_of(STRATEGIES),
    "features": _one_of(FEATURES),
    "report_to": _one_of(REPORT_TO),
}
