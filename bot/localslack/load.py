"""A load driver: clicks as signed block_actions over HTTP, from many people, at a fixed rate or as fast as it goes.

Open loop: click i is due at start + i / rate, whatever happened to those before it, and its latency counts from then
on, so a stall of the app shows in full. Closed loop: k connections, each sends the next click when its last was
answered; this finds the greatest throughput. The driver serves the response_urls itself and counts their uses.

It blocks, runs its own event loop, and is best run in a process of its own: it shares nothing with the app.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.localslack import elements
from bot.localslack.config import ChannelSpec, Person, WorkspaceConfig
from bot.localslack.loadwire import Pool, ResponseUrls
from bot.localslack.payloads import Payloads
from bot.localslack.signed import signature
from bot.localslack.state import Channel

Json = dict[str, Any]
ACK_SECONDS = 3.0


@dataclass(frozen=True)
class Click:
    """A click to be made: on which element (block_id, action_id) of which message (Slack's JSON, with its ts).

    `user`: who clicks; None: the driver's people take turns. `selected`: the option, for menus."""

    channel: str
    message: Json
    block_id: str
    action_id: str
    user: str | None = None
    selected: Any = None


@dataclass(frozen=True)
class Acknowledged:
    """A click that was answered with 200 in time: what identifies it in the app's records."""

    user: str
    message_ts: str
    action_ts: str


@dataclass(frozen=True)
class LoadResult:
    """What came of it. Latencies are in milliseconds, click (when due) to the end of the 200.

    `seconds`: from the start to the last answer; `per_second`: acknowledged clicks in that time.
    `errors`: counts by kind: "http 500", "connection", "late" (over `ack_seconds`), "unanswered". `lateness_p99_ms`: by how much
    the driver itself sent after the due time; large figures mean that the driver, not the app, was the limit."""

    mode: str
    people: int
    seconds: float
    sent: int
    acknowledged: int
    errors: dict[str, int]
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    lateness_p99_ms: float
    connections: int
    response_url_uses: int
    response_url_refused: int
    clicks: tuple[Acknowledged, ...] = field(repr=False, default=())


@dataclass
class _Tally:
    latencies: list[float] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    clicks: list[Acknowledged] = field(default_factory=list)
    sent: int = 0
    open: int = 0
    last: float = 0.0  # when the newest answer came


def run_open(
    clicks: Iterable[Click] | Callable[[int], Click],
    request_url: str,
    *,
    signing_secret: str,
    people: int = 50,
    per_second: float = 200.0,
    seconds: float = 60.0,
    max_connections: int = 100,
    ack_seconds: float = ACK_SECONDS,
) -> LoadResult:
    """At a fixed rate, for that long (or until `clicks` ends). Raises ValueError if there is nothing to click."""
    driver = _Driver(clicks, request_url, signing_secret, people, max_connections, ack_seconds)
    return asyncio.run(driver.open_loop(per_second, seconds))


def run_closed(
    clicks: Iterable[Click] | Callable[[int], Click],
    request_url: str,
    *,
    signing_secret: str,
    people: int = 50,
    connections: int = 8,
    seconds: float = 10.0,
    ack_seconds: float = ACK_SECONDS,
) -> LoadResult:
    """As fast as `connections` connections go, for that long (or until `clicks` ends)."""
    driver = _Driver(clicks, request_url, signing_secret, people, connections, ack_seconds)
    return asyncio.run(driver.closed_loop(connections, seconds))


class _Driver:
    def __init__(
        self,
        clicks: Iterable[Click] | Callable[[int], Click],
        request_url: str,
        secret: str,
        people: int,
        max_connections: int,
        ack_seconds: float,
    ) -> None:
        address = urlsplit(request_url)
        self._host, self._port = address.hostname or "127.0.0.1", address.port or 80
        self._target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        self._secret = secret
        self._ack_seconds = ack_seconds
        self._clicks: Iterator[Click] = map(clicks, itertools.count()) if callable(clicks) else iter(clicks)
        self._people = [Person(f"U0LOAD{n:04d}", f"load{n:04d}", f"Load {n}") for n in range(people)]
        self._turn = itertools.cycle(self._people)
        self._payloads = Payloads(WorkspaceConfig(channels=()))
        self._numbers = itertools.count(1)
        self._pool = Pool(self._host, self._port, max_connections)
        self._urls = ResponseUrls()
        self._base = ""
        self._tally = _Tally()
        self._idle = asyncio.Event()

    async def open_loop(self, per_second: float, seconds: float) -> LoadResult:
        self._base = await self._urls.start()
        began = time.perf_counter()
        for number in range(int(per_second * seconds)):
            due = began + number / per_second
            wait = due - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            click = next(self._clicks, None)
            if click is None:
                break
            self._fire(click, due)
        if not self._tally.sent:
            raise ValueError("there were no clicks to make")
        await self._settle()
        return self._result("open", self._tally.last - began)

    async def closed_loop(self, connections: int, seconds: float) -> LoadResult:
        self._base = await self._urls.start()
        began = time.perf_counter()
        over = asyncio.Event()  # the time is up, or there are no more clicks

        def again() -> None:
            if time.perf_counter() - began < seconds and (click := next(self._clicks, None)) is not None:
                self._fire(click, time.perf_counter(), again)
            else:
                over.set()

        for _ in range(connections):
            again()
        if not self._tally.sent:
            raise ValueError("there were no clicks to make")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), seconds)
        await self._settle()
        return self._result("closed", self._tally.last - began)

    def _fire(self, click: Click, due: float, then: Callable[[], None] | None = None) -> None:
        person = next(self._turn) if click.user is None else Person(click.user, click.user.lower(), click.user)
        request, action_ts = self._request(click, person)
        tally = self._tally
        tally.sent += 1
        tally.open += 1
        tally.lateness.append(time.perf_counter() - due)

        def done(status: int | None) -> None:
            took = time.perf_counter() - due
            tally.open -= 1
            tally.last = due + took
            if tally.open == 0:
                self._idle.set()
            if status == 200 and took <= self._ack_seconds:
                tally.latencies.append(took)
                tally.clicks.append(Acknowledged(person.id, str(click.message["ts"]), action_ts))
            else:
                tally.errors["connection" if status is None else f"http {status}" if status != 200 else "late"] += 1
            if then is not None:
                then()

        self._pool.send(request, done)

    def _request(self, click: Click, person: Person) -> tuple[bytes, str]:
        number, now = next(self._numbers), int(time.time())
        action_ts = f"{now}.{number % 1_000_000:06d}"
        element = elements.find(click.message["blocks"], click.block_id, click.action_id)
        action = elements.action(click.block_id, element, click.selected, action_ts)
        url = f"{self._base}/actions/T0LOCAL/{number}/load"
        spec = ChannelSpec(click.channel, click.channel.lower())
        payload = self._payloads.message_click(
            person, Channel(spec.id, spec.name), click.message, action, {}, f"{now}.{number}.load", url
        )
        body = urlencode({"payload": json.dumps(payload)}).encode()
        head = (
            f"POST {self._target} HTTP/1.1\r\nhost: {self._host}:{self._port}\r\n"
            "content-type: application/x-www-form-urlencoded\r\n"
            f"content-length: {len(body)}\r\nx-slack-request-timestamp: {now}\r\n"
            f"x-slack-signature: {signature(self._secret, str(now), body)}\r\n\r\n"
        )
        return head.encode() + body, action_ts

    async def _settle(self) -> None:
        """Waits for what is still open, as long as Slack would, and a little for the last response_urls."""
        if self._tally.open:
            self._idle.clear()
            try:
                await asyncio.wait_for(self._idle.wait(), self._ack_seconds)
            except TimeoutError:
                self._tally.errors["unanswered"] = self._tally.open
        before = -1
        while before != self._urls.uses.total():
            before = self._urls.uses.total()
            await asyncio.sleep(0.3)

    def _result(self, mode: str, took: float) -> LoadResult:
        tally = self._tally
        errors = dict(tally.errors)
        result = LoadResult(
            mode=mode,
            people=len(self._people),
            seconds=round(took, 3),
            sent=tally.sent,
            acknowledged=len(tally.latencies),
            errors=errors,
            per_second=round(len(tally.latencies) / took, 1) if took > 0 else 0.0,
            p50_ms=percentile(tally.latencies, 50),
            p95_ms=percentile(tally.latencies, 95),
            p99_ms=percentile(tally.latencies, 99),
            max_ms=percentile(tally.latencies, 100),
            lateness_p99_ms=percentile(tally.lateness, 99),
            connections=self._pool.size,
            response_url_uses=self._urls.uses.total(),
            response_url_refused=self._urls.refused,
            clicks=tuple(tally.clicks),
        )
        self._pool.close()
        self._urls.close()
        return result


def percentile(seconds: list[float], percent: float) -> float:
    """The value that `percent` of them don't exceed (nearest rank), in milliseconds; nan of none."""
    if not seconds:
        return float("nan")
    ordered = sorted(seconds)
    rank = max(1, -(-len(ordered) * percent // 100))
    return round(ordered[int(rank) - 1] * 1000, 3)
