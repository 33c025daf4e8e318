"""Writes of several threads in one round trip (group commit).

With `appendfsync always` each round trip waits for the disk, and each answer wakes a thread. What comes while others wait
goes along in the next round trip: one write to the disk and one `WAITAOF` for all of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

from redis.exceptions import ConnectionError as RedisConnectionError

ROUND_TRIPS: Final = 2  # under way at a time: while one waits for the disk, another is on its way
LARGEST: Final = 64  # calls in one

Call = tuple[Any, ...]
Send = Callable[[Sequence[Call]], Sequence[Any]]


class _Turn:
    """One thread's call and what became of it."""

    __slots__ = ("batch", "call", "error", "reply", "woken")

    def __init__(self, call: Call) -> None:
        self.call = call
        self.batch: list[_Turn] | None = None  # set: this thread sends it, for all in it
        self.reply: Any = None
        self.error: BaseException | None = None
        self.woken = threading.Lock()
        self.woken.acquire()

    def result(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.reply


class Together:
    """`send` takes calls and gives as many replies, or raises, which then is every caller's error."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._lock = threading.Lock()
        self._under_way = 0
        self._waiting: list[_Turn] = []

    def __call__(self, call: Call) -> Any:
        """Blocks until the reply to this call is there. Raises what `send` raised."""
        turn = _Turn(call)
        with self._lock:
            if self._under_way < ROUND_TRIPS:
                self._under_way += 1
                turn.batch = [turn]
            else:
                self._waiting.append(turn)
        if turn.batch is None:
            turn.woken.acquire()  # by who sent it, or to send it
        if turn.batch is not None:
            self._carry(turn.batch)
        return turn.result()

    def _carry(self, batch: list[_Turn]) -> None:
        failure: BaseException = RedisConnectionError("the round trip was broken off")
        replies: Sequence[Any] | None = None
        try:
            replies = self._send([turn.call for turn in batch])
        except Exception as error:  # noqa: BLE001 - it is raised in each thread whose call it was
            failure = error
        finally:
            self._pass_on()
            for number, turn in enumerate(batch):
                if replies is None:
                    turn.error = failure
                else:
                    turn.reply = replies[number]
                if number:
                    turn.woken.release()

    def _pass_on(self) -> None:
        """The first of those who came meanwhile sends for all of them."""
        with self._lock:
            batch, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
            if not batch:
                self._under_way -= 1
                return
        batch[0].batch = batch
        batch[0].woken.release()
