"""The command line. This package alone knows click; it prints, and gives exit codes.

0 nothing blocking · 1 a finding of severity erreur, or a document refused · 2 an unknown option,
command, type, dossier or path · 3 no workspace, a faulty template, an engine or disk failure.
Each command is a module, imported when it is called; `COMMANDS` is their table of contents.
"""

import re
import sys
from collections.abc import Sequence
from datetime import date
from gettext import gettext
from pathlib import Path
from typing import Any

from dla_docs import __version__
from dla_docs.cli.french import speak_french
from dla_docs.disk.errors import reason_of
from dla_docs.model.errors import Defect, DiskError, DlaError, EngineError

# Before click: what it asks of gettext while it is imported is in French too.
speak_french()

import click  # noqa: E402

from dla_docs.cli import terminal  # noqa: E402
from dla_docs.cli.answers import question_of  # noqa: E402
from dla_docs.cli.common import Options, wants_trace  # noqa: E402
from dla_docs.cli.lazy import LazyGroup  # noqa: E402

COMMANDS = {
    "calendar": (
        "calendar:calendar",
        "Écrire les échéances d’un dossier, ou de tous, dans un agenda à importer.",
    ),
    "check": ("check:check", "Dire ce qui manque ou se contredit dans les dossiers."),
    "clean": (
        "clean:clean",
        "Supprimer de documents/ ce que plus aucun fichier ne fait naître.",
    ),
    "explain": ("explain:explain", "Expliquer le code d’un constat."),
    "export": (
        "export:export",
        "Écrire un tableau de tous les dossiers, et ce que dit chaque colonne.",
    ),
    "import": (
        "import_:import_",
        "Lire une liste tenue dans un classeur, et la comparer à ce qui est connu.",
    ),
    "init": ("init:init", "Créer un espace de travail, dans DIR ou ici."),
    "kit": ("kit:kit", "Écrire le dossier qu’un prestataire reçoit."),
    "list": ("lists:list_", "Énumérer documents, dossiers, prestataires ou règles."),
    "mail": ("mail:mail", "Écrire des messages prêts à envoyer, un par destinataire."),
    "new": ("new:new", "Créer un fichier à remplir, avec ce qui est déjà connu."),
    "receive": ("receive:receive", "Lire ce qui revient, et l’écrire dans les données."),
    "render": ("render:render", "Produire les documents."),
    "status": ("status:status", "Dire où en est chaque dossier, et ce qui vient ensuite."),
    "verify": (
        "verify:verify",
        "Dire si un document est intact, et d’où il vient.",
    ),
    "watch": (
        "watch:watch",
        "Suivre ce qui s’enregistre : dire ce qui manque, et refaire les documents concernés.",
    ),
}
"""Every command: its module here, its name there, and what it does as `dla --help` says it."""


ASKED = "dla_docs.cli.asked"
"""Where a command keeps what it was asked, meanwhile."""


class Commands(LazyGroup):
    """The one place where an exception becomes a message and an exit code."""

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line to its end, and leave with its code: Click's errors are said too."""
        terminal.prepare()
        try:
            code = super().main(args, prog_name, standalone_mode=False, **extra)
        except click.ClickException as error:
            terminal.err(*_refusal(error))
            code = error.exit_code
        except click.Abort:
            terminal.err("Interrompu.")
            code = 1
        except OSError as error:
            # The help or the version, which Click writes itself.
            code = _told(_end(error))
        if standalone_mode:
            sys.exit(code or 0)
        return code

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it says is kept for the next time (see `answers.py`)."""
        with terminal.heard() as said:
            try:
                result = self._run(ctx)
            except (click.exceptions.Exit, SystemExit) as end:
                code = end.exit_code if isinstance(end, click.exceptions.Exit) else end.code
                # Past 1, a dead end is told: it may be gone the next time.
                if code in {0, 1} and ASKED in ctx.meta:
                    ctx.meta[ASKED].keep(code, said)
                raise
        if ASKED in ctx.meta:
            ctx.meta[ASKED].keep(0, said)
        return result

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of that name, unless what it said the last time can be said again."""
        if question := question_of(args, ctx.params["workspace"], _day_of(ctx)):
            if known := question.answer():
                terminal.again(known[1])
                ctx.exit(known[0])
            ctx.meta[ASKED] = question
        return super().resolve_command(ctx, args)

    def _run(self, ctx: click.Context) -> Any:
        """Run a command; a dead end is said in French, without a traceback."""
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            raise _advised(error) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            end = _end(error)
            if isinstance(end, Defect) and wants_trace():
                raise end from error
            ctx.exit(_told(end))


