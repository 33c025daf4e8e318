"""`roundtable project create|list|show|tell|pause|resume|log`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from bot.cli import project_options as of
from bot.cli import telling
from bot.cli.project_options import Features, ReportTo
from bot.container import Container, running
from bot.domain import ConflictError, Interval, NotFoundError, Project, Round, RoundtableError, Status
from bot.services import adminlog, in_words, projects
from bot.services.costs import cost_of
from bot.services.project_rules import ProjectError
from bot.settings import Settings

BY = adminlog.CLI
_CHANNEL_ID = re.compile(r"^[CG][A-Z0-9]{3,}$")

Name = Annotated[str, typer.Argument(help="The project's id or name.", metavar="PROJECT")]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="Set up and steer projects.", no_args_is_help=True)
    group.command("create")(create)
    group.command("list")(list_)
    group.command("show")(show)
    group.command("tell")(telling.tell)
    group.command("pause")(pause)
    group.command("resume")(resume)
    group.command("log")(log)
    app.add_typer(group, name="project")
    app.command()(audit)


def create(
    name: of.NewName,
    channel: of.Channel,
    labels: of.Labels,
    positive: of.Positive = None,
    multi_label: of.MultiLabel = False,
    batch_size: of.BatchSize = of.DEFAULTS["batch_size"],
    overlap: of.Overlap = of.DEFAULTS["overlap"],
    schedule: of.Schedule = None,
    timezone: of.Timezone = None,
    language: of.LanguageOf = None,
    strategy: of.Strategy = of.DEFAULTS["strategy"],
    features: of.FeaturesOf = Features.TFIDF,
    audit_per_round: of.AuditPerRound = None,
    reask_per_round: of.ReaskPerRound = of.DEFAULTS["reask_per_round"],
    gold_per_round: of.GoldPerRound = of.DEFAULTS["gold_per_round"],
    deadline_minutes: of.DeadlineMinutes = None,
    max_rounds: of.MaxRounds = None,
    planned_labels: of.PlannedLabels = None,
    report_schedule: of.ReportSchedule = None,
    report_to: of.ReportToOf = ReportTo.CHANNEL,
    lead_notes: of.LeadNotes = of.DEFAULTS["lead_notes"],
    reminders: of.Reminders = of.DEFAULTS["reminders"],
    items_in: of.Place = of.ItemsIn.THREAD,
    target: of.Target = of.DEFAULTS["target"],
    seed_word: of.SeedWord = None,
    guideline: of.Guideline = None,
    reaction: of.Reaction = None,
    suggestions: of.Suggestions = False,
    lead: of.Lead = None,
    annotator: of.Annotator = None,
    observer: of.Observer = None,
    seed: of.Seed = of.DEFAULTS["random_state"],
) -> None:
    """Create a project. It begins as soon as it has items: `roundtable import` comes next."""
    settings = Settings.load()
    options: dict[str, Any] = {
        "name": name,
        "labels": labels.split(","),
        "positive": positive,
        "multi_label": multi_label,
        "batch_size": batch_size,
        "overlap": overlap,
        "schedule": schedule,
        "timezone": timezone or settings.timezone,
        "language": language.value if language else settings.language,
        "strategy": strategy,
        "features": features.value,
        "audit_per_round": min(10, batch_size // 5) if audit_per_round is None else audit_per_round,
        "reask_per_round": reask_per_round,
        "gold_per_round": gold_per_round,
        "deadline_minutes": deadline_minutes,
        "max_rounds": max_rounds,
        "planned_labels": planned_labels,
        "report_schedule": report_schedule,
        "report_to": report_to.value,
        "lead_notes": lead_notes,
        "reminders": reminders,
        "items_in": items_in.value,
        "target": target,
        "seed_patterns": tuple(seed_word or ()),
        "guidelines": of.pairs(guideline, "--guideline", "label=text"),
        "reactions": of.pairs(reaction, "--reaction", "emoji=label"),
        "suggestions": suggestions,
        "leads": tuple(lead or ()),
        "annotators": tuple(annotator or ()),
        "observers": tuple(observer or ()),
        "random_state": seed,
    }
    slow = cost_of(strategy, planned_labels)
    if slow is not None:
        typer.echo(slow)
    with running(settings) as container:
        project = _create(container, channel, options)
    typer.echo(f"Created {project.id} in {_place(project)}. Next: roundtable import {project.id} FILE")


def _create(container: Container, channel: str, options: dict[str, Any]) -> Project:
    """Raises BadParameter for a value that can't be, which names its option."""
    channel_id, channel_name = _channel(container, channel)
    if options["features"] == Features.EMBEDDINGS:
        container.features.source(options["features"])  # now, rather than in the worker's log
    options |= {"channel_id": channel_id, "channel_name": channel_name}
    try:
        projects.planned(container.clock, **options)  # before Slack is asked about people
        telling.check_people(container, options)
        return projects.create(container.store, container.clock, by=BY, **options)
    except ProjectError as error:
        raise typer.BadParameter(str(error), param_hint=of.option_of(error.field)) from None


def _channel(container: Container, wanted: str) -> tuple[str, str]:
    """Id and name. Raises NotFoundError if Slack has no such channel, ConflictError if only Slack could tell and can't be asked."""
    is_id = _CHANNEL_ID.match(wanted) is not None
    hint = "give the channel's id instead (C..., at the end of its details in Slack)."
    if container.settings.has_slack:
        try:
            return container.channels.resolve(wanted)
        except NotFoundError:
            raise
        except RoundtableError as error:  # out of reach, or the token may not list channels: the id is enough
            if not is_id:
                raise ConflictError(f"{error}; {hint}") from error
    if is_id:
        return wanted, wanted
    raise ConflictError(f"To look up the channel {wanted!r}, SLACK_BOT_TOKEN must be set; or {hint}")


