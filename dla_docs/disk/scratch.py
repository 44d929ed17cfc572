"""The temporary folder of the engines: one for each process, private, gone with it."""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from weakref import finalize

from dla_docs.disk.errors import DiskError, Unreadable, reason_of
from dla_docs.disk.reading import DOCUMENT, read

PREFIX = "dla-moteurs-"
"""How the name of such a folder begins: nobody else's does."""
YOUNG, OLD = 60, 86_400
"""Seconds: one that was just made may not be held yet; where none can be held, one that nothing has
touched for a day is that of a run that was killed."""

if sys.platform != "win32":
    import fcntl

    def _hold(folder: Path, alone: bool = False) -> int | None:
        """Hold a folder as long as this process lives; None where another does.

        The system lets it go with the process, however it ends.
        """
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return None
        return handle

else:

    def _hold(folder: Path, alone: bool = False) -> int | None:
        """No folder can be held on Windows."""
        return None


class Scratch:
    """A folder that exists from its first use on. Use as a context manager, or `close` it.

    Whatever uses it ends, it goes at the end of the process at the latest.
    """

    def __init__(self) -> None:
        self._path: Path | None = None
        self._end: finalize[..., Scratch] | None = None

    def __enter__(self) -> "Scratch":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The folder. Raises DiskError where none can be made."""
        if self._path is None:
            with told(where()):
                self._path = Path(os.path.realpath(tempfile.mkdtemp(prefix=PREFIX)))
            self._end = finalize(self, _let_go, self._path, _hold(self._path))
            _sweep(self._path.parent)
        return self._path

    def write(self, name: str, content: bytes) -> Path:
        """A file of the folder; one of that name is written again. Raises DiskError."""
        place = self._place(name)
        with told(self.path):
            place.write_bytes(content)
        return place

    def read(self, name: str, most: int = DOCUMENT) -> bytes:
        """What an engine has written, of `most` bytes. Raises DiskError."""
        try:
            return read(self._place(name), (self.path,), most)
        except Unreadable as error:
            raise _refused(self.path, f"{name} {error}") from error

    def close(self) -> None:
        """Remove the folder; another is made if it is asked for again."""
        if self._end:
            self._end()
        self._path, self._end = None, None

    def _place(self, name: str) -> Path:
        if Path(name).name != name:
            raise ValueError(f"not the name of a file: {name!r}")
        return self.path / name


def where() -> Path:
    """The folder that the machine keeps for temporary files, or the one that was asked for."""
    return Path(os.environ.get("TMPDIR") or os.environ.get("TEMP") or "/tmp")


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """What the disk refuses in a temporary folder, as DiskError."""
    try:
        yield
    except OSError as error:
        raise _refused(folder, reason_of(error)) from error


def _refused(folder: Path, reason: str) -> DiskError:
    return DiskError(
        f"le dossier temporaire {folder} ne peut pas servir ({reason})",
        "faites de la place, ou donnez un autre dossier par la variable TMPDIR",
    )


def remove(folder: Path) -> None:
    """Remove such a folder, for who works in it and outlives who made it."""
    # What an engine still holds open on Windows is left to the next run.
    shutil.rmtree(folder, ignore_errors=True)


def _let_go(folder: Path, held: int | None) -> None:
    remove(folder)
    if held is not None:
        os.close(held)


# Once a process: a machine may have thousands of temporary files, a run makes a hundred folders.
@cache
def _sweep(temporary: Path) -> None:
    """Remove the folders of runs that were killed, of this user."""
    with suppress(OSError):
        # By the clock of the disk: a folder was just made there.
        now = temporary.stat().st_mtime
        with os.scandir(temporary) as entries:
            for entry in entries:
                if entry.name.startswith(PREFIX) and _is_dead(entry, now):
                    remove(Path(entry.path))


def _is_dead(entry: "os.DirEntry[str]", now: float) -> bool:
    """Whether such a folder is that of a process of this user that is no more."""
    state = entry.stat(follow_symlinks=False)
    mine = not hasattr(os, "getuid") or state.st_uid == os.getuid()
    age = now - state.st_mtime
    if not stat.S_ISDIR(state.st_mode) or not mine or age < YOUNG:
        return False
    held = _hold(Path(entry.path), alone=True)
    if held is not None:
        os.close(held)
    return held is not None or (sys.platform == "win32" and age > OLD)
