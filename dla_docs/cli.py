"""The command line. Alone knows click; prints, and gives exit codes.

0 nothing blocking · 1 a finding of severity erreur, or a document refused · 2 an unknown option,
command, type, dossier or path · 3 no workspace, a faulty template, an engine or disk failure.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dla_docs import __version__
from dla_docs.errors import DlaError, RequestError
from dla_docs.french import speak_french

speak_french()

import click  # noqa: E402

if TYPE_CHECKING:
    from dla_docs.findings import Finding
    from dla_docs.flow import Examined, Outcome
    from dla_docs.select import Choice, Request
    from dla_docs.workspace import Workspace

# Stages are imported inside commands: `dla --version` and `--help` must not wait for them.

F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True)
class Options:
    """The global options. `day` is the date of the command, read once."""

    workspace: Path | None
    day: date

    def find(self) -> "Workspace":
        """The workspace meant. Raises WorkspaceError."""
        from dla_docs.workspace import find_workspace

        return find_workspace(Path.cwd(), self.workspace)


class Commands(click.Group):
    """The one place where an exception becomes a message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a dead end is said in French, without a traceback."""
        try:
            return super().invoke(ctx)
        except DlaError as error:
            _complain(error.message, error.hint)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("DLA_TRACE"):
                raise
            _complain(
                f"dla s’est arrêté sur un cas imprévu ({type(error).__name__} : {error})",
                "signalez-le en joignant la commande ; DLA_TRACE=1 en donne le détail",
            )
            ctx.exit(3)


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


@main.command()
@click.argument("chemins", metavar="[CHEMIN]...", nargs=-1)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Forme des constats.",
)
@click.pass_obj
def check(options: Options, chemins: tuple[str, ...], shape: str) -> None:
    """Dire ce qui manque ou se contredit dans les dossiers.

    CHEMIN (un dossier, un fichier, une fiche) limite ce qui est montré et compté ; les règles
    voient toujours tout l’espace de travail. Sort avec le code 1 s’il reste une erreur.
    """
    from dla_docs import display
    from dla_docs.findings import Severity
    from dla_docs.flow import examine

    examined = examine(options.find())
    prefixes = [_prefix(chemin, examined) for chemin in chemins]
    shown = [f for f in examined.findings if not prefixes or _under(f, prefixes)]
    if shape == "json":
        _print_json([display.finding_data(finding) for finding in shown])
    else:
        click.echo(display.findings_text(shown, examined.corpus))
    if any(finding.severity is Severity.ERREUR for finding in shown):
        sys.exit(1)


@main.command()
@click.argument("dossiers", metavar="[DOSSIER]...", nargs=-1)
@click.option("-d", "--document", "types", multiple=True, metavar="TYPE", help="Type de document.")
@click.option(
    "-t",
    "--to",
    "formats",
    multiple=True,
    type=click.Choice(["docx", "odt", "pdf", "html", "pptx"]),
    help="Format produit (par défaut : tous ceux du type).",
)
@click.option(
    "-o",
    "--output",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Où écrire (par défaut : documents/ dans l’espace de travail).",
)
@click.pass_obj
def render(
    options: Options,
    dossiers: tuple[str, ...],
    types: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path | None,
) -> None:
    """Produire les documents.

    DOSSIER est un dossier, un couple dossier/ingénierie, un prestataire, le mot territoire ou un
    chemin. Sans lui, tous les documents commencés sont produits. Un document à qui il manque
    quelque chose est refusé, les autres sont écrits ; le code de sortie est alors 1.
    """
    from dla_docs.flow import choose, examine
    from dla_docs.select import Request

    examined = examine(options.find())
    request = Request(dossiers, types, formats)
    choices = choose(request, examined)
    target = output or examined.corpus.workspace.root / "documents"
    if target.resolve().is_relative_to(examined.corpus.workspace.data):
        raise RequestError(f"{target} est parmi les données", "écrivez les documents ailleurs")
    outcomes = _render(choices, request, examined, target)
    absent = _say_not_begun(choices, request)
    if not outcomes and not absent:
        click.echo("Rien à produire : aucun de ces documents n’est commencé.", err=True)
    if any(outcome.failure for outcome in outcomes):
        sys.exit(3)
    if absent or any(outcome.refused for outcome in outcomes):
        sys.exit(1)


def _render(
    choices: "tuple[Choice, ...]", request: "Request", examined: "Examined", target: Path
) -> "list[Outcome]":
    """Run the rendering, with a progress bar on a terminal; paths out, refusals to stderr."""
    from dla_docs import display
    from dla_docs.flow import render as render_documents
    from dla_docs.select import State

    begun = sum(choice.state is not State.NOT_BEGUN for choice in choices)
    outcomes: list[Outcome] = []
    try:
        with click.progressbar(
            render_documents(choices, request, examined, target),
            length=begun,
            label="Documents",
            file=sys.stderr,
            hidden=not sys.stderr.isatty() or bool(os.environ.get("CI")),
        ) as bar:
            for outcome in bar:
                outcomes.append(outcome)
    finally:
        # What was written before a dead end is there, and must be told.
        for path in (path for outcome in outcomes for path in outcome.written):
            click.echo(_near(path))
    if any(outcome.refused for outcome in outcomes):
        click.echo(display.refusals_text(outcomes, examined.corpus), err=True)
    if any(outcome.failure for outcome in outcomes):
        click.echo(display.failures_text(outcomes), err=True)
    if sys.stderr.isatty():
        count = sum(len(outcome.written) for outcome in outcomes)
        plural = "s" if count > 1 else ""
        click.echo(f"{count} fichier{plural} écrit{plural} dans {_near(target)}", err=True)
    return outcomes


def _say_not_begun(choices: "tuple[Choice, ...]", request: "Request") -> bool:
    """Naming both one dossier and one type turns « not begun » into a refusal."""
    from dla_docs import display
    from dla_docs.select import State

    absent = [choice for choice in choices if choice.state is State.NOT_BEGUN]
    if not (request.scopes and request.types):
        return False
    for choice in absent:
        click.echo(display.not_begun_text(choice), err=True)
    return bool(absent)


@main.command()
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.pass_obj
def verify(options: Options, fichier: Path) -> None:
    """Dire si un document est celui que l’espace de travail produirait.

    Sinon, chercher dans l’historique git le commit qui l’a produit. Sort avec le code 1 si le
    document n’est pas à jour.
    """
    from dla_docs import display
    from dla_docs.verify import Verdict
    from dla_docs.verify import verify as verify_file

    found = verify_file(fichier, options.find())
    click.echo(display.verification_text(fichier, found))
    if found.verdict is not Verdict.CURRENT or found.altered:
        sys.exit(1)


@main.group("list", subcommand_metavar="COMMANDE [ARGUMENTS]...")
def list_() -> None:
    """Énumérer documents, dossiers, prestataires ou règles."""


def _json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="En JSON, pour un outil.")(command)


@list_.command("documents", short_help="Les types de documents, ou ceux d’un dossier.")
@click.argument("dossiers", metavar="[DOSSIER]...", nargs=-1)
@_json_option
@click.pass_obj
def list_documents(options: Options, dossiers: tuple[str, ...], as_json: bool) -> None:
    """Les types de documents ; avec DOSSIER, ses documents et leur état."""
    from dla_docs import display
    from dla_docs.flow import choose, examine
    from dla_docs.select import Request

    examined = examine(options.find())
    if dossiers:
        rows = display.documents_data(choose(Request(dossiers), examined), examined)
        columns = {"identifiant": "N°", "chemin": "Document", "etat": "État"}
    else:
        rows = display.types_data(examined)
        columns = {"identifiant": "N°", "type": "Type", "titre": "Titre", "portee": "Portée"}
    _print_list(rows, columns, as_json)


@list_.command("dossiers")
@_json_option
@click.pass_obj
def list_dossiers(options: Options, as_json: bool) -> None:
    """Les dossiers et leurs ingénieries."""
    from dla_docs import display
    from dla_docs.flow import examine

    rows = display.dossiers_data(examine(options.find()).corpus)
    columns = {"dossier": "Dossier", "titre": "Titre", "ingenieries": "Ingénieries"}
    _print_list(rows, columns, as_json)


@list_.command("prestataires")
@_json_option
@click.pass_obj
def list_prestataires(options: Options, as_json: bool) -> None:
    """Les prestataires et ce qu’ils savent faire."""
    from dla_docs import display
    from dla_docs.flow import examine

    rows = display.prestataires_data(examine(options.find()).corpus)
    columns = {"prestataire": "Prestataire", "raison_sociale": "Nom", "zones": "Zones"}
    _print_list(rows, columns, as_json)


@list_.command("regles")
@_json_option
@click.pass_obj
def list_rules(options: Options, as_json: bool) -> None:
    """Les règles du dispositif."""
    from dla_docs import display
    from dla_docs.flow import examine

    rows = display.rules_data(examine(options.find()))
    _print_list(rows, {"code": "Règle", "gravite": "Gravité", "titre": "Titre"}, as_json)


def _print_list(rows: "list[Any]", columns: dict[str, str], as_json: bool) -> None:
    from dla_docs import display

    if as_json:
        _print_json(rows)
    elif not rows:
        click.echo("Aucun.")
    else:
        click.echo(display.table(rows, columns))


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _prefix(name: str, examined: "Examined") -> str:
    """The path of a file, a folder or a named scope, relative to the workspace.

    Raises RequestError when it is none of them.
    """
    from dla_docs.load import SHELVES
    from dla_docs.select import find_scope

    workspace = examined.corpus.workspace
    for base in (Path.cwd(), workspace.root, workspace.data):
        path = (base / name).resolve()
        if path.exists() and path.is_relative_to(workspace.root):
            return workspace.relative(path)
    try:
        scope = find_scope(name, examined.corpus)
    except RequestError as error:
        raise RequestError(f"le chemin « {name} » n’existe pas", error.hint) from error
    suffix = ".yaml" if scope.level in {*SHELVES.values(), "territoire"} else ""
    return f"dossiers/{scope.path}{suffix}"


def _under(finding: "Finding", prefixes: list[str]) -> bool:
    return any(
        prefix in {".", finding.path} or finding.path.startswith(f"{prefix}/")
        for prefix in prefixes
    )


def _near(path: Path) -> str:
    """A path as short as the person needs: relative when it is below the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _complain(message: str, hint: str) -> None:
    click.echo(f"Erreur : {message}", err=True)
    if hint:
        click.echo(f"Conseil : {hint}", err=True)
