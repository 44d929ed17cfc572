"""The cache folder of the person: what can be made again, and a key that only they have."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from dla_docs.disk.errors import DiskError
from dla_docs.disk.reading import Unreadable, read
from dla_docs.disk.writing import private_folder, save

_KEY, _SIZE = "cle", 32
"""Name and bytes of the key."""


def cache_folder() -> Path:
    """Where each system wants what can be made again."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        # The specification has a relative path ignored.
        given = Path(os.environ.get("XDG_CACHE_HOME", ""))
        base = given if given.is_absolute() else Path.home() / ".cache"
    return Path(base) / "dla"


def own_key() -> bytes:
    """A key drawn once, by which we know later that something is our own; empty without a place.

    A workspace comes from anyone: what lies in it is believed only when it is sealed with this.
    """
    with suppress(OSError, RuntimeError, DiskError, Unreadable):
        folder = cache_folder()
        if private_folder(folder):
            return _kept(folder) or _drawn(folder)
    return b""


def _kept(folder: Path) -> bytes:
    with suppress(Unreadable):
        key = read(folder / _KEY, (folder,), _SIZE)
        return key if len(key) == _SIZE else b""
    return b""


def _drawn(folder: Path) -> bytes:
    """Another run may draw one at this moment: the last stays, what the other sealed is lost."""
    key = os.urandom(_SIZE)
    save({folder / _KEY: key}, folder)
    return key
