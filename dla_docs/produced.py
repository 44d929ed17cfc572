"""What `dla` wrote, and whether it still is as it was written: `.dla-produits.json`.

One small file in each folder of documents/ (a dossier, the comités…), which may be deleted at
any time: what is no longer known as ours is then kept rather than replaced. It names each file with
the bytes written and the empreinte of its document. A file whose bytes are not among those written
was changed by hand. One file for all would be read and written again at each document: the time of
a thousand dossiers would grow as their square.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from dla_docs.disk.listing import names
from dla_docs.disk.reading import DOCUMENT, Unreadable, is_file, is_link, read
from dla_docs.disk.reading import RECORD as MOST
from dla_docs.disk.turns import rewrite
from dla_docs.disk.writing import save
from dla_docs.documents.documents import Document
from dla_docs.model.errors import DlaError
from dla_docs.model.findings import Finding

RECORD = ".dla-produits.json"
"""Name of a record, in its folder; the dot hides it and keeps it out of archives."""
VERSION = 1
"""Shape of the record: one of another shape is read as no record."""
LONGEST = 1_000
"""Signs of a name or an empreinte read from a record, at most: ours have a hundred."""
_HASH = re.compile("[0-9a-f]{64}")
REMEMBERED = 4
"""Bytes remembered of a file, the latest first: what another `render` writes at this moment, or
what one that was stopped did not have the time to write, is no change by hand."""


class Held(StrEnum):
    """Why a file is not replaced."""

    CHANGED = "retouche"
    UNKNOWN = "inconnu"


@dataclass(frozen=True)
class Kept:
    """A file left as it is, since something in it may be nowhere else."""

    path: Path
    reason: Held


@dataclass(frozen=True)
class Outcome:
    """What became of one document: files written or kept, findings that forbid it, or a failure.

    With files and a failure, some of its formats are not there. `same`: those of the files written
    that already lay there, as they would be. `unread`: the data files that it does not wholly
    count, with the numbers of their dossiers (see `Gathered`).
    """

    document: Document
    written: tuple[Path, ...] = ()
    kept: tuple[Kept, ...] = ()
    refused: tuple[Finding, ...] = ()
    failure: DlaError | None = None
    same: tuple[Path, ...] = ()
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Produced:
    """What was written in a file: hashes of its bytes, the latest first, its empreinte, its recipe.

    The recipe (see `formats/recipe.py`) tells whether it would be made the same; `seal`, that this
    person's `dla` wrote those bytes by that recipe: a record comes with its folder, from anyone.
    """

    octets: tuple[str, ...]
    empreinte: str
    recipe: str = ""
    seal: str = ""

    def sealed(self, name: str, key: bytes) -> str:
        """The seal of what this says of a file, with the key of a person."""
        said = f"{name}\0{self.octets[0]}\0{self.recipe}".encode()
        return hmac.new(key, said, hashlib.sha256).hexdigest() if key and self.recipe else ""


def produced(output: Path) -> dict[str, Produced]:
    """What was written in an output folder, by path relative to it, with `/`."""
    shelves = ("", *names(output, (output,)))
    return {name: one for shelf in shelves for name, one in _known(output, shelf).items()}


def recipes(places: Mapping[str, str], output: Path, key: bytes) -> dict[str, str]:
    """The recipe of each format whose file is the last one that was written there.

    `places`: the file of each format, relative to the output folder; `key`: the person's.
    """
    shelves = {_shelf(place) for place in places.values()}
    known = {name: one for shelf in shelves for name, one in _known(output, shelf).items()}
    return {
        format: entry.recipe
        for format, place in places.items()
        if (entry := known.get(place)) and _is_last(place, output, entry, key)
    }


def places_of(
    document: Document, formats: Iterable[str], folder: str | None = None
) -> dict[str, str]:
    """Where the files of a document go, by format: relative to the output folder."""
    place = PurePosixPath(document.folder if folder is None else folder)
    return {name: f"{place / document.stem}.{name}" for name in formats}


def deposit(
    contents: Mapping[str, bytes],
    output: Path,
    empreinte: str,
    force: bool = False,
    recipe: str = "",
    key: bytes = b"",
) -> tuple[tuple[Path, ...], tuple[Kept, ...]]:
    """Write the files of a document, but over what was changed by hand: written, and kept.

    `contents`: by path relative to the output folder. `force` writes them all. `recipe`, sealed
    with the `key` of the person, tells later that they need not be made again. Raises DiskError.
    """
    known = {
        name: one
        for shelf in {_shelf(name) for name in contents}
        for name, one in _known(output, shelf).items()
    }
    reasons = {} if force else {n: _held(output, n, c, known.get(n)) for n, c in contents.items()}
    kept = tuple(Kept(output / name, reason) for name, reason in reasons.items() if reason)
    ours = {name: content for name, content in contents.items() if not reasons.get(name)}
    latest = {n: _sealed(n, (_hash(c), empreinte, recipe), key) for n, c in ours.items()}
    if any(n not in known or _after(known[n], one) != known[n] for n, one in latest.items()):
        # Before the files: a program stopped between the two leaves nothing that looks like a
        # change by hand.
        _record(output, latest)
    save({output / name: content for name, content in ours.items()}, output)
    return tuple(output / name for name in ours), kept


def changed(name: str, output: Path, entry: Produced) -> bool:
    """Whether a file that is there is no longer what was written."""
    try:
        there = read(output / name, (output,), DOCUMENT, hidden=True)
    except Unreadable:
        # What cannot be read cannot be told from a change by hand.
        return True
    return _hash(there) not in entry.octets


def _sealed(name: str, said: tuple[str, str, str], key: bytes) -> Produced:
    """What is recorded of a file: the hash of its bytes, its empreinte, its recipe, and a seal."""
    octets, empreinte, recipe = said
    one = Produced((octets,), empreinte, recipe)
    return replace(one, seal=one.sealed(name, key))


def _is_last(name: str, output: Path, entry: Produced, key: bytes) -> bool:
    """Whether a file is there, no link, with the last bytes that this person wrote in it."""
    if not entry.seal or not hmac.compare_digest(entry.seal, entry.sealed(name, key)):
        return False
    try:
        linked = is_link(output / name)
        there = b"" if linked else read(output / name, (output,), DOCUMENT, hidden=True)
    except Unreadable:
        return False
    return not linked and _hash(there) == entry.octets[0]


def forget(output: Path, names: Collection[str]) -> None:
    """Take some files out of their records, and remove those left empty. Raises DiskError."""
    _record(output, {}, frozenset(names))


def _shelf(name: str) -> str:
    """The folder of the output folder that holds a file; empty for the output folder itself."""
    folder, slash, _ = name.partition("/")
    return folder if slash else ""


def _known(output: Path, shelf: str) -> dict[str, Produced]:
    """What the record of a folder holds; nothing when there is none."""
    try:
        data = json.loads(read(output / shelf / RECORD, (output,), MOST, hidden=True))
        files = data["fichiers"] if data["version"] == VERSION else {}
        prefix = f"{shelf}/" if shelf else ""
        plain = {name: one for name, one in files.items() if _is_plain(name)}
        return {f"{prefix}{name}": _entry(one) for name, one in plain.items()}
    except (Unreadable, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # Deleted, or spoilt: nothing is known, and nothing will be replaced without a word.
        return {}


def _held(output: Path, name: str, content: bytes, entry: Produced | None) -> Held | None:
    """Why a file must not be replaced by a content; None when it may, or is not there.

    A link may: what it leads to is left as it is.
    """
    path = output / name
    if is_link(path) or not is_file(path, (output,), hidden=True):
        return None
    try:
        if (there := read(path, (output,), DOCUMENT, hidden=True)) == content:
            return None
    except Unreadable:
        # What cannot be read cannot be told from a change by hand.
        return Held.UNKNOWN
    if entry is None:
        return Held.UNKNOWN
    return None if _hash(there) in entry.octets else Held.CHANGED


def _record(
    output: Path, more: Mapping[str, Produced], less: Collection[str] = frozenset()
) -> None:
    """Add files to their records and take others out, whatever else is being written beside."""
    for shelf in sorted({_shelf(name) for name in (*more, *less)}):
        rewrite(output / shelf / RECORD, output, partial(_next, output, shelf, more, less))


def _next(output: Path, shelf: str, more: Mapping[str, Produced], less: Collection[str]) -> bytes:
    """The content of the record of a folder once files are added to it and others taken out."""
    size = len(shelf) + bool(shelf)
    entries = {n: one for n, one in _known(output, shelf).items() if n not in less}
    entries |= {n: _after(entries.get(n), one) for n, one in _of(shelf, more)}
    files = {name[size:]: _told(one) for name, one in sorted(entries.items())}
    data = {"version": VERSION, "fichiers": files}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode() if files else b""


def _told(one: Produced) -> dict[str, object]:
    """One file, as a record holds it."""
    recipe = {"recette": one.recipe, "sceau": one.seal} if one.seal else {}
    return {"octets": list(one.octets), "empreinte": one.empreinte, **recipe}


def _of(shelf: str, more: Mapping[str, Produced]) -> Iterator[tuple[str, Produced]]:
    return ((name, one) for name, one in more.items() if _shelf(name) == shelf)


def _after(former: Produced | None, latest: Produced) -> Produced:
    """What is remembered of a file written once more."""
    octets = (*latest.octets, *(former.octets if former else ()))
    return replace(latest, octets=tuple(dict.fromkeys(octets))[:REMEMBERED])


def _is_plain(name: str) -> bool:
    """Whether a name of a record may be that of a file below its folder, as we write them.

    A record comes with the folder: whoever wrote it, it names nothing elsewhere, nor what no disk
    holds, such as half a sign.
    """
    path = PurePosixPath(name)
    fits = 0 < len(name) <= LONGEST and name.isprintable() and "\\" not in name and ":" not in name
    return fits and str(path) == name and not path.is_absolute() and ".." not in path.parts


def _entry(data: Any) -> Produced:
    """One file of a record. Raises ValueError for what no file of ours is remembered by."""
    octets, empreinte = data["octets"], data["empreinte"]
    marks = isinstance(octets, list) and 0 < len(octets) <= REMEMBERED
    if not marks or not all(map(_is_hash, octets)):
        raise ValueError("this is no hash")
    if not isinstance(empreinte, str) or not empreinte.isprintable() or len(empreinte) > LONGEST:
        raise ValueError("this is no empreinte")
    recipe, seal = (data.get(key, "") for key in ("recette", "sceau"))
    sealed = (recipe, seal) if _is_hash(recipe) and _is_hash(seal) else ()
    return Produced(tuple(octets), empreinte, *sealed)


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and bool(_HASH.fullmatch(value))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
