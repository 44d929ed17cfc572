"""What is written: whole files, inside an output folder, together or not at all.

A file is made beside its place under a name that nobody can guess, then takes its place: a reader
sees the old one or the new one, a link of that name is replaced rather than followed, and two runs
on one target both end well. A run killed in between leaves hidden files that the next one sweeps.
"""

import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from dla_docs.disk.errors import DiskError, Unreadable, writing
from dla_docs.disk.reading import DOCUMENT, place_of, read

__all__ = ["folder_for", "replace", "rewrite", "save", "unlink", "writing"]

_OURS = re.compile(r"\.[0-9a-f]{16}\.dla")
"""The name of a file in the making; the dot hides it."""
OLD = 3600
"""Seconds after which a file in the making is that of a run that died: one takes moments."""
WAIT, PAUSE = 30.0, 0.02
"""Seconds: the longest wait for who has a file open on Windows, and the time between two tries."""
MAKING = os.O_WRONLY | os.O_CREAT | os.O_EXCL
for _name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
    MAKING |= getattr(os, _name, 0)


def save(contents: Mapping[Path, bytes], root: Path) -> None:
    """Write some files below a folder so that a reader sees the old ones or the new ones.

    All are written beside their places first: a disk that fills up leaves the old ones, and a place
    that refuses its file gives back those that were already replaced. A file that already holds its
    content is left alone. `root` may be a link, nothing below it leads out. Raises DiskError.
    """
    new = {path: content for path, content in contents.items() if not _holds(path, content, root)}
    with _gesture(root) as gesture:
        for path, content in new.items():
            with writing(path):
                gesture.prepare(path, content)
        for path in new:
            with writing(path):
                gesture.put(path)
        gesture.done = True


def rewrite(path: Path, content: bytes, former: bytes, root: Path) -> None:
    """Put another content in a file that is there and still holds the former one.

    It keeps its rights; a link stays, what it leads to is written. Raises DiskError, also for a
    file that is read only, or that someone has changed meanwhile.
    """
    told = f"impossible d’écrire {path}"
    try:
        real = place_of(path, (root,))
        with writing(path):
            mode = stat.S_IMODE(real.stat().st_mode)
            # Its folder would let it be replaced all the same.
            if not mode & 0o222 or not os.access(real, os.W_OK):
                raise DiskError(f"{told} (il est en lecture seule)", "changez ses droits d’accès")
            made = real.with_name(_new_name())
            try:
                _make(made, content)
                made.chmod(mode)
                if read(real, (root,), DOCUMENT) != former:
                    raise DiskError(f"{told} (il vient d’être modifié)", "relancez la commande")
                replace(made, real)
            finally:
                made.unlink(missing_ok=True)
    except Unreadable as error:
        raise DiskError(f"{told} : ce fichier {error}", "vérifiez où il est") from error


