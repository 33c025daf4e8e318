"""The web process: takes Slack's requests, over HTTP or Socket Mode, and serves its health."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from bot import logs
from bot.api.http import build_http
from bot.container import running
from bot.domain import RoundtableError
from bot.settings import Settings
from bot.slack.http import PATH
from bot.slack.receiving import Receiver
from bot.words import read_catalogues, use_by_default

log = logging.getLogger("roundtable.web")

GRACE_SECONDS = 5  # for requests under way when the end is asked for; Slack waits 3 s
BACKLOG = 2048  # connections that wait to be taken; uvicorn's own number


def main(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT; acknowledgements under way are finished. Raises RoundtableError if it can't start."""
    logs.set_up(settings.log_level)
    settings.require_slack()
    use_by_default(settings.language)
    read_catalogues()
    # uvicorn raises the signal again when it is done, by which time the store must still be closed in order.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    # The port first: a process that can't serve must not take clicks from Slack, which would be lost with it.
    with listening(settings.host, settings.port) as listener, running(settings) as container:
        receiver = Receiver(container)
        server = uvicorn.Server(_config(receiver))

        def refused() -> None:
            server.should_exit = True

        try:
            receiver.start(refused)
            mode = "Socket Mode" if settings.socket_mode else "HTTP"
            log.info("taking Slack's requests by %s; serving on %s", mode, _address(listener))
            server.run(sockets=[listener])
        finally:
            receiver.stop()  # done already, unless the server did not come to its end in order
        receiver.check()


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens there; port 0: any free one. Raises RoundtableError."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(BACKLOG)
        except OSError as error:
            raise RoundtableError(
                f"Can't listen on {host}, port {port} ({error.strerror or error}); "
                "set ROUNDTABLE_PORT to a free port (0 takes any), or ROUNDTABLE_HOST to an address of this machine."
            ) from error
        yield listener
    finally:
        listener.close()


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _config(receiver: Receiver) -> uvicorn.Config:
    posts = {PATH: receiver.endpoint.answer} if receiver.endpoint is not None else {}
    return uvicorn.Config(
        build_http(ready=receiver.missing, posts=posts, stop=receiver.stop),
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # nothing here asks for the caller's address: the signature says who it is
        server_header=False,
        date_header=False,
        ws="none",
        lifespan="on",
        backlog=BACKLOG,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
