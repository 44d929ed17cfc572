"""What the examination of each unit comes from, as one hash: the same hash finds the same.

A unit reads its own files, those that are of no unit, some of those that other units hold, and the
names of the rest. What it reads of others is told by who examined it.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dla_docs.load.corpus import Corpus
from dla_docs.load.library import Library
from dla_docs.load.places import DATA, DOSSIER, TERRITORY
from dla_docs.memory.inventory import OUTPUT, Inventory


@dataclass(frozen=True)
class Seen:
    """What was found of a unit: the value, and what it came from.

    `around`: the files of other units that were read. `asked`: the other paths that were asked
    about, there or not; None where it would not last.
    """

    value: Any
    around: tuple[str, ...]
    asked: tuple[Path, ...] | None


def seen_in(corpus: Corpus, unit: str, value: Any, asked: Collection[Path]) -> Seen:
    """What was found of a unit that a corpus is about."""
    listing, root = corpus.listing, corpus.workspace.root
    around = tuple(p for p in corpus.sources if listing.unit_of(p) not in {unit, TERRITORY})
    if listing.images.is_beyond:
        # A text that could not be read has kept all others from being looked at.
        return Seen(value, around, None)
    read = {root / path for path in corpus.sources}
    return Seen(value, around, tuple(sorted(set(asked) - read)))


class Units:
    """The units of a workspace, by what their files hold; `told`: what else all come from."""

    def __init__(self, files: Inventory, library: Library, told: str) -> None:
        self._files, self._library, self._told = files, library, told
        self._listing = library.listing

    def key(self, unit: str, around: Iterable[str]) -> str:
        """The hash of all that a unit is examined from; `around`: the files of others it reads."""
        is_dossier = bool(DOSSIER.fullmatch(unit))
        shown = self._library.comites.get(unit, ())
        # A comité reads the dossiers it names: what any holds may be of it, one more file included.
        shared = (self._common, *shown) if is_dossier else (self._common, self._names)
        return _hash((*shared, "", *self._lines(self._own.get(unit, ())), "", *self._lines(around)))

    def document_key(self, unit: str, around: Iterable[str]) -> str:
        """The hash of all that a document of a unit may be made from.

        Nobody tells what it asked of the disk: every text and picture of the workspace is of it.
        """
        return _hash((self.key(unit, around), self._unread))

    @cached_property
    def ground(self) -> str:
        """The hash of what any document may be made from, beside what it says."""
        return _hash((self._common, self._unread))

    def counts(self, path: Path, unit: str, around: Collection[str]) -> bool:
        """Whether the key of a unit tells a change of what is at a path that it asked about."""
        try:
            inner = path.relative_to(self._files.root).as_posix()
        except ValueError:
            # Of the package: it is of the program.
            return True
        owner = self._unit_of(inner)
        is_made = inner == OUTPUT or inner.startswith(f"{OUTPUT}/")
        return not is_made and (owner in {unit, TERRITORY} or inner in around)

    @cached_property
    def _own(self) -> dict[str, list[str]]:
        """The files of each unit; those that are of none are the territory's."""
        found: dict[str, list[str]] = {}
        for path in sorted(self._files.marks):
            found.setdefault(self._unit_of(path), []).append(path)
        return found

    @cached_property
    def _common(self) -> str:
        """What every unit may read, and the names that references lead to."""
        listing, followed = self._listing, self._library.followed
        names = (*listing.scopes, "", *listing.strays, "", *map(repr, listing.misnamed))
        read = self._lines(self._own.get(TERRITORY, ()))
        return _hash((self._told, *read, "", *names, "", repr(sorted(followed.items()))))

    @cached_property
    def _names(self) -> str:
        """The data files there are, and which dossiers each comité names."""
        return _hash((*self._listing.kind_of, "", repr(sorted(self._library.comites.items()))))

    @cached_property
    def _unread(self) -> str:
        """The files of units that are no data: texts, pictures, what was received."""
        known = self._listing.kind_of
        inside = (path for unit, paths in self._own.items() if unit != TERRITORY for path in paths)
        return _hash(self._lines(sorted(path for path in inside if path not in known)))

    def _unit_of(self, path: str) -> str:
        return self._listing.unit_of(path) if path.startswith(DATA) else TERRITORY

    def _lines(self, paths: Iterable[str]) -> Iterator[str]:
        return (f"{path} {self._files.hash(path)}" for path in paths)


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
