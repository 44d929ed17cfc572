"""`dla import`: a list that people keep in a workbook, read into the files of the workspace."""

import sys
from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.confined import clock
from dla_docs.flow import examine
from dla_docs.lists.declared import held_in, load_list
from dla_docs.lists.known import read_files
from dla_docs.lists.opened import opened
from dla_docs.lists.planned import planned
from dla_docs.lists.prepared import prepared
from dla_docs.lists.rows import records
from dla_docs.lists.titles import head_of
from dla_docs.lists.write import write
from dla_docs.load.places import TERRITORY
from dla_docs.report.listed import end_lines, list_lines


@click.command("import")
@click.argument("liste", metavar="LISTE")
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option(
    "--feuille", metavar="NOM", default="", help="Feuille du classeur, s’il y en a plusieurs."
)
@click.option(
    "--dans",
    "inside",
    metavar="FICHE",
    default="",
    help="La fiche où ranger la liste, quand il y en a plusieurs : la date d’un comité.",
)
@click.option("--write", "writing", is_flag=True, help="Écrire ce qui est juste dans les fichiers.")
@click.pass_obj
def import_(
    options: Options, liste: str, fichier: Path, feuille: str, inside: str, writing: bool
) -> None:
    """Lire une liste tenue dans un classeur, et la comparer à ce qui est connu.

    LISTE est prestataires, structures, membres (l’annuaire des instances) ou presents (à une séance
    du comité) ; FICHIER, un .xlsx, un .ods ou un .csv, dont les
    colonnes sont reconnues à leur titre. Le modèle à remplir : dla export LISTE --modele.

    Tout ce qui est faux est dit en une fois, à sa cellule. Sans --write, rien n’est écrit.
    Sort avec le code 1 s’il reste une ligne à corriger.

    dla import prestataires annuaire.xlsx

    dla import prestataires annuaire.xlsx --write

    dla import presents emargement.ods --dans 2026-11-05
    """
    workspace = options.find()
    examined = examine(workspace, options.day, (TERRITORY,))
    corpus, types = examined.corpus, examined.types.values()
    declared = load_list(workspace, corpus.kinds, liste)
    declared = held_in(declared, inside, corpus.listing)
    head = head_of(opened(fichier), declared, feuille)
    # A row takes as long as a file to examine: most of it is read, compared and written.
    clock.allow(clock.A_FILE * len(head.sheet.rows))
    files = read_files(workspace, corpus.listing, declared)
    plan = planned(records(head, declared), declared, files)
    done = prepared(plan, files, corpus, types, options.day)
    terminal.out(*list_lines(done, head, fichier.name))
    written = list(write(done, workspace)) if writing else None
    terminal.out("", *end_lines(done, written))
    failures = [one.failure for one in written or () if one.failure]
    for failure in failures:
        terminal.err(f"{failure.message}. {failure.hint}")
    for one in written or ():
        if not one.failure:
            terminal.out(near(one.path))
    if failures or done.plan.faulty:
        sys.exit(1)
