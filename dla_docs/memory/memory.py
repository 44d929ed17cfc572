"""What was found of each unit of a workspace, kept in the person's cache folder.

It is believed only where its key is that of today (see `units.py`). Losing it, or being unable to
keep it, costs time and changes nothing else: no failure leaves this module.
"""

import enum
import hashlib
import hmac
import io
import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from dla_docs.disk.cache import cache_folder, own_key
from dla_docs.disk.errors import DiskError
from dla_docs.disk.reading import Unreadable, read
from dla_docs.disk.writing import private_folder, save
from dla_docs.load.library import Library, Names, Recall
from dla_docs.load.listing import Listing
from dla_docs.memory.inventory import Inventory, inventory
from dla_docs.memory.units import Seen, Units
from dla_docs.model.program import program

FOLDER, FILES = "espaces", "fichiers"
"""The folder of what is kept of each workspace, and its file that knows what the files hold."""
_MOST = 512_000_000
"""Bytes of a file of it at most: a thousand dossiers have 4 MB."""
_SEAL = hashlib.sha256().digest_size
_PLAIN = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("datetime", "date"),
    ("decimal", "Decimal"),
    ("pathlib", "PurePosixPath"),
}


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
        if self.files is None:
            return {}
        units = self._units = Units(self.files, library, self.told)
        still = {} if fresh else self.found
        self.found = {u: f for u, f in still.items() if units.key(u, f.around) == f.key}
        return {unit: found.value for unit, found in self.found.items()}

    def keep(self, unit: str, seen: Seen) -> None:
        """Keep what was found of a unit, if its key tells a change of all that it asked about."""
        units, around = self._units, seen.around
        if not units or seen.asked is None:
            return
        if all(units.counts(path, unit, around) for path in seen.asked):
            self.found[unit] = Found(units.key(unit, around), around, seen.value)
            self._is_new = True

    def save(self) -> None:
        """Write what is new for the next time."""
        if self.place and self.files and self._is_new:
            known = (self.files.held(), self.heads)
            content = {FILES: known, self.question: (self.told, self.found)}
            with suppress(DiskError, Unreadable):
                save({self.place / n: _sealed(n, c) for n, c in content.items()}, self.place)


def memory_of(root: Path, question: str, day: date) -> Memory:
    """What is kept of a workspace for a question, which is a function by its name.

    Nothing, and nothing is to be kept, without a place for it.
    """
    place = _place(root)
    known, heads = _read(place, FILES) or ({}, {})
    files = inventory(root, known) if place else None
    if place is None or files is None:
        return Memory()
    told = f"{program()} {day.isoformat()}"
    file = hashlib.sha256(question.encode()).hexdigest()[:16]
    before, found = _read(place, file) or ("", {})
    # Of another day, or by another program: nothing of it is true.
    return Memory(place, files, told, file, heads, found if before == told else {})


def _place(root: Path) -> Path | None:
    """The private folder of what is kept of a workspace; None where there can be none."""
    with suppress(OSError, RuntimeError):
        name = hashlib.sha256(str(root).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        folder = cache_folder()
        place = folder / FOLDER / name
        private = all(map(private_folder, (folder, place.parent, place)))
        return place if private and own_key() else None
    return None


def _read(place: Path | None, name: str) -> Any:
    """What a file of the folder holds; None for one that is absent, damaged, or not ours."""
    with suppress(Unreadable, pickle.UnpicklingError, AttributeError, ImportError):
        content = read(place / name, (place,), _MOST) if place else b""
        seal, held = content[:_SEAL], content[_SEAL:]
        if hmac.compare_digest(seal, _seal(name, held)):
            return _Plain(io.BytesIO(held)).load()
    return None


def _sealed(name: str, value: Any) -> bytes:
    held = pickle.dumps(value, protocol=5)
    return _seal(name, held) + held


def _seal(name: str, held: bytes) -> bytes:
    """What tells that the person's own `dla` wrote this, whole."""
    return hmac.digest(own_key(), name.encode() + held, "sha256")


class _Plain(pickle.Unpickler):
    """Reads values that only hold: a folder taken for ours must not make us do anything."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of ours that holds values, or one of a few others."""
        found = getattr(import_module(module), name) if module.startswith("dla_docs.") else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, enum.Enum)):
            return found
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value")
