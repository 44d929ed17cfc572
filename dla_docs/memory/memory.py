"""What was found of each unit of a workspace, kept in the person's cache folder.

It is believed only where its key is that of today (see `units.py`). Losing it, or being unable to
keep it, costs time and changes nothing else: no failure leaves this module.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dla_docs.disk.errors import DiskError
from dla_docs.disk.reading import Unreadable
from dla_docs.disk.writing import save
from dla_docs.load.library import Library, Names, Recall
from dla_docs.load.listing import Listing
from dla_docs.memory.inventory import Inventory, inventory
from dla_docs.memory.store import kept, place_of, sealed
from dla_docs.memory.units import Seen, Units
from dla_docs.model.program import program

KeyOf = Callable[[tuple[str, ...]], str]
"""The key of something, from the files of other units that it comes from."""
FILES = "fichiers"
"""The file that knows what the files of a workspace hold."""


@dataclass(frozen=True)
class Found:
    """What was found of a unit: its key then, the files of others it came from, and the value."""

    key: str
    around: tuple[str, ...]
    value: Any


@dataclass
class Memory:
    """What is kept of one workspace, for one question asked on one day.

    `heads`: the names that a file gives, by its path and the hash of its content.
    """

    place: Path | None = None
    files: Inventory | None = None
    told: str = ""
    question: str = ""
    heads: dict[str, tuple[str, Names]] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
    _units: Units | None = None
    _is_new: bool = False

    def recalling(self, listing: Listing) -> Recall:
        """What finds the names that a file gives: those of the last time, where they are still."""
        names = hashlib.sha256("\0".join(listing.scopes).encode()).hexdigest()

        def recall(path: str, find: Callable[[], Names]) -> Names:
            # A name may be near to that of a dossier which has come, or gone.
            now = f"{names} {self.files.hash(path)}" if self.files else ""
            known = self.heads.get(path)
            if known and known[0] == now:
                return known[1]
            self.heads[path], self._is_new = (now, found := find()), True
            return found

        return recall

    @property
    def names(self) -> dict[str, Names]:
        """The names that each file was asked for, by its path."""
        return {path: names for path, (_, names) in self.heads.items()}

    def know(self, library: Library, fresh: bool) -> dict[str, Any]:
        """What is still true of the units of a library, by unit; nothing if all is to be found."""
        units = self.of(library)
        if units is None:
            return {}
        still = {} if fresh else self.found
        self.found = {u: f for u, f in still.items() if units.key(u, f.around) == f.key}
        return {unit: found.value for unit, found in self.found.items()}

    def of(self, library: Library) -> Units | None:
        """The units that this is about; None where nothing is kept."""
        self._units = Units(self.files, library, self.told) if self.files else None
        return self._units

    def keep(self, unit: str, seen: Seen) -> None:
        """Keep what was found of a unit, if its key tells a change of all that it asked about."""
        units, around = self._units, seen.around
        if not units or seen.asked is None:
            return
        if all(units.counts(path, unit, around) for path in seen.asked):
            self.found[unit] = Found(units.key(unit, around), around, seen.value)
            self._is_new = True

    def told_of(self, name: str, key_of: KeyOf) -> Any:
        """What was held under a name, if what it came from is the same; else None."""
        found = self.found.get(name)
        return found.value if found and found.key == key_of(found.around) else None

    def hold(self, name: str, key_of: KeyOf, around: tuple[str, ...], value: Any) -> None:
        """Keep a value under a name, with the key of what it came from."""
        self.found[name], self._is_new = Found(key_of(around), around, value), True

    def save(self) -> None:
        """Write what is new for the next time."""
        if self.place and self.files and (self._is_new or self.files.has_news):
            known = (self.files.held(), self.heads)
            content = {FILES: known, self.question: (self.told, self.found)}
            with suppress(DiskError, Unreadable):
                save({self.place / n: sealed(n, c) for n, c in content.items()}, self.place)


def memory_of(root: Path, question: str, day: date) -> Memory:
    """What is kept of a workspace for a question, which is a function by its name.

    Nothing, and nothing is to be kept, without a place for it.
    """
    place = place_of(root)
    known, heads = kept(place, FILES) or ({}, {})
    files = inventory(root, known) if place else None
    if place is None or files is None:
        return Memory()
    told = f"{program()} {day.isoformat()}"
    file = hashlib.sha256(question.encode()).hexdigest()[:16]
    before, found = kept(place, file) or ("", {})
    # Of another day, or by another program: nothing of it is true.
    return Memory(place, files, told, file, heads, found if before == told else {})
