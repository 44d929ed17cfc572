"""Compiled templates kept from one run to the next: compiling is most of a first document's fill.

They are in the user's cache folder, keyed by everything that they come from. Losing them, or being
unable to keep them, costs time and changes nothing else: no failure leaves this module.
"""

import hashlib
import marshal
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from dla_docs.disk.cache import cache_folder
from dla_docs.disk.errors import DiskError
from dla_docs.disk.listing import names
from dla_docs.disk.reading import SCHEMA as MOST
from dla_docs.disk.reading import Unreadable, read, read_ours, stamp
from dla_docs.disk.writing import private_folder, save, unlink
from dla_docs.model import values
from dla_docs.tree import adapted, allowed, counted, filters, operations, sandbox

KEPT = 500
"""Files kept at most, 1 to 30 kB each: over ten times the templates of the package (43)."""
_SUFFIX = ".gabarit"
_DIGEST = hashlib.sha256().digest_size


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
        with suppress(Unreadable):
            content = read(self._place(bucket), (self._folder,), MOST)
            code = content[_DIGEST:]
            # marshal may crash on what it did not write: half a file must not reach it.
            if hashlib.sha256(code).digest() == content[:_DIGEST]:
                bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled; another run sees the whole file or none."""
        code = marshal.dumps(bucket.code)
        with suppress(DiskError, Unreadable):
            save({self._place(bucket): hashlib.sha256(code).digest() + code}, self._folder)
            self._forget_oldest()

    def _place(self, bucket: Bucket) -> Path:
        key = hashlib.sha256(self._program)
        key.update(f"{bucket.key}\0{bucket.checksum}".encode("utf-8", "surrogatepass"))
        return self._folder / f"{key.hexdigest()}{_SUFFIX}"

    def _forget_oldest(self) -> None:
        within = (self._folder,)
        files = [self._folder / n for n in names(self._folder, within) if n.endswith(_SUFFIX)]
        if len(files) > KEPT:
            files.sort(key=lambda file: stamp(file, within))
            for file in files[:-KEPT]:
                unlink(file, self._folder)


def compiled_templates(environment: Path) -> Compiled | None:
    """The cache of this user; None where there can be none.

    `environment` is the module that sets Jinja up: another way to compile is another key.
    """
    try:
        folder = cache_folder()
        private = private_folder(folder)
        # Jinja prints constants and runs filters on them while it compiles: our code is of the key.
        ours = (adapted, allowed, counted, filters, operations, sandbox, values)
        modules = (environment, *(Path(str(module.__file__)) for module in ours))
        sources = [read_ours(module) for module in modules]
        return Compiled(folder, b"\0".join(_versions() + sources)) if private else None
    except (OSError, RuntimeError, Unreadable):
        # No home, a disk that cannot be written, a file of that name.
        return None


def _versions() -> list[bytes]:
    # The magic number tells the bytecode, which marshal does not.
    return [jinja2.__version__.encode(), sys.version.encode(), MAGIC_NUMBER]
