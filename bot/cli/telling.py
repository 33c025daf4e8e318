"""`roundtable project tell`: what a project reports beside its rounds, to whom, in which language, and who leads, labels or looks on."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli import project_options as of
from bot.container import Container, running
from bot.services import adminlog, changing, in_words, projects
from bot.services.project_rules import PEOPLE, ProjectError
from bot.settings import Settings

NOBODY = "nobody"


def tell(
    project: Annotated[str, typer.Argument(help="The project's id or name.", metavar="PROJECT")],
    report_schedule: Annotated[
        str | None, typer.Option(help="When scheduled reports come: cron, five fields; 'never' ends them.")
    ] = None,
    report_to: Annotated[of.ReportTo | None, typer.Option(help="Where they go.")] = None,
    planned_labels: Annotated[int | None, typer.Option(help="Labels meant to be spent in all.", min=1)] = None,
    lead_notes: Annotated[bool | None, typer.Option(help="Tell leads in private how people fare.")] = None,
    reminders: Annotated[bool | None, typer.Option(help="Remind people of an open round.")] = None,
    language: Annotated[of.Language | None, typer.Option(help="Language of all that people read in it.")] = None,
    lead: of.NewLead = None,
    annotator: of.NewAnnotator = None,
    observer: of.NewObserver = None,
) -> None:
    """Change what a project reports, to whom and in which language, whether it reminds people, and who leads, labels or only looks."""
    wanted: dict[str, Any] = {
        "report_schedule": report_schedule,
        "report_to": report_to.value if report_to else None,
        "planned_labels": planned_labels,
        "lead_notes": lead_notes,
        "reminders": reminders,
        "language": language.value if language else None,
        **{name: _people(given) for name, given in zip(PEOPLE, (lead, annotator, observer), strict=True)},
    }
    changes = {name: value for name, value in wanted.items() if value is not None}
    if report_schedule == "never":
        changes["report_schedule"] = None
    with running(Settings.load()) as container:
        found = projects.find(container.store, project)
        check_people(container, changes)
        try:
            changed = changing.change(container.store, container.clock, found.id, changes, None, adminlog.CLI)
        except ProjectError as error:
            raise typer.BadParameter(str(error), param_hint=of.option_of(error.field)) from None
    for name in changed.settings:
        typer.echo(f"{in_words.title(name)}: {in_words.told(changed.project, name)}")
    if not changed.settings:
        typer.echo("Nothing was changed.")


def check_people(container: Container, settings: dict[str, Any]) -> None:
    """Asks Slack, if it can be asked, whether there are these people. Raises NotFoundError."""
    ids = [listed for name in PEOPLE for listed in settings.get(name, ())]
    if ids and container.settings.has_slack:
        container.people.check(ids)


def _people(given: list[str] | None) -> tuple[str, ...] | None:
    """None: not to be changed."""
    if not given:
        return None
    return () if given == [NOBODY] else tuple(given)
