"""`dla explain`: what a code means."""

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options
from dla_docs.model.errors import WorkspaceError
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from dla_docs.report.explain import explain as explained
from dla_docs.report.explain import explanation_lines


@click.command()
@click.argument("code", metavar="CODE")
@click.pass_obj
def explain(options: Options, code: str) -> None:
    """Expliquer le code d’un constat.

    CODE est une règle (R-PRE-01) ou un défaut de forme (S-TYPE). Dit ce qui est demandé, d’où cela
    vient, ce que cela bloque, et donne un exemple juste et un faux. Les règles que l’espace de
    travail ajoute ou assouplit sont comprises, s’il y en a un.
    """
    terminal.out(*explanation_lines(explained(code, _workspace(options))))


def _workspace(options: Options) -> Workspace:
    """The workspace meant; a code read in the log of a CI is explained without one too."""
    try:
        return options.find()
    except WorkspaceError:
        if options.workspace is not None:
            raise
        return Workspace(package_data("schemas").parent)
