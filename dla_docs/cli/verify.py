"""`dla verify`: a document held against the data."""

import sys
from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options
from dla_docs.confined import clock
from dla_docs.follow.history import SECONDS
from dla_docs.follow.verify import Verdict
from dla_docs.follow.verify import verify as verify_file
from dla_docs.report.verification import verification_lines


@click.command()
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option(
    "--minutes",
    metavar="N",
    type=click.IntRange(1, 1440),
    help=f"Chercher N minutes dans l’historique (par défaut : {SECONDS:.0f} secondes).",
)
@click.pass_obj
def verify(options: Options, fichier: Path, minutes: int | None) -> None:
    """Dire si un document est intact, et d’où il vient.

    Le document est comparé à celui que l’espace de travail produirait, puis à ceux que produisait
    chaque commit de son historique git. Sort avec le code 1 si le document n’est pas intact, ou
    n’est pas celui d’aujourd’hui.
    """
    seconds = minutes * 60 if minutes else SECONDS
    clock.allow(seconds)
    verification = verify_file(fichier, options.find(), options.day, seconds)
    for line in verification_lines(fichier, verification):
        terminal.out(line)
    if verification.verdict is not Verdict.CURRENT or verification.altered:
        sys.exit(1)
