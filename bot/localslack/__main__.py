"""`python -m bot.localslack`: the workspace alone, until Ctrl-C."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading

from bot.localslack.server import WorkspaceConfig, WorkspaceServer


def main(argv: list[str] | None = None) -> int:
    """Serves until interrupted. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="localslack", description="A Slack workspace on this machine.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8065, help="0: any free one")
    parser.add_argument("--request-url", help="send signed HTTP there instead of Socket Mode")
    parser.add_argument("--faults", default="", help="see bot/localslack/README.md")
    parser.add_argument("--no-rates", action="store_true", help="don't enforce Slack's rate limits")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        config = WorkspaceConfig(
            host=given.host,
            port=given.port,
            request_url=given.request_url,
            faults=given.faults,
            enforce_rates=not given.no_rates,
        )
        server = WorkspaceServer(config).start()
    except (ValueError, OSError) as wrong:
        print(f"error: {wrong}", file=sys.stderr)
        return 1
    print(f"workspace: {server.url}\nSLACK_API_URL={server.api_url}", flush=True)
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    over.wait()
    server.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