def list_() -> None:
    """List all projects."""
    with running(Settings.load()) as container:
        statuses = [
            projects.status(container.store, container.clock, project.id) for project in container.store.projects.all()
        ]
    if not statuses:
        typer.echo("There is no project yet. `roundtable project create` makes one.")
        return
    table = Table("id", "channel", "state", "round", "labels", "positives", "pool", box=None)
    for status in statuses:
        table.add_row(
            status.project.id,
            _place(status.project),
            status.project.state.value,
            _progress(status.round) if status.round else "-",
            f"{status.labels:,}",
            f"{status.positives:,}",
            f"{status.pool_size:,}",
        )
    Console(markup=False, highlight=False).print(table)


def show(
    project: Name,
    as_json: Annotated[bool, typer.Option("--json", help="All of it, as JSON.")] = False,
) -> None:
    """Show a project's settings and how it stands."""
    with running(Settings.load()) as container:
        found = projects.find(container.store, project)
        status = projects.status(container.store, container.clock, found.id)
    if as_json:
        typer.echo(status.model_dump_json(indent=2))
        return
    for name, value in _facts(status):
        typer.echo(f"{name + ':':<12} {value}")
    for group, settings in in_words.settings(status.project):
        typer.echo(f"\n{group}")
        for each in settings:
            text = each.text.replace("\n", "\n    ")
            typer.echo(f"  {each.title}: {text}")


def _facts(status: Status) -> Iterator[tuple[str, str]]:
    project = status.project
    yield "project", f"{project.name} ({project.id}), {project.state.value}; seed {project.random_state}"
    yield "so far", f"{status.labels:,} labels, {status.positives:,} positive; {status.pool_size:,} items in the pool"
    if status.by_label:
        yield "by label", ", ".join(f"{label} {count:,}" for label, count in status.by_label.items())
    yield "round", _progress(status.round) if status.round else "none yet"
    if status.last_report is not None:
        report = status.last_report
        estimate = report.estimate
        yield "precision", f"{_interval(estimate.precision)} (after round {report.round}, 95% interval)"
        yield "recall", _interval(estimate.recall)
        yield "F1", f"{_interval(estimate.f1)}, from {estimate.audit_labels} audit labels"
        for each in estimate.classes:
            if each.threshold is not None:
                figures = (each.precision, each.recall, each.f1)
                yield (
                    each.label,
                    f"threshold {each.threshold:.3f}; precision, recall, F1: {', '.join(map(_interval, figures))}",
                )
    if status.next_round_at is not None:
        yield "next round", _moment(status.next_round_at, project)
    if status.pending_messages:
        yield "on the way", f"{status.pending_messages} messages wait to be posted"


def _progress(round_: Round) -> str:
    return f"{round_.number} ({round_.state.value}, {round_.answered} of {round_.total})"


def _interval(interval: Interval) -> str:
    point = "unknown" if interval.point is None else f"{interval.point:.2f}"
    return f"{point} [{interval.low:.2f}, {interval.high:.2f}]"


def _moment(at: datetime, project: Project) -> str:
    return f"{at.astimezone(ZoneInfo(project.timezone)):%Y-%m-%d %H:%M} {project.timezone}"


def _place(project: Project) -> str:
    known = project.channel_name != project.channel_id
    return f"#{project.channel_name}" if known else project.channel_id


def pause(project: Name) -> None:
    """Ask for nothing new until it is resumed; the open round can still be answered."""
    with running(Settings.load()) as container:
        found = projects.find(container.store, project)
        projects.pause(container.store, container.clock, found.id, BY)
    typer.echo(f"{found.id} is paused. `roundtable project resume {found.id}` goes on.")


def resume(project: Name) -> None:
    """Go on."""
    with running(Settings.load()) as container:
        found = projects.find(container.store, project)
        projects.resume(container.store, container.clock, found.id, BY)
    typer.echo(f"{found.id} is active.")


def log(
    project: Name,
    limit: Annotated[int, typer.Option(min=1, help="How many, from the newest back.")] = adminlog.LATEST,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, with all of it.")] = False,
) -> None:
    """Show who did what to a project: settings, pauses, audits, exports, imports."""
    with running(Settings.load()) as container:
        found = projects.find(container.store, project)
        acts = adminlog.latest(container.store, found.id, limit)
    for act in acts:
        line = f"{_moment(act.at, found)}  {act.by or 'Roundtable'}  {adminlog.told(act)}"
        typer.echo(act.model_dump_json() if as_json else line)
    if not acts and not as_json:
        typer.echo("Nothing has been logged yet.")


def audit(
    project: Annotated[str, typer.Argument(help="The project's id or name.")],
    labels: Annotated[int, typer.Option(help="Labels to spend on measuring.", min=1, max=projects.MAX_AUDIT)],
) -> None:
    """Make the next round one that measures only: every label goes into precision and recall, none into training."""
    with running(Settings.load()) as container:
        found = projects.find(container.store, project)
        number = projects.audit(container.store, container.clock, found.id, labels, BY)
    typer.echo(f"Round {number} of {found.name} will spend {labels} labels on measuring.")
