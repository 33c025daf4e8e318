"""`roundtable project tell`: what a project reports beside its rounds, to whom, and whether it reminds people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from bot.cli.project_options import ReportTo
from bot.container import running
from bot.domain import Project
from bot.services import adminlog, bulletins, projects
from bot.settings import Settings


def tell(
    project: Annotated[str, typer.Argument(help="The project's id or name.", metavar="PROJECT")],
    report_schedule: Annotated[
        str | None, typer.Option(help="When scheduled reports come: cron, five fields; 'never' ends them.")
    ] = None,
    report_to: Annotated[ReportTo | None, typer.Option(help="Where they go.")] = None,
    planned_labels: Annotated[int | None, typer.Option(help="Labels meant to be spent in all.", min=1)] = None,
    lead_notes: Annotated[bool | None, typer.Option(help="Tell leads in private how people fare.")] = None,
    reminders: Annotated[bool | None, typer.Option(help="Remind people of an open round.")] = None,
) -> None:
    """Change what a project reports, to whom, and whether it reminds people."""
    wanted: dict[str, Any] = {
        "report_schedule": report_schedule,
        "report_to": report_to.value if report_to else None,
        "planned_labels": planned_labels,
        "lead_notes": lead_notes,
        "reminders": reminders,
    }
    changes = {name: value for name, value in wanted.items() if value is not None}
    if report_schedule == "never":
        changes["report_schedule"] = None
    with running(Settings.load()) as container:
        found = projects.find(container.store, project)
        after = bulletins.settle(container.store, container.clock, found.id, adminlog.CLI, changes)
    typer.echo(f"{after.id} tells: {', '.join(told(after))}.")


def told(project: Project) -> Iterator[str]:
    """What a project reports and to whom, in a few words each."""
    yield (
        f"scheduled reports {project.report_schedule} to {project.report_to}"
        if project.report_schedule
        else "no scheduled reports"
    )
    yield "leads how people fare" if project.lead_notes else "leads nothing in private"
    yield "reminders on" if project.reminders else "reminders off"
