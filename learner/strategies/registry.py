"""The names that projects and the command line use."""

from __future__ import annotations

from learner import committee
from learner.errors import UnknownStrategyError
from learner.strategies import error_reduction
from learner.strategies.base import QueryStrategy
from learner.strategies.by_committee import Committee
from learner.strategies.cold import Representative
from learner.strategies.error_reduction import ErrorReduction
from learner.strategies.mixed import CAP, Aimed, Capped, Diverse, Hybrid, LikelyPositive, cap_of, hybrid_of
from learner.strategies.uncertainty import Random, Uncertainty, entropy, least_confidence, margin

_STRATEGIES: dict[str, QueryStrategy] = {
    strategy.name: strategy
    for strategy in (
        Random(),
        Uncertainty("entropy", entropy),
        Uncertainty("margin", margin),
        Uncertainty("least_confidence", least_confidence),
        Representative(),
        LikelyPositive(),
        Hybrid(),
        Committee("committee", committee.jensen_shannon),
        Committee("committee_kl", committee.max_kl),
        Committee("committee_consensus", committee.consensus_entropy),
        Committee("committee_votes", committee.vote_entropy),
        Committee("committee_mixed", committee.jensen_shannon, committee.MIXED),
        ErrorReduction(),
        ErrorReduction("error_reduction_01", zero_one=True),
        Diverse(Uncertainty("entropy", entropy), "diverse_entropy"),
        Diverse(Aimed("aimed", offset=-0.3), "diverse_aimed"),
    )
}
DEFAULT = "diverse_aimed"  # what "default" stands for: see docs/adr/0006


ONE_QUESTION = (
    "error_reduction"  # it weighs the answers of one question; its cost for several would be several times as high
)


def check_multi_label(name: str) -> None:
    """Raises UnknownStrategyError for a strategy that can't choose items for several labels at once."""
    if name.startswith(ONE_QUESTION):
        raise UnknownStrategyError(
            f"{name} weighs the answers to one question only; for items with several labels take another strategy, "
            "e.g. default, entropy or committee",
            code="strategy-one-question",
            given=name,
        )


def seconds(name: str, labels: int) -> float | None:
    """Roughly how long a slow strategy's query takes with so many training labels; None for those that are done at once."""
    return error_reduction.seconds(labels) if name.startswith(ErrorReduction().name) else None


def names() -> list[str]:
    """All names, "default" first."""
    return ["default", *_STRATEGIES]


def get(name: str) -> QueryStrategy:
    """The strategy of that name. Raises UnknownStrategyError.

    `hybrid` may be followed by its shares (see hybrid_of), any name by a cap per cluster (see cap_of): "hybrid:0.6,0.3,0.1:cap=3".
    """
    if CAP in name:
        inner, cap = cap_of(name)
        return Capped(get(inner), cap)
    if name.startswith("hybrid:"):
        return hybrid_of(name)
    try:
        return _STRATEGIES[DEFAULT if name == "default" else name]
    except KeyError:
        known = ", ".join(names())
        raise UnknownStrategyError(
            f"there is no query strategy {name!r}; there are {known}", code="strategy-unknown", given=name, known=known
        ) from None
