"""What this program is: one hash of its code, of what comes with it, and of its libraries.

What was made or found by another program is made or found again.
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
from dla_docs.model.resources import package_data

_DISTRIBUTION = "dla-docs"


@cache
def program() -> str:
    """One hash of our code, of the schemas and layout that come with it, and of the libraries.

    Of all that may change a byte of a document or a word of a finding: 40 ms.
    """
    digest = hashlib.sha256()
    for folder in (Path(__file__).parents[1], *map(package_data, ("schemas", "templates"))):
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
        # An extra writes no byte and finds nothing.
        if "extra ==" not in line and (name := match(r"[\w.-]+", line)):
            try:
                found[name[0]] = version(name[0])
            except PackageNotFoundError:
                found[name[0]] = ""
    return found
