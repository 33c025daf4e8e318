"""What a slow query strategy costs, said before anybody chooses it."""

from __future__ import annotations

LABELS = (1_000, 4_000)  # training labels for which it is said where nobody planned a number


def cost_of(strategy: str, planned_labels: int | None = None) -> str | None:
    """One sentence on a slow strategy's time per round; None for those that are done at once, and for names that don't exist."""
    # Imported here: it brings scikit-learn along, which most commands never need.
    from learner.strategies import registry

    numbers = (planned_labels,) if planned_labels else LABELS
    times = [(labels, registry.seconds(strategy, labels)) for labels in numbers]
    told = " and ".join(f"{_time(took)} with {labels:,} labels" for labels, took in times if took is not None)
    if not told:
        return None
    return (
        f"{strategy} thinks for {told} in each round, on one core and whatever the pool's size (entropy: 0.01 s in 25,000 items); "
        "on real data it brought nothing over entropy."
    )


def _time(seconds: float) -> str:
    return f"about {seconds:.1f} s" if seconds < 60 else f"about {seconds / 60:.0f} min"
