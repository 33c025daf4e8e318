"""What stands in the set-up form, as settings of a project; each fault by the field that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.services import in_words
from bot.services.project_rules import PEOPLE
from bot.services.reactions import plain_name
from bot.slack.blocks import setup_fields as fields
from bot.slack.blocks.inputs import VALUE
from bot.slack.blocks.text import clip
from bot.words import LANGUAGES, figure, say

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]

MAX_ERROR: Final = 250
# Where a fault of a project's setting is shown, if its field is called otherwise.
FIELDS: Final = {
    "schedule": fields.CRON,
    "report_schedule": fields.REPORT_CRON,
    "channel_name": fields.CHANNEL,
    "id": "name",
    "guidelines": "labels",
}
CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "items_in": in_words.ITEMS_IN,
    "report_to": in_words.REPORT_TO,
    "language": LANGUAGES,
}
MOST_HOURS: Final = 10_000


def short(why: str) -> str:
    """As long as it can stand below a field."""
    return clip(why, MAX_ERROR)


@dataclass
class Form:
    """Settings that could be read, and faults by block_id."""

    settings: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def fail(self, name: str, why: str) -> None:
        """A fault of the setting `name`, shown at its field; the first one of a field stands."""
        self.errors.setdefault(FIELDS.get(name, name), short(why))


def read(values: Values, known: Sequence[str] = (), groups: Mapping[str, Sequence[str]] | None = None) -> Form:
    """Reads `state.values`. A field that the form does not have gives no setting.

    `known`: the project's labels now. `groups`: user groups that a project has, by setting; no menu shows them, so they stay."""
    form = Form()
    for name in ("name", fields.CHANNEL, "timezone", "positive", fields.URL):
        if name in values:
            form.settings[name] = _written(values, name)
    for name, most in (("batch_size", 500), ("overlap", 10)):
        _whole(form, values, name, 1, most)
    for name in ("reask_per_round", "gold_per_round"):
        _whole(form, values, name, 0, 50)
    _plan(form, values)
    _reactions(form, values)
    if "labels" in values:
        labels, guidelines = read_labels(_written(values, "labels"), known)
        form.settings |= {"labels": labels, "guidelines": guidelines}
    if "strategy" in values:
        form.settings["strategy"] = _option(values, "strategy")
    for name, known_values in CHOICES.items():
        _choice(form, values, name, known_values)
    _audit(form, values)
    _target(form, values)
    _schedule(form, values, "schedule", fields.CRON)
    _schedule(form, values, "report_schedule", fields.REPORT_CRON)
    _deadline(form, values)
    _people(form, values, groups or {})
    _boxes(form, values)
    return form


def read_labels(text: str, known: Sequence[str] = ()) -> tuple[tuple[str, ...], dict[str, str]]:
    """Labels and guidelines, a line each: "label: guideline". A line that is set in goes on with the one above.

    A label in use (`known`) is found even if it has a colon in it."""
    labels: list[str] = []
    guidelines: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        if line[0].isspace() and labels:
            guidelines[labels[-1]] = f"{guidelines.get(labels[-1], '')}\n{line.strip()}".strip()
            continue
        whole = line.strip()
        label = max((name for name in known if whole == name or whole.startswith(f"{name}:")), key=len, default=None)
        label, guideline = (label, whole[len(label) + 1 :]) if label is not None else _split(whole)
        labels.append(label)
        if guideline.strip():
            guidelines[label] = guideline.strip()
    return tuple(labels), guidelines


def _split(line: str) -> tuple[str, str]:
    label, _, guideline = line.partition(":")
    return label.strip(), guideline


def _entry(values: Values, name: str) -> Mapping[str, Any]:
    return (values.get(name) or {}).get(VALUE) or {}


def _written(values: Values, name: str) -> str:
    entry = _entry(values, name)
    found = str(entry.get("value") or entry.get("selected_conversation") or "")
    return found if name == "labels" else found.strip()  # a label's line that is set in goes on with the one above


def _option(values: Values, name: str) -> str:
    return str((_entry(values, name).get("selected_option") or {}).get("value") or "")


def _number(form: Form, values: Values, name: str, read_as: Callable[[str], float]) -> float | None:
    """The number in a field; None if there is none, or none that can be read, which is said."""
    text = _written(values, name)
    try:
        number = read_as(text) if text else None
        if number is None or abs(number) < 1e9:  # not so for infinity and "not a number"
            return number
    except ValueError:
        pass
    form.fail(name, say("setup-no-whole-number" if read_as is int else "setup-no-number", given=text[:40]))
    return None


