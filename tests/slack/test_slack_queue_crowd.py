"""Thirty people at the queue of one project, through the workspace, which counts calls and refuses as Slack does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
from queue_kit import bot_in, open_round
from slack_world import until

from bot.localslack.config import Person
from bot.localslack.server import WorkspaceConfig, WorkspaceServer
from bot.services.ports import Store

Json = dict[str, Any]
PEOPLE, ITEMS = 30, 180


@dataclass
class Hands:
    """One person on the workspace's page."""

    url: str
    user: str
    client: httpx.Client

    def post(self, path: str, **body: Any) -> Json:
        answer: Json = self.client.post(f"{self.url}/ui/{path}", json={"as": self.user, **body}).json()
        return answer

    def state(self) -> Json:
        answer: Json = self.client.get(f"{self.url}/ui/state", params={"as": self.user}).json()
        return answer

    def start(self) -> Json:
        """Label next, in App Home; the modal."""
        self.post("home/open")
        home = until(lambda: self.state()["home"], 60)
        (block,) = [block for block in home["blocks"] if "accessory" in block]
        where = {"type": "view", "view_id": home["id"]}
        self.click(where, block["block_id"], "queue_start")
        return self.modal(lambda view: True)

    def click(self, container: Json, block_id: str, action_id: str) -> None:
        answer = self.post("action", container=container, block_id=block_id, action_id=action_id)
        assert answer.get("acknowledged"), answer

    def modal(self, good: Callable[[Json], bool]) -> Json:
        """The modal on screen, once it is the one that is waited for."""

        def look() -> Json | None:
            modals = self.state()["modals"]
            return modals[-1] if modals and good(modals[-1]) else None

        view: Json = until(look, 60)
        return view

    def label_all(self) -> None:
        """A label, then Next, which brings the next item where Slack takes no more updates, until nothing is left."""
        view = self.start()
        while (asked := asks(view)) is not None:
            before = asked
            self.click({"type": "view", "view_id": view["id"]}, "answer-0", "queue_label_0")
            assert self.post("view/submit", view_id=view["id"], values={})["ok"]
            view = self.modal(lambda shown, before=before: asks(shown) != before)


def asks(view: Json) -> str | None:
    """The item's text, where the modal asks about one."""
    first = view["blocks"][0]
    return str(first["elements"][0]["elements"][0]["text"]) if first.get("block_id") == "text" else None


def test_thirty_people_on_one_project(store: Store) -> None:
    open_round(store, [f"text {n}" for n in range(ITEMS)])
    people = tuple(Person(f"U{n:03}", f"p{n}", f"Person {n}") for n in range(PEOPLE))
    faults: list[BaseException] = []

    def run(person: Person) -> None:
        try:
            with httpx.Client(timeout=60, trust_env=False) as client:
                Hands(workspace.url, person.id, client).label_all()
        except BaseException as error:
            faults.append(error)
            raise

    with WorkspaceServer(WorkspaceConfig(people=people)) as workspace, bot_in(workspace, store):
        threads = [threading.Thread(target=run, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(180)
        calls = workspace.log.all()
    assert not faults
    votes = list(store.votes.log("brand"))
    assert len(votes) == len({vote.item_id for vote in votes}) == ITEMS, "each item once: none lost, none doubled"
    assert len({vote.user_id for vote in votes}) > PEOPLE // 2
    refused = [call for call in calls if call.response.get("error") == "ratelimited"]
    assert refused == [], "Slack's rates were kept"
    assert 0 < len([call for call in calls if call.method == "views.update"]) < 100, "the others pressed Next"
