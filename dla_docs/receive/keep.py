"""Writes what was received: the file beside the data, with its hash, then the values it gives.

Only the lines of these values change. The file first: whatever happens next, nothing is lost.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from dla_docs.disk.listing import names
from dla_docs.disk.reading import DOCUMENT, Unreadable, is_taken, read
from dla_docs.disk.writing import rewrite, save
from dla_docs.edit.edit import changed
from dla_docs.load.places import modeline
from dla_docs.load.received import RECEIVED
from dla_docs.model.schemas import fields
from dla_docs.model.workspace import Workspace
from dla_docs.receive.called import CHANNEL
from dla_docs.receive.compare import Entry, State, edits_of
from dla_docs.receive.compare import is_taken as taken
from dla_docs.receive.given import Origin
from dla_docs.receive.receive import Result
from dla_docs.receive.target import Target, former_of

FOLDER = "recus"
"""The folder of what is received, beside the data that it gives."""
_SIGNS = 10
"""Digits of a hash that a file name bears: two files of a dossier do not share them by chance."""


@dataclass(frozen=True)
class Kept:
    """What was written: the received file, the data file and how many values; or was there.

    `noted`: the consultation, where it says now that a proposition came.
    """

    received: PurePosixPath
    again: bool
    data: PurePosixPath | None = None
    made: bool = False
    values: tuple[Entry, ...] = ()
    noted: PurePosixPath | None = None


def with_file(result: Result, workspace: Workspace, day: date) -> Result:
    """A result with what the file itself says of the data: its name, the day it came."""
    target = result.target
    if target is None or target.base:
        return result
    known = dict(fields(target.schema))
    told: dict[str, Any] = {}
    if known.get("fichier", {}).get("x-fichier") == RECEIVED:
        told["fichier"] = f"{FOLDER}/{place_in(result, workspace, day).name}"
    if told and "date_reception" in known:
        told["date_reception"] = day.isoformat()
        if CHANNEL in known.get("canal", {}).get("enum", ()):
            told["canal"] = CHANNEL
    other = "fichier" in told and _is_other(result, target, workspace)
    entries = [_own(key, value, target, other) for key, value in told.items()]
    return replace(result, entries=(*entries, *result.entries))


def _own(key: str, value: Any, target: Target, other: bool) -> Entry:
    """A datum about the file: one that is there already stays, whoever wrote it.

    `other`: what is there is of another file, which a person may replace by this one.
    """
    former = target.now((key,))
    changed = other and former != value
    state = State.NEW if former in (None, "") else State.OTHER if changed else State.SAME
    return Entry((key,), value, "", Origin("Fichier reçu", "fichier"), state, former)


def _is_other(result: Result, target: Target, workspace: Workspace) -> bool:
    """Whether the data name a received file that is not this one."""
    name = target.now(("fichier",))
    if not isinstance(name, str) or PurePosixPath(name).stem.endswith(result.digest[:_SIGNS]):
        return False
    path = workspace.root / str(target.folder) / name
    try:
        former = read(path, (workspace.root,), DOCUMENT)
    except Unreadable:
        return True
    return hashlib.sha256(former).hexdigest() != result.digest


def place_in(result: Result, workspace: Workspace, day: date) -> PurePosixPath:
    """Where a received file is kept: where the same one is already, else under a name of its own.

    The name bears the beginning of the hash of its content: a file that was changed is another.
    """
    assert result.target is not None and result.type is not None, "it was understood"
    folder = result.target.folder / FOLDER
    sign = result.digest[:_SIGNS]
    there = names(workspace.root / str(folder), (workspace.root,))
    for name in there:
        if PurePosixPath(name).stem.endswith(f"-{sign}"):
            return folder / name
    who = f"-{result.target.who}" if result.target.who else ""
    suffix = f".{result.read.format}"
    return folder / f"{day.isoformat()}{who}-{result.type.name}-{sign}{suffix}"


def keep(result: Result, workspace: Workspace, day: date, accepted: frozenset[str]) -> Kept:
    """Write a received file and the values that it gives. Raises DiskError and EditError.

    A data file changed since it was read is left alone.
    """
    target = result.target
    assert target is not None, "it was understood"
    root = workspace.root
    place = place_in(result, workspace, day)
    there = is_taken(root / str(place))
    values = tuple(entry for entry in result.entries if taken(entry, accepted))
    path, new = root / str(target.path), _text(result, target, accepted)
    if not there:
        save({root / str(place): result.content}, root)
    if new is None:
        return Kept(place, there)
    if result.former is None:
        save({path: new.encode()}, root)
    else:
        rewrite(path, new.encode(), result.former, root)
    again = any(e.place == ("date_reception",) and e.state is State.OTHER for e in values)
    noted = _noted(target, root, day, again)
    return Kept(place, there, target.path, result.former is None, values, noted)


def _noted(target: Target, root: Path, day: date, again: bool) -> PurePosixPath | None:
    """Write in the consultation that the proposition of a prestataire it called came."""
    call = target.called
    edits = call.edits(day, again) if call else ()
    if call is None or not edits:
        return None
    path = root / str(call.path)
    former = former_of(path, root) or b""
    text = changed(former.decode("utf-8"), edits, call.kind.schema)
    rewrite(path, text.encode(), former, root)
    return call.path


def _text(result: Result, target: Target, accepted: frozenset[str]) -> str | None:
    """The data file once the values are in it; None where none is written."""
    edits = edits_of(result.entries, target, accepted)
    if not edits:
        return None
    if result.former is not None:
        return changed(result.former.decode("utf-8"), edits, target.kind.schema)
    head = f"# yaml-language-server: $schema={modeline(target.kind, target.path)}\n"
    return changed(head, edits, target.kind.schema)
