"""What a workspace is given besides its data, found again from what was read the last time.

Schemas, tables, manifests and rules are a hundred files: half a second at each command.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from dla_docs.disk.errors import DiskError
from dla_docs.disk.reading import Unreadable, watched
from dla_docs.disk.writing import save
from dla_docs.memory.inventory import Held, inventory
from dla_docs.memory.store import kept, place_of, sealed
from dla_docs.model.program import program
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace

Value = TypeVar("Value")

_FILE = "commun"
"""The file of what was read of the schemas and templates of a workspace."""
_KINDS = ("schemas", "templates")


def again(workspace: Workspace, make: Callable[[Workspace], Value]) -> Value:
    """What is made of the schemas and templates of a workspace: that of the last time, if the same.

    What `make` raises is raised, and not kept.
    """
    place = place_of(workspace.root)
    found = kept(place, _FILE)
    before, known, value = found if isinstance(found, tuple) else ("", {}, None)
    key, held = _key(workspace, known) if place else ("", {})
    is_known = bool(key) and key == before
    if not is_known:
        with watched() as asked:
            value = make(workspace)
        key = key if all(_is_told(path, workspace) for path in asked) else ""
    if place and key and not (is_known and held == known):
        with suppress(DiskError, Unreadable):
            save({place / _FILE: sealed(_FILE, (key, held, value))}, place)
    again: Value = value
    return again


def _key(workspace: Workspace, known: Mapping[str, Held]) -> tuple[str, dict[str, Held]]:
    """The hash of all that they are read from, and what to know of these files the next time.

    `known`: that of the last time, by folder. An empty hash where some of it is not told.
    """
    told, held = [program()], dict[str, Held]()
    for folder in _folders(workspace):
        told.append(str(folder))
        if folder in _of_program():
            continue
        files = inventory(folder, known.get(str(folder)))
        if files is None:
            return "", {}
        told += (f"{path} {files.hash(path)}" for path in sorted(files.marks))
        held[str(folder)] = files.held()
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest(), held


def _folders(workspace: Workspace) -> tuple[Path, ...]:
    return (*workspace.schema_folders, *workspace.template_folders)


def _of_program() -> tuple[Path, ...]:
    """The folders whose content is of the program, hence of its hash."""
    return tuple(map(package_data, _KINDS))


def _is_told(path: Path, workspace: Workspace) -> bool:
    """Whether the hash tells a change of what is at a path that was asked about, there or not."""
    inside = path.is_relative_to(workspace.root)
    own = (workspace.root / kind for kind in _KINDS)
    return not inside or any(map(path.is_relative_to, own))
