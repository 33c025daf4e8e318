"""What the votes say about people, and what people say about the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from bot.domain import Interval, Noise, PersonFigures, Project
from bot.services import coding
from bot.services.standing import IMPORTER, Standing
from bot.services.training import Pool
from learner import agreement
from learner.audit import Interval3
from learner.ballots import Ballots
from learner.dawid_skene import best_model
from learner.multilabel import Model
from learner.people import PeopleModel, ask_again, confidence, gold_codes, label_influence
from learner.people_intervals import with_intervals
from learner.types import Floats

DOUBTFUL = 0.8  # an undisputed label under this confidence is worth another look, too
ASK_AGAIN = 10


def fitted(project: Project, standing: Standing) -> PeopleModel:
    """How right people are, as far as their votes tell. Where items carry several labels, an answer is right if all of it is."""
    return best_model(coding.whole(project, standing), standing.known)


def figures(
    model: PeopleModel, standing: Standing, gold: Mapping[str, tuple[int, Interval]], rng: np.random.Generator
) -> tuple[PersonFigures, ...]:
    """Each person's answers and accuracy with its interval; those with most answers first. `gold`: what gold.measured says."""
    model = with_intervals(model, gold_codes(model.ballots, standing.known), rng)
    rows = [
        PersonFigures(
            user_id=entry.person,
            answers=entry.answers,
            judged=entry.judged,
            accuracy=interval(entry.accuracy) if entry.judged else None,
            gold_answers=gold[entry.person][0] if entry.person in gold else 0,
            gold=gold[entry.person][1] if entry.person in gold else None,
        )
        for entry in model.people
    ]
    return tuple(sorted(rows, key=lambda row: (-row.answers, row.user_id)))


def with_declined(
    figures: Sequence[PersonFigures], skips: Mapping[str, int], unsure: Mapping[str, Sequence[str]]
) -> tuple[PersonFigures, ...]:
    """The same with how often each person skipped or could not say; those who did nothing else come last.

    `unsure`: item -> people."""
    doubts = Counter(user for people in unsure.values() for user in people)
    known = {row.user_id for row in figures}
    silent = [
        PersonFigures(user_id=user, answers=0, judged=0, accuracy=None)
        for user in sorted({*skips, *doubts} - known - {IMPORTER})
    ]
    rows = (*figures, *silent)
    return tuple(
        row.model_copy(update={"skips": skips.get(row.user_id, 0), "unsure": doubts[row.user_id]}) for row in rows
    )


def alpha(votes: Ballots, rng: np.random.Generator) -> Interval | None:
    """Krippendorff's alpha; None where it can't be said."""
    found = agreement.alpha_interval(votes, rng)
    return None if found.point is None else interval(found)


def noise(project: Project, standing: Standing) -> Noise | None:
    """What disagreement leaves to be measured; None where too few items have several answers."""
    votes = (
        coding.of_label(project, standing, project.positive) if project.multi_label else coding.whole(project, standing)
    )
    found = agreement.noise(votes, coding.positive(project))
    if found.disputed.point is None:
        return None
    return Noise(disputed=interval(found.disputed), ceiling=interval(found.ceiling), items=found.items)


def to_ask_again(
    people: PeopleModel, standing: Standing, project: Project, pool: Pool, model: Model | None
) -> dict[str, float]:
    """Items that are worth another answer, with how sure their label is: disputed or doubtful ones, those first that pull hardest at the
    model.

    Disputed: votes differ, or somebody could not say. Imported labels and an adjudicator's decisions are left out; so is what is not
    in doubt but for a dispute in which one answer leads by two: another answer would not change it.
    """
    decided = {item: label.value for item, label in standing.labels.items() if label.decided_by == "majority"}
    open_ties = {item for item, votes in standing.votes.items() if item not in standing.labels and len(votes) > 1}
    hard = {item for item in standing.unsure if item in decided or item not in standing.labels}
    voted = {item for item in {*decided, *open_ties} if item in standing.votes}
    items = sorted(item for item in voted | hard if item in pool.row)
    if not items:
        return {}
    sure = confidence(people, decided)
    certain = np.array([sure.get(item, 1.0 if item in decided else 0.5) for item in items])
    differ = (len(set(standing.votes.get(item, {}).values())) > 1 for item in items)
    disputed = np.array([found or item in hard for found, item in zip(differ, items, strict=True)], dtype=np.bool_)
    influence = np.ones(len(items))
    if model is not None:
        rows = pool.X[pool.rows(items)]
        proba = model.predict_proba(rows)
        own = _own_chances(project, proba, [decided.get(item) for item in items])
        influence = label_influence(own, np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1), dtype=np.float64)).ravel())
    order = ask_again(certain, influence, disputed)
    close = np.array([_lead(standing.votes.get(item, {})) < 2 for item in items], dtype=np.bool_)
    worth = [int(i) for i in order if (disputed[i] and close[i]) or certain[i] < DOUBTFUL]
    return {items[i]: float(certain[i]) for i in worth}


def _lead(ballot: Mapping[str, str]) -> int:
    """Votes that the first answer has more than the second."""
    first, second = (*(count for _, count in Counter(ballot.values()).most_common(2)), 0, 0)[:2]
    return first - second


def _own_chances(project: Project, proba: Floats, given: list[str | None]) -> Floats:
    """How likely the model thinks each label (n,); of an item without one, or with one that is no more, the least likely label.

    Where items carry several labels, the least likely part of each answer.
    """
    if project.multi_label:
        known = [place for place, value in enumerate(given) if value is not None and project.takes(value)]
        own = np.minimum(proba, 1.0 - proba)
        has = coding.columns(project, [given[place] or "" for place in known])
        own[known] = np.where(has == 1, proba[known], 1.0 - proba[known])
        return np.asarray(own.min(axis=1))
    codes = [project.labels.index(value) if value in project.labels else -1 for value in given]
    return np.array([proba[i, code] if code >= 0 else proba[i].min() for i, code in enumerate(codes)])


def interval(value: Interval3) -> Interval:
    """The learner's interval as the domain's."""
    return Interval(low=value.low, point=value.point, high=value.high)
