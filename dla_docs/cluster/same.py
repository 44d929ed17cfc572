"""What must be the same on every machine, for what they make to be the same: told in French.

A machine that reads another state of the workspace, or has another version of a library, would
give other findings or other bytes, and nobody would see it.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dla_docs.disk.errors import Unreadable
from dla_docs.disk.listing import walk
from dla_docs.disk.reading import DATA, is_file, read
from dla_docs.model.errors import EngineError
from dla_docs.model.program import program
from dla_docs.model.words import number_of
from dla_docs.model.workspace import MARKER

T = TypeVar("T")
_OTHER = "sans dla, ou avec une autre version de dla, de Python, de Dask ou d’une bibliothèque"
_SAME = "installez partout la même : « pip freeze » ici donne la liste à installer là-bas"
SHOWN = 5
"""Machines named in a message: the others are mended as they are."""


@dataclass(frozen=True)
class Place:
    """What a machine works with. `system`: that of `os.name`, for paths are sent as they are here.

    `program`: one hash of dla and its libraries; `content`: one of the workspace, empty where it is
    not seen.
    """

    system: str
    program: str
    content: str


def place(root: str) -> Place:
    """What this machine works with, for the workspace of that path."""
    return Place(os.name, program(), _content(Path(root)))


def _content(root: Path) -> str:
    """One hash of all that is read of a workspace.

    A hundredth of the time that checking takes. A file of more bytes than data has counts by its
    name: a received file, which nothing made elsewhere reads.
    """
    if not is_file(root / MARKER, (root,)):
        return ""
    digest = hashlib.sha256()
    for folder in (root / name for name in ("dossiers", "schemas", "templates")):
        for name in sorted(walk(folder, (folder,), through_links=True).files):
            try:
                read_there = hashlib.sha256(read(folder / name, (root,), DATA)).digest()
            except Unreadable as error:
                read_there = str(error).encode()
            digest.update(f"\0{name}\0".encode(errors="surrogateescape") + read_there)
    return digest.hexdigest()


def refuse_others(ours: Place, theirs: Mapping[str, Place], root: str) -> None:
    """Raise EngineError unless all machines, by their address, work with what this one has."""
    _refuse(
        theirs,
        lambda there: there.system != ours.system,
        "sur un autre système que cette machine, où les chemins s’écrivent autrement",
        "lancez la commande d’une machine qui a le même système qu’elles",
    )
    _refuse(
        theirs,
        lambda there: there.program != ours.program,
        _OTHER,
        _SAME,
    )
    _refuse(
        theirs,
        lambda there: not there.content,
        f"sans voir l’espace de travail {root}",
        "donnez-leur ce dossier sous ce même chemin, par un partage du réseau ou une copie",
    )
    _refuse(
        theirs,
        lambda there: there.content != ours.content,
        f"sur un autre état de l’espace de travail {root}",
        "mettez leur copie à jour, ou attendez que le partage l’ait fait, puis recommencez",
    )


def refuse_versions(
    ours: Mapping[str, Any], theirs: Mapping[str, Mapping[str, Any]], names: Collection[str]
) -> None:
    """Raise EngineError for those, by their name, whose libraries are not of our versions.

    As Dask tells them: `packages` gives a version by name, or None.
    """

    def differ(there: Mapping[str, Any]) -> bool:
        return any(there["packages"].get(name) != ours["packages"][name] for name in names)

    _refuse(theirs, differ, _OTHER, _SAME)


def _refuse(theirs: Mapping[str, T], wrong: Callable[[T], bool], what: str, hint: str) -> None:
    """Raise EngineError for the machines, by their name, of which something is wrong."""
    if not (named := [name for name, there in theirs.items() if wrong(there)]):
        return
    more = ", …" if len(named) > SHOWN else ""
    working = ("machine de la grappe travaille", "machines de la grappe travaillent")
    count = number_of(len(named), *working)
    raise EngineError(f"{count} {what} ({', '.join(named[:SHOWN])}{more})", hint)
