"""The recipe of a document's files: one hash of what they are made of and of what makes them.

Two files of a format with one recipe have the same bytes, so that the second need not be made. It
holds more than the empreinte, which is of what is printed: our code, as it is in this checkout, and
every library that may change a byte.
"""

import hashlib
import platform
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match

from dla_docs.disk.listing import walk
from dla_docs.disk.reading import read_ours
from dla_docs.formats.properties import Properties
from dla_docs.model.resources import package_data

_DISTRIBUTION = "dla-docs"


def recipe_of(properties: Properties) -> str:
    """The recipe of a document whose properties tell its empreinte, which is of its words."""
    # Whole: what a foot or a colour says is in no empreinte.
    return hashlib.sha256(f"{properties!r}\0{_program()}".encode()).hexdigest()


@cache
def _program() -> str:
    """One hash of our code, of the layout that comes with it, and of the libraries: 30 ms."""
    digest = hashlib.sha256()
    for folder in (Path(__file__).parents[1], package_data("templates")):
        for name in sorted(walk(folder, (folder,), skipped=_is_compiled).files):
            digest.update(f"{name}\0".encode() + hashlib.sha256(read_ours(folder / name)).digest())
    digest.update(f"{platform.python_version()} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for library, number in sorted(_versions().items()):
        digest.update(f"\0{library} {number}".encode())
    return digest.hexdigest()


def _is_compiled(name: str) -> bool:
    return name == "__pycache__"


def _versions() -> dict[str, str]:
    """The versions of the libraries that we ask for; what is not installed has none."""
    found = {}
    try:
        asked = requires(_DISTRIBUTION) or []
    except PackageNotFoundError:
        asked = []
    for line in asked:
        if name := match(r"[\w.-]+", line):
            try:
                found[name[0]] = version(name[0])
            except PackageNotFoundError:
                found[name[0]] = ""
    return found
