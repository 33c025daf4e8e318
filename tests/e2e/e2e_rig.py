"""The whole of it on this machine: the workspace in this process; Redis, `web` and `worker` as real processes of their own.

Nothing here waits for a length of time: all waiting is for a condition, with a deadline.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
from typer.testing import CliRunner

from bot import cli
from bot.domain import Project, Round, RoundState, StoreUnavailableError
from bot.localslack.server import WorkspaceConfig, WorkspaceServer
from bot.services import projects
from bot.services.clock import SystemClock
from bot.services.intake import import_file
from bot.services.ports import Store
from bot.store import connect
from bot.store.embedded import EmbeddedServer

CHANNEL = "C0BRAND"
ANA, BEN, CHI, LEAD = "U0ANA", "U0BEN", "U0CHI", "U0LEAD"
LABELS = ("negative", "other")
SECONDS = 60.0  # for what takes a second or two on a machine with nothing else to do
T = TypeVar("T")
Json = dict[str, Any]


def until(condition: Callable[[], T], what: str | Callable[[], str], seconds: float = SECONDS) -> T:
    """The first true answer of `condition`. Fails, saying `what` did not come, after `seconds`."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:.0f} s: {what if isinstance(what, str) else what()}")
        pause.wait(0.02)
    return answer


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Click:
    """What became of one click."""

    acknowledged: bool
    status: int | None
    error: str | None
    ms: float