def _end(error: Exception) -> Exception:
    """An exception as the dead end it is; what nobody foresaw is a defect of ours."""
    if isinstance(error, DlaError):
        return error
    if isinstance(error, MemoryError):
        return EngineError(
            "la mémoire manque pour aller plus loin",
            "fermez d’autres programmes, ou donnez moins de dossiers à la fois",
        )
    if isinstance(error, OSError) and terminal.is_of_output(error):
        return terminal.unsaid(error)
    if isinstance(error, OSError):
        what = error.filename or "ce qui est demandé à la machine"
        return DiskError(
            f"{what} ne peut pas être lu ou écrit : {reason_of(error)}",
            "vérifiez ce fichier, ses droits et la place qui reste, puis recommencez",
        )
    return Defect.of(error)


def _told(end: Exception) -> int:
    """Say a dead end: what, then what to do. Give its exit code."""
    if isinstance(end, click.exceptions.Exit):
        return end.exit_code
    message, hint = (end.message, end.hint) if isinstance(end, DlaError) else (str(end), "")
    terminal.err(f"Erreur : {message}", *([f"Conseil : {hint}"] if hint else []))
    return end.exit_code if isinstance(end, DlaError) else 3


def _refusal(error: click.ClickException) -> list[str]:
    """What Click says of a command that is not well written, line by line."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.ctx.get_help().splitlines() if error.ctx else []
    lines: list[str] = []
    if isinstance(error, click.UsageError) and error.ctx:
        more = gettext("Try '{command} {option}' for help.")
        told = more.format(command=error.ctx.command_path, option="--help")
        lines = [*error.ctx.get_usage().splitlines(), told, ""]
    return [*lines, f"Erreur : {error.format_message()}"]


def _advised(error: click.NoSuchOption) -> click.UsageError:
    """An unknown option with what to type instead, where that is known."""
    from dla_docs.cli.guesses import option_advice, written

    command = error.ctx.command_path.partition(" ")[2] if error.ctx else ""
    advice = option_advice(command, error.option_name)
    if not advice:
        return error
    return click.UsageError(f"{error.message} {written(advice)}", error.ctx)


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
            # What only a mistake needs is imported then: a command that says the same as the last
            # time takes little more than that.
            from dla_docs.model.readings import day

            meant = day(str(value)).written
            advice = f" Écrivez {meant}." if meant else ""
            self.fail(f"« {value} » n’est pas une date écrite AAAA-MM-JJ.{advice}", param, ctx)


@click.group(
    cls=Commands,
    lazy=COMMANDS,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    options_metavar="[OPTIONS]",
    # Help in 100 columns where the terminal has them; Click stops at 80.
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
    "today",
    type=Day(),
    envvar="DLA_DATE",
    help="Date du jour, pour les règles de retard (par défaut : aujourd’hui).",
)
@click.version_option(__version__, prog_name="dla")
@click.pass_context
def main(ctx: click.Context, workspace: Path | None, today: date | None) -> None:
    """Les documents du dispositif local d’accompagnement, à partir de fichiers YAML."""
    ctx.obj = Options(workspace, _day_of(ctx))


def _day_of(ctx: click.Context) -> date:
    """The date of the command: by default, the person's own calendar day."""
    return ctx.params.get("today") or date.today()  # noqa: DTZ011
