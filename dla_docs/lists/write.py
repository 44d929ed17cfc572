"""The last act of `dla import --write`: new files together, those that are there one by one.

A file that a person has changed since it was read is left as it is, and told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dla_docs.create.init import schema_files
from dla_docs.disk.reading import is_taken
from dla_docs.disk.writing import rewrite, save
from dla_docs.lists.prepared import Prepared
from dla_docs.model.errors import DiskError, DlaError
from dla_docs.model.workspace import Workspace


@dataclass(frozen=True)
class Written:
    """A file that was written, or why it was not."""

    path: Path
    made: bool
    failure: DlaError | None = None


def write(prepared: Prepared, workspace: Workspace) -> Iterator[Written]:
    """Write what a list comes to, and say what becomes of each file."""
    root = workspace.root
    new = {root / path: content for path, content in prepared.made.items()}
    here = {path: content for path, content in new.items() if not is_taken(path)}
    for path in new:
        if path not in here:
            error = DiskError(f"{path} vient d’être créé par ailleurs", "relancez la commande")
            yield Written(path, True, error)
    yield from _made(here, workspace)
    for name, (former, content) in prepared.changed.items():
        try:
            rewrite(root / name, content, former, root)
        except DiskError as error:
            yield Written(root / name, False, error)
        else:
            yield Written(root / name, False)


def _made(new: dict[Path, bytes], workspace: Workspace) -> Iterator[Written]:
    if not new:
        return
    root = workspace.root
    schemas = {root / place: text for place, text in schema_files(workspace).items()}
    absent = {place: text for place, text in schemas.items() if not is_taken(place)}
    try:
        save({**new, **absent}, root)
    except DiskError as error:
        yield from (Written(path, True, error) for path in new)
    else:
        yield from (Written(path, True) for path in new)
