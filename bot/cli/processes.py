"""`roundtable web`, `worker` and `workspace`: the processes that stay."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from bot.settings import Settings


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(web)
    app.command()(worker)
    app.command()(workspace)


def web() -> None:
    """Receive clicks and commands from Slack, by Socket Mode or HTTP, until it is ended."""
    from bot.web import main

    main(Settings.load())


def worker() -> None:
    """Send messages, close rounds, train and report, until it is ended. Several may run."""
    from bot.worker import main

    main(Settings.load())


def workspace(
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes any free one.", min=0, max=65535)] = 8930,
    faults: Annotated[
        str, typer.Option(help="Faults on demand, e.g. '429=0.1,slow=0.2:2s' (bot/localslack/README.md has all).")
    ] = "",
    request_url: Annotated[
        str | None,
        typer.Option(
            help="Deliver by signed HTTP to this address, e.g. http://127.0.0.1:3000/slack/events; else Socket Mode."
        ),
    ] = None,
    rate_limits: Annotated[bool, typer.Option(help="Refuse calls beyond Slack's rates, as Slack does.")] = True,
) -> None:
    """A Slack workspace on this machine: a page to click in, and the API that the bot talks to."""
    from bot.localslack.server import WorkspaceConfig, WorkspaceServer

    config = WorkspaceConfig(port=port, faults=faults, request_url=request_url, enforce_rates=rate_limits)
    server = WorkspaceServer(config)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    server.start()
    typer.echo(
        f"The workspace is open at {server.url}\n\nPoint the bot at it, then start `roundtable web` and `roundtable worker`:\n"
    )
    typer.echo(f"export SLACK_API_URL={server.api_url}")
    typer.echo(f"export SLACK_BOT_TOKEN={config.bot_token}")
    if request_url is None:
        typer.echo(f"export SLACK_APP_TOKEN={config.app_token}")
    typer.echo(f"export SLACK_SIGNING_SECRET={config.signing_secret}")
    ended.wait()
    server.stop()
