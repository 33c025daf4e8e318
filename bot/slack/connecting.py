"""Reaching Slack at the start: tried until it is done, while the process already serves its health."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from bot.domain import RoundtableError
from bot.slack.errors import RateLimitedError, SlackError

log = logging.getLogger("roundtable.socket")

FIRST_PAUSE: Final = 1.0  # seconds; doubled after each try
LONGEST_PAUSE: Final = 30.0


class Connecting:
    """`attempt` raises SlackError if it may be tried again, and RoundtableError if Slack refuses for good."""

    def __init__(self, attempt: Callable[[], None], *, pause: Callable[[float], object] | None = None) -> None:
        """`pause` waits so many seconds, or less when `stop` is called."""
        self._attempt = attempt
        self._ended = threading.Event()
        self._pause = pause or self._ended.wait
        self._thread: threading.Thread | None = None
        self.trouble = ""  # why it isn't done yet, for people; empty: it is done, or was not begun
        self.refusal: RoundtableError | None = None

    def start(self, refused: Callable[[], None]) -> None:
        """The first try here, further ones in the background. Raises RoundtableError; later `refused` is called instead."""
        wait = self._try(FIRST_PAUSE)
        if wait is not None:
            self._thread = threading.Thread(target=self._go_on, args=(wait, refused), name="connecting", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """No further try; one under way is finished."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _go_on(self, wait: float | None, refused: Callable[[], None]) -> None:
        backoff = FIRST_PAUSE
        try:
            while wait is not None:
                self._pause(wait)
                if self._ended.is_set():
                    return
                backoff = min(2 * backoff, LONGEST_PAUSE)
                wait = self._try(backoff)
        except RoundtableError as error:
            self.trouble, self.refusal = str(error), error
            refused()

    def _try(self, backoff: float) -> float | None:
        """Seconds until the next try; None: done. Raises RoundtableError."""
        try:
            self._attempt()
        except SlackError as error:
            wait = max(backoff, error.seconds) if isinstance(error, RateLimitedError) else backoff
            self.trouble = f"Slack can't be reached ({error}); check the network and SLACK_API_URL"
            log.warning("%s; the next try is in %g s", self.trouble, wait)
            return wait
        self.trouble = ""
        return None
