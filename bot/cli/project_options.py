"""What `roundtable project create` takes: types, limits and help. Limits and defaults are those of `Project`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from bot.domain import Project


class ItemsIn(StrEnum):
    """Where the items of a round are posted."""

    THREAD = "thread"
    CHANNEL = "channel"


class Features(StrEnum):
    """What the learner sees of a text."""

    TFIDF = "tfidf"
    HASHED = "hashed"
    EMBEDDINGS = "embeddings"


class Language(StrEnum):
    """What people read (bot.words.LANGUAGES)."""

    EN = "en"
    DE = "de"


class ReportTo(StrEnum):
    """Where scheduled reports go."""

    CHANNEL = "channel"
    LEADS = "leads"
    BOTH = "both"


DEFAULTS: dict[str, Any] = {name: field.default for name, field in Project.model_fields.items()}


def option_of(field: str) -> str:
    """How the command line calls a field of `Project`."""
    others = {
        "name": "NAME",
        "seed_patterns": "--seed-word",
        "guidelines": "--guideline",
        "reactions": "--reaction",
        "random_state": "--seed",
        "leads": "--lead",
        "annotators": "--annotator",
        "observers": "--observer",
    }
    return others.get(field) or "--" + field.replace("_", "-")


def _limits(field: str) -> dict[str, Any]:
    """`min` and `max` for typer."""
    found: dict[str, Any] = {}
    for rule in Project.model_fields[field].metadata:
        found |= {ours: getattr(rule, its) for ours, its in (("min", "ge"), ("max", "le")) if hasattr(rule, its)}
    return found


NewName = Annotated[str, typer.Argument(help="Its name, e.g. 'Brand safety'; its id is made of it.", metavar="NAME")]
Channel = Annotated[str, typer.Option(help="Id of the Slack channel (C...), or its #name if a bot token is set.")]
Labels = Annotated[str, typer.Option(help="The answers that people choose from, with commas: 2 to 100.")]
Positive = Annotated[
    str | None, typer.Option(help="The label that precision and recall speak of.", show_default="the first label")
]
MultiLabel = Annotated[
    bool, typer.Option("--multi-label", help="An item may carry several of the labels, or none of them.")
]
BatchSize = Annotated[int, typer.Option(help="Items asked for per round.", **_limits("batch_size"))]
Overlap = Annotated[int, typer.Option(help="Votes wanted per item.", **_limits("overlap"))]
Schedule = Annotated[
    str | None,
    typer.Option(help="When rounds begin: cron, five fields, e.g. '0 9 * * 1-5'.", show_default="one after the other"),
]
LanguageOf = Annotated[
    Language | None,
    typer.Option(help="Language of all that people read in it.", show_default="ROUNDTABLE_LANGUAGE"),
]
Timezone = Annotated[str | None, typer.Option(help="Time zone of the schedule.", show_default="ROUNDTABLE_TIMEZONE")]
Strategy = Annotated[
    str,
    typer.Option(
        help="How items are chosen, e.g. entropy or random; a wrong name lists them all. `:cap=3` after it: no more than 3 of a "
        "batch from one cluster of like items. error_reduction takes seconds to minutes a round and says so."
    ),
]
FeaturesOf = Annotated[
    Features,
    typer.Option(
        help="What the learner sees of a text: words and parts of words (tfidf), the same in memory that does not grow with "
        "the pool (hashed), or sentence embeddings of ROUNDTABLE_EMBEDDINGS_MODEL."
    ),
]
AuditPerRound = Annotated[
    int | None,
    typer.Option(
        help="Items of each batch that only measure.",
        show_default="a fifth of the batch, at most 10",
        **_limits("audit_per_round"),
    ),
]
ReaskPerRound = Annotated[
    int,
    typer.Option(
        help="Items asked once more in each round, on top of the batch: those whose label is most in doubt, by people who "
        "have not answered them.",
        **_limits("reask_per_round"),
    ),
]
GoldPerRound = Annotated[
    int,
    typer.Option(
        help="Items mixed into each round, on top of the batch, whose answer is known: they measure people and are not "
        "announced.",
        **_limits("gold_per_round"),
    ),
]
DeadlineMinutes = Annotated[
    int | None,
    typer.Option(
        help="Minutes after which a round closes unfinished.", show_default="none", **_limits("deadline_minutes")
    ),
]
MaxRounds = Annotated[
    int | None, typer.Option(help="Rounds at most.", show_default="no limit", **_limits("max_rounds"))
]
PlannedLabels = Annotated[
    int | None,
    typer.Option(
        help="Labels meant to be spent in all: reports say how far it is.",
        show_default="rounds at most x batch",
        **_limits("planned_labels"),
    ),
]
ReportSchedule = Annotated[
    str | None,
    typer.Option(
        help="When reports come beside those of the rounds: cron, five fields, e.g. '0 9 * * 1'.", show_default="never"
    ),
]
ReportToOf = Annotated[
    ReportTo, typer.Option(help="Where those reports go: the channel, its leads in private, or both.")
]
LeadNotes = Annotated[bool, typer.Option(help="Tell leads in private, after each round, how people fare.")]
Reminders = Annotated[
    bool, typer.Option(help="Remind people in private of an open round, once a day at most, in their working hours.")
]
Place = Annotated[ItemsIn, typer.Option(help="Where items are posted.")]
Target = Annotated[
    str,
    typer.Option(
        help="What the threshold is chosen for: f1, precision>=0.9, recall>=0.8, or cost:5 (a miss costs 5 alarms)."
    ),
]
SeedWord = Annotated[
    list[str] | None,
    typer.Option(help="A keyword, or /expression/, whose items are asked first while there is no model. Repeatable."),
]
Guideline = Annotated[
    list[str] | None,
    typer.Option(
        help="What a label means, with examples: 'negative=Complaints about us, also ironic ones'. Repeatable."
    ),
]
Reaction = Annotated[
    list[str] | None,
    typer.Option(help="An emoji that is a vote when put on an item's message: 'white_check_mark=other'. Repeatable."),
]
Lead = Annotated[
    list[str] | None,
    typer.Option(
        help="Who leads it: the id of a person (U…) or a user group (S…). Repeatable.", show_default="everybody there"
    ),
]
Annotator = Annotated[
    list[str] | None,
    typer.Option(help="Who labels, by id. Repeatable.", show_default="everybody in the channel"),
]
Observer = Annotated[
    list[str] | None, typer.Option(help="Who only looks and doesn't answer, by id. Repeatable.", show_default="nobody")
]
NewLead = Annotated[
    list[str] | None, typer.Option(help="Who leads it instead, by id (U… or S…). Repeatable; 'nobody' names none.")
]
NewAnnotator = Annotated[list[str] | None, typer.Option(help="Who labels instead. Repeatable; 'nobody' names none.")]
NewObserver = Annotated[list[str] | None, typer.Option(help="Who only looks instead. Repeatable; 'nobody' names none.")]
Suggestions = Annotated[bool, typer.Option(help="Show the model's answer to people before they give theirs.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of all chance in this project.")]


def pairs(given: list[str] | None, option: str, form: str) -> dict[str, str]:
    """From "name=text" to name -> text. Raises BadParameter."""
    found: dict[str, str] = {}
    for one in given or []:
        name, separator, text = one.partition("=")
        if not separator:
            raise typer.BadParameter(f"{one[:60]!r} is not of the form {form}.", param_hint=option)
        found[name.strip()] = text.strip()
    return found
