"""trigger_id: good for 3 seconds, once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.localslack.clock import Clock
from bot.localslack.errors import ApiError
from bot.localslack.faults import Faults
from bot.localslack.ids import Ids

LIFETIME_SECONDS = 3.0


@dataclass
class _Trigger:
    user: str
    view_id: str | None  # the modal that it came from
    expires: float
    used: bool = False


class Triggers:
    """Gives out trigger ids and takes them back."""

    def __init__(self, clock: Clock, ids: Ids, faults: Faults) -> None:
        self._clock = clock
        self._ids = ids
        self._faults = faults
        self._given: dict[str, _Trigger] = {}

    def new(self, user: str, view_id: str | None = None) -> str:
        """A fresh one, for that person."""
        now = self._clock.now()
        trigger_id = f"{int(now * 1000)}.{len(self._given) + 1}.{self._ids.secret()}"
        lifetime = 0.0 if self._faults.hits("expire_triggers") else LIFETIME_SECONDS
        self._given[trigger_id] = _Trigger(user, view_id, now + lifetime)
        return trigger_id

    def exchange(self, trigger_id: str) -> tuple[str, str | None]:
        """(user, modal it came from). Raises ApiError invalid_trigger_id, expired_trigger_id or exchanged_trigger_id."""
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if self._clock.now() >= trigger.expires:
            raise ApiError("expired_trigger_id")
        trigger.used = True
        return trigger.user, trigger.view_id
