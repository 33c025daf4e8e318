"""`roundtable import`, `export` and `rebuild`: data in, data out, and the proof that nothing else is needed."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from bot.cli.errors import quiet_pipe
from bot.container import running
from bot.domain import ActKind
from bot.domain.acts import import_note
from bot.services import adminlog, projects
from bot.services import export as exporting
from bot.services.intake import ImportSummary, Progress, import_file
from bot.services.label_cells import LabelForm
from bot.services.ports import Difference
from bot.services.rows import Columns
from bot.settings import Settings

Name = Annotated[str, typer.Argument(help="The project's id or name.", metavar="PROJECT")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("import")(import_command)
    app.command("export")(export_command)
    app.command("rebuild")(rebuild_command)


def import_command(
    project: Name,
    file: Annotated[Path, typer.Argument(help="CSV, TSV or JSONL, by its suffix, in UTF-8.", metavar="FILE")],
    text_column: Annotated[str | None, typer.Option(help="Column of the text.", show_default="text")] = None,
    id_column: Annotated[
        str | None, typer.Option(help="Column of the items' own ids; '' for none.", show_default="id, if there")
    ] = None,
    label_column: Annotated[
        str | None, typer.Option(help="Column of known (seed) labels; '' for none.", show_default="label, if there")
    ] = None,
    label_separator: Annotated[
        str, typer.Option(help="Between the labels of one cell, where items may carry several; JSON lists do as well.")
    ] = LabelForm().separator,
    none_label: Annotated[
        str,
        typer.Option(help="What a label cell says of an item that has none of the labels (an empty one says nothing)."),
    ] = LabelForm().none,
    url_column: Annotated[
        str | None, typer.Option(help="Column of links; '' for none.", show_default="url, if there")
    ] = None,
    image_column: Annotated[
        str | None, typer.Option(help="Column of pictures' links; '' for none.", show_default="image_url, if there")
    ] = None,
    header: Annotated[
        bool, typer.Option("--header/--no-header", help="Without one, columns are given by number, from 1.")
    ] = True,
    strict: Annotated[bool, typer.Option("--strict", help="Import nothing if anything is wrong.")] = False,
    defused: Annotated[
        bool, typer.Option("--defused", help="FILE is a CSV export: take the apostrophes before formulas off.")
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rows go that can't be imported.", show_default="FILE.rejects.csv")
    ] = None,
) -> None:
    """Import texts. What is wrong is reported by line and doesn't stop the rest; a second run adds nothing."""
    settings = Settings.load()
    columns = Columns(text_column, id_column, label_column, url_column, image_column)
    with running(settings) as container, _progress_bar(file) as bar:
        task = bar.add_task("", total=None)

        def show(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.size)

        summary = import_file(
            container.store,
            container.clock,
            projects.find(container.store, project).id,
            file,
            columns=columns,
            label_form=LabelForm(label_separator, none_label),
            max_text_length=settings.max_text_length,
            strict=strict,
            defused=defused,
            header=header,
            rejects=rejects,
            progress=show,
        )
        project_id = projects.find(container.store, project).id
        note = import_note(file.name, summary.added)
        adminlog.record(container.store, container.clock, project_id, ActKind.IMPORT, adminlog.CLI, note)
    for line in _describe(file, summary):
        typer.echo(line)


@contextmanager
def _progress_bar(file: Path) -> Iterator[Bar]:
    """On standard error, and only where somebody watches."""
    console = Console(stderr=True, markup=False)
    columns = (TextColumn(f"Importing {file.name}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        yield bar


def _describe(file: Path, summary: ImportSummary) -> Iterator[str]:
    rejected = sum(summary.rejected.values())
    yield (
        f"{file.name}: {_count(summary.rows, 'row')}: {summary.added:,} added, {summary.known:,} there already, "
        f"{_count(summary.duplicates, 'duplicate')} linked, {rejected:,} rejected; {_count(summary.labelled, 'item')} got a label."
    )
    if summary.label_conflicts:
        yield f"{_count(summary.label_conflicts, 'row')} had another label than the item has already; the item's stands."
    if rejected:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in summary.rejected.items())
        yield f"Rejected: {reasons}. By line: {summary.rejects_file}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def export_command(
    project: Name,
    what: Annotated[exporting.What, typer.Option(help="All votes with their provenance, or the labels.")],
    format_: Annotated[exporting.Format, typer.Option("--format", help="In CSV, formulas are made harmless.")],
    output: Annotated[Path | None, typer.Option(help="File to write.", show_default="standard output")] = None,
) -> None:
    """Export votes (one line each) or labels."""
    with running(Settings.load()) as container:
        project_id = projects.find(container.store, project).id
        if output is None:
            with quiet_pipe():
                exporting.export(container.store, project_id, what, format_, _stdout())
            adminlog.record(container.store, container.clock, project_id, ActKind.EXPORT, adminlog.CLI, what.value)
            return
        count = exporting.export(container.store, project_id, what, format_, output)
        adminlog.record(container.store, container.clock, project_id, ActKind.EXPORT, adminlog.CLI, what.value)
    typer.echo(f"{output}: {_count(count, 'line')} written.")


def _stdout() -> TextIO:
    """Standard output, in UTF-8 whatever the locale, line breaks within texts left as they are."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    return sys.stdout


def rebuild_command(
    project: Annotated[
        str | None, typer.Argument(help="The project's id or name.", metavar="[PROJECT]", show_default="all")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only compare; change nothing.")] = False,
) -> None:
    """Recompute all that follows from the vote log, and report where the store differs from it. Exit code 1 if anything does."""
    found = 0
    with running(Settings.load()) as container:
        store = container.store
        chosen = [projects.find(store, project)] if project is not None else store.projects.all()
        for each in chosen:
            differences = store.rebuild(each.id, write=not dry_run)
            found += len(differences)
            for line in _report(each.id, differences, dry_run=dry_run):
                typer.echo(line)
    if not chosen:
        typer.echo("There is no project yet, so nothing to rebuild.")
    if found:
        raise typer.Exit(1)


def _report(project_id: str, differences: list[Difference], *, dry_run: bool) -> Iterator[str]:
    if not differences:
        yield f"{project_id}: all that is stored follows from the vote log."
        return
    state = "left as it is (--dry-run)" if dry_run else "now as the vote log says"
    yield f"{project_id}: {_count(len(differences), 'difference')}; {state}:"
    for difference in differences:
        yield f"  {difference.where}: stored {difference.stored}, by the log {difference.rebuilt}"
