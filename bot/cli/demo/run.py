"""One demo from start to end: processes up, project made, data imported, rounds labelled, figures shown."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from bot.cli.demo import annotators, figures
from bot.cli.demo.annotators import Annotator, Channel, Crew
from bot.cli.demo.corpus import Corpus, write_csv
from bot.cli.demo.ending import undisturbed
from bot.cli.demo.stack import BOT_TOKEN, Stack
from bot.container import Container, running
from bot.domain import Project, RoundtableError
from bot.services import projects
from bot.services.intake import import_file
from bot.settings import Settings

CHANNEL_ID, CHANNEL_NAME = "C0BRAND", "brand-safety"
ROUND_SECONDS = 120.0


class DemoError(RoundtableError):
    """The demo came to a halt; the text says at what, and where the logs are."""


@dataclass(frozen=True)
class Options:
    """What the command line asked for."""

    rounds: int
    seed: int
    port: int
    json_file: Path | None
    stay: bool


def run(console: Console, folder: Path, corpus: Corpus, options: Options) -> None:
    """Runs the demo in `folder`. Raises RoundtableError; whatever happens, no process is left behind."""
    started = time.monotonic()
    settings = on_its_own(folder)
    stack = Stack(folder, port=options.port or None)
    with running(settings) as container:
        try:
            _play(console, container, stack, corpus, options, started)
        finally:
            undisturbed()
            stack.stop()


def on_its_own(folder: Path) -> Settings:
    """Settings that know nothing of this machine's own: an embedded server in `folder`, and no Slack."""
    return Settings(
        _env_file=None,
        redis_url=None,
        data_dir=folder,
        slack_bot_token=None,
        slack_app_token=None,
        slack_signing_secret=None,
    )


def _play(
    console: Console, container: Container, stack: Stack, corpus: Corpus, options: Options, started: float
) -> None:
    project = _project(container, corpus, options)
    _import(console, container, project, corpus, stack.folder)
    stack.start()
    console.print(f"The workspace is open at [link={stack.url}]{stack.url}[/link]  (#{CHANNEL_NAME})")
    table = _Table(container, stack, project, corpus, options, console)
    table.play()
    links = {number: _permalink(stack, ts) for number, ts in table.reports.items()}
    result = figures.measure(container.store, container.features, project, corpus, links)
    console.print(figures.table(result))
    picture = stack.folder / "learning-curve.png"
    figures.draw_curve(result, picture)
    if options.json_file is not None:
        figures.write_json(result, options.json_file)
        console.print(f"Figures: {options.json_file}")
    console.print(f"Learning curve: {picture}", soft_wrap=True)
    console.print(f"The page: {stack.url}   ({time.monotonic() - started:.0f} s in all)")
    if options.stay:
        _stay(console, stack)


def _project(container: Container, corpus: Corpus, options: Options) -> Project:
    return projects.create(
        container.store,
        container.clock,
        name=corpus.project,
        channel_id=CHANNEL_ID,
        channel_name=CHANNEL_NAME,
        labels=corpus.labels,
        positive=corpus.labels[0],
        batch_size=50,
        max_rounds=None if options.stay else options.rounds,
        random_state=options.seed,
    )


def _import(console: Console, container: Container, project: Project, corpus: Corpus, folder: Path) -> None:
    """The way a user would: two files, the seed set with labels and the pool without."""
    for name, examples, labelled in (("seed-set.csv", corpus.seeds, True), ("pool.csv", corpus.pool, False)):
        write_csv(examples, folder / name, labelled=labelled)
        summary = import_file(
            container.store,
            container.clock,
            project.id,
            folder / name,
            max_text_length=container.settings.max_text_length,
        )
        labels = f", {summary.labelled} with a label" if labelled else ""
        console.print(f"Imported {name}: {summary.added} items{labels}")
    positives = sum(example.label == corpus.labels[0] for example in corpus.seeds)
    console.print(
        f"{corpus.name}: {len(corpus.seeds)} seed labels ({positives} '{corpus.labels[0]}'), {len(corpus.pool)} in the pool, "
        f"{len(corpus.test)} kept aside to check the reports"
    )


