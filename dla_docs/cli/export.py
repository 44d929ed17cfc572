"""`dla export`: the flat tables of all dossiers."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.disk.reading import located
from dla_docs.follow.exports import AUDIENCES, FOLDER, FORMATS, Export, exports, meant, tables_of
from dla_docs.follow.models import Models, models
from dla_docs.gather.exported import OPERATOR
from dla_docs.lists.declared import list_names
from dla_docs.model.errors import RequestError
from dla_docs.model.words import enumeration, number_of
from dla_docs.model.workspace import Workspace
from dla_docs.produced import Held, Kept, deposit
from dla_docs.report import tabular


@click.command()
@click.argument("tableaux", metavar="[TABLEAU]...", nargs=-1)
@click.option(
    "-t",
    "--format",
    "--to",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Format produit (par défaut : csv ; d’un modèle, xlsx).",
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
@click.option(
    "--modele",
    "model",
    is_flag=True,
    help="Le classeur à remplir d’une liste, que dla import lit.",
)
@click.option("--rempli", "filled", is_flag=True, help="Avec --modele : y mettre ce qui est connu.")
@click.option(
    "--dans",
    "inside",
    metavar="FICHE",
    default="",
    help="Avec --rempli : la fiche à lire, quand il y en a plusieurs : la date d’un comité.",
)
@click.option("--force", is_flag=True, help="Remplacer aussi les fichiers modifiés à la main.")
@click.pass_obj
def export(
    options: Options,
    tableaux: tuple[str, ...],
    formats: tuple[str, ...],
    audience: str,
    output: Path | None,
    model: bool,
    filled: bool,
    inside: str,
    force: bool,
) -> None:
    """Écrire un tableau de tous les dossiers, et ce que dit chaque colonne.

    TABLEAU est dossiers, ingenieries, prestataires, enquetes ou un autre ; sans lui, ils sont
    énumérés. Un fichier CSV s’ouvre dans Excel ou LibreOffice ; le classeur a de vrais nombres.

    Avec --modele, c’est une liste à remplir, que dla import relit : prestataires, structures,
    membres ou presents.
    """
    workspace = options.find()
    _refuse_unlike(tableaux, audience, model, filled, workspace)
    if inside and not filled:
        raise click.UsageError("--dans ne sert qu’avec --rempli.")
    if not tableaux:
        _enumerate(workspace)
        return
    target = output or workspace.documents
    if located(target).is_relative_to(workspace.data):
        raise RequestError(f"{target} est parmi les données", "écrivez les tableaux ailleurs")
    if model:
        asked = (tableaux, formats or ("xlsx",), options.day, filled, inside)
        every = _models(models(workspace, *asked))
    else:
        names = meant(tableaux, tables_of(workspace))
        every = _tables(exports(workspace, names, audience, formats or FORMATS[:1], options.day))
    _leave(every, target, "" if output else f"{FOLDER}/", force)


def _enumerate(workspace: Workspace) -> None:
    rows = [
        {"nom": t.name, "titre": t.title, "description": t.description}
        for t in tables_of(workspace).values()
    ]
    columns = {"nom": "Tableau", "titre": "Titre", "description": "Une ligne"}
    terminal.out(*tabular.table(rows, columns))


Files = tuple[dict[str, bytes], list[str], tuple[str, ...]]
"""The files of a table or of a list, by name, what is told of them, and what could not be read."""


def _leave(every: Iterable[Files], target: Path, folder: str, force: bool) -> None:
    """Write the files as they come, say what lacks, and leave with 1 if something does."""
    unread: dict[str, None] = {}
    lacking = False
    for files, told, missing in every:
        placed = {f"{folder}{name}": content for name, content in files.items()}
        written, kept = deposit(placed, target, FOLDER, force)
        for path in written:
            terminal.out(near(path))
        terminal.err(*told, *map(_kept, kept))
        lacking = lacking or bool(kept) or not files
        unread |= dict.fromkeys(missing)
    if unread:
        count = number_of(len(unread), "fichier", "fichiers")
        terminal.err(
            f"{count} à corriger, dont ce qui est fautif manque au tableau : dla check les dit."
        )
    if lacking or unread:
        sys.exit(1)


def _models(made: Iterable[Models]) -> Iterator[Files]:
    return ((one.files, [], one.unread) for one in made)


def _tables(made: Iterable[Export]) -> Iterator[Files]:
    return ((one.files, _told(one), one.unread) for one in made)


def _refuse_unlike(
    words: tuple[str, ...], audience: str, model: bool, filled: bool, workspace: Workspace
) -> None:
    """Raise UsageError for options that do not go together."""
    if filled and not model:
        raise click.UsageError("--rempli ne sert qu’avec --modele.")
    if model and audience != OPERATOR:
        raise click.UsageError("--pour ne sert pas avec --modele : une liste reste à l’opérateur.")
    if model and not words:
        raise click.UsageError(f"Nommez une liste : {enumeration(list_names(workspace), 'ou')}.")


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
