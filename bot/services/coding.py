"""Answers as the learner's numbers.

Where items carry several labels, all that speaks of one class speaks of the headline label, asked as a yes/no question; and answers are
also columns of 0 and 1, one a label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bot.domain import Project, labelsets
from bot.services.standing import Standing
from learner.ballots import Ballots
from learner.multilabel import NO, YES
from learner.types import Rows


def classes(project: Project) -> tuple[str, ...]:
    """Of the headline question."""
    return (NO, YES) if project.multi_label else project.labels


def positive(project: Project) -> str:
    """That class which counts as positive."""
    return YES if project.multi_label else project.positive


def place(project: Project) -> int:
    """Its place among the classes."""
    return classes(project).index(positive(project))


def headline(project: Project, values: Sequence[str]) -> Rows:
    """Places (n,) of answers among the classes of the headline question."""
    if project.multi_label:
        return np.array([int(project.is_positive(value)) for value in values], dtype=np.int64)
    return np.array([project.labels.index(value) for value in values], dtype=np.int64)


def columns(project: Project, values: Sequence[str]) -> Rows:
    """Which answer has which label (n, k), 1 where it has; of projects whose items carry several."""
    found = [set(labelsets.decode(value)) for value in values]
    table = [[int(label in each) for label in project.labels] for each in found]
    return np.array(table, dtype=np.int64).reshape(len(values), len(project.labels))


def taught(project: Project, values: Sequence[str]) -> Rows:
    """Answers as strategies see them: places (n,), or columns (n, k)."""
    return columns(project, values) if project.multi_label else headline(project, values)


def whole(project: Project, standing: Standing) -> Ballots:
    """People's votes, each answer as a whole: two that differ in one label of several differ."""
    if not project.multi_label:
        return Ballots.of(standing.votes, project.labels)
    said = {value for ballot in standing.votes.values() for value in ballot.values()}
    said |= {*standing.known.values(), *(label.value for label in standing.labels.values())}
    said |= {labelsets.NONE, labelsets.encode(project.labels, project.labels)}  # two classes at least
    return Ballots.of(standing.votes, sorted(said))


def of_label(project: Project, standing: Standing, label: str) -> Ballots:
    """People's votes on one label as a yes/no question."""
    return Ballots.of({item: yes_no(project, ballot, label) for item, ballot in standing.votes.items()}, (NO, YES))


def yes_no(project: Project, answers: Mapping[str, str], label: str) -> dict[str, str]:
    """Answers by anything as answers to whether they have that label."""
    return {key: YES if project.carries(value, label) else NO for key, value in answers.items()}
