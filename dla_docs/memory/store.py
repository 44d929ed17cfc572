"""Where what was found of a workspace is kept: sealed, in the cache folder, values alone."""

import enum
import hashlib
import hmac
import io
import pickle
from contextlib import suppress
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from dla_docs.disk.cache import cache_folder, own_key
from dla_docs.disk.reading import Unreadable, read
from dla_docs.disk.writing import private_folder

FOLDER = "espaces"
"""The folder of what is kept of each workspace."""
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


def place_of(root: Path) -> Path | None:
    """The private folder of what is kept of a workspace; None where there can be none."""
    with suppress(OSError, RuntimeError):
        name = hashlib.sha256(str(root).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        folder = cache_folder()
        place = folder / FOLDER / name
        private = all(map(private_folder, (folder, place.parent, place)))
        return place if private and own_key() else None
    return None


def kept(place: Path | None, name: str) -> Any:
    """What a file of the folder holds; None for one that is absent, damaged, or not ours."""
    with suppress(Unreadable, pickle.UnpicklingError, AttributeError, ImportError):
        content = read(place / name, (place,), _MOST) if place else b""
        seal, held = content[:_SEAL], content[_SEAL:]
        if hmac.compare_digest(seal, _seal(name, held)):
            return _Plain(io.BytesIO(held)).load()
    return None


def sealed(name: str, value: Any) -> bytes:
    """What a file of that name is to hold for a value to be read in it."""
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