class _Table:
    """The annotators at work, with a line of progress for each round."""

    def __init__(
        self, container: Container, stack: Stack, project: Project, corpus: Corpus, options: Options, console: Console
    ) -> None:
        self._store, self._stack, self._project, self._console = container.store, stack, project, console
        self._seed, self._rounds = options.seed, options.rounds
        self._labels = corpus.labels
        self._truth = {example.id: example.label for example in corpus.pool}
        self._channel = Channel(stack.url)
        self._news: deque[tuple[str, dict[str, Any]]] = deque()
        self._something = threading.Event()
        self.reports: dict[int, str] = {}  # round -> ts of its report

    def play(self) -> None:
        """Until the last round that was asked for is reported. Raises DemoError, StackError, ClickError."""
        crew = Crew(self._channel, CHANNEL_ID, self._answers, self._clicked, self._seen)
        crew.start()
        try:
            with Progress(
                TextColumn("Round {task.fields[number]}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("votes"),
                TimeElapsedColumn(),
                console=self._console,
            ) as progress:
                for number in range(1, self._rounds + 1):
                    self._round(progress, crew, number)
        finally:
            crew.stop()
            self._channel.close()

    def _round(self, progress: Progress, crew: Crew, number: int) -> None:
        wanted = self._project.batch_size * self._project.overlap
        bar = progress.add_task("", total=wanted, number=number)
        end = time.monotonic() + ROUND_SECONDS
        while number not in self.reports:
            self._something.wait(0.2)
            self._something.clear()
            self._stack.check()
            if crew.failure is not None:
                raise DemoError(f"The annotators stopped: {crew.failure}") from crew.failure
            if time.monotonic() > end:
                raise DemoError(
                    f"Round {number} was not reported in {ROUND_SECONDS:.0f} s; see the logs in {self._stack.folder}."
                )
            while self._news:
                kind, value = self._news.popleft()
                if kind == "vote":
                    # The next round's first votes may come in before this one's report.
                    progress.advance(self._bar_of(progress, value["round"], bar))
                else:
                    self._show(progress, value)

    @staticmethod
    def _bar_of(progress: Progress, number: int, otherwise: Any) -> Any:
        return next((task.id for task in progress.tasks if task.fields["number"] == number), otherwise)

    def _show(self, progress: Progress, message: dict[str, Any]) -> None:
        number = int(str(message["metadata"]["event_payload"]["key"]).rsplit(":", 1)[1])
        if number not in self.reports:
            self.reports[number] = message["ts"]
            progress.console.print(Panel(Text(message["text"]), title=f"Report of round {number}", title_align="left"))

    def _answers(self, query_id: str) -> list[tuple[Annotator, str]]:
        query = self._store.rounds.query(query_id)
        if query.round > self._rounds:
            return []  # the person at the terminal's turn
        item = query.item_id
        truth = self._truth[item]
        return [
            (person, annotators.answer(person, item, truth, self._labels, self._seed))
            for person in annotators.askers(item, self._project.overlap, self._seed)
        ]

    def _clicked(self, query_id: str, person: Annotator) -> None:
        del person
        self._tell("vote", {"round": int(query_id.split(":")[1])})

    def _seen(self, message: dict[str, Any]) -> None:
        key = str(((message.get("metadata") or {}).get("event_payload") or {}).get("key", ""))
        if key.startswith(f"report:{self._project.id}:"):
            self._tell("report", message)

    def _tell(self, kind: str, value: dict[str, Any]) -> None:
        self._news.append((kind, value))
        self._something.set()


def _permalink(stack: Stack, ts: str) -> str:
    reply = httpx.get(
        f"{stack.url}/api/chat.getPermalink",
        params={"channel": CHANNEL_ID, "message_ts": ts},
        headers={"Authorization": f"Bearer {BOT_TOKEN}"},
        trust_env=False,
    ).json()
    return str(reply["permalink"])


def _stay(console: Console, stack: Stack) -> None:
    """The person's turn: one more round is open, and nobody else answers it."""
    console.print(
        Panel(
            f"Your turn. Open [bold]{stack.url}[/bold], label the next round in #{CHANNEL_NAME}, and ask "
            "[bold]/roundtable status[/bold].\nCtrl-C ends the demo."
        )
    )
    try:
        while True:
            stack.check()
            threading.Event().wait(1.0)
    except KeyboardInterrupt:
        console.print("Ending.")
