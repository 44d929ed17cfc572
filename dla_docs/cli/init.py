"""`dla init`: a new workspace."""

import os.path
from pathlib import Path

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.create.init import initial_files, schema_files
from dla_docs.disk.reading import is_file, is_folder, is_taken, located
from dla_docs.disk.writing import save
from dla_docs.model.errors import RequestError
from dla_docs.model.workspace import MARKER, Workspace


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--maj", is_flag=True, help="Ne refaire que .dla/schemas/, et le refaire en entier.")
@click.pass_obj
def init(options: Options, folder: Path | None, maj: bool) -> None:
    """Créer un espace de travail, dans DIR ou ici.

    Écrit territoire.yaml à remplir, des logos provisoires, et les réglages de git, de l’éditeur et
    de l’intégration continue. N’écrase jamais un fichier.
    """
    root = located(folder or options.workspace or Path.cwd())
    _refuse(root, maj)
    workspace = Workspace(root)
    schemas = {root / path: content for path, content in schema_files(workspace).items()}
    if maj:
        save(schemas, root)
        terminal.out(f"{near(root)} : {len(schemas)} schémas à jour dans .dla/schemas/.")
        return
    files = {root / path: content for path, content in initial_files(workspace).items()}
    # A broken link is a file that the person put there too.
    absent = {path: content for path, content in files.items() if not is_taken(path)}
    save({**absent, **schemas}, root)
    for path in files:
        terminal.out(f"{'Créé' if path in absent else 'Gardé'} : {near(path)}")
    terminal.out(f"Créé : {near(root / '.dla/schemas')}{os.sep} (pour l’éditeur, hors de git)")
    place = "" if root == Path.cwd() else f"placez-vous dans {near(root)}, "
    terminal.err(
        f"Ensuite : {place}remplissez dossiers/territoire.yaml, mettez vos logos dans "
        "dossiers/logos/, puis : dla check"
    )


def _refuse(root: Path, maj: bool) -> None:
    """Raise RequestError where no workspace can be made, or be refreshed."""
    there = next(path for path in (root, *root.parents) if is_taken(path))
    if not is_folder(there, (there,)):
        raise RequestError(f"{there} est un fichier, non un dossier", "donnez un dossier à créer")
    if maj and not is_file(root / MARKER, (root,)):
        raise RequestError(
            f"{root} n’est pas un espace de travail : {MARKER.as_posix()} n’y est pas",
            "sans --maj, « dla init » en crée un",
        )
    around = next((p for p in root.parents if is_file(p / MARKER, (p,))), None)
    if around:
        raise RequestError(
            f"{root} est déjà dans l’espace de travail {around}",
            "choisissez un dossier qui n’est pas dans un autre espace de travail",
        )
