"""`roundtable simulate`: the loop with an oracle on a file of labelled texts. No Slack, no Redis."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from bot.cli.project_options import Features
from bot.services.files import check_writable
from bot.services.label_cells import LabelForm

# As the registry has them, which brings scikit-learn along: no other command should wait for that. A test compares.
STRATEGIES: Final = (
    *("default", "random", "entropy", "margin", "least_confidence", "representative", "likely_positive", "hybrid"),
    *("committee", "committee_kl", "committee_consensus", "committee_votes", "committee_mixed"),
    *("error_reduction", "error_reduction_01", "diverse_entropy", "diverse_aimed"),
)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("simulate")(simulate_command)


def simulate_command(
    file: Annotated[Path, typer.Argument(help="CSV or TSV (by suffix) of texts with their true labels.")],
    text_column: Annotated[str, typer.Option(help="Name of the text's column; its number, from 1, with --no-header.")],
    label_column: Annotated[str, typer.Option(help="Name (or number) of the label's column.")],
    positive: Annotated[list[str], typer.Option(help="The label to find; given several times, any of these.")],
    strategy: Annotated[
        str,
        typer.Option(
            help="One or more, with commas: "
            + ", ".join(STRATEGIES)
            + "; after any of them, e.g., :cap=3 (of one cluster)"
        ),
    ] = "default",
    seed_labels: Annotated[int, typer.Option(min=0, help="Labels known before the first round.")] = 500,
    seed_positives: Annotated[int, typer.Option(min=0, help="Positive ones among them.")] = 37,
    pool_size: Annotated[
        int, typer.Option(min=1, help="Items that strategies pick from; the rest is measured on, too.")
    ] = 10_000,
    batch_size: Annotated[int, typer.Option(min=1, help="Items per round, the audit's included.")] = 50,
    rounds: Annotated[int, typer.Option(min=1)] = 5,
    audit_per_round: Annotated[int, typer.Option(min=0, help="Items of each batch that only measure.")] = 10,
    repeats: Annotated[int, typer.Option(min=1, help="Projects to simulate with each strategy.")] = 1,
    random_state: Annotated[int, typer.Option(min=0, help="Seed of all chance.")] = 0,
    header: Annotated[
        bool, typer.Option("--header/--no-header", help="Whether the first line names the columns.")
    ] = True,
    multiclass: Annotated[
        bool, typer.Option(help="Keep all labels as classes, not just positive against the rest.")
    ] = False,
    multi_label: Annotated[
        bool,
        typer.Option(
            help="An item may carry several labels: its cell names them all, as `roundtable import` reads them."
        ),
    ] = False,
    label_separator: Annotated[str, typer.Option(help="Between the labels of one cell.")] = LabelForm().separator,
    none_label: Annotated[
        str, typer.Option(help="What the cell of an item without any label says.")
    ] = LabelForm().none,
    features: Annotated[
        Features, typer.Option(help="What the learner sees of a text; embeddings: of ROUNDTABLE_EMBEDDINGS_MODEL.")
    ] = Features.TFIDF,
    cache: Annotated[Path | None, typer.Option(help="Folder where features are kept between runs.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Where to write all figures.")] = None,
    plot_file: Annotated[
        Path | None, typer.Option("--plot", help="Where to draw the learning curve (.png, .svg).")
    ] = None,
) -> None:
    """Simulates labelling projects on known labels: what each strategy would have reached, and how honest the estimates are."""
    # Imported here, as it brings scikit-learn along, and of all commands this one alone needs it at once.
    from bot.cli import simulating as work
    from bot.cli.simulate_data import one_label, read_labelled, several_labels
    from bot.cli.simulate_plot import plot
    from learner.simulate import Setup

    if multiclass and multi_label:
        raise typer.BadParameter(
            "an item has one label (--multiclass) or may have several, not both", param_hint="--multi-label"
        )
    names = work.strategies_in(strategy, multi_label=multi_label)
    for place in filter(None, (json_file, plot_file)):
        check_writable(place)  # not after a minute's work
    setup = Setup(seed_labels, seed_positives, pool_size, batch_size, rounds, audit_per_round)
    data = read_labelled(file, text_column, label_column, header=header)
    if multi_label:
        project = several_labels(data, positive, LabelForm(label_separator, none_label))
    else:
        project = one_label(data, positive, multiclass=multiclass)
    if data.skipped or data.duplicates:
        left_out = f"{data.duplicates} exact duplicates and {data.skipped} unusable lines left out"
        Console(stderr=True).print(f"{file.name}: {left_out}")
    results = work.simulated(file.name, data.texts, project, names, setup, repeats, random_state, features, cache)
    if json_file is not None:
        work.write(json_file, work.as_json(results))
    if plot_file is not None:
        plot(plot_file, results)
    Console().print(work.summary(results))
    if multi_label:
        Console().print(work.by_label_summary(results))
