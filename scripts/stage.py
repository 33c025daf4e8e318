"""A workspace for pictures: real processes, four projects, and something to show on every surface."""

from __future__ import annotations

import base64
import csv
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import httpx

from bot.cli.demo import annotators, corpus
from bot.cli.demo.run import on_its_own
from bot.cli.demo.stack import Stack
from bot.cli.processes import OWN_MANIFEST
from bot.container import Container, running
from bot.domain import Bulletin, Project, Query, RoundState, Via, VoteKind, labelsets
from bot.localslack.manifest import installed
from bot.localslack.server import ChannelSpec, WorkspaceConfig, WorkspaceServer
from bot.services import bulletins, decisions, projects
from bot.services.decisions import By
from bot.services.intake import import_file
from bot.services.ports import PostIntent
from bot.services.voting import cast_vote
from bot.slack.blocks.message import Attachment
from bot.slack.pictures.files import Files
from bot.words import speaking
from scripts import texts

BRAND, TICKETS, AREAS, GERMAN = "C0BRAND", "C0TICKETS", "C0AREAS", "C0MARKE"
CHANNELS: Final = (
    ChannelSpec(BRAND, "brand-safety", "What people say about the brands"),
    ChannelSpec(TICKETS, "support-tickets", "What customers write to us about"),
    ChannelSpec(AREAS, "product-areas", "Which team a letter goes to"),
    ChannelSpec(GERMAN, "markensicherheit", "Was über die Marken gesagt wird"),
)
SECONDS: Final = 90.0  # for a round to be learned from, or for messages to be posted
LEAD: Final = "U0LEAD"
BRAND_GUIDELINES: Final = {
    "negative": "Anger or disappointment with the brand or its products, irony included. Example: great, broken again.",
    "other": "Anything else: praise, questions, advertisements, news.",
}
Answers = Callable[[Query], list[tuple[str, str]]]
# Rows that no import takes, among some that it does.
MENDED: Final = """id,text,label
a1,When do you open on Sundays?,Shop opening hours
a2,,Returns
a3,I can't find the red one any more,Search
a4,My points are gone since the update,Points
a5,Please take me off your list,Newsletter
a5,The same number once more,Cart
"""


class Workspace(Stack):
    """The demo's processes, with channels of our own; the workspace runs in this process."""

    def open_workspace(self) -> None:
        """As the demo's."""
        config = WorkspaceConfig(port=self.port, enforce_rates=False, channels=CHANNELS)
        self._server = WorkspaceServer(installed(config, OWN_MANIFEST))
        self._server.start()

    def stop(self) -> None:
        """As the demo's."""
        super().stop()
        self._server.stop()


@dataclass(frozen=True)
class Stage:
    """What a photographer needs: the page's address, and files that are shown outside it."""

    url: str
    folder: Path


