"""What a slow query strategy costs, said before anybody chooses it."""

from __future__ import annotations

from bot.words import figure, say

LABELS = (1_000, 4_000)  # training labels for which it is said where nobody planned a number


def cost_of(strategy: str, planned_labels: int | None = None) -> str | None:
    """One sentence on a slow strategy's time per round; None for those that are done at once, and for names that don't exist."""
    # Imported here: it brings scikit-learn along, which most commands never need.
    from learner.strategies import registry

    numbers = (planned_labels,) if planned_labels else LABELS
    times = [(labels, registry.seconds(strategy, labels)) for labels in numbers]
    told = [say("rules-cost-time", time=_time(took), labels=labels) for labels, took in times if took is not None]
    if not told:
        return None
    both = say("rules-cost-both", one=told[0], other=told[1]) if len(told) > 1 else told[0]
    return say("rules-cost", strategy=strategy, times=both, quick=figure(0.01, ".2f"), items=25_000)


def _time(seconds: float) -> str:
    if seconds < 60:
        return say("rules-cost-seconds", time=figure(seconds, ".1f"))
    return say("rules-cost-minutes", time=figure(seconds / 60, ".0f"))
