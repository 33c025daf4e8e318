"""The names that projects and the command line use."""

from __future__ import annotations

from learner.errors import UnknownStrategyError
from learner.strategies.base import QueryStrategy
from learner.strategies.uncertainty import Random, Uncertainty, entropy, least_confidence, margin

_STRATEGIES: dict[str, QueryStrategy] = {
    strategy.name: strategy
    for strategy in (
        Random(),
        Uncertainty("entropy", entropy),
        Uncertainty("margin", margin),
        Uncertainty("least_confidence", least_confidence),
    )
}
DEFAULT = "entropy"  # what "default" stands for


def names() -> list[str]:
    """All names, "default" first."""
    return ["default", *_STRATEGIES]


def get(name: str) -> QueryStrategy:
    """The strategy of that name. Raises UnknownStrategyError."""
    try:
        return _STRATEGIES[DEFAULT if name == "default" else name]
    except KeyError:
        raise UnknownStrategyError(f"no query strategy {name!r}; there are {', '.join(names())}") from None