@contextmanager
def stage() -> Iterator[Stage]:
    """All of it, ready; ended at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="roundtable-stage-") as name:
        folder = Path(name)
        workspace = Workspace(folder)
        with running(on_its_own(folder)) as container:
            try:
                workspace.start()
                _Play(container, workspace).all()
                yield Stage(workspace.url, folder)
            finally:
                workspace.stop()


class _Play:
    """Sets the projects up and plays their people."""

    def __init__(self, container: Container, workspace: Workspace) -> None:
        self._store, self._clock, self._settings = container.store, container.clock, container.settings
        self._workspace, self._folder = workspace, workspace.folder

    def all(self) -> None:
        """One project after the other; the last thing said in each channel is what a picture of it shows."""
        self._german()
        self._areas()
        self._tickets()
        self._brand()
        self._posted()

    # --- the projects

    def _brand(self) -> None:
        tweets = corpus.brand_tweets(0)
        project = self._project(
            tweets.project,
            BRAND,
            tweets.labels,
            batch_size=50,
            audit_per_round=15,
            guidelines=BRAND_GUIDELINES,
            planned_labels=500,
            reminders=True,
        )
        self._import(project, [(each.text, each.label) for each in tweets.seeds], [each.text for each in tweets.pool])
        truth = {each.text: each.label for each in tweets.pool}

        def answers(query: Query) -> list[tuple[str, str]]:
            text = self._store.items.get(project.id, query.item_id).text
            people = annotators.askers(query.item_id, 1, 0)
            return [
                (one.user_id, annotators.answer(one, query.item_id, truth[text], tweets.labels, 0)) for one in people
            ]

        for number in (1, 2, 3, 4):
            if number == 4:
                before = bulletins.figures(self._store, self._clock, project)
            self._round(project, number, answers)
        self._opened(project, 5)
        self._some(project, 5, answers, 9)
        now = bulletins.figures(self._store, self._clock, project)
        since = before.model_copy(update={"at": now.at - timedelta(days=7)})
        made = Bulletin(project_id=project.id, due=now.at, now=now, before=since)
        key = f"bulletin:{project.id}:{int(now.at.timestamp() * 1000)}"
        posts = [PostIntent(f"{key}:{LEAD}", project.id, LEAD, None)]
        posts.append(PostIntent(f"remind:{project.id}:{now.at:%Y-%m-%d}:U0BEN", project.id, "U0BEN", None))
        self._store.bulletins.add(made, posts)
        self._client_page(project, 4)
        self._act("post", channel=BRAND, text="/roundtable export labels")

    def _tickets(self) -> None:
        project = self._project(
            "Support tickets",
            TICKETS,
            texts.TICKET_LABELS,
            multi_label=True,
            batch_size=16,
            audit_per_round=8,
            overlap=2,
            items_in="channel",
            guidelines=texts.TICKET_GUIDELINES,
            suggestions=True,
        )
        made = list(texts.tickets(360))
        seeds, pool = made[:120], made[120:]
        self._import(project, [(text, "|".join(about)) for text, about in seeds], [text for text, _ in pool])
        truth = {text: labelsets.encode(about, project.labels) for text, about in pool}

        def answers(query: Query) -> list[tuple[str, str]]:
            right = truth[self._store.items.get(project.id, query.item_id).text]
            wrong = labelsets.encode(["praise"], project.labels)
            return [("U0ANA", right), ("U0BEN", wrong if query.position % 4 == 1 else right)]

        for number in (1, 2):
            self._round(project, number, answers, flagged=number == 2)
        self._opened(project, 3)
        self._some(project, 3, answers, 2)

    def _areas(self) -> None:
        project = self._project(
            "Product areas", AREAS, texts.AREAS, batch_size=3, audit_per_round=1, items_in="channel"
        )
        self._import(project, [], [text for text, _ in texts.tickets(400)][-40:])
        self._opened(project, 1)
        self._posted()
        name, content = "letters.csv", base64.b64encode(MENDED.encode()).decode()
        self._act("upload", channel=AREAS, files=[{"name": name, "content": content}], text="The letters of last week")

    def _german(self) -> None:
        project = self._project(
            "Markensicherheit",
            GERMAN,
            texts.GERMAN_LABELS,
            language="de",
            batch_size=25,
            audit_per_round=10,
            guidelines=texts.GERMAN_GUIDELINES,
            planned_labels=300,
        )
        made = list(texts.german(900))
        seeds, pool = made[:150], made[150:]
        self._import(project, seeds, [text for text, _ in pool])
        truth = dict(pool)

        def answers(query: Query) -> list[tuple[str, str]]:
            right, wrong = truth[self._store.items.get(project.id, query.item_id).text], texts.GERMAN_LABELS[0]
            return [
                ("U0BEN", wrong if query.position % 12 == 4 else right)
            ]  # he takes some things for worse than they are

        for number in (1, 2, 3):
            self._round(project, number, answers)
        self._opened(project, 4)
        self._some(project, 4, answers, 6)

    # --- its parts

    def _project(self, name: str, channel: str, labels: tuple[str, ...], **more: Any) -> Project:
        channel_name = next(each.name for each in CHANNELS if each.id == channel)
        return projects.create(
            self._store, self._clock, name=name, channel_id=channel, channel_name=channel_name, labels=labels, **more
        )

    def _import(self, project: Project, seeds: list[tuple[str, str]], pool: list[str]) -> None:
        """A file of each, as a user would bring them."""
        for name, rows in (("seeds", seeds), ("pool", [(text, "") for text in pool])):
            if not rows:
                continue
            path = self._folder / f"{project.id}-{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([("text", "label"), *rows])
            longest = self._settings.max_text_length
            import_file(self._store, self._clock, project.id, path, max_text_length=longest)

    def _round(self, project: Project, number: int, answers: Answers, *, flagged: bool = False) -> None:
        """Opens, is answered and closes."""
        self._opened(project, number)
        if flagged:
            self._doubts(self._store.rounds.queries(project.id, number))
        self._some(project, number, answers, project.batch_size)
        current = self._store.rounds.current(project.id)
        if current is not None and current.number == number and current.answered < current.total:
            projects.close_round(self._store, self._clock, project.id, LEAD)  # people differ on an item
        self._until(
            lambda: self._store.rounds.report(project.id, number) is not None, f"round {number} of {project.name}"
        )

    def _doubts(self, queries: list[Query]) -> None:
        first, second = queries[0], queries[2]
        by = By("U0CHI", "stage-flag")
        decisions.flag(self._store, self._clock, first.id, by, "Names a customer: should it be here at all?")
        decisions.flag(self._store, self._clock, queries[4].id, by._replace(action_id="stage-flag-2"), "Is this irony?")
        case = decisions.case_of(self._store, queries[4].id)
        right = labelsets.encode(["delivery"], case.project.labels)
        lead, why = By(LEAD, "stage-decide"), "The parcel is what it is about."
        decisions.adjudicate(self._store, self._clock, case, lead, label=right, instead=(), reason=why)
        self._cast(second, "U0CHI", None, VoteKind.UNSURE)

    def _some(self, project: Project, number: int, answers: Answers, count: int) -> None:
        for query in self._store.rounds.queries(project.id, number)[:count]:
            for user, label in answers(query):
                self._cast(query, user, label, VoteKind.VOTE)

    def _cast(self, query: Query, user: str, label: str | None, kind: VoteKind) -> None:
        cast_vote(
            self._store,
            self._clock,
            query_id=query.id,
            user_id=user,
            label=label,
            kind=kind,
            via=Via.QUEUE,
            action_id=f"stage/{query.id}/{user}/{kind.value}",
            message_ts=None,
        )
        self._store.guard.wake()

    def _opened(self, project: Project, number: int) -> None:
        def is_open() -> bool:
            current = self._store.rounds.current(project.id)
            return current is not None and current.number == number and current.state is RoundState.OPEN

        self._until(is_open, f"round {number} of {project.name}")

    def _posted(self) -> None:
        """All that is to be said is said."""
        self._until(
            lambda: (
                not any(
                    projects.status(self._store, self._clock, each.id).pending_messages
                    for each in self._store.projects.all()
                )
            ),
            "the messages",
        )

    def _client_page(self, project: Project, number: int) -> None:
        report = self._store.rounds.report(project.id, number)
        assert report is not None  # noqa: S101 - it has just been waited for
        with speaking(project.language):
            page = Files().make("client", project, report)
        assert isinstance(page, Attachment)  # noqa: S101 - what that kind is
        (self._folder / "client.html").write_bytes(page.data)

    def _act(self, what: str, **more: Any) -> None:
        """Something that the lead does on the page."""
        reply = httpx.post(f"{self._workspace.url}/ui/{what}", json={"as": LEAD, **more}, timeout=30, trust_env=False)
        reply.raise_for_status()

    def _until(self, done: Callable[[], bool], what: str) -> None:
        end, pause = time.monotonic() + SECONDS, threading.Event()
        while not done():
            self._workspace.check()
            if time.monotonic() > end:
                raise SystemExit(f"The stage waited in vain for {what}; its logs were in {self._folder}.")
            pause.wait(0.1)