def _choice(form: Form, values: Values, name: str, known: Mapping[str, str]) -> None:
    if name not in values:
        return
    form.settings[name] = _option(values, name)
    if form.settings[name] not in known:
        form.fail(name, say("setup-choose"))


def _whole(form: Form, values: Values, name: str, least: int, most: int) -> None:
    if name not in values:
        return
    number = _number(form, values, name, int)
    if number is not None and least <= number <= most:
        form.settings[name] = int(number)
    else:
        form.fail(name, say("setup-from-to", least=least, most=most))


def _plan(form: Form, values: Values) -> None:
    for name, most in (("max_rounds", 10_000), ("planned_labels", 10_000_000)):
        if name in values and not _written(values, name):
            form.settings[name] = None
        else:
            _whole(form, values, name, 1, most)
    if "seed_patterns" in values:
        lines = _written(values, "seed_patterns").splitlines()
        form.settings["seed_patterns"] = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _reactions(form: Form, values: Values) -> None:
    if "reactions" not in values:
        return
    found: dict[str, str] = {}
    for line in filter(str.strip, _written(values, "reactions").splitlines()):
        emoji, _, label = line.strip().partition(" ")
        name = plain_name(emoji)
        if not label.strip():
            form.fail("reactions", say("setup-emoji-alone", given=line.strip()[:40]))
        elif name in found:
            form.fail("reactions", say("setup-emoji-twice", emoji=emoji[:40]))
        found[name] = label.strip()
    form.settings["reactions"] = found


def _audit(form: Form, values: Values) -> None:
    if "audit_per_round" not in values:
        return
    if _written(values, "audit_per_round"):
        _whole(form, values, "audit_per_round", 0, 500)
        batch = form.settings.get("batch_size", 500)
        if form.settings.get("audit_per_round", 0) > batch:
            form.fail("audit_per_round", say("setup-audit-most", batch=batch))
    else:
        form.settings["audit_per_round"] = min(10, form.settings.get("batch_size", 50) // 5)


def _target(form: Form, values: Values) -> None:
    if "target" not in values:
        return
    kind, number = _option(values, "target"), _number(form, values, fields.TARGET_VALUE, float)
    if kind == "f1":
        form.settings["target"] = "f1"
    elif kind in ("precision", "recall"):
        if number is None or not 0 < number < 100:
            form.fail(fields.TARGET_VALUE, say("setup-say-precision" if kind == "precision" else "setup-say-recall"))
        else:
            form.settings["target"] = f"{kind}>={number / 100:g}"
    elif kind == "cost":
        if number is None or number <= 0:
            form.fail(fields.TARGET_VALUE, say("setup-say-cost"))
        else:
            form.settings["target"] = f"cost:{number:g}"
    else:
        form.fail("target", say("setup-say-target"))


def _schedule(form: Form, values: Values, name: str, cron_field: str) -> None:
    """A menu of usual times, and a field for others."""
    if name not in values:
        return
    chosen, cron = _option(values, name), " ".join(_written(values, cron_field).split())
    if chosen != fields.OTHER:
        form.settings[name] = None if chosen in ("", fields.NONE) else chosen
    elif cron:
        form.settings[name] = cron
    else:
        form.fail(name, say("setup-say-when"))


def _deadline(form: Form, values: Values) -> None:
    if fields.DEADLINE not in values:
        return
    hours = _number(form, values, fields.DEADLINE, float)
    if hours is None:
        form.settings[fields.DEADLINE] = None
    elif hours * 60 < 1 or hours > MOST_HOURS:
        form.fail(fields.DEADLINE, say("setup-say-hours", least=figure(0.02, ".2f"), most=MOST_HOURS))
    else:
        form.settings[fields.DEADLINE] = round(hours * 60)


def _people(form: Form, values: Values, groups: Mapping[str, Sequence[str]]) -> None:
    for name in PEOPLE:
        if name in values:
            chosen = [str(user) for user in _entry(values, name).get("selected_users") or ()]
            form.settings[name] = tuple(dict.fromkeys([*chosen, *groups.get(name, ())]))


def _boxes(form: Form, values: Values) -> None:
    for block_id, boxes in fields.BOXES.items():
        if block_id in values:
            ticked = {str(option.get("value")) for option in _entry(values, block_id).get("selected_options") or ()}
            form.settings |= {name: name in ticked for name in boxes}
