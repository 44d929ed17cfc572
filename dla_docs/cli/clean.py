"""`dla clean`: what is left in documents/ of files renamed or removed."""

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.follow.orphans import orphans, remove
from dla_docs.model.words import number_of
from dla_docs.report.overview import made_by


@click.command()
@click.option("--yes", is_flag=True, help="Supprimer sans demander.")
@click.option("--dry-run", "look", is_flag=True, help="Montrer seulement, sans rien supprimer.")
@click.pass_obj
def clean(options: Options, yes: bool, look: bool) -> None:
    """Supprimer de documents/ ce que plus aucun fichier ne fait naître.

    Un dossier renommé ou retiré laisse ses documents derrière lui. Ne supprime que ce que dla a
    écrit : jamais un fichier modifié à la main depuis, jamais un fichier venu d’ailleurs.
    """
    workspace = options.find()
    left = orphans(workspace, made_by(workspace, options.day))
    kept = [workspace.documents / orphan.name for orphan in left if orphan.altered]
    doomed = [workspace.documents / orphan.name for orphan in left if not orphan.altered]
    for path in kept:
        terminal.out(f"Gardé : {near(path)} (modifié à la main)")
    asks = terminal.attended() and not (yes or look)
    for path in doomed if look or asks else ():
        terminal.out(f"À supprimer : {near(path)}")
    if not left:
        terminal.out("Rien à supprimer.")
    if not doomed or look or (asks and not _agreed(len(doomed))):
        return
    for path in remove(workspace, left):
        terminal.out(f"Supprimé : {near(path)}")
    terminal.err(f"{number_of(len(doomed), 'fichier supprimé', 'fichiers supprimés')}.")


def _agreed(count: int) -> bool:
    """Whether the person says yes."""
    files = number_of(count, "fichier", "fichiers")
    return terminal.ask(f"Supprimer {files} ? (oui/non)", default="non") in {"o", "oui"}