class Rig:
    """One workspace, one data folder, any number of `web` and `worker` processes."""

    def __init__(self, folder: Path, *, http: bool = False, faults: str = "", **environment: str) -> None:
        self.folder = folder
        self.data_dir = folder / "data"
        self.http = http
        self.web_port = free_port()
        self._environment = environment
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._store: Store | None = None
        request_url = f"http://127.0.0.1:{self.web_port}/slack/events" if http else None
        self.workspace = WorkspaceServer(WorkspaceConfig(request_url=request_url, faults=faults, enforce_rates=False))
        self._client = httpx.Client(timeout=30.0, trust_env=False)

    # --- life

    def open(self) -> Rig:
        """The workspace and Redis. `web` and `worker` are started by `start`."""
        self.workspace.start()
        self._store = connect(None, data_dir=self.data_dir)
        return self

    def start(self, *names: str) -> None:
        """Starts processes, "web" or "worker" by the beginning of their names, and waits until each `web` is ready."""
        for name in names:
            self.spawn(name)
        for name in names:
            if name.startswith("web"):
                until(
                    self._ready_or_failed, lambda name=name: f"{name} ready; its log ends: {self.log_of(name)[-1500:]}"
                )

    def spawn(self, name: str) -> None:
        """Starts one process, and waits for nothing."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", name.split("-")[0]],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment(),
                cwd=self.folder,
                start_new_session=True,
            )

    def environment(self) -> dict[str, str]:
        """The environment of the processes: this machine's, with everything of ours pointed at this rig."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ROUNDTABLE_", "SLACK_")) and name != "REDIS_URL"
        }
        config = self.workspace.config
        slack = {
            "SLACK_BOT_TOKEN": config.bot_token,
            "SLACK_SIGNING_SECRET": config.signing_secret,
            "SLACK_API_URL": self.workspace.api_url,
        }
        if not self.http:
            slack["SLACK_APP_TOKEN"] = config.app_token
        return {
            **kept,
            **slack,
            "ROUNDTABLE_DATA_DIR": str(self.data_dir),
            "ROUNDTABLE_PORT": str(self.web_port),
            "ROUNDTABLE_POST_INTERVAL": "0",
            "ROUNDTABLE_UPDATE_INTERVAL": "0.2",
            "ROUNDTABLE_UPDATES_PER_MINUTE": "1000",
            "OMP_NUM_THREADS": "1",
            **self._environment,
        }

    def _ready_or_failed(self) -> bool:
        self.check_alive()
        return self.web_ready()

    def web_ready(self) -> bool:
        """Whether `web` takes payloads."""
        try:
            ready = self._client.get(f"http://127.0.0.1:{self.web_port}/readyz").status_code == 200
        except httpx.TransportError:
            return False
        return ready and (self.http or self.workspace.workspace.sockets.connections > 0)

    def kill(self, name: str) -> None:
        """`kill -9`, and nothing else; "redis" is a name, too."""
        if name == "redis":
            os.kill(EmbeddedServer(self.data_dir).pid, signal.SIGKILL)
            return
        process = self._processes.pop(name)
        assert process.poll() is None, f"{name} had ended by itself: {self.log_of(name)[-1500:]}"
        process.kill()
        process.wait()

    def check_alive(self) -> None:
        """Fails if a process ended by itself."""
        for name, process in self._processes.items():
            assert process.poll() is None, f"{name} ended with {process.returncode}: {self.log_of(name)[-1500:]}"

    def terminate(self, name: str) -> int:
        """Asks a process to end, as an administrator would; its exit code."""
        self._processes[name].terminate()
        return self.wait(name)

    def wait(self, name: str) -> int:
        """The exit code of a process that is about to end."""
        return self._processes.pop(name).wait(timeout=SECONDS)

    def close(self) -> None:
        """Ends everything, whatever state it is in."""
        for process in self._processes.values():
            process.kill()  # an orderly end is tested where it matters
        for process in self._processes.values():
            process.wait()
        self._processes.clear()
        if self._store is not None:
            self._store.close()  # the last one out stops Redis
        self.workspace.stop()
        self._client.close()

    def log_of(self, name: str) -> str:
        """What a process wrote."""
        path = self.folder / f"{name}.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    # --- the store

    @property
    def store(self) -> Store:
        """This process's own view of what is stored."""
        assert self._store is not None, "open() comes first"
        return self._store

    def project(self, rows: Sequence[tuple[str, str, str]], **options: Any) -> Project:
        """A project with items: (id, text, seed label or '')."""
        settings = {"name": "Brand safety", "labels": LABELS, "channel_id": CHANNEL, "channel_name": "brand-safety"}
        project = projects.create(self.store, SystemClock(), **{**settings, **options})
        file = self.folder / "items.csv"
        write_items(file, rows)
        import_file(self.store, SystemClock(), project.id, file, max_text_length=1_000)
        return project

    def round(self, project: Project | str) -> Round | None:
        """The newest round; None, too, while Redis is away."""
        try:
            return self.store.rounds.current(project if isinstance(project, str) else project.id)
        except StoreUnavailableError:
            return None

    def round_open(self, project: Project | str, number: int) -> bool:
        """Whether that round is the newest one and takes votes."""
        current = self.round(project)
        return current is not None and current.number == number and current.state is RoundState.OPEN

    def round_closed(self, project: Project | str, number: int) -> bool:
        """Whether that round is over."""
        current = self.round(project)
        if current is None or current.number < number:
            return False
        return current.number > number or current.state is RoundState.CLOSED

    def cli(self, *arguments: str) -> tuple[int, str]:
        """A command of `roundtable`, run in this process: its exit code and what it wrote."""
        result = CliRunner().invoke(cli.build(), list(arguments), env=self.environment())
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    # --- the channel, as it is on screen

    def messages(self, prefix: str = "") -> dict[str, list[Json]]:
        """Messages of the channel by the key that they carry, for keys with that beginning; more than one each is a fault."""
        found: dict[str, list[Json]] = {}
        for message in list(self.workspace.state.channels[CHANNEL].messages.values()):
            key = key_of(message)
            if key is not None and key.startswith(prefix):
                found.setdefault(key, []).append(message)
        return found

    def message(self, key: str) -> Json | None:
        """The one message of that key. Fails if there are several."""
        found = self.messages(key).get(key, [])
        assert len(found) <= 1, f"{key} was posted {len(found)} times"
        return found[0] if found else None

    def wait_message(self, key: str) -> Json:
        """The message of that key, once it is there."""
        return until(lambda: self.message(key), lambda: f"message {key}; worker: {self.log_of('worker')[-1500:]}")

    def wait_items(self, project: Project | str, number: int, count: int) -> list[str]:
        """Query ids of a round's items in order, once all their messages are there."""
        name = project if isinstance(project, str) else project.id
        ids = [f"{name}:{number}:{position}" for position in range(count)]
        until(
            lambda: self.messages(f"query:{name}:{number}:").keys() >= {f"query:{query_id}" for query_id in ids},
            lambda: f"{count} items of round {number}; worker: {self.log_of('worker')[-1500:]}",
        )
        return ids

    def private(self, user: str) -> list[str]:
        """What only this person sees, as text, oldest first."""
        shown = list(self.workspace.state.ephemerals.values())
        return [spoken(each.message) for each in shown if each.user == user]

    # --- what people do

    def press(self, user: str, query_id: str, action_id: str, selected: Any = None) -> Click:
        """A click on an item's message."""
        message = self.message(f"query:{query_id}")
        assert message is not None, f"{query_id} was not posted"
        return self.press_on(user, message, "answer", action_id, selected)

    def press_on(self, user: str, message: Json, block_id: str, action_id: str, selected: Any = None) -> Click:
        """A click on any message in the channel."""
        where = {"type": "message", "channel": CHANNEL, "ts": message["ts"]}
        return self.act(user, where, block_id, action_id, selected)

    def act(self, user: str, container: Json, block_id: str, action_id: str, selected: Any = None) -> Click:
        """A click anywhere."""
        body = {"as": user, "container": container, "block_id": block_id, "action_id": action_id}
        if selected is not None:
            body["selected"] = selected
        reply = self._client.post(f"{self.workspace.url}/ui/action", json=body).json()
        return Click(
            bool(reply.get("acknowledged")), reply.get("status"), reply.get("error"), float(reply.get("ms") or 0.0)
        )

    def say(self, user: str, text: str) -> Json:
        """A line in the channel's message box; slash commands too."""
        body = {"as": user, "channel": CHANNEL, "text": text}
        reply: Json = self._client.post(f"{self.workspace.url}/ui/post", json=body).json()
        return reply

    def command(self, user: str, text: str) -> str:
        """A slash command; the answer that the person sees."""
        before = len(self.private(user))
        reply = self.say(user, text)
        assert reply.get("ok"), reply
        until(lambda: len(self.private(user)) > before, f"an answer to {text}")
        return self.private(user)[-1]


def key_of(message: Json) -> str | None:
    """The key that the outbox gave a message."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    key = payload.get("key")
    return str(key) if key is not None else None


def spoken(message: Json) -> str:
    """All text of a message: what is read aloud, and what its blocks show."""
    return "\n".join([str(message.get("text") or ""), *_strings(message.get("blocks") or [])])


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for child in value.values() if not isinstance(child, str) for text in _strings(child)]
    if isinstance(value, list):
        return [text for child in value for text in _strings(child)]
    return []


def write_items(file: Path, rows: Sequence[tuple[str, str, str]]) -> None:
    """A CSV as a user would bring it."""
    lines = ["id,text,label", *(f'{item},"{text}",{label}' for item, text, label in rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
