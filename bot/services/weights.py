"""What each label counts in training."""

from __future__ import annotations

import numpy as np

from bot.domain import Project
from bot.services.standing import Standing
from learner.ballots import Ballots
from learner.dawid_skene import best_model
from learner.people import confidence, training_weight
from learner.types import Floats


def of_labels(project: Project, standing: Standing, items: list[str]) -> Floats | None:
    """Weights (n,) of the items' labels, by how sure the votes make us of them; None where all count alike.

    A label counts in full while nothing is known about those who gave it, and where it was imported or decided by an adjudicator.
    """
    votes = Ballots.of(standing.votes, project.labels)
    if not len(votes.item):
        return None
    by_people = {item: standing.labels[item].value for item in items if standing.labels[item].decided_by == "majority"}
    sure = confidence(best_model(votes, standing.known), by_people)
    weights = training_weight(np.array([sure.get(item, 1.0) for item in items]), len(project.labels))
    return None if np.all(weights == 1.0) else weights
