"""The command line. This package alone knows click; it prints, and gives exit codes.

0 nothing blocking · 1 a finding of severity erreur, or a document refused · 2 an unknown option,
command, type, dossier or path · 3 no workspace, a faulty template, an engine or disk failure.
Commands import the stages when they run: `dla --version` and `--help` must not wait for them.
"""

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from dla_docs import __version__
from dla_docs.cli.french import speak_french
from dla_docs.model.errors import Defect, DlaError

speak_french()

import click  # noqa: E402

from dla_docs.cli.check import check  # noqa: E402
from dla_docs.cli.common import Options, complain, wants_trace  # noqa: E402
from dla_docs.cli.explain import explain  # noqa: E402
from dla_docs.cli.init import init  # noqa: E402
from dla_docs.cli.lists import list_  # noqa: E402
from dla_docs.cli.new import new  # noqa: E402
from dla_docs.cli.render import render, verify  # noqa: E402
from dla_docs.cli.status import status  # noqa: E402


class Commands(click.Group):
    """The one place where an exception becomes a message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a dead end is said in French, without a traceback."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            end = error if isinstance(error, DlaError) else Defect.of(error)
            if isinstance(end, Defect) and wants_trace():
                raise end from error
            complain(end.message, end.hint)
            ctx.exit(end.exit_code)


class Day(click.ParamType[date]):
    """A date written AAAA-MM-JJ."""

    name = "AAAA-MM-JJ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a French message."""
        try:
            if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"« {value} » n’est pas une date écrite AAAA-MM-JJ.", param, ctx)


@click.group(
    cls=Commands,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    options_metavar="[OPTIONS]",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--workspace",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    envvar="DLA_WORKSPACE",
    help="Espace de travail, le dossier parent de dossiers/.",
)
@click.option(
    "--date",
    "day",
    type=Day(),
    envvar="DLA_DATE",
    help="Date du jour, pour les règles de retard (par défaut : aujourd’hui).",
)
@click.version_option(__version__, prog_name="dla")
@click.pass_context
def main(ctx: click.Context, workspace: Path | None, day: date | None) -> None:
    """Les documents du dispositif local d’accompagnement, à partir de fichiers YAML."""
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows another rather than stop the command.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    today = day or date.today()  # noqa: DTZ011 -- the person's own calendar day
    ctx.obj = Options(workspace, today)


for command in (check, render, list_, explain, verify, init, new, status):
    main.add_command(command)
