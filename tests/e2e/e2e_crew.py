"""People who click without end, each in a thread of their own, and who try again when a click is not taken."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx
from e2e_data import button, truth
from e2e_rig import Rig, until

from bot.domain import Project

Do = tuple[str, str | None]  # what is done, as the log will say it: (kind, label)


def indecisive(batch: int, share: float = 0.2) -> Callable[[str, str, str], Sequence[Do]]:
    """Mostly one click; at times a changed mind, an undo or a skip first. It depends on person and item alone.

    The last item of a round gets one click: with it the round may close, and what came after would be refused.
    """

    def plan(user: str, query_id: str, right: str) -> Sequence[Do]:
        vote: Do = ("vote", right)
        chance = random.Random(f"{user} {query_id}")
        if query_id.endswith(f":{batch - 1}") or chance.random() >= share:
            return (vote,)
        wrong = "other" if right == "negative" else "negative"
        choices: tuple[Sequence[Do], ...] = (
            (("vote", wrong), vote),
            (vote, ("undo", None), vote),
            (("skip", None), vote),
        )
        return chance.choice(choices)

    return plan


@dataclass
class Person:
    """One person's clicks: what was acknowledged, by query, in order; how many were not."""

    user: str
    acknowledged: dict[str, list[Do]] = field(default_factory=dict)
    refused: int = 0


class Crew:
    """Every person answers every item of every round, as `plan(user, query_id, right label)` says."""

    def __init__(
        self,
        rig: Rig,
        project: Project,
        users: Sequence[str],
        rounds: int,
        plan: Callable[[str, str, str], Sequence[Do]],
        clicked: Callable[[int], None] = lambda count: None,
    ) -> None:
        self._rig, self._project, self._rounds, self._plan, self._clicked = rig, project, rounds, plan, clicked
        self.people = [Person(user) for user in users]
        self._truth = {item.id: truth(item.id) for item in rig.store.items.iter(project.id)}
        self._lock = threading.Lock()
        self._count = 0
        self._stopped = threading.Event()
        self._failures: list[BaseException] = []
        self._threads = [threading.Thread(target=self._work, args=(person,), daemon=True) for person in self.people]

    @property
    def count(self) -> int:
        """Clicks acknowledged so far."""
        return self._count

    def run(self, seconds: float) -> None:
        """All of it. Fails if it is not done in time, or as soon as one person fails."""
        for thread in self._threads:
            thread.start()
        try:
            until(
                lambda: bool(self._failures) or not any(thread.is_alive() for thread in self._threads),
                lambda: f"all clicks, of which {self._count} were made; worker: {self._rig.log_of('worker')[-3000:]}",
                seconds,
            )
        finally:
            self._stopped.set()
        if self._failures:
            raise self._failures[0]

    def _work(self, person: Person) -> None:
        try:
            for number in range(1, self._rounds + 1):
                for position in range(self._project.batch_size):
                    self._answer(person, f"{self._project.id}:{number}:{position}")
        except BaseException as error:  # noqa: BLE001 - a thread's edge: run() raises it
            self._failures.append(error)

    def _answer(self, person: Person, query_id: str) -> None:
        until(lambda: self._stopped.is_set() or self._rig.message(f"query:{query_id}"), query_id, 120)
        for do in self._plan(person.user, query_id, self._right(query_id)):
            self._click_until_taken(person, query_id, do)
            person.acknowledged.setdefault(query_id, []).append(do)
            with self._lock:
                self._count += 1
                count = self._count
            self._clicked(count)

    def _right(self, query_id: str) -> str:
        """The right label, which is in the first letter of the item's id; the item is found by its text on the message."""
        return self._truth[self._item(query_id)]

    def _item(self, query_id: str) -> str:
        message = self._rig.message(f"query:{query_id}")
        assert message is not None
        number = message["text"].split(" no ")[1].split("”")[0].split()[0]
        return next(item for item in (f"n{number}", f"p{number}") if item in self._truth)

    def _click_until_taken(self, person: Person, query_id: str, do: Do) -> None:
        def taken() -> bool:
            if self._stopped.is_set():
                raise InterruptedError
            try:
                if self._click(person.user, query_id, do):
                    return True
            except httpx.TransportError:
                pass
            person.refused += 1
            return False

        until(taken, lambda: f"{do} on {query_id} by {person.user}; web: {self._rig.log_of('web')[-2000:]}", 90)

    def _click(self, user: str, query_id: str, do: Do) -> bool:
        kind, label = do
        if kind == "vote":
            return self._rig.press(user, query_id, button(str(label))).acknowledged
        if kind == "skip":
            return self._rig.press(user, query_id, "skip").acknowledged
        undo = json.dumps({"q": query_id, "do": "undo"})
        return self._rig.press(user, query_id, "more", undo).acknowledged
