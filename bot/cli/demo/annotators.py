"""Simulated people who label through the local workspace: they see a message, press a button, and wait for the answer.

They know the truth and err at their own rates. Who answers what, and who errs where, depends on the seed and on the
item alone, never on timing, so that a seed reproduces every choice.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

from bot.domain import RoundtableError

ANSWER_BLOCK = "answer"
CLICK_TRIES = 3


class ClickError(RoundtableError):
    """A click that the app did not take, after several tries."""


@dataclass(frozen=True)
class Annotator:
    """One person; `misses` and `false_alarms` are shares of the positives and of the others answered wrongly."""

    user_id: str
    name: str
    misses: float
    false_alarms: float


PEOPLE = (
    Annotator("U0ANA", "Ana", misses=0.04, false_alarms=0.004),
    Annotator("U0BEN", "Ben", misses=0.06, false_alarms=0.006),
    Annotator("U0CHI", "Chi (careless)", misses=0.22, false_alarms=0.02),
)


def draw(*parts: object) -> float:
    """A number in [0, 1) that depends on nothing but `parts`."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def answer(person: Annotator, item_id: str, truth: str, labels: tuple[str, str], seed: int) -> str:
    """What `person` says: the truth, or, at the person's own rate, the other label. `labels[0]` is the positive class."""
    rate = person.misses if truth == labels[0] else person.false_alarms
    if draw(seed, "error", person.user_id, item_id) >= rate:
        return truth
    return labels[1] if truth == labels[0] else labels[0]


def askers(item_id: str, overlap: int, seed: int) -> list[Annotator]:
    """Who answers an item: `overlap` people (all, if it wants more), in the order in which they answer."""
    order = sorted(PEOPLE, key=lambda person: draw(seed, "turn", person.user_id, item_id))
    return order[:overlap]


class Channel:
    """The workspace as one person sees it, and presses on it."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=30.0, trust_env=False)

    def close(self) -> None:
        """Ends the connection."""
        self._http.close()

    def messages(self, user_id: str, channel_id: str) -> list[dict[str, Any]]:
        """All messages of the channel, as they are now."""
        state = self._http.get("/ui/state", params={"as": user_id}).raise_for_status().json()
        return [
            message for channel in state["channels"] if channel["id"] == channel_id for message in channel["messages"]
        ]

    def follow(self, user_id: str, channel_id: str, stop: threading.Event) -> Iterator[dict[str, Any]]:
        """Messages as they come or change, from now on; a lost connection is taken up again, with all there is."""
        while not stop.is_set():
            try:
                with self._http.stream(
                    "GET", "/ui/events", params={"as": user_id}, timeout=httpx.Timeout(5, read=5)
                ) as stream:
                    yield from self.messages(user_id, channel_id)
                    for line in stream.iter_lines():
                        if stop.is_set():
                            return
                        event = json.loads(line[5:]) if line.startswith("data:") else {}
                        if event.get("type") == "message" and event.get("channel") == channel_id:
                            yield event["message"]
            except httpx.TransportError:
                continue

    def press(self, user_id: str, channel_id: str, ts: str, action_id: str) -> None:
        """One click on a button of a message. Raises ClickError."""
        problem = ""
        for _ in range(CLICK_TRIES):
            reply = self._http.post(
                "/ui/action",
                json={
                    "as": user_id,
                    "container": {"type": "message", "channel": channel_id, "ts": ts},
                    "block_id": ANSWER_BLOCK,
                    "action_id": action_id,
                },
            ).json()
            if reply.get("ok") and reply.get("acknowledged"):
                return
            problem = str(reply.get("error") or reply.get("status") or "no answer within 3 s")
        raise ClickError(f"A click on {action_id} of message {ts} was not taken: {problem}.")


def label_buttons(message: Mapping[str, Any]) -> tuple[str, dict[str, str]] | None:
    """The query id and label -> action_id of an item's message; None for any other message."""
    for block in message.get("blocks") or ():
        if block.get("block_id") == ANSWER_BLOCK:
            found = {
                value["l"]: element["action_id"]
                for element in block["elements"]
                if str(element.get("action_id", "")).startswith("label_")
                for value in [json.loads(element["value"])]
            }
            if found:
                return str(json.loads(block["elements"][0]["value"])["q"]), found
    return None


class Crew:
    """Answers every item that is posted, each person in a thread of their own, until it is stopped."""

    def __init__(
        self,
        channel: Channel,
        channel_id: str,
        plan: Callable[[str], list[tuple[Annotator, str]]],
        clicked: Callable[[str, Annotator], None],
        seen: Callable[[dict[str, Any]], None],
    ) -> None:
        """`plan(query_id)` says who gives which label; `clicked` hears of each vote, `seen` of every other message."""
        self._channel, self._channel_id = channel, channel_id
        self._plan, self._clicked, self._seen = plan, clicked, seen
        self._stop = threading.Event()
        self._hands = {person.user_id: ThreadPoolExecutor(1, thread_name_prefix=person.name) for person in PEOPLE}
        self._answered: set[str] = set()
        self._reader = threading.Thread(target=self._read, name="annotators", daemon=True)
        self.failure: BaseException | None = None

    def start(self) -> None:
        """Begins to watch the channel."""
        self._reader.start()

    def stop(self) -> None:
        """Ends at once; a click under way is finished."""
        self._stop.set()
        for hand in self._hands.values():
            hand.shutdown(wait=True, cancel_futures=True)
        self._reader.join(timeout=10)

    def _read(self) -> None:
        try:
            for message in self._channel.follow(PEOPLE[0].user_id, self._channel_id, self._stop):
                self._take(message)
        except Exception as error:  # noqa: BLE001 - a thread's edge: the demo's main thread reports it
            self.failure = error

    def _take(self, message: dict[str, Any]) -> None:
        buttons = label_buttons(message)
        if buttons is None:
            self._seen(message)
            return
        query_id, actions = buttons
        if query_id in self._answered or self._stop.is_set():
            return
        self._answered.add(query_id)
        for person, label in self._plan(query_id):
            self._hands[person.user_id].submit(self._press, person, message["ts"], actions[label], query_id)

    def _press(self, person: Annotator, ts: str, action_id: str, query_id: str) -> None:
        try:
            self._channel.press(person.user_id, self._channel_id, ts, action_id)
            self._clicked(query_id, person)
        except Exception as error:  # noqa: BLE001 - a thread's edge: the demo's main thread reports it
            self.failure = self.failure or error