class _Gesture:
    """Some files in the making, and what undoes it: the former files, the folders that were not."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._made: dict[Path, Path] = {}
        self._former: dict[Path, Path | None] = {}
        self._folders: list[Path] = []
        self._swept: set[Path] = set()
        self.done = False

    def prepare(self, path: Path, content: bytes) -> None:
        """Write a file beside its place."""
        folder = folder_for(path.parent, self._root, self._folders)
        self._made[path] = folder / _new_name()
        _make(self._made[path], content)
        if folder not in self._swept:
            _sweep(folder, self._made[path])
            self._swept.add(folder)

    def put(self, path: Path) -> None:
        """Put a file in its place; the one that was there is kept beside, under another name."""
        made = self._made[path]
        place = made.with_name(path.name)
        # The last one needs no way back: nothing after it can fail.
        if path != next(reversed(self._made)):
            self._former[path] = _copied(place, self._root)
        replace(made, place)

    def end(self) -> None:
        """Leave the files as they must be, and nothing of ours beside them."""
        if not self.done:
            for path, former in self._former.items():
                place = self._made[path].with_name(path.name)
                with suppress(OSError):
                    if former:
                        replace(former, place)
                    elif not self._made[path].exists():
                        place.unlink(missing_ok=True)
        for made in (*self._made.values(), *self._former.values()):
            with suppress(OSError):
                if made:
                    made.unlink(missing_ok=True)
        for folder in reversed(self._folders) if not self.done else ():
            # One that another run has filled meanwhile stays.
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def _gesture(root: Path) -> Iterator[_Gesture]:
    gesture = _Gesture(root)
    try:
        yield gesture
    finally:
        gesture.end()


def folder_for(folder: Path, root: Path, made: list[Path] | None = None) -> Path:
    """A folder below a root, made where it is not there, by its real path.

    `made` gathers those that were not there. Raises DiskError for one that leads out of the root by
    a link, or into `.git`, and OSError.
    """
    real = _inside(folder, root)
    absent = [p for p in (real, *real.parents) if not p.is_dir()]
    for place in reversed(absent):
        # Another run may make it at the same moment.
        place.mkdir(exist_ok=True)
        if made is not None:
            made.append(place)
    return real


def _inside(folder: Path, root: Path) -> Path:
    try:
        return place_of(folder, (root,), hidden=True)
    except Unreadable as error:
        raise DiskError(
            f"impossible d’écrire dans {folder} : ce dossier {_told(str(error), root)}",
            "remplacez ce lien par un vrai dossier",
        ) from error


def _told(reason: str, root: Path) -> str:
    return reason.replace("de l’espace de travail", f"de {root}")


def _new_name() -> str:
    return f".{secrets.token_hex(8)}.dla"


def _make(path: Path, content: bytes) -> None:
    """A file that was not there, with its content."""
    # 666: what the person's own mask leaves of it, as any program writes.
    with os.fdopen(os.open(path, MAKING, 0o666), "wb", buffering=0) as file:
        view = memoryview(content)
        while view:
            view = view[file.write(view) :]


def _copied(place: Path, root: Path) -> Path | None:
    """What is in a place, under another name beside it; None where nothing is."""
    if not os.path.lexists(place):
        return None
    copy = place.with_name(_new_name())
    if place.is_symlink():
        copy.symlink_to(place.readlink())
        return copy
    try:
        # Another name of the same file: nothing is written, whatever its size.
        os.link(place, copy)
    except (OSError, NotImplementedError):
        if not place.is_file():
            return None
        _make(copy, read(place, (root,), DOCUMENT, hidden=True))
    return copy


def replace(made: Path, place: Path) -> None:
    """A file put in the place of another; on Windows, once those who read it have done."""
    until = time.monotonic() + WAIT
    while True:
        try:
            made.replace(place)
            return
        except PermissionError:
            if os.name != "nt" or time.monotonic() > until:
                raise
            time.sleep(PAUSE)


def unlink(path: Path, root: Path) -> None:
    """Remove a file below a root, or a link, itself. Raises DiskError."""
    with writing(path, "de supprimer"):
        (_inside(path.parent, root) / path.name).unlink(missing_ok=True)


def remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder, then those above it, up to the root, as long as they are empty.

    Raises DiskError.
    """
    with writing(folder, "de supprimer"):
        here, top = _inside(folder, root), _inside(root, root)
        while here != top and here.is_dir() and not any(here.iterdir()):
            here.rmdir()
            here = here.parent


def _sweep(folder: Path, made: Path) -> None:
    """Remove the files in the making of runs that died; by the clock of the disk, not ours."""
    with suppress(OSError):
        now = made.stat().st_mtime
        with os.scandir(folder) as entries:
            for entry in entries:
                if _OURS.fullmatch(entry.name):
                    state = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(state.st_mode) and now - state.st_mtime > OLD:
                        Path(entry.path).unlink()


def _holds(path: Path, content: bytes, root: Path) -> bool:
    """Whether a file is there with this very content: rewritten, it would look new to a backup."""
    with suppress(OSError, Unreadable):
        return not path.is_symlink() and read(path, (root,), DOCUMENT, hidden=True) == content
    return False


def private_folder(folder: Path) -> bool:
    """Make a folder of the user's own; whether nobody else can put a file in it. Raises OSError.

    What is kept there may be code that the next run executes: whoever may write it may do as the
    user does.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform == "win32":
        # The folder of the user's own data, which others cannot write, has no such bits.
        return True
    state = folder.lstat()
    # 022: writable by the group or by others.
    return state.st_uid == os.getuid() and not state.st_mode & 0o022 and folder.is_dir()
