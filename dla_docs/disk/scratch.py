"""The temporary folder of the engines: one for each process, private, gone with it."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from weakref import finalize

from dla_docs.disk.errors import DiskError, Unreadable, reason_of
from dla_docs.disk.reading import DOCUMENT, read

PREFIX = "dla-moteurs-"
"""How the name of such a folder begins: nobody else's does."""
OLD = 86_400
"""Seconds after which a folder that nothing has touched is that of a run that was killed: a day,
the longest that a run may last."""


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
            with _told(_where()):
                self._path = Path(os.path.realpath(tempfile.mkdtemp(prefix=PREFIX)))
            self._end = finalize(self, remove, self._path)
            _sweep(self._path)
        return self._path

    def write(self, name: str, content: bytes) -> Path:
        """A file of the folder; one of that name is written again. Raises DiskError."""
        place = self._place(name)
        with _told(self.path):
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


def _where() -> Path:
    """The folder that the machine keeps for temporary files, or the one that was asked for."""
    return Path(os.environ.get("TMPDIR") or os.environ.get("TEMP") or "/tmp")


@contextmanager
def _told(folder: Path) -> Iterator[None]:
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


def _sweep(own: Path) -> None:
    """Remove the folders of runs that were killed: of this user, untouched for long."""
    with suppress(OSError):
        mine = own.lstat()
        with os.scandir(own.parent) as entries:
            for entry in entries:
                if entry.name.startswith(PREFIX):
                    state = entry.stat(follow_symlinks=False)
                    old = mine.st_mtime - state.st_mtime > OLD
                    if stat.S_ISDIR(state.st_mode) and state.st_uid == mine.st_uid and old:
                        remove(Path(entry.path))
