"""The web process: takes Slack's requests, over HTTP or Socket Mode, and serves its health."""

from __future__ import annotations

import logging
import signal

import uvicorn

from bot.container import running
from bot.settings import Settings
from bot.slack.receiving import Receiver

log = logging.getLogger("roundtable.web")

GRACE_SECONDS = 5  # for requests under way when the end is asked for; Slack waits 3 s


def main(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT; acknowledgements under way are finished. Raises RoundtableError if it can't start."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # At DEBUG these print requests and responses, with addresses that are secrets.
    for name in ("slack_bolt", "slack_sdk", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
    settings.require_slack()
    # uvicorn raises the signal again when it is done, by which time the store must still be closed in order.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    with running(settings) as container:
        receiver = Receiver(container)
        receiver.check_token()
        receiver.start()
        mode = "Socket Mode" if settings.socket_mode else "HTTP"
        log.info("taking Slack's requests by %s; serving on http://%s:%s", mode, settings.host, settings.port)
        uvicorn.Server(_config(settings, receiver)).run()


def _config(settings: Settings, receiver: Receiver) -> uvicorn.Config:
    return uvicorn.Config(
        receiver.http,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # nothing here asks for the caller's address: the signature says who it is
        server_header=False,
        date_header=False,
        ws="none",
        lifespan="on",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
