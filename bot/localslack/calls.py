"""The log of everything between the app and the workspace, for tests and for people."""

from __future__ import annotations

import logging
import threading
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

Json = dict[str, Any]
_SECRET_ARGS = frozenset({"token", "app_token", "client_secret"})

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recorded:
    """One call. `kind`: "api" (the app called a Web API method), "hook" (a response_url or upload address), or
    "delivery" (the workspace delivered a payload to the app)."""

    number: int
    at: float
    kind: str
    method: str
    args: Json
    status: int
    response: Json
    notifies: tuple[Json, ...] = ()

    def as_json(self) -> Json:
        """For /control/log; `notifies` under the name that messages use for it."""
        out = asdict(self)
        out["_notifies"] = list(out.pop("notifies"))
        return out


class CallLog:
    """Keeps the newest `limit` calls and counts those that it had to let go; nothing is dropped silently."""

    def __init__(self, limit: int = 50_000) -> None:
        self._calls: deque[Recorded] = deque(maxlen=limit)
        self._count = 0
        self._changed = threading.Condition()

    def add(
        self,
        at: float,
        kind: str,
        method: str,
        args: Json,
        status: int,
        response: Json,
        notifies: tuple[Json, ...] = (),
    ) -> None:
        """Records one call, without its tokens."""
        clean = {name: value for name, value in args.items() if name not in _SECRET_ARGS}
        with self._changed:
            self._count += 1
            self._calls.append(Recorded(self._count, at, kind, method, clean, status, response, notifies))
            self._changed.notify_all()
        if self._count == (self._calls.maxlen or 0) + 1:
            logger.warning("the call log holds %d calls; older ones are dropped from here on", self._calls.maxlen)

    @property
    def dropped(self) -> int:
        """How many calls are no longer kept."""
        with self._changed:
            return self._count - len(self._calls)

    def all(self, method: str | None = None) -> list[Recorded]:
        """Those kept, oldest first; of one method only, if named."""
        with self._changed:
            return [call for call in self._calls if method is None or call.method == method]

    def wait_for(self, method: str, count: int = 1, timeout: float = 10.0) -> list[Recorded]:
        """Blocks until `count` calls of that method were made. Raises TimeoutError, naming what came."""

        def found() -> list[Recorded]:
            return [call for call in self._calls if call.method == method]

        with self._changed:
            if not self._changed.wait_for(lambda: len(found()) >= count, timeout):
                came = [call.method for call in self._calls]
                raise TimeoutError(f"{method} x{count} did not come within {timeout} s; came: {came[-20:]}")
            return found()
