"""`dla receive`: what comes back, read into the data."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.confined import clock
from dla_docs.disk.listing import names
from dla_docs.disk.reading import is_folder, located
from dla_docs.model.errors import RequestError
from dla_docs.model.words import number_of
from dla_docs.receive.compare import waits
from dla_docs.receive.keep import Kept, keep, with_file
from dla_docs.receive.receive import Asked, Result
from dla_docs.receive.receive import receive as receive_files
from dla_docs.receive.still import still_owed
from dla_docs.report.lacks import REMIND, lacks_lines
from dla_docs.report.received import closing_lines, matrix_lines, received_lines

ONCE = "Pour relancer, une fois les valeurs écrites"
MOST = 500
"""Files of a folder that are received at once, at most."""
A_FILE = 20.0
"""Seconds that each file may take beside the workspace: a second is enough on a quiet machine."""


@click.command()
@click.argument(
    "fichiers", metavar="FICHIER...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--write", is_flag=True, help="Écrire les valeurs dans les données.")
@click.option(
    "--accept",
    "accepted",
    metavar="CLÉ",
    multiple=True,
    help="Écrire aussi cette valeur, différente ou à vérifier ; « tout » les accepte toutes.",
)
@click.option("--pour", "scope", metavar="DOSSIER", default="", help="Dossier ou mission.")
@click.option("--de", "who", metavar="NOM", default="", help="Prestataire ou structure.")
@click.option(
    "-d",
    "--document",
    "kind",
    metavar="TYPE",
    default="",
    help="Type du document ; un document fait autrement est alors jugé.",
)
@click.pass_obj
def receive(
    options: Options,
    fichiers: tuple[Path, ...],
    write: bool,
    accepted: tuple[str, ...],
    scope: str,
    who: str,
    kind: str,
) -> None:
    """Lire ce qui revient, et l’écrire dans les données.

    FICHIER est un formulaire rempli (DOCX, ODT, PDF ou HTML), ou un dossier qui en contient. Chaque
    valeur est montrée avec l’endroit où elle a été lue ; rien n’est écrit sans --write. Le fichier
    est alors gardé sous recus/. D’un dossier, dit aussi qui a envoyé quoi, ce qui manque à chaque
    réponse et qui n’a pas répondu ; dla mail relance écrit alors les relances. Sort avec le code 1
    s’il reste à vérifier.
    """
    workspace = options.find()
    asked = Asked(scope, kind, who)
    taken = frozenset(accepted)
    results = []
    files = list(_files(fichiers))
    clock.allow(A_FILE * len(files))
    for found in receive_files(files, workspace, options.day, asked):
        result = with_file(found, workspace, options.day)
        results.append(result)
        terminal.out(*received_lines(Path(near(located(result.path))), result, options.day))
        if write and result.target is not None:
            terminal.out(*_written(keep(result, workspace, options.day, taken)))
    terminal.out(*matrix_lines(results, taken))
    if len(results) > 1:
        lacks, corpus = still_owed(results, workspace, options.day, taken)
        terminal.out(*(lacks_lines(lacks, corpus, REMIND if write else ONCE) if corpus else ()))
    terminal.err(*closing_lines(results, write, taken))
    if any(_to_check(result, taken) for result in results):
        sys.exit(1)


def _files(given: tuple[Path, ...]) -> Iterator[Path]:
    """The files that are named, and those of the folders that are. Raises RequestError."""
    for path in given:
        if not is_folder(path, (path,)):
            yield path
            continue
        held = [path / name for name in names(path, (path,)) if not name.startswith(".")]
        if len(held) > MOST:
            raise RequestError(
                f"{path} a {len(held)} fichiers, et dla en reçoit {MOST} à la fois",
                "recevez-les par dossiers plus petits",
            )
        files = [one for one in held if not is_folder(one, (path,))]
        if not files:
            raise RequestError(f"{path} ne contient aucun fichier", "donnez les fichiers reçus")
        yield from files


def _written(kept: Kept) -> Iterator[str]:
    if kept.again:
        yield f"  Déjà gardé : {kept.received}"
    else:
        yield f"  Gardé : {kept.received}"
    if kept.data is not None:
        count = number_of(len(kept.values), "valeur")
        yield f"  Écrit : {kept.data} ({count}{', fichier créé' if kept.made else ''})"
    if kept.noted is not None:
        yield f"  Noté : {kept.noted} (proposition reçue)"


def _to_check(result: Result, accepted: frozenset[str]) -> bool:
    """Whether a person must look at a file again."""
    doubtful = any(waits(entry, accepted) for entry in result.entries)
    return bool(result.failure or result.answers.faults or doubtful or not result.sure)
