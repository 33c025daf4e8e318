"""What could not be sent, for the people who can do something about it."""

from __future__ import annotations

from typing import Final

from bot.domain import Status
from bot.services.ports import Store

LOOKED_AT: Final = 100  # items of the current round


def failures(store: Store, status: Status) -> list[str]:
    """Why messages of the current round (and its report) were given up, each reason once with how many it struck."""
    if status.round is None:
        return []
    project, number = status.project.id, status.round.number
    keys = [f"round:{project}:{number}", f"report:{project}:{number}", f"report:{project}:{number - 1}"]
    keys += [f"query:{project}:{number}:{position}" for position in range(min(status.round.total, LOOKED_AT))]
    struck: dict[str, int] = {}
    for record in store.outbox.get_many(keys):
        if record.state == "failed":
            reason = record.error or "unknown"
            struck[reason] = struck.get(reason, 0) + 1
    return [f"{reason} ({count} message{'s' if count > 1 else ''})" for reason, count in struck.items()]
