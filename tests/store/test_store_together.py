"""Group commit: calls of several threads share round trips, each gets its own reply, and a fault is everybody's."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.store.together import ROUND_TRIPS, Call, Together

SECONDS = 20.0


class Server:
    """Answers each call with itself, once it may; remembers what came together."""

    def __init__(self) -> None:
        self.batches: list[list[Call]] = []
        self.may_answer = threading.Event()
        self.busy = threading.Semaphore(0)
        self.fault: Exception | None = None

    def __call__(self, calls: Sequence[Call]) -> list[Any]:
        self.batches.append(list(calls))
        self.busy.release()
        assert self.may_answer.wait(SECONDS)
        if self.fault is not None:
            raise self.fault
        return list(calls)


def test_a_call_alone_goes_at_once() -> None:
    server = Server()
    server.may_answer.set()
    together = Together(server)
    assert [together(("a",)), together(("b",))] == [("a",), ("b",)]
    assert server.batches == [[("a",)], [("b",)]]


def test_what_comes_meanwhile_goes_together_and_each_gets_its_own_reply() -> None:
    server = Server()
    together = Together(server)
    with ThreadPoolExecutor(40) as threads:
        first = [threads.submit(together, (number,)) for number in range(ROUND_TRIPS)]
        for _ in first:
            assert server.busy.acquire(timeout=SECONDS)
        rest = [threads.submit(together, (number,)) for number in range(ROUND_TRIPS, 40)]
        done = threading.Event()
        while len(together._waiting) < len(rest):
            done.wait(0.001)
        server.may_answer.set()
        assert [future.result(SECONDS) for future in first + rest] == [(number,) for number in range(40)]
    assert sorted(len(batch) for batch in server.batches) == [1] * ROUND_TRIPS + [len(rest)]


def test_a_fault_reaches_every_caller_and_the_next_call_goes_on() -> None:
    server = Server()
    server.fault = ConnectionError("gone")
    server.may_answer.set()
    together = Together(server)
    with ThreadPoolExecutor(20) as threads:
        for future in [threads.submit(together, (number,)) for number in range(20)]:
            with pytest.raises(ConnectionError, match="gone"):
                future.result(SECONDS)
    server.fault = None
    assert together(("again",)) == ("again",)
