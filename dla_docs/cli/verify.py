"""`dla verify`: a document held against the data."""

import sys
from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options
from dla_docs.follow.verify import Verdict
from dla_docs.follow.verify import verify as verify_file
from dla_docs.report import text


@click.command()
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.pass_obj
def verify(options: Options, fichier: Path) -> None:
    """Dire si un document est celui que l’espace de travail produirait.

    Sinon, chercher dans l’historique git le commit qui l’a produit. Sort avec le code 1 si le
    document n’est pas à jour.
    """
    verification = verify_file(fichier, options.find(), options.day)
    terminal.out(text.verification_text(fichier, verification))
    if verification.verdict is not Verdict.CURRENT or verification.altered:
        sys.exit(1)
