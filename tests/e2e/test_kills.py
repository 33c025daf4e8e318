"""`kill -9` of web, worker and Redis at random moments during 1,000 clicks."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import pytest
from e2e_audit import check_all
from e2e_crew import Crew, indecisive
from e2e_data import items
from e2e_rig import ANA, BEN, CHI, SECONDS, Rig

pytestmark = [pytest.mark.e2e, pytest.mark.fault]
BATCH, ROUNDS, KILLS = 35, 3, 3
PEOPLE = (ANA, BEN, CHI)


class Killer:
    """Kills what is due at each count of clicks, and starts it again, as whatever looks after the processes would."""

    def __init__(self, rig: Rig, moments: dict[int, str]) -> None:
        self._rig, self._moments = rig, moments
        self._due = threading.Semaphore(0)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._victims: list[str] = []
        self.failure: BaseException | None = None
        self.killed: list[str] = []
        self._thread.start()

    def clicked(self, count: int) -> None:
        """Called after each acknowledged click."""
        if count in self._moments:
            self._victims.append(self._moments[count])
            self._due.release()

    def stop(self) -> None:
        """Raises what went wrong."""
        self._ended.set()
        self._due.release()
        self._thread.join(SECONDS)
        if self.failure is not None:
            raise self.failure

    def _work(self) -> None:
        try:
            while self._due.acquire() and (self._victims or not self._ended.is_set()):
                victim = self._victims.pop(0)
                self._rig.kill(victim)
                self.killed.append(victim)
                if victim != "redis":  # which whoever needs it first starts again
                    self._rig.start(victim)
        except BaseException as error:  # noqa: BLE001 - a thread's edge: stop() raises it
            self.failure = error


@pytest.mark.parametrize(("http", "seed"), [(False, 1), (True, 2)], ids=["socket", "http"])
def test_nothing_is_lost_or_doubled(make_rig: Callable[..., Rig], http: bool, seed: int) -> None:
    rig = make_rig(http=http)
    project = rig.project(
        items(260, seeds=40), batch_size=BATCH, audit_per_round=5, overlap=len(PEOPLE), max_rounds=ROUNDS
    )
    rig.start("worker", "web")
    killer = Killer(rig, moments(seed))
    crew = Crew(rig, project, PEOPLE, ROUNDS, indecisive(BATCH, 0.5), killer.clicked)
    try:
        crew.run(150)
    finally:
        killer.stop()
    rig.wait_message(f"report:{project.id}:{ROUNDS}")
    check_all(rig, project, crew.people, ROUNDS)
    assert sorted(killer.killed) == sorted(["web", "worker", "redis"] * KILLS)
    assert crew.count >= 500


def moments(seed: int) -> dict[int, str]:
    """Count of clicks -> victim."""
    chance = random.Random(seed)
    victims = ["web", "worker", "redis"] * KILLS
    chance.shuffle(victims)
    return dict(zip(sorted(chance.sample(range(20, 480), len(victims))), victims, strict=True))
