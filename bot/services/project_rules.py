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
        raise ProjectError(f"'{name}' has no letter or digit to make an id of; give the project another name.", "name")
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
    _check_guidelines(project)
    _check_reactions(project)
    _check_plan(project)
    if project.multi_label and not all(label.isprintable() for label in project.labels):
        raise ProjectError("A label has control characters in it.", "labels")
    with _blaming("seed_patterns"):
        Matcher(project.seed_patterns)
    if project.language not in LANGUAGES:
        raise ProjectError(say("rules-language", given=project.language, known=", ".join(LANGUAGES)), "language")
    with _blaming("timezone"):
        schedule.zone(project.timezone)
    if project.schedule is not None:
        with _blaming("schedule"):
            schedule.next_time(project.schedule, project.timezone, clock.now())
    if project.report_schedule is not None:
        with _blaming("report_schedule"):
            schedule.next_time(project.report_schedule, project.timezone, clock.now())
    return project


@contextlib.contextmanager
def _blaming(field: str) -> Iterator[None]:
    try:
        yield
    except (SeedPatternError, schedule.ScheduleError) as error:
        raise ProjectError(str(error), field) from error


def _sentence(fault: Any) -> str:
    return f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']} (given: {fault['input']!r})."


def _check_labels(labels: tuple[str, ...], positive: str | None) -> None:
    if len(labels) < 2 or not all(labels):
        raise ProjectError(
            "A project needs at least two labels, none of them empty, e.g. negative and other.", "labels"
        )
    if len(labels) > MAX_LABELS:
        raise ProjectError(
            f"A project has at most {MAX_LABELS} labels, as many as fit into a menu; these are {len(labels)}.", "labels"
        )
    if len({label.casefold() for label in labels}) != len(labels):
        raise ProjectError("Two labels are the same; each needs its own name.", "labels")
    # A button's text ends at 75 characters; a menu carries labels as JSON, where quotes and the like take two or more.
    long = [label for label in labels if len(label) > 75 or len(json.dumps(label, ensure_ascii=False)) > 85]
    if long:
        raise ProjectError(
            f"The label '{long[0][:30]}…' is longer than the 75 characters that a Slack button takes.", "labels"
        )
    if positive is not None and positive not in labels:
        raise ProjectError(
            f"The positive class '{positive}' is not one of the labels ({', '.join(labels)}).", "positive"
        )


def _check_guidelines(project: Project) -> None:
    for label, text in project.guidelines.items():
        if label not in project.labels:
            known = ", ".join(project.labels[:20])
            raise ProjectError(
                f"There is a guideline for '{label[:75]}', which is none of the labels ({known}).", "guidelines"
            )
        if not text.strip() or len(text) > MAX_GUIDELINE:
            raise ProjectError(
                f"The guideline for '{label}' has {len(text):,} characters; 1 to {MAX_GUIDELINE:,} can be shown.",
                "guidelines",
            )


def _check_reactions(project: Project) -> None:
    names = [plain_name(emoji) for emoji in project.reactions]
    for emoji, label in project.reactions.items():
        if not NAME.match(plain_name(emoji)):
            raise ProjectError(f"'{emoji[:40]}' is not the name of an emoji, like white_check_mark.", "reactions")
        if names.count(plain_name(emoji)) > 1:
            raise ProjectError(f"The emoji {emoji} stands for two labels; each needs its own.", "reactions")
        if project.multi_label or label not in project.labels:
            known = "no label here, as items may have several" if project.multi_label else "none of the labels"
            raise ProjectError(f"The emoji {emoji} would stand for '{label[:75]}', which is {known}.", "reactions")


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
        raise ProjectError(f"{error}.", "target") from error
    if project.audit_per_round > project.batch_size:
        raise ProjectError(
            f"{project.audit_per_round} audit items don't fit into a batch of {project.batch_size}; "
            "raise --batch-size or lower --audit-per-round.",
            "audit_per_round",
        )
    try:
        registry.get(project.strategy)
        if project.multi_label:
            registry.check_multi_label(project.strategy)
    except UnknownStrategyError as error:
        raise ProjectError(f"{str(error)[:1].upper()}{str(error)[1:]}.", "strategy") from error
