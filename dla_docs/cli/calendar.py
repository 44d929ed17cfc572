"""`dla calendar`: the deadlines of a dossier, or of all, as a calendar file."""

import sys
from pathlib import Path, PurePosixPath

import click

from dla_docs.agenda.events import calendar_file, events_of
from dla_docs.agenda.ics import calendar as calendar_of
from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.cli.outcomes import force_option, place_for
from dla_docs.disk.reading import DATA, Unreadable, read
from dla_docs.flow import examine, examine_each
from dla_docs.follow.status import dossier_of
from dla_docs.load.places import TERRITORY
from dla_docs.model.paths import at
from dla_docs.model.words import number_of
from dla_docs.produced import deposit
from dla_docs.report import text


@click.command()
@click.argument("dossier", metavar="[DOSSIER]", required=False)
@click.option(
    "-o",
    "--output",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Où écrire (par défaut : avec les documents du dossier, ou dans documents/territoire/).",
)
@force_option
@click.pass_obj
def calendar(options: Options, dossier: str | None, output: Path | None, force: bool) -> None:
    """Écrire les échéances d’un dossier, ou de tous, dans un agenda à importer.

    Un fichier .ics, que lisent Outlook, Thunderbird, Google Agenda et les téléphones : réponses à
    l’appel, note à mi-parcours, rapport, restitution, factures, enquêtes, bilan, suivi ; sans
    DOSSIER, les séances du comité d’appui aussi. Importé à nouveau, il met à jour ce qui y était.
    """
    workspace = options.find()
    if dossier:
        examined = examine(workspace, options.day, (dossier,))
        scope = dossier_of(dossier, examined.corpus)
        events = [*events_of(examined.corpus, options.day)]
        name = f"DLA {scope.reference}"
    else:
        events = []
        for piece in examine_each(workspace, options.day):
            events += events_of(piece.corpus, options.day)
            scope = piece.corpus.scopes[TERRITORY]
        # There is one piece at least: the territory.
        name = f"DLA {at(piece.corpus.territory.data, ('nom',)) or ''}".strip()
    if not events:
        terminal.err("Aucune échéance : rien n’est encore daté.")
        return
    target = place_for(output, workspace)
    file = calendar_file(scope)
    file = PurePosixPath(file).name if output else file
    content = calendar_of(name, events, _former(target / file, target))
    written, kept = deposit({file: content}, target, "", force)
    terminal.out(*map(near, written))
    terminal.err(*text.kept_lines(kept, near, target))
    if terminal.watched():
        terminal.err(number_of(len(events), "échéance écrite", "échéances écrites"))
    if kept:
        sys.exit(1)


def _former(path: Path, output: Path) -> bytes:
    """The calendar that was written before; empty where there is none to read."""
    try:
        return read(path, (output,), DATA, hidden=True)
    except Unreadable:
        return b""
