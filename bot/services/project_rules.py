"""What a project may be: each setting by itself, and what they say together."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from bot.domain import Project, RoundtableError
from bot.services import schedule
from bot.services.ports import Clock
from bot.services.reactions import NAME, plain_name
from bot.services.seeding import Matcher, SeedPatternError
from bot.words import LANGUAGES, say

MAX_LABELS = 100  # as in Project
MAX_GUIDELINE = 2_900  # one block of a modal
PEOPLE: Final = ("leads", "annotators", "observers")
_ID: Final = re.compile(r"^[UWS][A-Z0-9]{1,30}$")  # of a person or a user group


class ProjectError(RoundtableError):
    """A setting of a project that can't be; the text has a line per fault. `field` is the first one's name in `Project`."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


def slug(name: str) -> str:
    """The id made of a name: lower case letters, digits and hyphens, at most 40.

    Where letters of another script are left out, a hash of the name makes up for them, always the same, so that names that differ
    only in those have ids that differ. Raises ProjectError for a name without any letter or digit at all."""
    letters = unicodedata.normalize("NFKC", name).casefold().translate(_LATIN)
    known = [_ascii(mark) for mark in letters]
    base = re.sub(r"[^a-z0-9]+", "-", "".join(known)).strip("-")
    lost = any(mark.isalnum() and not plain for mark, plain in zip(letters, known, strict=True))
    if not lost and not base:
        raise ProjectError(say("rules-name-empty", given=name), "name")
    if not lost:
        return base[:40].rstrip("-")
    essence = "".join(mark for mark in letters if mark.isalnum())
    return f"{base[:31].rstrip('-') or 'p'}-{hashlib.blake2b(essence.encode(), digest_size=4).hexdigest()}"


# Latin letters that Unicode takes for letters of their own, not for a base with a mark. Casefold has made "ss" of the German one.
_LATIN: Final = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def _ascii(mark: str) -> str:
    return unicodedata.normalize("NFKD", mark).encode("ascii", "ignore").decode()


def checked(fields: Mapping[str, Any], clock: Clock) -> Project:
    """A project of these fields, if it can be. Raises ProjectError."""
    _check_labels(fields["labels"], fields["positive"])
    try:
        project = Project.model_validate(dict(fields))
    except ValidationError as error:
        faults = error.errors()
        raise ProjectError("\n".join(map(_sentence, faults)), str(faults[0]["loc"][0])) from error
    _check_people(project)
    _check_guidelines(project)
    _check_reactions(project)
    _check_plan(project)
    if project.multi_label and not all(label.isprintable() for label in project.labels):
        raise ProjectError(say("rules-labels-controls"), "labels")
    with _blaming("seed_patterns"):
        Matcher(project.seed_patterns)
    if project.language not in LANGUAGES:
        raise ProjectError(say("rules-language", given=project.language, known=", ".join(LANGUAGES)), "language")
    with _blaming("timezone"):
        schedule.zone(project.timezone)
    if project.schedule is not None:
        with _blaming("schedule"):
            schedule.check(project.schedule, project.timezone, clock.now())
    if project.report_schedule is not None:
        with _blaming("report_schedule"):
            schedule.check_reports(project.report_schedule, project.timezone, clock.now())
    return project


@contextlib.contextmanager
def _blaming(field: str) -> Iterator[None]:
    try:
        yield
    except (SeedPatternError, schedule.ScheduleError) as error:
        raise ProjectError(str(error), field) from error


def _sentence(fault: Any) -> str:
    """What pydantic found, in our words."""
    field, given, limits = ".".join(map(str, fault["loc"])), str(fault["input"])[:40], fault.get("ctx") or {}
    if fault["type"] == "string_too_long":
        return say("rules-too-long", field=field, most=limits["max_length"])
    if fault["type"] == "literal_error":
        return say("rules-one-of", field=field, given=given, known=str(limits["expected"]).replace("'", ""))
    if fault["type"] == "greater_than_equal":
        return say("rules-at-least", field=field, given=given, least=limits["ge"])
    if fault["type"] == "less_than_equal":
        return say("rules-at-most", field=field, given=given, most=limits["le"])
    return say("rules-can-not-be", field=field, given=given)


def _check_people(project: Project) -> None:
    for name in PEOPLE:
        wrong = [listed for listed in getattr(project, name) if not _ID.match(listed)]
        if wrong:
            raise ProjectError(say("rules-no-id", given=wrong[0][:40]), name)
    if set(project.observers) & {*project.leads, *project.annotators}:
        raise ProjectError(say("rules-observers"), "observers")


def _check_labels(labels: tuple[str, ...], positive: str | None) -> None:
    if len(labels) < 2 or not all(labels):
        raise ProjectError(say("rules-labels-few"), "labels")
    if len(labels) > MAX_LABELS:
        raise ProjectError(say("rules-labels-many", most=MAX_LABELS, given=len(labels)), "labels")
    if len({label.casefold() for label in labels}) != len(labels):
        raise ProjectError(say("rules-labels-same"), "labels")
    # A button's text ends at 75 characters; a menu carries labels as JSON, where quotes and the like take two or more.
    long = [label for label in labels if len(label) > 75 or len(json.dumps(label, ensure_ascii=False)) > 85]
    if long:
        raise ProjectError(say("rules-label-long", label=long[0][:30]), "labels")
    if positive is not None and positive not in labels:
        raise ProjectError(say("rules-positive", given=positive, labels=", ".join(labels)), "positive")


def _check_guidelines(project: Project) -> None:
    for label, text in project.guidelines.items():
        if label not in project.labels:
            known = ", ".join(project.labels[:20])
            raise ProjectError(say("rules-guideline-of", label=label[:75], labels=known), "guidelines")
        if not text.strip() or len(text) > MAX_GUIDELINE:
            said = say("rules-guideline-long", label=label, given=len(text), most=MAX_GUIDELINE)
            raise ProjectError(said, "guidelines")


def _check_reactions(project: Project) -> None:
    names = [plain_name(emoji) for emoji in project.reactions]
    for emoji, label in project.reactions.items():
        if not NAME.match(plain_name(emoji)):
            raise ProjectError(say("rules-emoji-name", given=emoji[:40]), "reactions")
        if names.count(plain_name(emoji)) > 1:
            raise ProjectError(say("rules-emoji-twice", emoji=emoji), "reactions")
        if project.multi_label or label not in project.labels:
            why = "rules-emoji-several" if project.multi_label else "rules-emoji-label"
            raise ProjectError(say(why, emoji=emoji, label=label[:75]), "reactions")


def warm_up() -> None:
    """Loads what checking a project needs, behind a person's back: in Slack, an answer has to be there within 3 s."""
    threading.Thread(target=importlib.import_module, args=("learner.strategies.registry",), daemon=True).start()


def _check_plan(project: Project) -> None:
    # Imported here: it brings scikit-learn along, which most commands never need and which takes a second to load.
    from learner.errors import TargetError, UnknownStrategyError
    from learner.strategies import registry
    from learner.threshold import parse_target

    try:
        parse_target(project.target)
    except TargetError as error:
        raise ProjectError(say(f"rules-{error.code}", **error.values), "target") from error
    if project.audit_per_round > project.batch_size:
        said = say("rules-audit", audit=project.audit_per_round, batch=str(project.batch_size))
        raise ProjectError(said, "audit_per_round")
    try:
        registry.get(project.strategy)
        if project.multi_label:
            registry.check_multi_label(project.strategy)
    except UnknownStrategyError as error:
        raise ProjectError(say(f"rules-{error.code}", **error.values), "strategy") from error
