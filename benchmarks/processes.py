"""Processes of a benchmark: started, waited for, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

START_SECONDS = 60.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(
    arguments: list[str], folder: Path, environment: Mapping[str, str], ready_url: str | None
) -> Iterator[subprocess.Popen[bytes]]:
    """This Python with `arguments`, run in `folder`, once `ready_url` answers 200. Raises RuntimeError if it doesn't."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ROUNDTABLE_", "SLACK_")) and k != "REDIS_URL"}
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env={**kept, **environment}, start_new_session=True
    )
    try:
        if ready_url is not None:
            _wait(process, ready_url)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=5.0, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not get ready")
