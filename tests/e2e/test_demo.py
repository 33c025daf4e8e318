"""`roundtable demo` as a newcomer runs it, on a small file of one's own."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from e2e_rig import until

pytestmark = pytest.mark.e2e

GOOD = ["lovely", "great", "thanks", "works", "happy", "smooth", "nice", "quick", "friendly", "clean"]
BAD = ["awful", "broken", "refund", "angry", "worst", "useless", "rude", "failed", "terrible", "scam"]
COMMON = [
    "the",
    "app",
    "update",
    "my",
    "order",
    "team",
    "today",
    "really",
    "just",
    "phone",
    "store",
    "bought",
    "again",
    "with",
    "this",
    "for",
    "all",
    "week",
]
SECONDS = 120.0


def write_data(path: Path) -> None:
    """1,010 kind texts and 82 angry ones, all different, told apart by their words."""
    rng = np.random.default_rng(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["said", "mood"])
        for number in range(1_092):
            angry = number < 82
            words = [*rng.choice(BAD if angry else GOOD, 3), *rng.choice(COMMON, 6), f"n{number}"]
            writer.writerow([" ".join(map(str, words)), "angry" if angry else "fine"])


def environment(folder: Path) -> dict[str, str]:
    """Nothing of this machine's own Slack and Redis; one thread each, as there are several processes."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ROUNDTABLE_", "SLACK_")) and name != "REDIS_URL"
    }
    return {**kept, "ROUNDTABLE_DATA_DIR": str(folder / "data"), "OMP_NUM_THREADS": "1"}


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    """The demo on the small file."""
    folder.mkdir(exist_ok=True)
    data = folder / "angry_customers.csv"
    write_data(data)
    columns = ("--text-column", "said", "--label-column", "mood", "--positive", "angry")
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "demo", "--data", str(data), *columns, "--seed", "1", *options],
        env=environment(folder),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def living(folder: Path) -> list[str]:
    """Command lines of processes at work below a folder: the demo's, Redis included, have their working folder there."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                place = (process / "cwd").readlink()
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue  # ended meanwhile, or another user's
            if place.is_relative_to(folder):
                found.append(command.replace(b"\0", b" ").decode())
    return found


def figures(file: Path) -> dict[str, Any]:
    """The rounds without their links, which hold times."""
    rounds = json.loads(file.read_text("utf-8"))["rounds"]
    return {str(each["round"]): {name: value for name, value in each.items() if name != "report"} for each in rounds}


def test_the_demo_ends_by_itself_and_a_seed_gives_the_same_figures_again(tmp_path: Path) -> None:
    # Both at once: each keeps to its own workspace.
    folders = [tmp_path / "first", tmp_path / "second"]
    files = [folder / "figures.json" for folder in folders]
    demos = [
        start(folder, "--exit", "--rounds", "1", "--json", str(file))
        for folder, file in zip(folders, files, strict=True)
    ]
    for demo, folder in zip(demos, folders, strict=True):
        said, _ = demo.communicate(timeout=SECONDS)
        assert demo.returncode == 0, said
        assert "Report of round 1" in said
        assert "Angry customers, round 1: report." in said
        assert living(folder) == []
    both = [figures(file) for file in files]
    assert both[0] == both[1]
    assert both[0]["1"]["labels"] == 550
    assert both[0]["1"]["precision"] is not None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_a_signal_ends_all_its_processes(tmp_path: Path, number: signal.Signals) -> None:
    demo = start(tmp_path, "--exit", "--rounds", "5")
    try:
        until(lambda: list(tmp_path.glob("data/demo/run-*/web.log")), "web", SECONDS)
        assert len(living(tmp_path)) >= 4
        demo.send_signal(number)
        said, _ = demo.communicate(timeout=SECONDS)
    finally:
        demo.kill()
    assert demo.returncode == 130, said
    assert "Traceback" not in said
    assert living(tmp_path) == []


def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        demo = start(tmp_path, "--exit", "--port", port)
        said, _ = demo.communicate(timeout=SECONDS)
    assert demo.returncode == 1
    assert f"Port {port} can't be used" in said
    assert "Imported" not in said
    assert living(tmp_path) == []
