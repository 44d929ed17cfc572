"""`dla check`: what is missing or contradictory."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dla_docs.cli.common import Options, print_json
from dla_docs.errors import RequestError

if TYPE_CHECKING:
    from dla_docs.findings import Finding
    from dla_docs.flow import Examined


@click.command()
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

    examined = examine(options.find(), options.day)
    prefixes = [_prefix(chemin, examined) for chemin in chemins]
    shown = [f for f in examined.findings if not prefixes or _under(f, prefixes)]
    if shape == "json":
        print_json([display.finding_data(finding) for finding in shown])
    else:
        click.echo(display.findings_text(shown, examined.corpus))
    if any(finding.severity is Severity.ERREUR for finding in shown):
        sys.exit(1)


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
