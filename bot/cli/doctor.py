"""`roundtable doctor`: is all set up, and if not, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import typer

from bot.container import running
from bot.domain import Check, Project, RoundtableError
from bot.services.clock import SystemClock
from bot.settings import Settings, SettingsError
from bot.store import doctor as store


class LeftOut(NamedTuple):
    """What was not checked, and why."""

    name: str
    why: str


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("doctor")(doctor)


def doctor() -> None:
    """Check settings, Redis and Slack, and say what to do about each fault. Exit code 0 only if there is none.

    A dash marks what was left out."""
    faults = 0
    for check in _checks():
        if isinstance(check, LeftOut):
            typer.echo(f"-      {check.name}: {check.why}")
            continue
        faults += not check.ok
        typer.secho("ok     " if check.ok else "FAULT  ", fg="green" if check.ok else "red", nl=False)
        typer.echo(f"{check.name}: {check.detail}")
        if check.advice:
            typer.echo(f"       {check.advice}")
    if faults:
        typer.secho(f"{faults} fault{'' if faults == 1 else 's'} found.", fg="red", err=True)
        raise typer.Exit(1)
    typer.echo("All is well.")


def _checks() -> Iterator[Check | LeftOut]:
    """One after the other, so that each shows as soon as it is known."""
    try:
        settings = Settings.load()
    except SettingsError as error:
        for fault in error.faults:
            name, _, rest = fault.partition(": ")
            yield Check(name=name, ok=False, detail=rest)
        yield LeftOut("redis, slack", "left out until the settings are right")
        return
    yield Check(name="settings", ok=True, detail="each value is of the right kind")
    yield from store.checks(settings.redis_url, settings.data_dir, SystemClock())
    yield from _slack_checks(settings)


def _slack_checks(settings: Settings) -> Iterator[Check | LeftOut]:
    if settings.slack_bot_token is None:
        yield LeftOut(
            "slack",
            "token, scopes, channels and connection were left out: SLACK_BOT_TOKEN is not set (web and worker need it)",
        )
        return
    try:
        settings.require_slack()
    except SettingsError as error:
        for fault in error.faults:
            name, _, rest = fault.partition(": ")
            yield Check(name=name, ok=False, detail=rest)
    from bot.slack.doctor import check_slack  # not at the top: it is slow to load, and most commands do without

    app_token = settings.slack_app_token
    yield from check_slack(
        settings.slack_bot_token.get_secret_value(),
        settings.slack_api_url,
        projects=_projects(settings),
        leads=settings.leads,
        app_token=app_token.get_secret_value() if app_token else None,
    )


def _projects(settings: Settings) -> list[Project]:
    """All of them; none where the store can't be reached, which a check of its own tells."""
    try:
        with running(settings) as container:
            return container.store.projects.all()
    except RoundtableError:
        return []
