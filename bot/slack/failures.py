"""What could not be sent, for the people who can do something about it."""

from __future__ import annotations

from typing import Final

from bot.domain import Status
from bot.services.ports import Store
from bot.slack.errors import reason
from bot.words import say

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
            why = _why(record.error or "")
            struck[why] = struck.get(why, 0) + 1
    return [say("failure-struck", reason=why, messages=number) for why, number in struck.items()]


def _why(error: str) -> str:
    """In the language that is spoken, as far as it is known; the store keeps it as the log says it, with Slack's code first."""
    return reason(error.partition(":")[0]) or error or say("failure-unknown")
