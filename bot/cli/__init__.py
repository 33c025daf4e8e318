"""`roundtable`: every command in a module of its own group; this one only joins them and turns errors into one clear line.

Exit codes: 0 done, 1 failed with one clear line, 2 wrong usage.
"""

from __future__ import annotations

import sys

import typer

from bot.domain import RoundtableError


def build() -> typer.Typer:
    """The whole command line. Modules are imported here, so that `import bot.cli` stays cheap."""
    from bot.cli.data import register as data
    from bot.cli.demo import register as demo
    from bot.cli.doctor import register as doctor
    from bot.cli.processes import register as processes
    from bot.cli.project import register as project
    from bot.cli.simulate import register as simulate

    app = typer.Typer(
        name="roundtable",
        help="Interactive (active) learning in a Slack channel, with honest precision and recall.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for register in (demo, processes, doctor, project, data, simulate):
        register(app)
    return app


def main() -> None:
    """Entry point of the `roundtable` command."""
    try:
        build()()
    except RoundtableError as error:
        typer.secho(f"roundtable: {error}", err=True, fg="red")
        sys.exit(1)
