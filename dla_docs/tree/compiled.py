"""Compiled templates kept from one run to the next: compiling is most of a first document's fill.

They are in the user's cache folder, keyed by everything that they come from (see `disk/kept.py`).
"""

import hashlib
import marshal
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from dla_docs.disk.kept import keep, own_folder, recalled
from dla_docs.disk.reading import Unreadable, read_ours
from dla_docs.model import values
from dla_docs.tree import adapted, allowed, counted, filters, operations, sandbox

KEPT = 500
"""Files kept at most, 1 to 30 kB each: over ten times the templates of the package (43)."""
_SUFFIX = ".gabarit"


class Compiled(jinja2.BytecodeCache):
    """Jinja's cache of compiled templates, in a folder; `program` is what compiles them."""

    def __init__(self, folder: Path, program: bytes) -> None:
        self._folder, self._program = folder, program

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A template by its name, and by its file: tracebacks give it."""
        return f"{name}\0{filename}"

    def get_source_checksum(self, source: str) -> str:
        """What a template says."""
        return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put in the bucket what was compiled, unless it is absent or damaged."""
        # marshal may crash on what it did not write: half a file must not reach it.
        if code := recalled(self._folder, self._place(bucket)):
            bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled."""
        keep(self._folder, self._place(bucket), marshal.dumps(bucket.code), KEPT)

    def _place(self, bucket: Bucket) -> str:
        key = hashlib.sha256(self._program)
        key.update(f"{bucket.key}\0{bucket.checksum}".encode("utf-8", "surrogatepass"))
        return f"{key.hexdigest()}{_SUFFIX}"


def compiled_templates(environment: Path) -> Compiled | None:
    """The cache of this user; None where there can be none.

    `environment` is the module that sets Jinja up: another way to compile is another key.
    """
    # Jinja prints constants and runs filters on them while it compiles: our code is of the key.
    ours = (adapted, allowed, counted, filters, operations, sandbox, values)
    modules = (environment, *(Path(str(module.__file__)) for module in ours))
    with suppress(Unreadable):
        sources = [read_ours(module) for module in modules]
        folder = own_folder()
        return Compiled(folder, b"\0".join(_versions() + sources)) if folder else None
    return None


def _versions() -> list[bytes]:
    # The magic number tells the bytecode, which marshal does not.
    return [jinja2.__version__.encode(), sys.version.encode(), MAGIC_NUMBER]
