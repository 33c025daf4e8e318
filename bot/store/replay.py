"""The vote log read again from its first line: what is derived, computed a second time and in another language.

Pure: entries in, state out. lua/common.lua and lua/cast.lua say the same, one answer at a time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.domain import labelsets


class Answer(NamedTuple):
    """A person's present answer: the label, None for a skip or "unsure"; the round in which it was given, 0 for imports."""

    label: str | None
    round: int
    unsure: bool = False


@dataclass
class Derived:
    """All that follows from a project's vote log. `label_set`: its labels, where an item may carry several of them."""

    label_set: tuple[str, ...] | None = None
    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)  # item -> user -> answer
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)  # item -> label, how it was decided
    overrides: dict[str, str] = field(default_factory=dict)
    disputes: dict[str, str] = field(default_factory=dict)  # item -> why its votes want an adjudicator
    notes: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)  # item -> kind|user -> what was said
    answered: dict[int, int] = field(default_factory=dict)  # round -> queries with a label
    # round -> item asked again -> who had answered it before; and the items that were mixed in as known answers: not from the log
    again: dict[int, dict[str, frozenset[str]]] = field(default_factory=dict)
    gold: frozenset[str] = frozenset()
    people: dict[int, Counter[str]] = field(default_factory=dict)  # round -> user -> present votes cast in it
    revision: int = 0

    def counts(self) -> dict[str, int]:
        """label -> number of items that have it."""
        return dict(Counter(label for label, _ in self.labels.values()))

    def tally(self, item: str) -> dict[str, int]:
        """label -> present votes for it."""
        return dict(Counter(each.label for each in self.answers.get(item, {}).values() if each.label is not None))


def apply(state: Derived, entry: Mapping[str, str]) -> None:
    """One entry of the log: an answer, an override (or one withdrawn), or a remark."""
    round_ = int(entry["round"]) if "round" in entry else None
    if entry["kind"] in ("override", "withdraw"):
        _apply_override(state, entry)
        state.revision += 1
        _settle(state, entry["item"], _overlap(entry), round_)
    elif entry["kind"] in ("flag", "unflag", "correction", "settle"):
        _apply_remark(state, entry)
    else:
        _apply_answer(state, entry, round_)


def _overlap(entry: Mapping[str, str]) -> float:
    return float(entry["overlap"]) if "overlap" in entry else math.inf


def _said(entry: Mapping[str, str], *names: str, **more: Any) -> dict[str, Any]:
    return {name: entry[name] for name in names if name in entry} | more


def _apply_override(state: Derived, entry: Mapping[str, str]) -> None:
    item, notes = entry["item"], state.notes.setdefault(entry["item"], {})
    if entry["kind"] == "withdraw":
        state.overrides.pop(item, None)
        notes.pop("override", None)
    else:
        state.overrides[item] = entry["label"]
        notes["override"] = _said(entry, "user", "label", "reason", "at")
    _settle_notes(notes, settled=entry["kind"] == "override")
    if not notes:
        del state.notes[item]


def _settle_notes(notes: dict[str, dict[str, Any]], *, settled: bool) -> None:
    for note in notes.values():
        if "settled" in note:
            note["settled"] = settled


def _apply_remark(state: Derived, entry: Mapping[str, str]) -> None:
    notes = state.notes.setdefault(entry["item"], {})
    if entry["kind"] == "unflag":
        notes.pop(f"flag|{entry['user']}", None)
    elif entry["kind"] == "settle":
        _settle_notes(notes, settled=True)
        notes["settle"] = _said(entry, "user", "reason", "at")
    else:
        notes[f"{entry['kind']}|{entry['user']}"] = _said(entry, "label", "reason", "at", settled=False)
    if not notes:
        del state.notes[entry["item"]]


def _apply_answer(state: Derived, entry: Mapping[str, str], round_: int | None) -> None:
    item, user, kind = entry["item"], entry["user"], entry["kind"]
    given_in = 0 if user == "import" else round_ or int(entry.get("late", 0))
    had = _has_its_answer(state, item, round_)
    answers = state.answers.setdefault(item, {})
    before = answers.get(user)
    if kind == "undo":
        answers.pop(user, None)
    else:
        answers[user] = Answer(entry["label"] if kind == "vote" else None, given_in, kind == "unsure")
    if kind == "vote" and "reason" in entry:
        state.notes.setdefault(item, {})[f"vote|{user}"] = _said(entry, "label", "reason", "at")
    if not answers:
        del state.answers[item]
    if kind == "vote" or (before is not None and before.label is not None):
        state.revision += 1
    if user != "import" and round_ is not None:
        people = state.people.setdefault(round_, Counter())
        people[user] += (kind == "vote") - (before is not None and before.label is not None and before.round == round_)
    _settle(state, item, _overlap(entry), round_)
    if round_ is not None:
        state.answered[round_] = state.answered.get(round_, 0) + _has_its_answer(state, item, round_) - had


def _has_its_answer(state: Derived, item: str, round_: int | None) -> bool:
    """Whether an item asked again in that round has what it wants: an answer of somebody new. False for other items."""
    if round_ is None or item not in state.again.get(round_, {}):
        return False
    earlier = state.again[round_][item]
    given = state.answers.get(item, {}).items()
    return any(each.label is not None and each.round == round_ and user not in earlier for user, each in given)


def _settle(state: Derived, item: str, overlap: float, round_: int | None) -> None:
    had = item in state.labels
    decided = _decide(state, item, overlap)
    if decided is None:
        state.labels.pop(item, None)
    else:
        state.labels[item] = decided
    why = _dispute(state.answers.get(item, {}), overlap, decided[1] if decided else None)
    if why is None:
        state.disputes.pop(item, None)
    else:
        state.disputes[item] = why
    if round_ is not None and item not in state.again.get(round_, {}):
        state.answered[round_] = state.answered.get(round_, 0) + (decided is not None) - had


def _decide(state: Derived, item: str, overlap: float) -> tuple[str, str] | None:
    if item in state.overrides:
        return state.overrides[item], "override"
    answers = state.answers.get(item, {})
    imported = answers.get("import", Answer(None, 0)).label
    if imported is not None and item in state.gold:
        return imported, "import"
    people = _people(answers)
    best = winner(people, state.label_set) if people.total() >= overlap else None
    if best is not None:
        return best, "majority"
    return None if imported is None else (imported, "import")


def winner(votes: Counter[str], label_set: tuple[str, ...] | None) -> str | None:
    """What votes come to: the strict winner, None in a tie. `label_set`: the project's labels, where an item may carry several."""
    if label_set is not None:
        return labelsets.majority(votes, label_set)
    first_two = votes.most_common(2)
    decided = first_two and (len(first_two) == 1 or first_two[0][1] > first_two[1][1])
    return first_two[0][0] if decided else None


def _people(answers: Mapping[str, Answer]) -> Counter[str]:
    return Counter(each.label for user, each in answers.items() if user != "import" and each.label is not None)


def _dispute(answers: Mapping[str, Answer], overlap: float, how: str | None) -> str | None:
    people = _people(answers)
    if how is not None:
        return "split" if how == "majority" and len(people) > 1 else None
    if people.total() >= overlap and len(people) > 1:
        return "tie"
    unsure = sum(each.unsure for each in answers.values())
    return "unsure" if unsure >= max(2, overlap) else None
