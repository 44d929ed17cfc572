"""`dla export`: the flat tables of all dossiers."""

import sys
from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.disk.reading import located
from dla_docs.follow.exports import AUDIENCES, FOLDER, FORMATS, Export, exports, meant, tables_of
from dla_docs.gather.exported import OPERATOR
from dla_docs.model.errors import RequestError
from dla_docs.model.words import number_of
from dla_docs.produced import Held, Kept, deposit
from dla_docs.report import text


@click.command()
@click.argument("tableaux", metavar="[TABLEAU]...", nargs=-1)
@click.option(
    "-t",
    "--format",
    "--to",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Format produit (par défaut : csv).",
)
@click.option(
    "--pour",
    "audience",
    type=click.Choice(AUDIENCES),
    default=OPERATOR,
    help="À qui il est remis : ses seules colonnes ouvertes (par défaut : operateur).",
)
@click.option(
    "-o",
    "--output",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"Où écrire (par défaut : documents/{FOLDER}/ dans l’espace de travail).",
)
@click.option("--force", is_flag=True, help="Remplacer aussi les fichiers modifiés à la main.")
@click.pass_obj
def export(
    options: Options,
    tableaux: tuple[str, ...],
    formats: tuple[str, ...],
    audience: str,
    output: Path | None,
    force: bool,
) -> None:
    """Écrire un tableau de tous les dossiers, et ce que dit chaque colonne.

    TABLEAU est dossiers, ingenieries, prestataires, enquetes ou un autre ; sans lui, ils sont
    énumérés. Un fichier CSV s’ouvre dans Excel ou LibreOffice ; le classeur a de vrais nombres.
    """
    workspace = options.find()
    tables = tables_of(workspace)
    if not tableaux:
        rows = [
            {"nom": t.name, "titre": t.title, "description": t.description} for t in tables.values()
        ]
        columns = {"nom": "Tableau", "titre": "Titre", "description": "Une ligne"}
        terminal.out(*text.table(rows, columns))
        return
    target, folder = (output, "") if output else (workspace.documents, f"{FOLDER}/")
    if located(target).is_relative_to(workspace.data):
        raise RequestError(f"{target} est parmi les données", "écrivez les tableaux ailleurs")
    names = meant(tableaux, tables)
    lacking = False
    for done in exports(workspace, names, audience, formats or FORMATS[:1], options.day):
        files = {f"{folder}{name}": content for name, content in done.files.items()}
        written, kept = deposit(files, target, FOLDER, force)
        for path in written:
            terminal.out(near(path))
        terminal.err(*_told(done), *map(_kept, kept))
        lacking = lacking or bool(kept) or not done.files
    if done.unread:
        count = number_of(len(done.unread), "fichier", "fichiers")
        terminal.err(
            f"{count} à corriger, dont ce qui est fautif manque au tableau : dla check les dit."
        )
    if lacking or done.unread:
        sys.exit(1)


def _told(done: Export) -> list[str]:
    """What an audience does not get of a table."""
    title, audience = done.exported.table.title, done.exported.audience
    if not done.files:
        return [
            f"{title} : aucune colonne n’est ouverte à ce public ({audience}), rien n’est écrit. "
            f"Ce tableau peut aller à : {', '.join(done.others)}."
        ]
    left = [column.title for column in done.exported.left]
    if not left:
        return []
    many = number_of(len(left), "colonne laissée", "colonnes laissées")
    return [f"{title} : {many} de côté, fermées à ce public ({audience}) : {', '.join(left)}."]


def _kept(kept: Kept) -> str:
    why = "modifié à la main" if kept.reason is Held.CHANGED else "déjà là, et pas écrit par dla"
    return f"Gardé : {near(kept.path)} ({why}). Pour le remplacer : --force"
