"""The demo's processes: the local workspace, `web` and `worker`, each a real one with a log file of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx

from bot.cli.demo.ending import held_back
from bot.domain import RoundtableError

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-local-roundtable", "xapp-local-roundtable", "local-signing-secret"
PREFERRED_PORT = 8930
START_SECONDS = 40.0
STOP_SECONDS = 10.0


class StackError(RoundtableError):
    """A process of the demo did not start, or ended by itself; the text has the last line of its log."""


class Stack:
    """Starts the processes in order and stops them in the opposite one."""

    def __init__(self, folder: Path, *, port: int | None = None, faults: str = "") -> None:
        """`port` None: any free one. Raises StackError if `port` is taken."""
        self.folder = folder
        self.port = free_port(PREFERRED_PORT) if port is None else free_port(port, instead=False)
        self._port_is_given = port is not None
        self._web_port = free_port()
        self._faults = faults
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        """The address of the workspace's page."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """All three, ready to serve. Raises StackError."""
        self.open_workspace()
        self.spawn("worker")
        self.spawn("web")
        self.wait_for("web", f"http://127.0.0.1:{self._web_port}/readyz", "serving on")

    def open_workspace(self) -> None:
        """The workspace alone. Raises StackError."""
        # The workspace plays Slack, but with Slack's pace of one message a second 250 items alone would take minutes.
        options = ["--no-rate-limits", *(["--faults", self._faults] if self._faults else [])]
        for may_move in (not self._port_is_given, False):
            process = self.spawn("workspace", "--port", str(self.port), *options)
            try:
                self.wait_for("workspace", f"{self.url}/ui/state?as=U0ANA", "The workspace is open at")
                return
            except StackError:
                if not may_move or process.poll() is None:
                    raise
            self.port = free_port()  # another demo, begun at the same moment, was faster

    def spawn(self, command: str, *options: str) -> subprocess.Popen[bytes]:
        """One process, known by its command."""
        with held_back(), (self.folder / f"{command}.log").open("ab") as log:
            self._running[command] = process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", command, *options],
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=self.environment(),
                cwd=self.folder,
                start_new_session=True,  # Ctrl-C reaches the demo alone, which then ends the others in order
            )
        return process

    def environment(self) -> dict[str, str]:
        """What the processes get: this machine's own environment, with Slack's and Redis's names pointed at the demo."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ROUNDTABLE_", "SLACK_")) and name != "REDIS_URL"
        }
        return inherited | {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": f"{self.url}/api/",
            "ROUNDTABLE_DATA_DIR": str(self.folder),
            "ROUNDTABLE_PORT": str(self._web_port),
            "ROUNDTABLE_LEADS": "U0LEAD",
            "ROUNDTABLE_POST_INTERVAL": "0",
            "ROUNDTABLE_UPDATE_INTERVAL": "1",
            "ROUNDTABLE_UPDATES_PER_MINUTE": "1000",
            "PYTHONUNBUFFERED": "1",
        }

    def wait_for(self, command: str, url: str, said: str) -> None:
        """Until `url` answers 200 and the process `said` that it serves: another's may answer there. Raises StackError."""
        pause = threading.Event()
        for _ in range(int(START_SECONDS / 0.1)):
            self.check()
            if said in self._log(command) and _answers(url):
                return
            pause.wait(0.1)
        raise StackError(f"{command} did not get ready within {START_SECONDS:.0f} s: {self._last_line(command)}")

    def check(self) -> None:
        """Raises StackError if a process has ended."""
        for command, process in self._running.items():
            if process.poll() is not None:
                raise StackError(f"{command} ended with code {process.returncode}: {self._last_line(command)}")

    def stop(self) -> None:
        """Ends all, the last started first; kills what does not go."""
        for process in reversed(self._running.values()):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()

    def _log(self, command: str) -> str:
        log = self.folder / f"{command}.log"
        return log.read_text(errors="replace") if log.exists() else ""

    def _last_line(self, command: str) -> str:
        lines = [line for line in self._log(command).splitlines() if line.strip()]
        return f"{lines[-1][:300] if lines else 'it wrote nothing'} (all of it: {self.folder / f'{command}.log'})"


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5.0, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def free_port(preferred: int = 0, *, instead: bool = True) -> int:
    """`preferred` if nobody listens there, else any free one. Raises StackError, also without `instead` if it is taken."""
    for port in (preferred, 0) if instead else (preferred,):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                reason = error.strerror or str(error)
                continue
            return int(probe.getsockname()[1])
    raise StackError(f"Port {preferred} can't be used ({reason}); leave --port out to take any free one.")
