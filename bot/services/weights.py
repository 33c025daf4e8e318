"""What each label counts in training."""

from __future__ import annotations

import numpy as np

from bot.domain import Project
from bot.services import coding
from bot.services.standing import Standing
from learner.dawid_skene import best_model
from learner.people import confidence, training_weight
from learner.types import Floats


def of_labels(project: Project, standing: Standing, items: list[str]) -> Floats | None:
    """Weights (n,) of the items' labels, by how sure the votes make us of them; None where all count alike.

    A label counts in full while nothing is known about those who gave it, and where it was imported or decided by an adjudicator.
    Where items carry several labels (n, k): whether an item has a label is a question of its own, and so is who answers it well.
    """
    if project.multi_label:
        return _of_each_label(project, standing, items)
    votes = coding.whole(project, standing)
    if not len(votes.item):
        return None
    by_people = {item: standing.labels[item].value for item in items if standing.labels[item].decided_by == "majority"}
    sure = confidence(best_model(votes, standing.known), by_people)
    weights = training_weight(np.array([sure.get(item, 1.0) for item in items]), len(project.labels))
    return None if np.all(weights == 1.0) else weights


def _of_each_label(project: Project, standing: Standing, items: list[str]) -> Floats | None:
    by_people = {item: standing.labels[item].value for item in items if standing.labels[item].decided_by == "majority"}
    weights = np.ones((len(items), len(project.labels)))
    for place, label in enumerate(project.labels):
        votes = coding.of_label(project, standing, label)
        if not len(votes.item):
            return None
        known, given = (coding.yes_no(project, values, label) for values in (standing.known, by_people))
        sure = confidence(best_model(votes, known), given)
        weights[:, place] = training_weight(np.array([sure.get(item, 1.0) for item in items]), 2)
    return None if np.all(weights == 1.0) else weights
