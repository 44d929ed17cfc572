"""What can be made again, kept in the person's cache folder: whole, or taken as absent.

Losing it, or being unable to keep it, costs time and changes nothing else: no failure leaves here.
"""

import hashlib
from contextlib import suppress
from pathlib import Path

from dla_docs.disk.cache import cache_folder
from dla_docs.disk.errors import DiskError
from dla_docs.disk.listing import names
from dla_docs.disk.reading import SCHEMA as MOST
from dla_docs.disk.reading import Unreadable, read, stamp
from dla_docs.disk.writing import private_folder, save, unlink

_DIGEST = hashlib.sha256().digest_size


def own_folder() -> Path | None:
    """The cache folder where nobody else can write; None where there can be none."""
    # No home, a disk that cannot be written, a file of that name.
    with suppress(OSError, RuntimeError):
        folder = cache_folder()
        return folder if private_folder(folder) else None
    return None


def recalled(folder: Path, name: str) -> bytes:
    """What was kept under a name; empty where it is absent, cut short or damaged."""
    with suppress(Unreadable):
        content = read(folder / name, (folder,), MOST)
        held = content[_DIGEST:]
        return held if hashlib.sha256(held).digest() == content[:_DIGEST] else b""
    return b""


def keep(folder: Path, name: str, content: bytes, most: int) -> None:
    """Keep a content, which another run sees whole or not; `most`: files of that suffix."""
    with suppress(DiskError, Unreadable):
        save({folder / name: hashlib.sha256(content).digest() + content}, folder)
        _forget_oldest(folder, Path(name).suffix, most)


def _forget_oldest(folder: Path, suffix: str, most: int) -> None:
    within = (folder,)
    files = [folder / name for name in names(folder, within) if name.endswith(suffix)]
    if len(files) > most:
        files.sort(key=lambda file: stamp(file, within))
        for file in files[:-most]:
            unlink(file, folder)
