"""Compiled templates kept from one run to the next: compiling is most of a first document's fill.

They are in the user's cache folder, keyed by everything that they come from. Losing them, or being
unable to keep them, costs time and changes nothing else: no failure leaves this module.
"""

import hashlib
import marshal
import os
import sys
import tempfile
from contextlib import suppress
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from dla_docs.model import values
from dla_docs.tree import allowed, filters, operations, sandbox

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
        with suppress(OSError):
            content = self._place(bucket).read_bytes()
            code = content[_DIGEST:]
            # marshal may crash on what it did not write: half a file must not reach it.
            if hashlib.sha256(code).digest() == content[:_DIGEST]:
                bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled; another run sees the whole file or none."""
        code = marshal.dumps(bucket.code)
        with suppress(OSError):
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=_SUFFIX)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(code).digest() + code)
                Path(name).replace(self._place(bucket))
            finally:
                Path(name).unlink(missing_ok=True)
            self._forget_oldest()

    def _place(self, bucket: Bucket) -> Path:
        key = hashlib.sha256(self._program)
        key.update(f"{bucket.key}\0{bucket.checksum}".encode("utf-8", "surrogatepass"))
        return self._folder / f"{key.hexdigest()}{_SUFFIX}"

    def _forget_oldest(self) -> None:
        files = list(self._folder.glob(f"*{_SUFFIX}"))
        if len(files) > KEPT:
            files.sort(key=lambda file: file.stat().st_mtime)
            for file in files[:-KEPT]:
                file.unlink(missing_ok=True)


def compiled_templates(environment: Path) -> Compiled | None:
    """The cache of this user; None where there can be none.

    `environment` is the module that sets Jinja up: another way to compile is another key.
    """
    try:
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Jinja prints constants and runs filters on them while it compiles: our code is of the key.
        ours = (allowed, filters, operations, sandbox, values)
        modules = (environment, *(Path(str(module.__file__)) for module in ours))
        sources = [module.read_bytes() for module in modules]
        return Compiled(folder, b"\0".join(_versions() + sources)) if _is_private(folder) else None
    except (OSError, RuntimeError):
        # No home, a disk that cannot be written, a file of that name.
        return None


def _versions() -> list[bytes]:
    # The magic number tells the bytecode, which marshal does not.
    return [jinja2.__version__.encode(), sys.version.encode(), MAGIC_NUMBER]


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


def _is_private(folder: Path) -> bool:
    """Whether nobody else can put a file in a folder.

    What is kept is code that the next run executes: whoever may write it may do as the user does.
    """
    if sys.platform == "win32":
        # The folder of the user's own data, which others cannot write, has no such bits.
        return True
    state = folder.lstat()
    # 022: writable by the group or by others.
    return state.st_uid == os.getuid() and not state.st_mode & 0o022 and folder.is_dir()
