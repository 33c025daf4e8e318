"""`roundtable web`, `worker` and `workspace`: the processes that stay."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import extra
from bot.domain import RoundtableError
from bot.settings import Settings

# There in a checkout; an installed package has no manifest, and the workspace then grants all that it knows.
OWN_MANIFEST = Path(__file__).parents[2] / "manifest.yml"


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
    manifest: Annotated[
        Path | None,
        typer.Option(help="The app's manifest: it gets these scopes, commands and events. Default: manifest.yml here."),
    ] = None,
    rate_limits: Annotated[bool, typer.Option(help="Refuse calls beyond Slack's rates, as Slack does.")] = True,
) -> None:
    """A Slack workspace on this machine: a page to click in, and the API that the bot talks to."""
    with extra("demo"):
        from bot.localslack.manifest import ManifestError, installed
        from bot.localslack.server import WorkspaceConfig, WorkspaceServer

    config = WorkspaceConfig(port=port, faults=faults, request_url=request_url, enforce_rates=rate_limits)
    if manifest is None and OWN_MANIFEST.is_file():
        manifest = OWN_MANIFEST
    if manifest is not None:
        try:
            config = installed(config, manifest)
        except ManifestError as error:
            raise RoundtableError(str(error)) from error
    try:
        server = WorkspaceServer(config)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--faults") from error
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        server.start()
    except OSError as error:
        raise RoundtableError(f"Port {port} can't be used ({error.strerror or error}); try --port 0.") from error
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
