"""Known answers mixed into the rounds: what they say of people, and what people say of them.

An answer is known where it was imported, or where an adjudicator decided; see docs/adr on known answers for why people's votes leave
it as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain import Again, Interval, Project, Query
from bot.services import coding
from bot.services.people import interval
from bot.services.standing import Standing
from learner.people import gold_accuracy

SECOND_OPINION = "second-opinion"  # in place of the strategy's name
OPINIONS = 2  # people who must say otherwise before a known answer is said to be in doubt


@dataclass(frozen=True)
class Asked:
    """An item that was mixed in: how often, and people's votes on it since then.

    People are measured by `judged`. The votes of second opinions are not among them: those are asked where somebody said otherwise, so
    people would be measured by the hardest items most."""

    times: int
    votes: dict[str, str]
    judged: dict[str, str]

    def lead_of_others(self, known: str) -> int:
        """How many more say otherwise than the same."""
        return sum(1 if label != known else -1 for label in self.votes.values())


def asked(standing: Standing) -> dict[str, Asked]:
    """item -> what came of it, all that were mixed in so far."""
    queries: dict[str, list[Query]] = {}
    for query in standing.asked_again(Again.GOLD):
        queries.setdefault(query.item_id, []).append(query)
    found = {}
    for item, each in queries.items():
        ballot = standing.votes.get(item, {})
        votes = {user: label for user, label in ballot.items() if user not in each[0].earlier}
        given_to = {user: query.strategy for query in each for user in votes if user not in query.earlier}
        judged = {user: label for user, label in votes.items() if given_to[user] != SECOND_OPINION}
        found[item] = Asked(len(each), votes, judged)
    return found


def unsettled(standing: Standing, found: Mapping[str, Asked]) -> set[str]:
    """Items whose imported answer as many contradict as confirm, or more: is it the person who errs, or the known answer?"""
    return {
        item
        for item, each in found.items()
        if item in standing.known
        and standing.labels[item].decided_by == "import"
        and each.lead_of_others(standing.known[item]) >= (1 if not each.votes else 0)
    }


def contested(standing: Standing, found: Mapping[str, Asked]) -> tuple[str, ...]:
    """Items whose imported answer most people contradict, two at least: perhaps it is wrong. Most contradicted first.

    What an adjudicator decided is not among them: that was the last word."""
    lead = {item: found[item].lead_of_others(standing.known[item]) for item in unsettled(standing, found)}
    against = {item: sum(label != standing.known[item] for label in found[item].votes.values()) for item in lead}
    most = [item for item in lead if lead[item] > 0 and against[item] >= OPINIONS]
    return tuple(sorted(most, key=lambda item: (-lead[item], item)))


def measured(project: Project, standing: Standing, found: Mapping[str, Asked]) -> dict[str, tuple[int, Interval]]:
    """user -> how many known answers they gave, and the share that they got right with its 95% interval."""
    votes = coding.whole(project, replace(standing, votes={item: each.judged for item, each in found.items()}))
    found_right = gold_accuracy(votes, standing.known)
    return {entry.person: (entry.judged, interval(entry.accuracy)) for entry in found_right if entry.judged}
