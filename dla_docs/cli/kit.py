"""`dla kit`: the folder that a prestataire receives."""

from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.cli.outcomes import force_option, leave, place_for, tell
from dla_docs.confined import clock
from dla_docs.documents.kit import kit_folder
from dla_docs.flow import choose_kit, examine, hand_over, render
from dla_docs.load.places import TERRITORY
from dla_docs.report import text
from dla_docs.select import Request, kit_scope
from dla_docs.workshop import apart


@click.command()
@click.argument("mission", metavar="[DOSSIER/INGENIERIE]", default="")
@click.option(
    "-o",
    "--output",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Où écrire le kit (par défaut : kit/, avec les documents de la mission).",
)
@force_option
@click.pass_obj
def kit(options: Options, mission: str, output: Path | None, force: bool) -> None:
    """Écrire le dossier qu’un prestataire reçoit.

    Le guide, la trame, la fiche, les formulaires vierges et les logos de la mission, avec un
    lisez-moi.

    Le numéro d’un dossier suffit s’il n’a qu’une mission. Sans DOSSIER, le kit est celui du
    territoire, à publier : le guide, la fiche d’identification et les logos. Ce qui n’est pas
    encore là, comme la trame d’une mission sans cahier des charges, est dit ; le code de sortie est
    alors 1.
    """
    names = (mission, TERRITORY) if mission else (TERRITORY,)
    examined = examine(options.find(), options.day, names)
    scope = kit_scope(mission, examined.corpus)
    choices = choose_kit(scope, examined)
    target = place_for(output, examined.corpus.workspace)
    folder = "" if output else kit_folder(scope)
    # Each document has its own time from here on.
    clock.stop()
    making = render(choices, Request(), examined, target, apart, force, folder)
    told = tell(choices, making, examined, target / folder)
    written, kept = hand_over(scope, examined, target, folder, force)
    terminal.out(*map(near, written))
    terminal.err(*text.kept_lines(kept, near, target / folder))
    absent = [choice for choice in choices if not choice.begun]
    for choice in absent:
        terminal.err(*text.not_begun_lines(choice))
    leave(told, target / folder, bool(absent or kept))
