"""`--cluster`: the work of a command shared among other machines, when it is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import F
from dla_docs.confined import clock
from dla_docs.confined.crew import Hire, begun, processes
from dla_docs.model.errors import EngineError
from dla_docs.model.words import number_of
from dla_docs.model.workspace import Workspace


def cluster_option(command: F) -> F:
    """The option that names the machines which share the work."""
    told = "Partager le travail entre les machines d’une grappe Dask de confiance (tcp://…:8786)."
    return click.option("--cluster", metavar="ADRESSE", help=told)(command)


def hired(address: str | None, workspace: Workspace, warm: str = "") -> Hire:
    """Who shares the work, until the command ends. Raises RequestError and EngineError.

    `warm`: what imports all that the work needs, where there will most likely be some here.
    """
    if address is None and not warm:
        return processes
    here = click.get_current_context()
    return here.with_resource(_joined(address, workspace) if address else begun(warm))


@contextmanager
def _joined(address: str, workspace: Workspace) -> Iterator[Hire]:
    if not find_spec("distributed"):
        raise EngineError(
            "--cluster demande la bibliothèque distributed, qui n’est pas installée",
            "installez-la : pip install 'dla-docs[cluster]'",
        )
    # Here alone: it takes a second to import, and may reach the network.
    from dla_docs.cluster.cluster import LOOKED, joined

    clock.allow(LOOKED)
    with joined(address, workspace) as cluster:
        try:
            yield cluster.hire
        finally:
            if cluster.here:
                many = ("travail que la grappe n’a pas fait", "travaux que la grappe n’a pas faits")
                terminal.err(f"{number_of(cluster.here, *many)} : terminé ici.")
